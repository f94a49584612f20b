"""The examples against the checker: what was planted is found, nothing else is, and the figures agree.

`expected.json` is written by `examples/generate.py` as it plants faults; neither imports the other's code."""

import json
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from paicha.collation.engine import collate_files
from paicha.collation.files import find_files
from paicha.collation.result import Result
from paicha.domain.branches import ListedBranch
from paicha.domain.divisions import find_home
from paicha.domain.findings import Severity
from paicha.domain.settings import RuleSet
from paicha.formats.readers.branches import read_branches
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.roster import read_roster
from paicha.formats.readers.source import Source

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FORMS = EXAMPLES / "forms"
EXPECTED: dict[str, Any] = json.loads((EXAMPLES / "expected.json").read_text("utf-8"))
Where = tuple[str, str, int, str, str]


def listed_branches() -> list[ListedBranch]:
    (source,) = read_files([str(EXAMPLES / "branches.xlsx")])
    assert isinstance(source, Source)
    return read_branches(source)


@cache
def collated() -> Result:
    rules = RuleSet(date.fromisoformat(EXPECTED["as_of"]), find_home(EXPECTED["home"]))
    return collate_files(find_files([FORMS]), rules, listed_branches())


def found(least: Severity) -> list[Where]:
    """Findings as expected.json writes them: a .docx table has no name that people know, so none is compared."""
    located = [item for item in collated().findings if item.finding.severity >= least]
    return sorted(
        (
            (file := Path(item.place.file).relative_to(FORMS).as_posix()),
            "" if file.endswith(".docx") else item.place.sheet,
            item.place.row,
            item.finding.column,
            item.finding.code.word,
        )
        for item in located
    )


def planted(kind: str) -> list[Where]:
    return sorted((f["file"], f["sheet"], f["row"], f["column"], f["code"]) for f in EXPECTED[kind])


def test_exactly_the_planted_errors_and_warnings_are_found() -> None:
    assert found(Severity.WARNING) == planted("findings")


def test_what_was_read_in_another_form_is_said() -> None:
    assert set(planted("notices")) <= set(found(Severity.NOTICE))


@pytest.mark.parametrize("branch", EXPECTED["branches"])
def test_the_figures_of_a_branch_are_those_it_was_made_with(branch: str) -> None:
    statistics = {b.branch: b.statistics for b in collated().branches}[branch]
    assert statistics is not None
    assert dict(statistics.figures) == EXPECTED["branches"][branch]["figures"]


def test_a_clean_branch_balances() -> None:
    clean = [b for b in collated().branches if EXPECTED["branches"][b.branch]["clean"]]
    assert len(clean) == 7
    assert all(b.statistics is not None and b.statistics.balanced for b in clean)


def test_the_total_is_the_sum_of_the_branches() -> None:
    assert dict(collated().total.figures) == EXPECTED["total"]


def test_the_two_branches_that_never_reported_are_missing() -> None:
    assert [b.name for b in collated().missing] == EXPECTED["missing"]


def test_people_of_a_misspelt_branch_count_nowhere() -> None:
    assert len(collated().unassigned) == EXPECTED["unassigned"]


def test_the_roster_holds_every_member_and_those_in_transit() -> None:
    (source,) = read_files([str(EXAMPLES / "roster.xlsx")])
    assert isinstance(source, Source)
    members = read_roster(source).members
    assert (len(members), sum(m.in_transit for m in members)) == (EXPECTED["members"], EXPECTED["in_transit"])
    assert {m.branch for m in members} >= {f"中共湖北楚云地质职业学院委员会{b.name}" for b in listed_branches()}


def test_the_examples_are_what_their_script_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "generate.py", "--out", tmp_path], check=True, capture_output=True)
    written = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    kept = {p: (EXAMPLES / p).read_bytes() for p in written if (EXAMPLES / p).is_file()}
    names = {p.relative_to(FORMS) for p in FORMS.rglob("*") if p.is_file()}
    assert names == {p.relative_to("forms") for p in written if p.parts[0] == "forms"}
    assert [str(p) for p in written if written[p] != kept.get(p)] == []


def test_the_examples_stay_small() -> None:
    kept = [*FORMS.rglob("*"), *EXAMPLES.glob("*.*")]
    assert sum(p.stat().st_size for p in kept if p.is_file()) < 1_000_000
