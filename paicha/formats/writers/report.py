"""情况报告: the drafted summary that a branch sends to the office, and the office sends upward (notice 三.3).

The draft takes every figure from `Statistics`; what only a person knows stands as 【请填写：…】. The page is laid out
in `official.py`. A branch with nobody away still reports (零报告): 经排查，本支部无流出党员. A share is given only of
a total that the parts do not exceed: a total that could not be read counts 0, and shares of it would pass 100%.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from paicha.domain.annex2 import HEADINGS, Dimension, Statistics
from paicha.formats.writers.message import is_branch
from paicha.formats.writers.official import OfficialDocument
from paicha.formats.writers.whole import unfinished

TITLE = ("关于流动党员组织关系集中排查", "工作情况的报告")
SECTIONS = (
    "一、排查工作开展情况",
    "二、流出党员基本情况",
    "三、组织关系转接和报到情况",
    "四、存在的问题",
    "五、下一步工作",
)
TO_FIND = "【请填写：排查中发现的其他问题；没有的，写“无”】"
TO_PLAN = "【请填写：其他工作打算】"
NIL = "经排查，{who}无流出党员。"
UNKNOWN = (
    "{who}的流出党员人数尚待核实：统计表中流出党员人数（A项）为0或读不出，各类人数却不为0【请填写：核实后的人数】。"
)
NOT_YET = "截至目前，{who}还没有认定的流出党员；{n}人没有排查结论或待定，认定后另行报告。"
# How each dimension is spoken of in a sentence; table and sentences follow this order.
SPOKEN = {
    Dimension.SEX: "从性别看",
    Dimension.AGE: "从年龄看",
    Dimension.EDUCATION: "从文化程度看",
    Dimension.REASON: "从行业和流动原因看",
    Dimension.DIRECTION: "从流向区域看",
}
LEFT = (Dimension.SEX, Dimension.AGE, Dimension.EDUCATION, Dimension.DIRECTION)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a committee's round has still open: findings by severity, and how many members are 待定."""

    errors: int = 0
    warnings: int = 0
    undecided: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What only the branch knows, in its own words: how it deployed, how it keeps in contact, what other problems it
    found (无 for none), what else it plans ("" for nothing), on which day."""

    deployed: str
    contacts: str
    problems: str
    plans: str = ""
    day: date | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is left open that a report has to say."""
        return all((self.deployed, self.contacts, self.problems))


def write_branch_report(
    path: Path,
    *,
    branch: str,
    statistics: Statistics,
    coverage: tuple[int, int, int] | None,
    undecided: Sequence[str],
    as_of: date,
    education: tuple[int, int] | None = None,
    told: Told | None = None,
) -> None:
    """Write a branch's drafted report. `coverage` is (rostered, in transit, decided), None where the branch did not
    say; `undecided` names those without a verdict, reported as 待定; `education` is (covered, to be covered) by theme
    education, those in transit among them, None where it is not kept; `told` takes the place of 【请填写】.
    Raises OSError."""
    document = OfficialDocument((branch, *TITLE), as_of)
    document.addressee("党委办公室")
    document.heading(SECTIONS[0])
    who = _ours(branch)
    for text in _conduct(who, told):
        document.paragraph(text)
    document.paragraph(_coverage(coverage, who))
    if education is not None:
        document.paragraph(_education(*education))
    _figures(document, statistics, who, as_of, len(undecided))
    _transfers(document, statistics)
    document.heading(SECTIONS[3])
    for text in _branch_problems(statistics, undecided, told):
        document.paragraph(text)
    document.heading(SECTIONS[4])
    document.paragraph(_next_steps(statistics, plans=_ended(told.plans) if told else TO_PLAN))
    document.signature(branch, told.day if told else None)
    with unfinished(path) as beside:
        document.save(beside)


def write_committee_report(
    path: Path,
    *,
    committee: str,
    total: Statistics,
    branches: Sequence[tuple[str, Statistics | None]],
    missing: Sequence[str],
    outstanding: Outstanding,
    as_of: date,
    deadline: date,
) -> None:
    """Write a committee's drafted report. `branches` are those that reported, with None where no figures could be had;
    `missing` those that did not. Raises OSError."""
    document = OfficialDocument((committee, *TITLE), as_of)
    document.addressee("【请填写：上级党组织】")
    document.heading(SECTIONS[0])
    document.paragraph(
        "根据上级关于开展流动党员组织关系集中排查的部署要求，我单位党委【请填写：安排部署的时间、方式】，"
        "以党支部为基本单位，全面排查核实流出党员情况，并通过【请填写：调研、检查、督办、通报等情况】推动排查有序开展。"
    )
    document.paragraph(_reported(branches, missing, deadline))
    _figures(document, total, "全党委", as_of, outstanding.undecided)
    _transfers(document, total)
    document.heading(SECTIONS[3])
    for text in _committee_problems(total, branches, missing, outstanding):
        document.paragraph(text)
    document.heading(SECTIONS[4])
    document.paragraph(_next_steps(total, _kind(missing) if missing else ""))
    document.signature(committee)
    with unfinished(path) as beside:
        document.save(beside)


