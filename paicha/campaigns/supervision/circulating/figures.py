"""What a circular is drawn from: of each branch how far it is, when it reported, what was returned and mended."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count

from paicha.campaigns.checking.selectors import Coverage, coverage_of
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import confirmed_plans
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.reporting.services import OPEN
from paicha.campaigns.review.models import Decision, ReturnedCell, What
from paicha.campaigns.supervision.chasing.models import Chasing
from paicha.campaigns.supervision.inspecting.selectors import Rate, rates_of


@dataclass(slots=True)
class Returns:
    """Reports of a branch that were returned, `faults` found in them, of which those are `mended` that a newer report
    followed. A return without cells counts as one fault."""

    reports: int = 0
    faults: int = 0
    mended: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One branch. `reported_on`: the day of its first report, None while the newest is returned or open again, as
    everywhere; `late`: days after the last day until then, or until today."""

    name: str
    coverage: Coverage
    planned_on: date | None
    reported_on: date | None
    late: int
    approved: bool
    nil: bool
    returns: Returns = field(default_factory=Returns)
    chased: int = 0
    rate: Rate = field(default_factory=Rate)

    @property
    def cells(self) -> list[str]:
        """A row of the circular's table (HEADINGS)."""
        return [
            self.name,
            f"{self.coverage.percent}%" if self.coverage.whole else "—",
            f"{self.reported_on:%m-%d}" if self.reported_on else "未上报",
            str(self.late),
            str(self.returns.reports),
            str(self.chased),
            "—" if self.rate.percent is None else f"{self.rate.percent}%",
        ]


# 属实率: of those whom inspections reached
HEADINGS = ("党支部", "覆盖率", "上报日期", "逾期天数", "退回次数", "督办次数", "属实率")


def lines_of(campaign: Campaign, units: Collection[CampaignUnit], today: date) -> list[Line]:
    """A line a branch, in the office's order: some twelve queries, however many branches."""
    coverage, plans, rates = coverage_of(campaign, units), confirmed_plans(campaign), rates_of(campaign)
    first, newest = _submissions(campaign)
    sent = {id_: first[id_] for id_, one in newest.items() if one.state not in OPEN}
    returns, chased = _returns(campaign, newest), _chased(campaign)
    return [
        Line(
            name=unit.name,
            coverage=coverage[unit.id],
            planned_on=plans.get(unit.id),
            reported_on=sent[unit.id].submitted_on if unit.id in sent else None,
            late=sent[unit.id].late_days if unit.id in sent else max(0, (today - campaign.report_by).days),
            approved=unit.id in newest and newest[unit.id].state == State.APPROVED,
            nil=unit.id in sent and newest[unit.id].nil,
            returns=returns.get(unit.id, Returns()),
            chased=chased.get(unit.id, 0),
            rate=rates.get(unit.id, Rate()),
        )
        for unit in units
    ]


def common_faults(campaign: Campaign, most: int = 3) -> list[tuple[str, int]]:
    """The faults that were given most often in returns of this campaign, in the office's words."""
    cells = ReturnedCell.objects.filter(
        committee_id=campaign.committee_id, decision__submission__unit__campaign=campaign, fault__isnull=False
    )
    counted = Counter(cells.values_list("fault__text", flat=True))
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:most]


def _submissions(campaign: Campaign) -> tuple[dict[UUID, Submission], dict[UUID, Submission]]:
    """Unit → its first and its newest report."""
    found = Submission.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign)
    needed = found.only("unit_id", "n", "state", "submitted_on", "report_by", "nil").order_by("-n")
    by_number = list(needed)
    return {one.unit_id: one for one in by_number}, {one.unit_id: one for one in reversed(by_number)}


def _returns(campaign: Campaign, newest: dict[UUID, Submission]) -> dict[UUID, Returns]:
    decisions = Decision.objects.filter(
        committee_id=campaign.committee_id, submission__unit__campaign=campaign, what=What.RETURNED
    )
    found: dict[UUID, Returns] = defaultdict(Returns)
    counted = decisions.values_list("submission__unit_id", "submission__n").annotate(Count("cells"))
    for unit_id, n, cells in counted:
        returns, faults = found[unit_id], max(1, cells)
        returns.reports += 1
        returns.faults += faults
        returns.mended += faults if newest[unit_id].n > n else 0
    return dict(found)


def _chased(campaign: Campaign) -> Counter[UUID]:
    sent = Chasing.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    return Counter(sent.values_list("unit_id", flat=True))
