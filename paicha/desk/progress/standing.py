"""Where each branch of a campaign stands as a day ends: composed from what each app tells of that day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from paicha.campaigns.checking.past import coverage_on
from paicha.campaigns.checking.selectors import Coverage
from paicha.campaigns.consulting.selectors import open_on
from paicha.campaigns.deployment.models import Campaign, CampaignUnit, Phase
from paicha.campaigns.deployment.selectors import confirmed_plans, last_days_on, rules_of
from paicha.campaigns.reporting.models import State
from paicha.campaigns.review.past import Sent, reports_on
from paicha.domain.annex2 import NIL, Statistics
from paicha.register.figures.past import figures_on
from paicha.transfers.selectors import urged_on

FILTERS = {
    "late": "逾期的",
    "uncovered": "没有全覆盖的",
    "asking": "有请示等答复的",
    "unbalanced": "不平衡的",
    "unsent": "没有上报的",
    "approved": "已审核通过的",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One branch as a day ended. `planned`: the day on which it confirmed its plan; `asked`: questions that waited;
    `sent`: its newest report; `statistics`: its living 附件2; `last`: the last days as they were then."""

    unit: CampaignUnit
    day: date
    planned: date | None
    coverage: Coverage
    asked: int
    sent: Sent | None
    statistics: Statistics
    last: Mapping[Phase, date]

    @property
    def reported(self) -> bool:
        """Whether a report waits for the office or is approved."""
        return self.sent is not None and self.sent.state in (State.SUBMITTED, State.APPROVED)

    @property
    def approved(self) -> bool:
        return self.sent is not None and self.sent.state == State.APPROVED

    @property
    def covered(self) -> bool:
        """Whether everybody has a verdict; 待定 and 失去联系 are named, not left."""
        return self.coverage.whole > 0 and self.coverage.left == 0

    @property
    def step(self) -> str:
        """The step of the chain that it is at, in the notice's words."""
        if self.sent is not None:
            return self.sent.state.label
        if self.covered:
            return "待上报"
        return "开展排查" if self.planned else "安排部署"

    @property
    def late(self) -> list[str]:
        """The steps whose last day has passed, and those done late: late is late."""
        found = []
        if (self.planned or self.day) > self.last[Phase.DEPLOY]:
            found.append("工作方案")
        if not self.covered and self.day > self.last[Phase.CHECK]:
            found.append("排查")
        if (self.sent.submission.late_days > 0) if self.sent and self.reported else self.day > self.last[Phase.REPORT]:
            found.append("上报")
        return found

    def shows(self, what: str) -> bool:
        """Whether it belongs to a filter of `FILTERS`; everything belongs to one that is none."""
        shows = _SHOWS.get(what)
        return shows is None or shows(self)


_SHOWS: dict[str, Callable[[Standing], bool]] = {
    "late": lambda line: bool(line.late),
    "uncovered": lambda line: not line.covered,
    "asking": lambda line: line.asked > 0,
    "unbalanced": lambda line: not line.statistics.balanced,
    "unsent": lambda line: not line.reported,
    "approved": lambda line: line.approved,
}


def standings_on(campaign: Campaign, units: Sequence[CampaignUnit], day: date) -> list[Standing]:
    """A line for each unit, in the office's order; eleven queries, however many units."""
    plans, last = confirmed_plans(campaign), last_days_on(campaign, day)
    coverage, asked, sent = coverage_on(campaign, units, day), open_on(campaign, day), reports_on(campaign, day)
    branches = [unit.organization_id for unit in units]
    figures = figures_on(campaign.committee_id, branches, rules_of(campaign), day)
    urged = urged_on(campaign.committee_id, branches, campaign.begins_on, day)
    return [
        Standing(
            unit=unit,
            day=day,
            planned=planned if (planned := plans.get(unit.id)) and planned <= day else None,
            coverage=coverage[unit.id],
            asked=asked.get(unit.id, 0),
            sent=sent.get(unit.id),
            statistics=_with_y(figures.get(unit.organization_id, NIL), urged.get(unit.organization_id, 0)),
            last=last,
        )
        for unit in units
    ]


def _with_y(statistics: Statistics, urged: int) -> Statistics:
    """The campaign's own Y: of those that it urged, not of a year's."""
    return replace(statistics, figures={**statistics.figures, "Y": urged})
