"""What a branch has not done: each step of the notice with its clause, its last day and how late it is."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypedDict
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef
from django.utils import timezone

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import PENDING, Coverage, coverage_of
from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import confirmed_plans
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.reporting.selectors import newest_of
from paicha.campaigns.reporting.services import OPEN
from paicha.campaigns.supervision.inspecting.selectors import untrue_of

# Days for an answer: one to see the notice, one to act. The check itself has ten days (notice 三.2); what is answered
# later than that would come after it.
ANSWER_DAYS = 2


class Step(StrEnum):
    """The steps that a branch can be late with, each with its clause; kept in 督办单, never changed."""

    clause: str

    PLAN = "plan", "通知三.1"
    CHECK = "check", "通知三.2"
    CONSULT = "consult", "通知四.3"
    REPORT = "report", "通知三.3"
    INSPECT = "inspect", "通知四.2"

    def __new__(cls, code: str, clause: str) -> "Step":
        member = str.__new__(cls, code)
        member._value_ = code
        member.clause = clause
        return member


class Frozen(TypedDict):
    """A Lack as a 督办单 keeps it; `last` is ISO 8601."""

    step: str
    words: str
    clause: str
    last: str
    late: int


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is not done: `last` is its last day, `late` days after it (0: not yet)."""

    step: Step
    words: str
    last: date
    late: int

    @property
    def frozen(self) -> Frozen:
        return Frozen(
            step=self.step.value,
            words=self.words,
            clause=self.step.clause,
            last=self.last.isoformat(),
            late=self.late,
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a branch stands: `waiting` are its questions that the office has not answered, which is no lack of its."""

    coverage: Coverage
    lacks: list[Lack] = field(default_factory=list)
    waiting: int = 0

    @property
    def late(self) -> int:
        """Days of the latest step; 0: nothing is late."""
        return max((lack.late for lack in self.lacks), default=0)

    @property
    def to_chase(self) -> list[Lack]:
        """What a 督办单 names: what is late; where nothing is, what is still to be done."""
        return [lack for lack in self.lacks if lack.late] or self.lacks


def standings_of(campaign: Campaign, units: Collection[CampaignUnit], today: date) -> dict[UUID, Standing]:
    """Unit → where it stands: nine queries, however many units."""
    coverage, plans, sent = coverage_of(campaign, units), confirmed_plans(campaign), newest_of(campaign)
    waiting, unheeded, untrue = _waiting(campaign), _unheeded(campaign), _untrue(campaign)
    found = {}
    for unit in units:
        undone = [
            *_undone(campaign, plans.get(unit.id), coverage[unit.id], unheeded.get(unit.id), sent.get(unit.id)),
            *untrue.get(unit.id, ()),
        ]
        lacks = [Lack(step, words, last, max(0, (today - last).days)) for step, words, last in undone]
        found[unit.id] = Standing(coverage[unit.id], lacks, waiting.get(unit.id, 0))
    return found


def _undone(
    campaign: Campaign,
    confirmed: date | None,
    coverage: Coverage,
    unheeded: tuple[int, date] | None,
    sent: Submission | None,
) -> Iterator[tuple[Step, str, date]]:
    if confirmed is None:
        yield Step.PLAN, "工作方案没有确认", campaign.deploy_by
    if coverage.left:
        words = f"还有{coverage.left}人没有排查结论（共{coverage.whole}人，覆盖率{coverage.percent}%）"
        yield Step.CHECK, words, campaign.check_by
    if unheeded:
        count, answered_on = unheeded
        last = max(campaign.check_by, answered_on + timedelta(days=ANSWER_DAYS))
        yield Step.CONSULT, f"{count}条请示已经答复，还没有照答复作出结论", last
    if sent is None or sent.state in OPEN:
        yield Step.REPORT, _unsent(sent), campaign.report_by


def _unsent(sent: Submission | None) -> str:
    if sent is None:
        return "没有上报附件1、附件2和工作情况报告"
    return "退回后没有重新上报" if sent.state == State.RETURNED else "重新打开后没有再上报"


def _waiting(campaign: Campaign) -> dict[UUID, int]:
    """Unit → questions that wait for the office."""
    asked = Consultation.objects.filter(committee_id=campaign.committee_id, campaign_id=campaign.id)
    waiting = asked.filter(answered_at=None, withdrawn_at=None)
    return dict(waiting.values_list("unit_id").annotate(Count("id")))


def _unheeded(campaign: Campaign) -> dict[UUID, tuple[int, date]]:
    """Unit → (questions about a member whose verdict is older than the answer and still open, day of the first)."""
    verdicts = MemberVerdict.objects.filter(
        committee_id=campaign.committee_id,
        unit=OuterRef("unit"),
        member=OuterRef("member"),
        superseded_at=None,
        verdict__in=PENDING,
        decided_at__lt=OuterRef("answered_at"),
    )
    asked = Consultation.objects.filter(committee_id=campaign.committee_id, campaign_id=campaign.id)
    open_ = asked.filter(Exists(verdicts), withdrawn_at=None).exclude(answered_at=None)
    found = open_.values_list("unit_id").annotate(Count("member", distinct=True), Min("answered_at"))
    return {unit_id: (count, timezone.localtime(first).date()) for unit_id, count, first in found}


def _untrue(campaign: Campaign) -> dict[UUID, list[tuple[Step, str, date]]]:
    """Unit → that inspections found people 不属实 of whom nothing was mended since."""
    days: dict[UUID, list[date]] = defaultdict(list)
    for person in untrue_of(campaign):
        if person.row.asked_at:
            days[person.row.unit_id].append(timezone.localtime(person.row.asked_at).date())
    return {
        unit_id: [
            (Step.INSPECT, f"检查中{len(found)}人的情况不属实，还没有更正", min(found) + timedelta(days=ANSWER_DAYS))
        ]
        for unit_id, found in days.items()
    }
