"""docs/features.md cannot drift: what it names is there."""

import importlib
import re
from pathlib import Path

import pytest

from tests.architecture.test_routes import routes

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/features.md").read_text("utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| what"))
]
CLAUSES = ("一", "二.1", "二.2", "二.3", "三.1", "三.2", "三.3", "四.1", "四.2", "四.3", "附件1", "附件2")


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0])[:40])
def test_each_row_names_a_place_and_a_test_that_exist(row: list[str]) -> None:
    _, places, tests = row
    for place in quoted(places):
        if place.startswith("paicha."):
            importlib.import_module(place)
        elif not place.startswith("paicha "):
            assert place in routes(), f"no page is called {place}"
    assert quoted(tests), "a clause without a test"
    for name in quoted(tests):
        file, _, function = name.partition("::")
        source = (ROOT / file).read_text("utf-8")
        assert not function or f"def {function}(" in source, name


def test_every_clause_has_its_part() -> None:
    headings = " ".join(re.findall(r"^## (.+)$", (ROOT / "docs/features.md").read_text("utf-8"), re.M))
    assert [clause for clause in CLAUSES if clause not in headings] == []