def _conduct(who: str, told: Told | None) -> list[str]:
    """How the branch went about it."""
    asked = "按照党委关于开展流动党员组织关系集中排查的通知要求"
    done = f"对每一名正式组织关系在{who}，以及正式组织关系转出但尚未被接收的党员进行了排查，逐一登记造册，建立工作台账"
    if told is None:
        how, contacts = "【请填写：安排部署的时间、方式和分工】", "【请填写：专人联系、定期跟踪的安排】"
        return [f"{asked}，{who}{how}，{done}，并{contacts}。"]
    return [f"{asked}，{who}{done}。", _ended(told.deployed), _ended(told.contacts)]


def _ended(text: str) -> str:
    """What somebody typed, ended as a sentence is."""
    text = " ".join(text.split())
    return text if not text or text.endswith(("。", "！", "？", "”", "）")) else f"{text}。"


def _ours(unit: str) -> str:
    """How a unit speaks of itself."""
    return "本支部" if is_branch(unit) else "本单位"


def _kind(names: Iterable[str]) -> str:
    """What units that report are called together."""
    return "党支部" if all(is_branch(name) for name in names) else "单位"


def _coverage(coverage: tuple[int, int, int] | None, who: str) -> str:
    if coverage is None:
        return "【请填写：在册党员人数、正式组织关系转出但尚未被接收的党员人数、已作出排查结论的人数】"
    rostered, in_transit, decided = coverage
    text = f"{who}在册党员{rostered}人，正式组织关系转出但尚未被接收的党员{in_transit}人，已作出排查结论{decided}人"
    whole = rostered + in_transit
    return f"{text}，排查覆盖率{_percent(decided, whole)}。" if whole else f"{text}。"


def _education(covered: int, whole: int) -> str:
    if not whole:
        return "没有应组织参加主题教育的流出党员和在途党员。"
    text = (
        f"应组织参加主题教育的流出党员和正式组织关系转出但尚未被接收的党员{whole}人，"
        f"已参加{covered}人、占{_percent(covered, whole)}"
    )
    return f"{text}，尚未参加{whole - covered}人。" if whole > covered else f"{text}。"


def _reported(branches: Sequence[tuple[str, Statistics | None]], missing: Sequence[str], deadline: date) -> str:
    kind = _kind([*(name for name, _ in branches), *missing])
    text = f"按要求应于{_day(deadline)}前报告的{kind}{len(branches) + len(missing)}个，已报告{len(branches)}个"
    nil = sum(figures is not None and figures["A"] == 0 for _, figures in branches)
    text += f"，其中零报告{nil}个" if nil else ""
    return text + (f"，尚未报告{len(missing)}个。" if missing else "。")


def _figures(document: OfficialDocument, statistics: Statistics, who: str, as_of: date, undecided: int) -> None:
    """二: how many, a sentence a dimension, and one table; nobody away is said in one sentence, but only where
    everybody has a verdict."""
    document.heading(SECTIONS[1])
    if not _anybody(statistics):
        document.paragraph(NOT_YET.format(who=who, n=undecided) if undecided else NIL.format(who=who))
        return
    if statistics["A"]:
        document.paragraph(f"经排查，{who}共有流出党员{statistics['A']}人（年龄计算截至{_day(as_of)}）。")
    else:
        document.paragraph(UNKNOWN.format(who=who))
    for dimension, spoken in SPOKEN.items():
        document.paragraph(_sentence(statistics, dimension, spoken))
    left = [*_cells(statistics, LEFT), ("合计", HEADINGS["A"], str(statistics["A"]))]
    document.table(("类别", "情形", "人数") * 2, left, _cells(statistics, (Dimension.REASON,)))


def _anybody(statistics: Statistics) -> bool:
    """Whether anybody is away: told by the parts as well, since a total that cannot be read counts 0."""
    return bool(statistics["A"] or statistics["Z"] or any(statistics[x] for d in Dimension for x in d.letters))


def _sentence(statistics: Statistics, dimension: Dimension, spoken: str) -> str:
    """从性别看，男6人、占60.0%，女4人、占40.0%。 Classes with nobody are left to the table; without shares, and why, if
    together they are more than the total."""
    held = sorted((x for x in dimension.letters if statistics[x]), key=lambda x: _order(statistics, dimension, x))
    whole, together = statistics["A"], sum(statistics[x] for x in held)
    if together > whole:
        listed = "，".join(f"{HEADINGS[x]}{statistics[x]}人" for x in held)
        return f"{spoken}，{listed}（合计{together}人，多于流出党员人数{whole}人，占比待核实后计算）。"
    parts = [f"{HEADINGS[x]}{statistics[x]}人、占{_percent(statistics[x], whole)}" for x in held]
    if not parts:
        return f"{spoken}，情况尚未查明【请填写：原因】。"
    remark = f"（其中：{statistics.remark}）" if dimension is Dimension.REASON and statistics.remark else ""
    return f"{spoken}，{'，'.join(parts)}{remark}。"


