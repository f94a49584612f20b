"""The chain of one branch: which steps are done, which comes next. Each step is one function of `STEPS`, from the facts
of the package that owns it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from paicha.campaigns.checking.selectors import answered_of, coverage_of
from paicha.campaigns.consulting.selectors import of_unit
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.deployment.selectors import plan_of
from paicha.campaigns.education.selectors import Learner, education_of
from paicha.campaigns.looking_back.selectors import looking_of
from paicha.campaigns.reporting.models import State
from paicha.campaigns.reporting.selectors import newest
from paicha.campaigns.reporting.services import OPEN
from paicha.campaigns.supervision.chasing.selectors import unanswered
from paicha.campaigns.supervision.inspecting.selectors import untrue_of
from paicha.web.days import days_until

FEW = 5  # names that a line holds
EDUCATION = "主题教育"
TAGS = {
    "done": ("done", "已完成"),
    "none": ("none", "没有"),
    "waiting": ("none", "等答复"),
    "warning": ("warning", "要办"),
    "error": ("error", "已逾期"),
    "returned": ("error", "已退回"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """`state`: a key of TAGS. `words` say how far it is, `action` what the button says."""

    title: str
    state: str
    words: str
    url: str
    action: str

    @property
    def tag(self) -> tuple[str, str]:
        """Class of the style sheet, and word."""
        return TAGS[self.state]

    @property
    def open(self) -> bool:
        """Whether the branch has something to do: what waits for the office is not its turn."""
        return self.state in ("warning", "error", "returned")


def steps_of(unit: CampaignUnit, today: date) -> list[Step]:
    """Every step of a branch, in the order of the notice."""
    return [found for step in STEPS if (found := step(unit, today))]


def next_of(steps: Iterable[Step]) -> Step | None:
    """What the branch does next: a report that came back before all else, then by the order of the notice."""
    todo = sorted((step for step in steps if step.open), key=lambda step: step.state != "returned")
    return todo[0] if todo else None


def _state(done: bool, last_day: date, today: date) -> str:
    return "done" if done else "error" if today > last_day else "warning"


def _plan(unit: CampaignUnit, today: date) -> Step:
    plan, last = plan_of(unit), unit.campaign.deploy_by
    confirmed = plan.confirmed_at is not None
    words = "工作方案已确认" if confirmed else f"工作方案还没有确认，{days_until(last, today)}"
    return Step("安排部署", _state(confirmed, last, today), words, reverse("unit-plan", args=[unit.id]), "工作方案")


def _check(unit: CampaignUnit, today: date) -> Step:
    coverage, last = coverage_of(unit.campaign, [unit])[unit.id], unit.campaign.check_by
    if coverage.left:
        words = f"还有 {coverage.left} 人没有结论，共 {coverage.whole} 人，{days_until(last, today)}"
    elif coverage.pending:
        words = f"{coverage.pending} 人待定或失去联系，其余 {coverage.decided} 人都有结论"
    else:
        words = f"{coverage.whole} 人都有结论" if coverage.whole else "党员名册是空的，请先请党委办公室导入名册"
    state = _state(not coverage.left and coverage.whole > 0, last, today)
    return Step("开展排查", state, words, reverse("unit-check", args=[unit.id]), "逐人排查")


def _look_back(unit: CampaignUnit, today: date) -> Step | None:
    """Only where it is asked for."""
    looking, last = looking_of(unit), unit.campaign.report_by
    if looking is None:
        return None
    left, reason = len(looking.left), looking.asked[0].reason
    words = (
        f"还有 {left} 人没有重新核对，{days_until(last, today)}" if left else f"{len(looking.done)} 人都重新核对过了"
    )
    address = reverse("unit-look-back", args=[unit.id])
    return Step("回头看", _state(not left, last, today), f"{words}（{reason}）", address, "逐人重新核对")


def _educate(unit: CampaignUnit, today: date) -> Step:
    education, last = education_of(unit, today), unit.campaign.report_by
    left = len(education.left)
    if left:
        words = f"{education.whole} 人里还有 {left} 人没有参加：{_named(education.left)}，{days_until(last, today)}"
    else:
        words = f"{education.whole} 人都参加了" if education.whole else "没有流出党员和在途党员"
    address = reverse("unit-education", args=[unit.id])
    state = _state(not left, last, today) if education.whole else "none"
    return Step(EDUCATION, state, words, address, "参加情况")


def _named(learners: Sequence[Learner]) -> str:
    """Who is left out, of many the first few."""
    names = "、".join(learner.one.name for learner in learners[:FEW])
    return f"{names}等" if len(learners) > FEW else names


def _consult(unit: CampaignUnit, today: date) -> Step:
    """An answer about somebody who is still 待定 is the branch's turn again; a question waits for the office."""
    if answered := answered_of(unit):
        numbers = "、".join(f"第 {one.n} 号" for one in answered)
        address = reverse("unit-member", args=[unit.id, answered[0].member_id])
        return Step("请示", "warning", f"{numbers}请示有了答复，请按答复作出结论", address, "看答复，作结论")
    open_ = of_unit(unit).filter(answered_at=None, withdrawn_at=None).count()
    words = f"{open_} 条请示等党委办公室答复" if open_ else "没有等答复的请示"
    address = reverse("unit-consultations", args=[unit.id])
    return Step("请示", "waiting" if open_ else "none", words, address, "请示和口径问答")


def _report(unit: CampaignUnit, today: date) -> Step:
    sent, last = newest(unit), unit.campaign.report_by
    done = sent is not None and sent.state not in OPEN
    if sent is None:
        words = f"还没有上报，{days_until(last, today)}"
    else:
        late = f"，逾期 {sent.late_days} 天" if sent.late_days else ""
        again = "" if done else f"，改好再报，{days_until(last, today)}"
        words = f"{sent.get_state_display()}（{sent.submitted_on:%m-%d} 上报{late}）{again}"
    returned = sent is not None and sent.state == State.RETURNED
    state = "returned" if returned else _state(done, last, today)
    return Step("报告情况", state, words, reverse("unit-report", args=[unit.id]), "上报")


def _chased(unit: CampaignUnit, today: date) -> Step:
    open_ = unanswered(unit.campaign, [unit])
    address = reverse("unit-chasings", args=[unit.id])
    if not open_:
        return Step("督办", "none", "没有要答复的督办单", address, "督办单")
    words = f"第 {open_[0].n} 号督办单要办结并答复，{days_until(open_[0].answer_by, today)}"
    return Step("督办", _state(False, open_[0].answer_by, today), words, address, "答复督办")


def _inspected(unit: CampaignUnit, today: date) -> Step | None:
    """Only where the office found something on the telephone that is not so."""
    found = len(untrue_of(unit.campaign, unit))
    if not found:
        return None
    words = f"党委办公室核实，{found} 人的情况和台账不一致，请更正"
    return Step("检查", "warning", words, reverse("unit-inspections", args=[unit.id]), "检查发现的问题")


STEPS: tuple[Callable[[CampaignUnit, date], Step | None], ...] = (
    _plan,
    _check,
    _look_back,
    _consult,
    _educate,
    _report,
    _inspected,
    _chased,
)
