"""Who of some branches has reported in, who is to, and of whom something is missing. Callers have passed access.py;
`committee_id` is named all the same."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from paicha.domain.advice import Course
from paicha.domain.reporting_in import Place
from paicha.register.contacts.models import ContactRecord, Purpose
from paicha.register.models import RegisterEntry
from paicha.register.records import SEALED_CELLS
from paicha.transfers.advising.selectors import Advised, advised_of
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.selectors import Reported, place_of
from paicha.transfers.urging.selectors import MOST, advisable, calls_about

SHOWN = {"incomplete": "要补齐", "urge": "该督促报到", "in-force": "已报到", "ended": "已终止"}
ORDER = ("entry__branch_id", "entry__rank", "entry_id")


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is with the report-ins of some branches: by `SHOWN`, without those to be urged, how many open entries and
    the first of them (MOST and one more)."""

    number: dict[str, int]
    first: dict[str, Callable[[], list[UUID]]]


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
    """Who of these branches has reported in, is to be completed, has one that is over. Most is counted by the database:
    cells are opened of those alone that were changed since their report-in was recorded. Four queries."""
    entries = RegisterEntry.objects.filter(committee_id=committee_id, branch_id__in=list(branches), closed_on=None)
    of_any = ReportIn.objects.filter(committee_id=committee_id, withdrawn_at=None)
    known = of_any.filter(entry__branch_id__in=list(branches), entry__closed_on=None)
    named, open_ = entries.filter(current__reported_in=1), known.filter(until=None)
    written = Q(entry__current__reported_in=1, version=F("entry__current"))
    emptied = Q(entry__current__reported_in=0)
    count = open_.aggregate(written=Count("id", filter=written), emptied=Count("id", filter=emptied))
    still = _still_named(open_.exclude(written | emptied))
    in_force = count["written"] + len(still)
    others = of_any.filter(until=None, entry=OuterRef("entry"))
    over = known.exclude(until=None).filter(emptied & ~Exists(others)).order_by("entry_id")
    ended = list(over.values_list("entry_id", flat=True).distinct())
    unwritten = named.exclude(Exists(of_any.filter(until=None, entry=OuterRef("id"), version=OuterRef("current"))))

    def incomplete() -> list[UUID]:
        first = open_.filter(emptied).order_by(*ORDER).values_list("entry_id", flat=True)[: MOST + 1]
        rest = unwritten.order_by("branch_id", "rank", "id").values_list("id", flat=True)[: MOST + 1 + len(still)]
        return [*first, *(id_ for id_ in rest if id_ not in still)][: MOST + 1]

    def reported_in() -> list[UUID]:
        first = open_.filter(written).order_by(*ORDER).values_list("entry_id", flat=True)[: MOST + 1]
        return [*first, *still][: MOST + 1]

    return Standing(
        {"incomplete": named.count() - in_force + count["emptied"], "in-force": in_force, "ended": len(ended)},
        {"incomplete": incomplete, "in-force": reported_in, "ended": lambda: ended[: MOST + 1]},
    )


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
    entries = RegisterEntry.objects.filter(committee_id=committee_id, id__in=list(ids)[:MOST])
    found = list(entries.select_related("current").order_by("branch_id", "rank", "id"))
    records = _newest(committee_id, found)
    return [_line(entry, records.get(entry.id)) for entry in found]


def next_incomplete(committee_id: UUID, branch_id: UUID) -> tuple[Line | None, int]:
    """The first of a branch who is to be completed, and how many there are."""
    standing = standing_of(committee_id, [branch_id])
    first = standing.first["incomplete"]()[:1] if standing.number["incomplete"] else []
    return next(iter(lines_of(committee_id, first)), None), standing.number["incomplete"]


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


def _still_named(changed: QuerySet[ReportIn]) -> set[UUID]:
    """The entries of these report-ins whose cells, changed since, still name the organisation."""
    opened = SEALED_CELLS.opening()
    rows = changed.values_list("entry_id", "version_id", "version__cells", "entry__current_id", "entry__current__cells")
    return {
        entry_id
        for entry_id, then, old, now, new in rows
        if Place.of(opened(then, old)).same(Place.of(opened(now, new)))
    }
