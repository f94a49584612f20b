"""What the site's tests share; tests of the rules and of the formats touch no database."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.random_order import EXAMPLES, SEED, STEPS

gc.set_threshold(50_000)  # as `paicha serve`: every 700 objects Python would look for rubbish, a twentieth of the suite


def pytest_report_header() -> str:
    """What is random in this run, and how to have the same again."""
    return f"random orders: {EXAMPLES} examples of {STEPS} steps, PAICHA_SEED={SEED}"


if "owner" in settings.DATABASES:

    @pytest.fixture(scope="session")
    def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
        """On PostgreSQL, as in real use: the owner makes database and tables, the site's role only works in them.
        Django's own way would make the site's role their owner, and row-level security would prove nothing."""
        from tests.postgresql import made_by_owner

        with django_db_blocker.unblock(), made_by_owner(f"test_paicha_{worker_id}"):
            yield


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Which of the suite's processes this is, with and without pytest-xdist."""
    return getattr(request.config, "workerinput", {}).get("workerid", "alone")


@pytest.fixture
def college(db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The college of tests/college.py, on a day of its campaign."""
    from tests.college import TODAY, found_college

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    return found_college()


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`on(date)`: from now on it is noon of that day, for what is written and for the page."""
    from datetime import UTC, date, datetime

    def turn(day: date) -> date:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)
        monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(day.year, day.month, day.day, 4, tzinfo=UTC))
        return day

    return turn
