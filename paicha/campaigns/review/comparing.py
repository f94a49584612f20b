"""What changed from one submission of a branch to the next, person by person, and what became of returned cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from paicha.campaigns.reporting.models import Submission, SubmissionLine
from paicha.campaigns.reporting.selectors import statistics_of
from paicha.campaigns.review.models import Decision, ReturnedCell
from paicha.campaigns.review.selectors import cells_of, standing
from paicha.domain.annex1 import Column
from paicha.domain.annex2 import HEADINGS, LETTERS, Statistics
from paicha.domain.readings import as_text
from paicha.register.forms import label, masked
from paicha.register.models import EntryVersion
from paicha.register.timeline import Difference, differences


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is on both reports, with what is written otherwise."""

    name: str
    number: int
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of 附件2 that changed."""

    letter: str
    heading: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Names in the order of the form; `left` with why, in words ("" where nothing closed the entry)."""

    before: Submission
    added: list[str]
    left: list[tuple[str, str]]
    changed: list[Person]
    figures: list[Moved]
    same: int

    def __bool__(self) -> bool:
        return bool(self.added or self.left or self.changed or self.figures)


def changes(
    before: Submission, old: Sequence[SubmissionLine], after: Submission, new: Sequence[SubmissionLine]
) -> Changes:
    """`old` and `new` are the lines of both (frozen.lines_of). A person is the same by the entry, else (closed and
    taken up again) by the member."""
    pairs = _pairs(old, new)
    matched = {line.id for line, _ in pairs}
    kept = {line.id for _, line in pairs}
    changed = [
        Person(_name(line.version), line.number, differences(was.version.cells, line.version.cells))
        for was, line in pairs
        if was.version_id != line.version_id
    ]
    changed = [person for person in changed if person.differences]
    return Changes(
        before=before,
        added=[_name(line.version) for line in new if line.id not in kept],
        left=[(_name(line.version), _why(line)) for line in old if line.id not in matched],
        changed=changed,
        figures=_moved(statistics_of(before), statistics_of(after)),
        same=len(pairs) - len(changed),
    )


def _pairs(old: Sequence[SubmissionLine], new: Sequence[SubmissionLine]) -> list[tuple[SubmissionLine, SubmissionLine]]:
    by_entry = {line.version.entry_id: line for line in old}
    pairs = [(by_entry.pop(line.version.entry_id), line) for line in new if line.version.entry_id in by_entry]
    matched = {line.id for _, line in pairs}
    by_member = {line.version.entry.member_id: line for line in by_entry.values()}
    for line in new:
        member_id = line.version.entry.member_id
        if line.id not in matched and member_id in by_member:
            pairs.append((by_member.pop(member_id), line))
    return sorted(pairs, key=lambda pair: pair[1].number)


def _name(version: EntryVersion) -> str:
    return version.name or "（没有姓名）"


def _why(line: SubmissionLine) -> str:
    entry = line.version.entry
    return entry.get_closing_display() if entry.closed_on else ""


def _moved(old: Statistics, new: Statistics) -> list[Moved]:
    return [Moved(x, HEADINGS[x], old[x], new[x]) for x in LETTERS if old[x] != new[x]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A returned cell as it is shown: whose, which column or figure, what was reported, what stands there now (numbers
    masked), why it came back. `anchor` is the cell on the person's page ("" where there is none)."""

    name: str
    heading: str
    reported: str
    now: str
    said: str
    mended: bool
    gone: bool = False
    entry_id: UUID | None = None
    anchor: str = ""


def marks(
    cells: Iterable[ReturnedCell], reported: Submission, now: Mapping[UUID, EntryVersion], figures: Statistics
) -> list[Mark]:
    """`now`: entry → the version that stands in its place; who is not in it is no longer on the form. `figures` are
    those of now."""
    before = statistics_of(reported)
    return [_person(cell, now) if cell.version_id else _figure(cell, before, figures) for cell in cells]


def marks_of(decision: Decision | None, now: Mapping[UUID, EntryVersion], figures: Statistics) -> list[Mark]:
    """The cells of a return (`marks`); none without one."""
    return marks(cells_of(decision), decision.submission, now, figures) if decision else []


def marks_now(decision: Decision | None, figures: Statistics) -> list[Mark]:
    """The cells of a return beside what stands on the living register; `figures` are those of now."""
    if decision is None:
        return []
    cells = cells_of(decision)
    entries = {cell.version.entry_id for cell in cells if cell.version}
    return marks(cells, decision.submission, standing(decision.committee_id, entries), figures)


def _person(cell: ReturnedCell, now: Mapping[UUID, EntryVersion]) -> Mark:
    version, column = cell.version, tuple(Column)[cell.column or 0]
    if version is None:
        raise LookupError("a cell of nobody")
    stands = now.get(version.entry_id)
    old = as_text(version.cells[column])
    new = as_text(stands.cells[column]) if stands else ""
    return Mark(
        name=_name(version),
        heading=label(column),
        reported=masked(column, old),
        now=masked(column, new),
        said=cell.said,
        mended=stands is None or new != old,
        gone=stands is None,
        entry_id=version.entry_id,
        anchor=f"c{column.value}",
    )


def _figure(cell: ReturnedCell, before: Statistics, now: Statistics) -> Mark:
    letter = cell.letter
    return Mark(
        name="附件2",
        heading=f"{letter} {HEADINGS[letter]}",
        reported=str(before[letter]),
        now=str(now[letter]),
        said=cell.said,
        mended=before[letter] != now[letter],
    )
