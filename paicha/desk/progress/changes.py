"""What changed between two days, branch by branch, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.reporting.models import State
from paicha.desk.progress.standing import Standing


@dataclass(frozen=True, slots=True)
class Change:
    unit: CampaignUnit
    words: str


def changes(before: Sequence[Standing], now: Sequence[Standing]) -> list[Change]:
    """One line for each branch of which something is otherwise now; both lists are of the same units in one order."""
    found = []
    for old, new in zip(before, now, strict=True):
        words = "；".join(_words(old, new))
        if words:
            found.append(Change(new.unit, words))
    return found


def _words(old: Standing, new: Standing) -> Iterator[str]:
    if new.planned != old.planned:
        yield "工作方案已确认" if new.planned else "工作方案改为未确认"
    if more := new.coverage.decided + new.coverage.pending - old.coverage.decided - old.coverage.pending:
        yield f"有结论的人{_by(more)}"
    if whole := new.coverage.whole - old.coverage.whole:
        yield f"排查对象{_by(whole)}"
    if asked := new.asked - old.asked:
        yield f"等答复的请示{_by(asked)}"
    if new.sent and _report(new) != _report(old):
        yield new.sent.state.label
    if people := new.statistics["A"] - old.statistics["A"]:
        yield f"台账上的流出党员{_by(people)}"


def _report(one: Standing) -> tuple[int, State] | None:
    return (one.sent.submission.n, one.sent.state) if one.sent else None


def _by(change: int) -> str:
    return f"增加 {change}" if change > 0 else f"减少 {-change}"
