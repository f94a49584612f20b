"""Who of some branches has reported in, who is to, and of whom something is missing. Callers have passed access.py;
`committee_id` is named all the same."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from paicha.domain.advice import Course
from paicha.domain.reporting_in import Place
from paicha.register.contacts.models import ContactRecord, Purpose
from paicha.register.models import RegisterEntry
from paicha.register.records import SEALED_CELLS
from paicha.register.roster.selectors import chunks
from paicha.transfers.advising.selectors import Advised, advised_of
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.selectors import Reported, place_of
from paicha.transfers.urging.selectors import MOST, advisable, calls_about

SHOWN = {"incomplete": "要补齐", "urge": "该督促报到", "in-force": "已报到", "ended": "已终止"}


@dataclass(slots=True)
class Standing:
    """Open entries by how it is with their report-ins; `SHOWN` without those to be urged."""

    incomplete: set[UUID] = field(default_factory=set)
    in_force: set[UUID] = field(default_factory=set)
    ended: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list: where the cells say, what is recorded (the newest), and what is to be done. `advised` and
    `tried` (the last call about it) of those who are to be urged."""

    entry: RegisterEntry
    name: str
    known: Reported
    record: ReportIn | None
    advised: Advised | None = None
    tried: ContactRecord | None = None

    @property
    def reached(self) -> bool:
        """Whether somebody talked to them about it."""
        return self.tried is not None and self.tried.reached

    @property
    def where(self) -> Place:
        """What the cells say; where they are empty, what was recorded."""
        return self.known.place or (self.record.place if self.record else Place())


def standing_of(committee_id: UUID, branches: Collection[UUID]) -> Standing:
    """The open entries of these branches whose cells name an organisation or of which a report-in is recorded. Cells
    are read and opened of those alone that were changed since their report-in was recorded. Three queries, or some more
    for thousands of such."""
    entries = RegisterEntry.objects.filter(committee_id=committee_id, branch_id__in=list(branches), closed_on=None)
    named = set(entries.filter(current__reported_in=1).values_list("id", flat=True))
    rows = ReportIn.objects.filter(committee_id=committee_id, entry__in=entries, withdrawn_at=None)
    found, changed = Standing(), list[UUID]()
    for id_, entry_id, until, then, now in rows.values_list(
        "id", "entry_id", "until", "version_id", "entry__current_id"
    ):
        if until is not None:
            found.ended.add(entry_id)
        elif entry_id not in named:
            found.incomplete.add(entry_id)
        elif then == now:
            found.in_force.add(entry_id)
        else:
            changed.append(id_)
    found.in_force |= _still_named(committee_id, changed)
    found.incomplete |= named - found.in_force
    found.ended -= found.incomplete | found.in_force
    return found


def to_urge(committee_id: UUID, branches: Collection[UUID], since: date, today: date) -> tuple[list[Line], bool]:
    """Who of these branches is advised to report in and has not, those first whom nobody called about it from `since`
    on; and whether there are others (MOST are looked at)."""
    first = advisable(committee_id, branches)
    entries = [entry for entry in first[:MOST] if entry.current and not entry.current.reported_in]
    advice = advised_of(committee_id, entries, today)
    calls = calls_about(committee_id, [entry.id for entry in entries], Purpose.REPORT_IN, since)
    ours = [entry for entry in entries if advice[entry.id].course is Course.REPORT_IN]
    records = _newest(committee_id, ours)
    found = [_line(entry, records.get(entry.id), advice[entry.id], _told(calls[entry.id])) for entry in ours]
    found = [line for line in found if not line.known.emptied]  # they stand under what is to be completed
    found.sort(key=lambda line: (line.reached, line.tried.happened_on if line.tried else date.min))
    return found, len(first) > MOST


def lines_of(committee_id: UUID, ids: Collection[UUID]) -> list[Line]:
    """The lines of these entries in the register's order, MOST of them."""
    entries = RegisterEntry.objects.filter(committee_id=committee_id, id__in=sorted(ids)[: MOST + 1])
    found = list(entries.select_related("current").order_by("branch_id", "rank", "id")[:MOST])
    records = _newest(committee_id, found)
    return [_line(entry, records.get(entry.id)) for entry in found]


def incomplete_of(committee_id: UUID, branch_id: UUID) -> list[Line]:
    """Who of a branch is to be completed, in the register's order."""
    return lines_of(committee_id, standing_of(committee_id, [branch_id]).incomplete)


def _told(calls: list[ContactRecord]) -> ContactRecord | None:
    """The newest call that reached the person, else the newest attempt."""
    return next((call for call in reversed(calls) if call.reached), calls[-1] if calls else None)


def _newest(committee_id: UUID, entries: Collection[RegisterEntry]) -> dict[UUID, ReportIn]:
    """Entry → its newest report-in that was not withdrawn."""
    rows = ReportIn.objects.filter(
        committee_id=committee_id, entry_id__in=[entry.id for entry in entries], withdrawn_at=None
    )
    return {row.entry_id: row for row in rows.select_related("version").order_by("id")}


def _line(
    entry: RegisterEntry,
    record: ReportIn | None,
    advised: Advised | None = None,
    tried: ContactRecord | None = None,
) -> Line:
    known = Reported(
        place_of(entry.current) if entry.current else None, record if record is not None and record.stands else None
    )
    return Line(entry, entry.current.name if entry.current else "", known, record, advised, tried)


def _still_named(committee_id: UUID, report_ins: Collection[UUID]) -> set[UUID]:
    """The entries of these report-ins whose cells, changed since, still name the organisation."""
    found, opened = set[UUID](), SEALED_CELLS.opening()
    for some in chunks(report_ins):
        rows = ReportIn.objects.filter(committee_id=committee_id, id__in=some)
        for entry_id, then, old, now, new in rows.values_list(
            "entry_id", "version_id", "version__cells", "entry__current_id", "entry__current__cells"
        ):
            if Place.of(opened(then, old)).same(Place.of(opened(now, new))):
                found.add(entry_id)
    return found
