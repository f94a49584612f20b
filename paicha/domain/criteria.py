"""排查结论 proposed for a member, with clause and reason (notice 一; domain.md, verdicts). A person decides.

Six months without attending count from the later of the change of work, study or residence and the last activity
attended in person; they are full when the same day six months on is not after `as_of` (20 June → 20 December).

>>> from datetime import date
>>> away = Facts(registered=True, changed_on=date(2023, 6, 1), attended_on=date(2023, 6, 15))
>>> propose(away, date(2023, 12, 15)).verdict.label
'流出党员'
>>> propose(Facts(registered=True), date(2023, 12, 15)).missing
('工作、学习单位或居住地变化的日期', '最近一次线下参加支部活动的日期')
"""

from dataclasses import dataclass
from datetime import date

from paicha.domain.followup import months_on
from paicha.domain.vocabulary import Verdict

MONTHS = 6
SOME_DAYS = 31  # short of six months by no more than this, the branch may deem somebody to be away (rule 2)
WHO = "通知 一"
RECEIPT = "通知 二.2"
CHANGED, ATTENDED = "工作、学习单位或居住地变化的日期", "最近一次线下参加支部活动的日期"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a member. `registered`: on the branch's register; `received`: a receipt is in hand;
    `never_since`: attended nothing after the change, so that the change is where the months begin."""

    registered: bool = False
    in_transit: bool = False
    received: bool = False
    changed_on: date | None = None
    attended_on: date | None = None
    never_since: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A verdict with the clause it rests on and a drafted reason; None where facts are missing, which are named."""

    verdict: Verdict | None
    clause: str = WHO
    reason: str = ""
    missing: tuple[str, ...] = ()


def propose(facts: Facts, as_of: date) -> Proposal:
    """What the rules say of one member on `as_of`."""
    if facts.received:
        return Proposal(Verdict.TRANSFERRED, RECEIPT, "组织关系已转出，回执已收到。")
    if facts.changed_on is None and not facts.registered and not facts.in_transit:
        return Proposal(Verdict.ATTENDING)
    missing = missing_of(facts)
    if missing:
        return Proposal(None, missing=missing)
    return _by_months(start_of(facts), as_of)


def missing_of(facts: Facts) -> tuple[str, ...]:
    """What is to be asked before the six months can be counted: a start is never assumed."""
    unknown = ((CHANGED, facts.changed_on is None), (ATTENDED, facts.attended_on is None and not facts.never_since))
    return tuple(name for name, is_unknown in unknown if is_unknown)


def start_of(facts: Facts) -> date:
    """The day from which the six months run. Raises ValueError where it is unknown."""
    if facts.changed_on is None:
        raise ValueError(CHANGED)
    return max(facts.changed_on, facts.attended_on or facts.changed_on)


def _by_months(start: date, as_of: date) -> Proposal:
    full = months_on(start, MONTHS)
    away = f"自{_day(start)}起未线下参加本支部活动，到{_day(as_of)}"
    if full <= as_of:
        return Proposal(Verdict.OUTFLOW, reason=f"{away}已满6个月。")
    short = (full - as_of).days
    if short <= SOME_DAYS:
        deemed = f"{away}差{short}天满6个月，支部认为应当作为流动党员管理。"
        return Proposal(Verdict.OUTFLOW_DEEMED, reason=deemed)
    return Proposal(Verdict.ATTENDING, reason=f"{_day(start)}还参加过本支部活动或尚未离开，到{_day(as_of)}不满6个月。")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