def _order(statistics: Statistics, dimension: Dimension, letter: str) -> tuple[int, str]:
    """Reasons by number, 其他 last; the other dimensions in the form's order."""
    by_number = dimension is Dimension.REASON and letter != "U"
    return (-statistics[letter] if by_number else 0, letter)


def _cells(statistics: Statistics, dimensions: Iterable[Dimension]) -> list[tuple[str, str, str]]:
    return [(d.heading, HEADINGS[x], str(statistics[x])) for d in dimensions for x in d.letters]


def _transfers(document: OfficialDocument, statistics: Statistics) -> None:
    """三: Y and Z, and how many have done neither."""
    document.heading(SECTIONS[2])
    if statistics["Y"]:
        moved = f"在集中排查中，经督促已转移正式组织关系的党员{statistics['Y']}人（不统计在流出党员人数中）。"
    else:
        moved = "在集中排查中，没有经督促转移正式组织关系的党员。"
    document.paragraph(moved)
    whole, arrived = statistics["A"], statistics["Z"]
    if not _anybody(statistics):
        return
    text = f"流出党员中，已向流入地党组织报到{arrived}人"
    if arrived > whole or not whole:
        document.paragraph(f"{text}（流出党员人数为{whole}人，占比和尚未报到人数待核实后计算）。")
        return
    text += f"、占{_percent(arrived, whole)}"
    document.paragraph(f"{text}，尚未报到{whole - arrived}人。" if whole > arrived else f"{text}。")


def _branch_problems(statistics: Statistics, undecided: Sequence[str], told: Told | None) -> list[str]:
    texts = []
    if undecided:
        names = "、".join(undecided)
        texts.append(f"待定：{names}等{len(undecided)}人尚未作出排查结论，向党委办公室请示，未统计在流出党员人数中。")
    if not statistics.balanced:
        texts.append(_unbalanced(statistics))
    if told is None:
        return [*texts, TO_FIND]
    if told.problems.strip("。 ") == "无":
        return [*texts, "没有其他问题。" if texts else "没有发现问题。"]
    return [*texts, _ended(told.problems)]


def _committee_problems(
    total: Statistics,
    branches: Sequence[tuple[str, Statistics | None]],
    missing: Sequence[str],
    outstanding: Outstanding,
) -> list[str]:
    texts, kind = [], _kind([*(name for name, _ in branches), *missing])
    if missing:
        texts.append(f"尚未报告的{kind}{len(missing)}个：{'、'.join(missing)}。")
    if unread := [name for name, figures in branches if figures is None]:
        texts.append(f"已报送但不能统计的{kind}{len(unread)}个：{'、'.join(unread)}。")
    if unequal := [name for name, figures in branches if figures is not None and not figures.balanced]:
        texts.append(f"统计表表间关系不成立的{kind}{len(unequal)}个：{'、'.join(unequal)}。{_unbalanced(total)}")
    if outstanding.errors or outstanding.warnings:
        texts.append(f"所报表格中尚有错误{outstanding.errors}处、需核对{outstanding.warnings}处，正在督促更正。")
    if outstanding.undecided:
        texts.append(f"待定：尚有{outstanding.undecided}名党员未作出排查结论，未统计在流出党员人数中。")
    return [*texts, TO_FIND]


def _unbalanced(statistics: Statistics) -> str:
    """Which dimensions do not add up, and by whom many: those whose cell could not be read."""
    short = [f"{d.heading}合计{sum(statistics[x] for x in d.letters)}人" for d in statistics.unbalanced()]
    if not short:
        return ""
    return f"与流出党员人数{statistics['A']}人不相等的有：{'，'.join(short)}，系所报表格有关内容有误或缺漏，正在核实。"


def _next_steps(statistics: Statistics, missing: str = "", plans: str = TO_PLAN) -> str:
    """Drafted from the figures; `missing` is what those are called that did not report ("": none), `plans` what else
    is planned."""
    steps = [f"督促尚未报告的{missing}尽快报告"] if missing else []
    if statistics["A"] > statistics["Z"]:
        steps.append("对符合条件的流出党员督促转移正式组织关系，对不具备条件的督促引导及时向流入地党组织报到")
    if _anybody(statistics):
        steps.append("落实专人联系、定期跟踪，对党员相关信息和工作台账动态更新，组织流出党员参加主题教育")
    else:
        steps.append("关注党员工作、学习单位和居住地变化情况，发现流出及时登记、及时报告")
    return f"{'；'.join(steps)}。{plans}"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
