"""附件2《流出党员有关情况统计表》as data: 26 figures A–Z, their relations, the remark, sums.

A figure is data: `In(fact, codes)` or `Between(fact, low, high)` over the small integers of one person
(`Facts`), compiled from the RuleSet, so that memory, a database and a rollup count by the same nodes.

Relations (domain.md, 附件2): A = B+C = D+E+F = G+H+I = J+…+U = V+W+X; Y is not in A; Z ≤ A.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from operator import itemgetter
from string import ascii_uppercase

from paicha.domain.annex1 import Column, Entry
from paicha.domain.divisions import Direction, direction
from paicha.domain.findings import Finding, Place
from paicha.domain.masking import mask_personal
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Education, Reason, Sex

TITLE = "流出党员有关情况统计表"
MARK = "附件2"
LETTERS = ascii_uppercase
NOTES = (
    "注: 1.表间关系: A=B+C+D+E+F+G+H+I+J+K+L+M+N+O+P+Q+R+S+T+U=V+W+X",
    "2.在集中排查中, 经督促已转移正式组织关系的党员人数(Y项) 不统计在流出党员人数中",
)
FOOT_LABELS = ("审核领导", "填表人", "联系电话")
REMARK_HEADING = "备注（如存在U栏情况，请注明主要情形及相应人数）"
HEADINGS = {
    "A": "流出党员人数",
    "B": "男",
    "C": "女",
    "D": "35岁以下",
    "E": "35岁至59岁",
    "F": "60岁及以上",
    "G": "高中（中专）以下",
    "H": "大专",
    "I": "本科及以上",
    "J": "个体经商",
    "K": "在工程、建筑行业务工",
    "L": "两新组织员工（职工）",
    "M": "单位（公司）派驻外地工作",
    "N": "快递员",
    "O": "外卖送餐员",
    "P": "网约车司机",
    "Q": "货车司机",
    "R": "照顾家庭或异地居住",
    "S": "灵活就业",
    "T": "已毕业但尚未就业",
    "U": "其他",
    "V": "市州内",
    "W": "市外省内",
    "X": "省外",
    "Y": "在集中排查中，经督促已转移正式组织关系的党员人数",
    "Z": "已向流入地党组织报到的党员人数",
}


class Dimension(Enum):
    """The five groups that each add up to A: (letters, heading, the 附件1 column that decides)."""

    SEX = "BC", "性别", Column.SEX
    AGE = "DEF", "年龄", Column.BIRTH
    EDUCATION = "GHI", "文化程度", Column.EDUCATION
    REASON = "JKLMNOPQRSTU", "从事行业或流动原因", Column.REASON
    DIRECTION = "VWX", "流向区域", Column.RESIDENCE

    def __init__(self, letters: str, heading: str, column: Column) -> None:
        self.letters = letters
        self.heading = heading
        self.column = column


class Fact(Enum):
    """What figures look at, each a small integer (or None: unknown)."""

    SEX = "sex"
    BIRTH = "birth"
    EDUCATION = "education"
    REASON = "reason"
    DIRECTION = "direction"
    REPORTED_IN = "reported_in"
    JOINED = "joined"


# What 附件2 looks at, first in the order of `Fact`: 入党时间 is looked at by 三.2 alone (dimensions.py).
COUNTED = tuple(fact for fact in Fact if fact is not Fact.JOINED)


@dataclass(frozen=True, slots=True)
class In:
    """People whose fact is one of `codes`."""

    fact: Fact
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Between:
    """People whose fact lies in low … high, both included."""

    fact: Fact
    low: int
    high: int


Facts = Mapping[Fact, int | None]


def kind_of(entry: Entry, rules: RuleSet) -> tuple[int | None, ...]:
    """The facts of one entry under `rules` in the order of `Fact`; a fact that its cell does not give is None."""
    whither = direction(entry.residence, rules.home) if rules.home else None
    return (entry.sex, entry.birth, entry.education, entry.reason, whither, int(entry.reported_in), entry.joined)


def facts_of(entry: Entry, rules: RuleSet) -> Facts:
    """The facts of one entry by name."""
    return dict(zip(Fact, kind_of(entry, rules), strict=True))


def figures(rules: RuleSet) -> dict[str, In | Between]:
    """The figures B–X and Z as data. Ages count in months, so an age band is a span of birth months: a person is 35
    from the month of the 35th birthday on (domain.md: 35 falls in E)."""
    born_35, born_60 = rules.as_of_month - 35 * 12, rules.as_of_month - 60 * 12
    counted: dict[str, In | Between] = {
        "B": In(Fact.SEX, frozenset({Sex.MALE})),
        "C": In(Fact.SEX, frozenset({Sex.FEMALE})),
        "D": Between(Fact.BIRTH, born_35 + 1, rules.as_of_month),
        "E": Between(Fact.BIRTH, born_60 + 1, born_35),
        "F": Between(Fact.BIRTH, 0, born_60),
        "G": In(Fact.EDUCATION, frozenset(e for e in Education if e.letter == "G")),
        "H": In(Fact.EDUCATION, frozenset(e for e in Education if e.letter == "H")),
        "I": In(Fact.EDUCATION, frozenset(e for e in Education if e.letter == "I")),
        "Z": In(Fact.REPORTED_IN, frozenset({1})),
    }
    counted |= {reason.letter: In(Fact.REASON, frozenset({reason})) for reason in Reason}
    return counted | {d.letter: In(Fact.DIRECTION, frozenset({d})) for d in Direction}


def holds(figure: In | Between, facts: Facts) -> bool:
    """Whether one person counts in `figure`: the adapter for memory."""
    return _counts(figure, facts[figure.fact])


def _counts(figure: In | Between, value: int | None) -> bool:
    if value is None:
        return False
    return value in figure.codes if isinstance(figure, In) else figure.low <= value <= figure.high


@dataclass(frozen=True, slots=True)
class Statistics:
    """The 26 figures of one unit, A–Z, and the remark beside U: as it was `written`, or drafted from `others`, the
    people of U by what it is, where they were counted."""

    figures: Mapping[str, int]
    written: str = ""
    others: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, letter: str) -> int:
        return self.figures[letter]

    @property
    def remark(self) -> str:
        return self.written or draft_remark(self.others)

    def unbalanced(self) -> list[Dimension]:
        """The dimensions whose figures do not add up to A."""
        return [d for d in Dimension if sum(self.figures[x] for x in d.letters) != self.figures["A"]]

    @property
    def balanced(self) -> bool:
        return not self.unbalanced() and self.figures["Z"] <= self.figures["A"]


@dataclass(frozen=True, slots=True)
class SentStatistics:
    """One 附件2 as a unit sent it: the figures as read (a figure that cannot be read is missing), the cell of each, the
    remark, and the day in its words that it counts ages by ("" if it does not say); `modified` is the newest time
    known of the file (ISO 8601)."""

    file: str
    sheet: str
    branch: str
    figures: dict[str, int]
    cells: dict[str, str]
    row: int
    remark: str = ""
    as_of: str = ""
    branch_cell: str = ""
    findings: tuple[tuple[Place, Finding], ...] = ()
    modified: str = ""


NIL = Statistics(dict.fromkeys(LETTERS, 0))
_ALL = itemgetter(*LETTERS)


def unknown_dimensions(facts: Facts) -> list[Dimension]:
    """The dimensions in which one person cannot be counted: who breaks the balance, and in which column."""
    return [d for d in Dimension if facts[FACT_OF[d]] is None]


FACT_OF = {
    Dimension.SEX: Fact.SEX,
    Dimension.AGE: Fact.BIRTH,
    Dimension.EDUCATION: Fact.EDUCATION,
    Dimension.REASON: Fact.REASON,
    Dimension.DIRECTION: Fact.DIRECTION,
}


def count(people: Iterable[Entry], rules: RuleSet, transferred_after_urging: int = 0) -> Statistics:
    """The statistics of `people`. Each figure comes from its own cell; Y is given, as those are not among them."""
    kinds: Counter[tuple[int | None, ...]] = Counter()
    others: Counter[str] = Counter()
    other, counted = Reason.OTHER, len(COUNTED)
    for entry in people:
        kinds[kind_of(entry, rules)[:counted]] += 1
        if entry.reason is other:
            others[entry.reason_detail] += 1
    return count_kinds(kinds, others, rules, transferred_after_urging)


def count_kinds(
    kinds: Mapping[tuple[int | None, ...], int],
    others: Mapping[str, int],
    rules: RuleSet,
    transferred_after_urging: int = 0,
) -> Statistics:
    """The statistics of people told by their kind (the values of `COUNTED` in its order) with how many are of each, as
    a database groups them; `others` are those of U by the detail of their reason."""
    by_value: dict[Fact, Counter[int | None]] = {fact: Counter() for fact in COUNTED}
    for place, values in enumerate(by_value.values()):
        for kind, n in kinds.items():
            values[kind[place]] += n
    totals = dict.fromkeys(LETTERS, 0)
    totals["A"], totals["Y"] = sum(kinds.values()), transferred_after_urging
    for letter, figure in figures(rules).items():
        totals[letter] = sum(n for value, n in by_value[figure.fact].items() if _counts(figure, value))
    return Statistics(totals, others=others)


def draft_remark(others: Mapping[str, int]) -> str:
    """备注 for U: 升学2人、参军1人; the most frequent first, those without a detail last as 未注明. A detail that could
    be misread in the row (考研2024, 升学、参军) stands in quotation marks."""
    ordered = sorted(others.items(), key=lambda item: (item[0] == "", -item[1], item[0]))
    return "、".join(f"{_detail(detail)}{n}人" for detail, n in ordered)


def _detail(detail: str) -> str:
    words = mask_personal(detail)
    return f"“{words}”" if words[-1:].isdigit() or set(words) & set(_BETWEEN) else words or "未注明情形"


def total(units: Iterable[Statistics]) -> Statistics:
    """The sheet of a committee: the sum of its branches' sheets. What was counted adds up as it was counted; the
    remarks of sheets as sent are taken apart and like parts added."""
    listed = [NIL, *units]
    sums = dict(zip(LETTERS, map(sum, zip(*(_ALL(unit.figures) for unit in listed), strict=True)), strict=True))
    others: Counter[str] = Counter()
    words: list[str] = []
    for unit in listed:
        if unit.others or unit.written:
            others.update(unit.others or _parts(unit.written, words))
    return Statistics(sums, "、".join(filter(None, [draft_remark(others), *dict.fromkeys(words)])), others)


_BETWEEN = "、，,；;"
_PART = re.compile(r"(.*?\D)[:：]?\s*([0-9]{1,6})\s*[人名个]")


def _parts(remark: str, words: list[str]) -> dict[str, int]:
    """The parts 情形n人 of a remark as sent; its other words are added to `words` as they stand."""
    counts: Counter[str] = Counter()
    for part in filter(None, (part.strip() for part in re.split(f"[{_BETWEEN}]", remark))):
        if match := _PART.fullmatch(part):
            name = match[1].strip("：: “”")
            counts["" if name == "未注明情形" else name] += int(match[2])
        else:
            words.append(part)
    return dict(counts)
