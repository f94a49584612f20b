"""A submission read as it was frozen: its rows under the rules of that report, never the living register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from paicha.campaigns.reporting.models import Submission, SubmissionLine
from paicha.campaigns.reporting.selectors import said_in, statistics_of
from paicha.domain.annex1 import Column, Form, Head, RawRow
from paicha.domain.annex2 import Statistics, count, facts_of, figures, holds
from paicha.domain.divisions import find_home
from paicha.domain.findings import Code, Finding
from paicha.domain.register import Person, mark_duplicates
from paicha.domain.settings import RuleSet
from paicha.register.models import EntryVersion
from paicha.register.records import Recorder
from paicha.register.selectors import Row


@dataclass(frozen=True, slots=True)
class Transferred:
    """Somebody who counted in Y: urged, and the receipt was in hand."""

    name: str
    received_on: date
    destination: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """`rows`: the reported 附件1, in its order, with what the check finds under `rules`; `lines` what they stand on;
    `transferred`: who stands behind Y; `education`: how many took part in the theme education, of how many."""

    submission: Submission
    rules: RuleSet
    lines: list[SubmissionLine]
    rows: list[Row]
    transferred: list[Transferred]
    education: list[int]

    @property
    def standing(self) -> dict[UUID, EntryVersion]:
        """Entry → the version that was reported of it."""
        return {line.version.entry_id: line.version for line in self.lines}

    def counted(self) -> Statistics:
        """附件2 as its rows give it, to be held against the one that was reported; Y is the reported one."""
        return count((row.read for row in self.rows), self.rules, statistics_of(self.submission)["Y"])

    def behind(self, letter: str) -> list[Row]:
        """The rows that a figure counts; Y, of whom none is in a row, has none."""
        if letter == "A":
            return self.rows
        figure = figures(self.rules).get(letter)
        return [row for row in self.rows if figure and holds(figure, facts_of(row.read, self.rules))]


def frozen(submission: Submission) -> Frozen:
    """Four queries, however many people. Raises kept.Changed where the kept bytes are no longer those of that day."""
    said = said_in(submission)
    rules = _rules(said)
    recorder, form = Recorder(rules), Form("", "", Head(), (), {})
    lines, rows, people = lines_of(submission), [], []
    for line in lines:
        raw = RawRow(line.number, tuple(line.version.cells))
        read = recorder.check(raw.values)
        people.append(Person(form, raw, read))
        rows.append(Row.of(line.number, line.version.entry, line.version, read, rules))
    mark_duplicates(people)
    _mark_elsewhere(submission, rows)
    return Frozen(submission, rules, lines, rows, _transferred(said), said.get("education", []))


def lines_of(submission: Submission) -> list[SubmissionLine]:
    """The rows of the reported 附件1, each with its version and its entry."""
    found = SubmissionLine.objects.filter(committee_id=submission.committee_id, submission=submission)
    return list(found.select_related("version__entry").order_by("number"))


def _transferred(said: dict[str, Any]) -> list[Transferred]:
    """None in reports of before it was kept."""
    return [
        Transferred(one["name"], date.fromisoformat(one["received_on"]), one["destination"])
        for one in said.get("transferred", [])
    ]


def _rules(said: dict[str, Any]) -> RuleSet:
    rules = said["rules"]
    home = find_home(rules["home"]) if rules["home"] else None
    return RuleSet(date.fromisoformat(rules["as_of"]), home, rules["version"])


def _mark_elsewhere(submission: Submission, rows: Sequence[Row]) -> None:
    """Whose ID number another branch has in its newest report of the same campaign."""
    hashes = [bytes(row.id_hash) for row in rows if row.id_hash]
    later = Submission.objects.filter(unit=OuterRef("submission__unit"), n__gt=OuterRef("submission__n"))
    found = SubmissionLine.objects.filter(
        committee_id=submission.committee_id,
        submission__unit__campaign_id=submission.unit.campaign_id,
        version__id_hash__in=hashes,
    ).exclude(submission__unit_id=submission.unit_id)
    others: dict[bytes, list[str]] = {}
    for hash_, name in found.exclude(Exists(later)).values_list("version__id_hash", "submission__unit__name"):
        others.setdefault(bytes(hash_ or b""), []).append(name)
    for row in rows:
        for name in others.get(bytes(row.id_hash or b""), []):
            message = f"{name}的上报里也有同一个身份证号"
            advice = "请两个党支部核实，只保留一处"
            row.read.findings.append(Finding(Code.ID_DUPLICATE, message, advice, Column.ID_NUMBER.heading))
