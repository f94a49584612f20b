"""What changed on registers since their branches reported, read from versions, closings, reopenings, moves, receipts
and verdicts. Callers have passed access.py; `committee_id` is named all the same.

A `Mark` says that something changed, without opening a cell; `described` opens the cells of those that are shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.reporting.models import Submission
from paicha.campaigns.reporting.selectors import newest_of
from paicha.campaigns.updating.marks import Kind, Mark, Since, marks_since
from paicha.campaigns.updating.models import Filing
from paicha.register.models import EntryVersion
from paicha.register.timeline import Difference, differences


@dataclass(frozen=True, slots=True)
class Update:
    """A mark with what it changed, numbers masked; `filed`: the office has seen it."""

    mark: Mark
    differences: list[Difference]
    filed: bool

    @property
    def day(self) -> date:
        return timezone.localtime(self.mark.at).date()


@dataclass(frozen=True, slots=True)
class BranchUpdates:
    """A branch that has reported, how many updates came since, how many of them the office has not filed, and the time
    of the newest. `filing` is the last one."""

    unit: CampaignUnit
    submission: Submission
    count: int
    unfiled: int
    newest: datetime | None
    filing: Filing | None


def updates_of(
    campaign: Campaign, units: Collection[CampaignUnit], sent: Mapping[UUID, Submission] | None = None
) -> tuple[list[BranchUpdates], list[Mark]]:
    """Every branch of `units` that has reported, in their order, and all marks, newest first. The number of queries
    does not depend on how many units or marks there are. `sent`: newest_of(campaign), where it is known already."""
    sent = newest_of(campaign) if sent is None else sent
    reported = [Since(unit, sent[unit.id]) for unit in units if unit.id in sent]
    if not reported:
        return [], []
    marks = marks_since(campaign.committee_id, reported)
    filings = last_filings(campaign)
    by_unit: dict[UUID, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_unit[mark.unit.id].append(mark)
    branches = []
    for unit, submission in reported:
        ours, filing = by_unit[unit.id], filings.get(unit.id)
        unfiled = sum(not is_filed(mark, filing) for mark in ours)
        newest = ours[0].at if ours else None
        branches.append(BranchUpdates(unit, submission, len(ours), unfiled, newest, filing))
    return branches, marks


def last_filings(campaign: Campaign) -> dict[UUID, Filing]:
    """Unit → the office's last filing."""
    found = Filing.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign).order_by("until")
    return {filing.unit_id: filing for filing in found}


def is_filed(mark: Mark, filing: Filing | None) -> bool:
    return filing is not None and mark.at <= filing.until


def described(committee_id: UUID, marks: Iterable[Mark], filings: dict[UUID, Filing]) -> list[Update]:
    """The marks with what each changed: two queries."""
    shown = list(marks)
    changed = [mark for mark in shown if mark.kind is Kind.CHANGED]
    cells = _cells(committee_id, changed)
    found = []
    for mark in shown:
        differing = []
        if mark.kind is Kind.CHANGED and mark.entry_id:
            differing = differences(cells[mark.entry_id, mark.n - 1], cells[mark.entry_id, mark.n])
        found.append(Update(mark, differing, is_filed(mark, filings.get(mark.unit.id))))
    return found


def _cells(committee_id: UUID, changed: list[Mark]) -> dict[tuple[UUID, int], list[str]]:
    """(entry, number of a version) → its cells, of these versions and of those before them."""
    entries = {mark.entry_id for mark in changed}
    numbers = {mark.n for mark in changed} | {mark.n - 1 for mark in changed}
    found = EntryVersion.objects.filter(committee_id=committee_id, entry_id__in=entries, n__in=numbers)
    return {(version.entry_id, version.n): version.cells for version in found}
