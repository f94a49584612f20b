"""Settings that make no sense stop the start, and the guide names each setting."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from paicha.config import env

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("nonsense", ["False", "1", "yes", "ture"])
def test_a_boolean_is_true_or_false_and_nothing_else(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("PAICHA_HTTPS", nonsense)
    with pytest.raises(ImproperlyConfigured, match="PAICHA_HTTPS"):
        env.boolean("PAICHA_HTTPS", default=False)


@pytest.mark.parametrize("nonsense", ["0", "25", "-1", "8h", "8.5"])
def test_a_number_stands_within_its_bounds(monkeypatch: pytest.MonkeyPatch, nonsense: str) -> None:
    monkeypatch.setenv("PAICHA_SESSION_HOURS", nonsense)
    with pytest.raises(ImproperlyConfigured, match="1到24"):
        env.whole_number("PAICHA_SESSION_HOURS", 8, least=1, most=24)


@pytest.mark.parametrize("nonsense", ["mysql://u@h/d", "postgres://h/d", "postgres://u:p@h", "postgres://u:p@h:x/d"])
def test_a_database_is_one_of_postgresql_and_its_password_is_never_repeated(
    monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", nonsense)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.postgresql("DATABASE_URL")
    assert nonsense not in str(refused.value)


def test_a_database_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app:p%40ss@db:5433/paicha")
    found = env.postgresql("DATABASE_URL") or {}
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("app", "p@ss", "db", "5433")


def test_each_setting_stands_in_the_guide() -> None:
    settings = (ROOT / "paicha/config/settings.py").read_text(encoding="utf-8")
    names = re.findall(r'env\.\w+\("([A-Z_]+)"', settings)
    guide = (ROOT / "docs/guide/08-网站-办公室.md").read_text(encoding="utf-8")
    assert names
    assert [name for name in names if f"| `{name}` |" not in guide] == []


def test_a_data_folder_that_others_may_open_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("PAICHA_DATA", str(tmp_path))
    with pytest.raises(ImproperlyConfigured, match="chmod 700"):
        env.folder("PAICHA_DATA", tmp_path)
    assert env.folder("PAICHA_ELSEWHERE", tmp_path / "new").stat().st_mode & 0o777 == 0o700
