"""A keyring of the test's own, so that a rotation in one test touches no other."""

from pathlib import Path
from typing import Any

import pytest

from paicha.vault.keys import Keyring


@pytest.fixture
def ring(tmp_path: Path, settings: Any) -> Keyring:
    settings.KEYRING = Keyring.open(tmp_path / "keys.json")
    opened: Keyring = settings.KEYRING
    return opened
