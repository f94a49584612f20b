"""The draft of a circular: sentences from the figures alone; what only a person knows stands as 【请填写：…】."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.supervision.circulating.figures import Line
from paicha.campaigns.supervision.inspecting.selectors import Rate

SECTIONS = {
    "progress": "总体进展",
    "timeliness": "报送时效",
    "faults": "发现和整改的问题",
    "inspection": "抽查核实情况",
    "practice": "好的做法",
    "next": "下一步要求",
}
TYPED = ("practice", "next")  # what a new draft from today's figures leaves as it is
TO_FILL = "【请填写"
NUMERALS = "一二三四五六"
FEW = 3


def draft(campaign: Campaign, lines: Sequence[Line], faults: Sequence[tuple[str, int]], today: date) -> dict[str, str]:
    """Section → text, a paragraph a line."""
    return {
        "progress": _progress(lines, today),
        "timeliness": _timeliness(campaign, lines, today),
        "faults": _faults(lines, faults),
        "inspection": _inspection(lines),
        "practice": f"{TO_FILL}：好的做法，写党支部名称，不写党员姓名；没有的，这一部分清空】",
        "next": _next(lines),
    }


def headed(sections: dict[str, str]) -> list[tuple[str, str]]:
    """(heading with its numeral, text) of the sections that say something, in order."""
    said = [(title, sections[name]) for name, title in SECTIONS.items() if sections.get(name)]
    return [(f"{NUMERALS[place]}、{title}", text) for place, (title, text) in enumerate(said)]


def _progress(lines: Sequence[Line], today: date) -> str:
    whole, decided = sum(line.coverage.whole for line in lines), sum(line.coverage.decided for line in lines)
    pending = sum(line.coverage.pending for line in lines)
    planned, sent = _count(lines, lambda x: x.planned_on), _count(lines, lambda x: x.reported_on)
    approved, nil = _count(lines, lambda x: x.approved), _count(lines, lambda x: x.nil)
    text = f"截至{_day(today)}，参加集中排查的党支部{len(lines)}个，已确认工作方案{planned}个，已上报{sent}个"
    text += f"（其中零报告{nil}个）" if nil else ""
    text += f"，审核通过{approved}个。"
    if whole:
        text += f"\n应排查党员{whole}人，已有结论{decided}人，覆盖率{decided * 100 // whole}%"
        text += f"，待定或失去联系{pending}人。" if pending else "。"
    short = [f"{x.name}（{x.coverage.percent}%）" for x in lines if x.coverage.whole and x.coverage.percent < 100]
    return text + _named("还没有全覆盖的党支部", short, lines)


def _timeliness(campaign: Campaign, lines: Sequence[Line], today: date) -> str:
    """Nobody is called late before the last day is over."""
    due = f"{campaign.report_by.month}月{campaign.report_by.day}日"
    in_time = _count(lines, lambda x: x.reported_on and not x.late)
    late = [f"{x.name}（逾期{x.late}天）" for x in lines if x.reported_on and x.late]
    missing = [f"{x.name}（逾期{x.late}天）" if x.late else x.name for x in lines if not x.reported_on]
    unplanned = [x.name for x in lines if (x.planned_on or today) > campaign.deploy_by]
    waiting = [x.name for x in lines if not x.planned_on and today <= campaign.deploy_by]
    text = f"上报截止日是{due}。按时上报{in_time}个。"
    text += _named("逾期上报", late, lines) + _named("还没有上报", missing, lines)
    text += _named("工作方案没有按时确认的", unplanned, lines) + _named("还没有确认工作方案", waiting, lines)
    chased = sum(x.chased for x in lines)
    return text + (f"\n发出督办单{chased}份，涉及{_count(lines, lambda x: x.chased)}个党支部。" if chased else "")


def _faults(lines: Sequence[Line], faults: Sequence[tuple[str, int]]) -> str:
    reports = sum(x.returns.reports for x in lines)
    if not reports:
        return "审核中没有退回的报告。"
    found, mended = sum(x.returns.faults for x in lines), sum(x.returns.mended for x in lines)
    text = (
        f"审核中退回报告{reports}份，涉及{_count(lines, lambda x: x.returns.reports)}个党支部，"
        f"指出问题{found}处，已更正后重新上报{mended}处"
    )
    text += f"，还有{found - mended}处没有重报。" if found > mended else "。"
    listed = "；".join(f"{words}（{count}处）" for words, count in faults)
    return text + (f"\n较多的问题是：{listed}。" if listed else "")


def _inspection(lines: Sequence[Line]) -> str:
    rate = sum((x.rate for x in lines), Rate())
    if not rate.drawn:
        return ""
    text = f"随机抽查{rate.drawn}人，接通{rate.reached}人"
    if rate.percent is not None:
        text += f"，情况属实{rate.true}人，属实率{rate.percent}%；不属实{rate.untrue}人，已要求更正"
    untrue = [f"{x.name}（{x.rate.untrue}人）" for x in lines if x.rate.untrue]
    return f"{text}。" + (f"\n有不属实情况的党支部：{'、'.join(untrue)}。" if untrue else "")


def _next(lines: Sequence[Line]) -> str:
    steps = []
    if any(x.coverage.left for x in lines):
        steps.append("没有全覆盖的党支部要逐人排查到位，不漏一人")
    if any(not x.reported_on for x in lines):
        steps.append("没有上报的党支部要抓紧上报")
    if any(x.returns.faults > x.returns.mended or x.rate.untrue for x in lines):
        steps.append("对退回和抽查发现的问题要逐条更正")
    steps.append("要对党员信息和工作台账动态更新，把握不准的问题及时请示，不搞一刀切")
    return "；".join(steps) + "。"


def _named(what: str, names: Sequence[str], lines: Sequence[Line]) -> str:
    """A paragraph that names these branches; "" for none. More than a few that are all are not named one by one."""
    if not names:
        return ""
    listed = "，是全部党支部" if len(names) == len(lines) > FEW else f"：{'、'.join(names)}"
    return f"\n{what}{len(names)}个{listed}。"


def _count(lines: Collection[Line], holds: Callable[[Line], object]) -> int:
    return sum(bool(holds(line)) for line in lines)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
