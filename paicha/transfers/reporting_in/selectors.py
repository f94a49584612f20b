"""Reads of report-ins. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from uuid import UUID

from paicha.domain.reporting_in import Place
from paicha.register.models import Closing, EntryVersion, RegisterEntry
from paicha.register.records import SEALED_CELLS
from paicha.register.selectors import current_of
from paicha.transfers.reporting_in.models import ReportIn

NEAR = 20  # branches within which earlier organisations are looked for; who has more sees those of the entry's own
NEWEST = 300  # entries and ended report-ins that are opened for it


@dataclass(frozen=True, slots=True)
class Reported:
    """How it is with one entry: where the cells say that the person has reported in (None: nowhere), and what stands
    recorded of it."""

    place: Place | None
    record: ReportIn | None

    @property
    def in_force(self) -> bool:
        """The cells name what is recorded."""
        return self.place is not None and self.record is not None and self.record.place.same(self.place)

    @property
    def unrecorded(self) -> bool:
        """The cells name one of which nothing is recorded: a sheet or an import filled them."""
        return self.place is not None and self.record is None

    @property
    def changed(self) -> bool:
        """The cells name another one than is recorded."""
        return self.place is not None and self.record is not None and not self.in_force

    @property
    def emptied(self) -> bool:
        """The cells were emptied and nothing says since when and why."""
        return self.place is None and self.record is not None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An organisation that others reported in to: the newest version that names it, and how many."""

    version_id: UUID
    place: Place
    people: int


def standing(entry: RegisterEntry) -> ReportIn | None:
    """The report-in of an entry that is neither over nor withdrawn."""
    found = ReportIn.objects.filter(committee_id=entry.committee_id, entry=entry, until=None, withdrawn_at=None)
    return found.select_related("version").first()


def reported(entry: RegisterEntry) -> Reported:
    """How it is with one entry, its current version at hand."""
    return Reported(place_of(current_of(entry)), standing(entry))


def place_of(version: EntryVersion) -> Place | None:
    """Where the cells of a version say that the person has reported in."""
    return Place.of(version.cells) if version.reported_in else None


def report_ins_of(entry: RegisterEntry) -> list[ReportIn]:
    """Every report-in of an entry, newest first; those withdrawn among them."""
    found = ReportIn.objects.filter(committee_id=entry.committee_id, entry=entry)
    return list(found.select_related("version").order_by("-id"))


def came_back_on(entry: RegisterEntry) -> date | None:
    """When the member last came back to this branch before this entry was opened: nobody reported in before."""
    earlier = RegisterEntry.objects.filter(
        committee_id=entry.committee_id, branch_id=entry.branch_id, member_id=entry.member_id, id__lt=entry.id
    )
    returned = earlier.filter(closing=Closing.RETURNED).order_by("-closed_on")
    return returned.values_list("closed_on", flat=True).first()


def earlier_of(entry: RegisterEntry, mine: Collection[UUID]) -> list[Earlier]:
    """The organisations that others of these branches (`mine`) reported in to, the most frequented first; those of
    report-ins that are over among them. Two queries; the newest are opened."""
    branches = list(mine) if len(mine) <= NEAR else [entry.branch_id]
    entries = RegisterEntry.objects.filter(
        committee_id=entry.committee_id, branch_id__in=branches, current__reported_in=1
    ).exclude(id=entry.id)
    now = entries.order_by("-id").values_list("current_id", "current__cells")[:NEWEST]
    over = ReportIn.objects.filter(
        committee_id=entry.committee_id, entry__branch_id__in=branches, withdrawn_at=None
    ).exclude(until=None)
    then = over.order_by("-id").values_list("version_id", "version__cells")[:NEWEST]
    found, opened = dict[Place, Earlier](), SEALED_CELLS.opening()
    for version_id, cells in chain(now, then):
        place = Place.of(opened(version_id, cells))
        before = found.get(place, Earlier(version_id, place, 0))
        found[place] = replace(before, people=before.people + 1)
    return sorted(found.values(), key=lambda one: (-one.people, one.place.organization))
