"""What the site's tests share; tests of the rules and of the formats touch no database."""

from typing import Any

import pytest


@pytest.fixture
def college(db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The college of tests/college.py, on a day of its campaign."""
    from tests.college import TODAY, found_college

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    return found_college()
