"""Sex, ethnic group, education, reason and verdict: closed lists with small stable integers and Chinese labels.

The integers are stored in databases and bundles: a number, once given, never changes its meaning. The readers that
turn a cell into one of these are at the end, their synonyms in `synonyms.py`.

>>> read_education("大学本科").text, read_reason("其他：升学").value
('本科', (<Reason.OTHER: 12>, '升学'))
>>> read_reason("快递员/外卖").findings[0].message
'“快递员/外卖”写了不止一种情形：“快递员”“外卖送餐员”'
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from typing import Self, TypeVar

from paicha.domain import synonyms
from paicha.domain.findings import Code, Finding
from paicha.domain.lexicon import Advice, Lexicon
from paicha.domain.masking import quote, read_as
from paicha.domain.readings import CellValue, Reading, as_text, compact, is_empty


class Labelled(IntEnum):
    """An integer with the Chinese word that forms show for it."""

    label: str

    def __new__(cls, number: int, label: str = "") -> Self:  # defaults: a lookup by number, Sex(1), gives no label
        member = int.__new__(cls, number)
        member._value_ = number
        member.label = label
        return member


class Lettered(Labelled):
    """The same with the letter of the 附件2 figure that counts it."""

    letter: str

    def __new__(cls, number: int, label: str = "", letter: str = "") -> Self:
        member = int.__new__(cls, number)
        member._value_ = number
        member.label = label
        member.letter = letter
        return member


class Sex(Labelled):
    """性别, as GB/T 2261.1 numbers it (without its 0 and 9: a member's sex is known)."""

    MALE = 1, "男"
    FEMALE = 2, "女"


class EthnicGroup(Labelled):
    """民族 by the number of GB/T 3304-1991, with its two further figures: 97 其他, 98 外国血统中国籍人士.

    Groups that are not officially identified (穿青人, 革家人 …) are 97; a reading's text keeps their own name."""

    HAN = 1, "汉族"
    MONGOL = 2, "蒙古族"
    HUI = 3, "回族"
    TIBETAN = 4, "藏族"
    UYGUR = 5, "维吾尔族"
    MIAO = 6, "苗族"
    YI = 7, "彝族"
    ZHUANG = 8, "壮族"
    BUYEI = 9, "布依族"
    CHOSEN = 10, "朝鲜族"
    MAN = 11, "满族"
    DONG = 12, "侗族"
    YAO = 13, "瑶族"
    BAI = 14, "白族"
    TUJIA = 15, "土家族"
    HANI = 16, "哈尼族"
    KAZAK = 17, "哈萨克族"
    DAI = 18, "傣族"
    LI = 19, "黎族"
    LISU = 20, "傈僳族"
    VA = 21, "佤族"
    SHE = 22, "畲族"
    GAOSHAN = 23, "高山族"
    LAHU = 24, "拉祜族"
    SUI = 25, "水族"
    DONGXIANG = 26, "东乡族"
    NAXI = 27, "纳西族"
    JINGPO = 28, "景颇族"
    KIRGIZ = 29, "柯尔克孜族"
    TU = 30, "土族"
    DAUR = 31, "达斡尔族"
    MULAO = 32, "仫佬族"
    QIANG = 33, "羌族"
    BLANG = 34, "布朗族"
    SALAR = 35, "撒拉族"
    MAONAN = 36, "毛南族"
    GELAO = 37, "仡佬族"
    XIBE = 38, "锡伯族"
    ACHANG = 39, "阿昌族"
    PUMI = 40, "普米族"
    TAJIK = 41, "塔吉克族"
    NU = 42, "怒族"
    UZBEK = 43, "乌孜别克族"
    RUSS = 44, "俄罗斯族"
    EWENKI = 45, "鄂温克族"
    DEANG = 46, "德昂族"
    BONAN = 47, "保安族"
    YUGUR = 48, "裕固族"
    GIN = 49, "京族"
    TATAR = 50, "塔塔尔族"
    DERUNG = 51, "独龙族"
    OROQEN = 52, "鄂伦春族"
    HEZHEN = 53, "赫哲族"
    MONBA = 54, "门巴族"
    LHOBA = 55, "珞巴族"
    JINO = 56, "基诺族"
    UNIDENTIFIED = 97, "其他"
    NATURALISED = 98, "入籍"


class Education(Lettered):
    """文化程度 with its figure in 附件2: G 高中（中专）以下, 高中 and 中专 with it; H 大专; I 本科及以上.

    The numbers leave gaps in which a finer level could stand; greater is higher."""

    ILLITERATE = 5, "文盲", "G"
    PRIMARY = 10, "小学", "G"
    JUNIOR_HIGH = 20, "初中", "G"
    SENIOR_HIGH = 30, "高中", "G"
    SECONDARY_VOCATIONAL = 31, "中专", "G"
    TECHNICAL = 32, "技校", "G"
    VOCATIONAL_HIGH = 33, "职高", "G"
    COLLEGE = 40, "大专", "H"
    BACHELOR = 50, "本科", "I"
    POSTGRADUATE = 60, "研究生", "I"
    MASTER = 61, "硕士研究生", "I"
    DOCTOR = 62, "博士研究生", "I"


class Reason(Lettered):
    """从事行业或流动原因: the figures J–U of 附件2, `label` their headings verbatim."""

    SELF_EMPLOYED = 1, "个体经商", "J"
    CONSTRUCTION = 2, "在工程、建筑行业务工", "K"
    NEW_ORGANIZATION = 3, "两新组织员工（职工）", "L"
    POSTED = 4, "单位（公司）派驻外地工作", "M"
    COURIER = 5, "快递员", "N"
    FOOD_DELIVERY = 6, "外卖送餐员", "O"
    RIDE_HAILING = 7, "网约车司机", "P"
    TRUCK_DRIVER = 8, "货车司机", "Q"
    FAMILY_OR_ELSEWHERE = 9, "照顾家庭或异地居住", "R"
    FLEXIBLE = 10, "灵活就业", "S"
    GRADUATE_UNEMPLOYED = 11, "已毕业但尚未就业", "T"
    OTHER = 12, "其他", "U"


class Verdict(Labelled):
    """排查结论: what the branch decides for one member (notice 一), with the words a drop-down shows.

    OUTFLOW is domain.md's verdict 1 (six months without attending in person), OUTFLOW_DEEMED its 2 (attends rarely,
    deemed so by the branch in writing); both are 流出党员. OUT_OF_CONTACT and UNDECIDED are never proposed wholesale
    and are not in A until answered."""

    OUTFLOW = 1, "流出党员"
    OUTFLOW_DEEMED = 2, "流出党员（支部认定）"
    ATTENDING = 3, "正常参加活动"
    ATTENDING_AFTER_URGING = 4, "督促后正常参加活动"
    TRANSFERRED = 5, "已转移组织关系"
    OUT_OF_CONTACT = 6, "失去联系"
    UNDECIDED = 7, "待定"

    @property
    def outflow(self) -> bool:
        """Whether the member stands on 附件1 and in A (domain.md, verdicts 1 and 2)."""
        return self in (Verdict.OUTFLOW, Verdict.OUTFLOW_DEEMED)

    @property
    def covered(self) -> bool:
        """Whether the member counts as checked: domain.md's verdicts 1 to 4 (coverage)."""
        return self <= Verdict.TRANSFERRED


M = TypeVar("M", bound=Labelled)


def _by_label(kind: type[M], words: synonyms.Words) -> dict[str, str]:
    """Synonyms with the label they stand for; KeyError where the table names no member."""
    return {word: kind[name].label for name, listed in words.items() for word in listed.split()}


def _lexicon(
    heading: str, kind: type[M], words: synonyms.Words, hints: Mapping[str, str], hints_first: bool = True
) -> Lexicon[M]:
    labels = {member.label: member for member in kind}
    default = "请填下列之一：" + "；".join(labels)
    return Lexicon(heading, labels, _by_label(kind, words), Advice(default, hints, hints_first))


_SEXES = _lexicon("性别", Sex, synonyms.SEX, {})
_EDUCATIONS = _lexicon("文化程度", Education, synonyms.EDUCATION, synonyms.EDUCATION_HINTS)
_VERDICTS = _lexicon("排查结论", Verdict, synonyms.VERDICT, synonyms.VERDICT_HINTS)
_REASONS = _lexicon("从事行业或流动原因", Reason, synonyms.REASON, synonyms.REASON_HINTS, hints_first=False)
_ANSWERS: Lexicon[bool] = Lexicon(
    "“是”或“否”",
    {"是": True, "否": False},
    dict.fromkeys(synonyms.YES.split(), "是") | dict.fromkeys(synonyms.NO.split(), "否"),
    Advice("请填“是”或“否”"),
)
_UNIDENTIFIED = synonyms.UNIDENTIFIED_GROUPS.split()
_GROUPS = Lexicon(
    "民族",
    {group.label: group for group in EthnicGroup} | dict.fromkeys(_UNIDENTIFIED, EthnicGroup.UNIDENTIFIED),
    _by_label(EthnicGroup, synonyms.ETHNIC_GROUP)
    | {group.label.removesuffix("族"): group.label for group in EthnicGroup}
    | {name.removesuffix("人") + ending: name for name in _UNIDENTIFIED for ending in ("", "族")},
    Advice("请按身份证填写民族全称，如“汉族”“土家族”"),
)


def read_sex(raw: CellValue) -> Reading[Sex]:
    """性别: 男 or 女."""
    return _SEXES.read(raw)


def read_ethnic_group(raw: CellValue) -> Reading[EthnicGroup]:
    """民族; for a group that is not officially identified `text` keeps its own name (穿青人)."""
    return _GROUPS.read(raw)


def read_education(raw: CellValue) -> Reading[Education]:
    """文化程度."""
    return _EDUCATIONS.read(raw)


def read_yes_no(raw: CellValue) -> Reading[bool]:
    """是否建立党组织: 是 or 否."""
    return _ANSWERS.read(raw)


def read_verdict(raw: CellValue) -> Reading[Verdict]:
    """排查结论 of a prepared workbook."""
    return _VERDICTS.read(raw)


LONGEST_REASON = 200  # a longer cell holds a story, and would be slow to take apart
_LETTERS = {reason.letter: reason for reason in Reason}
_LETTER_FIRST = re.compile(r"([J-Uj-u])[栏项]?[.、:,\-]*(?![A-Za-z])(.*)", re.DOTALL)
_LETTER_LAST = re.compile(r"(.+?)[(\[]?([J-Uj-u])[栏项]?[)\]]?", re.DOTALL)
_OTHER_FIRST = re.compile(r"其[他它](.+)", re.DOTALL)
_BETWEEN_REASONS = re.compile(r"[、,;/\\+|&和及或与兼\s]+")
_AROUND_DETAIL = " :-—–_,、.()[]【】"


def read_reason(raw: CellValue) -> Reading[tuple[Reason, str]]:
    """从事行业或流动原因: one of J–U with its detail ("" if none); official spelling 其他（升学）.

    Two reasons in one cell are unreadable: which is the main one is the branch's to say (domain.md)."""
    text = as_text(raw)
    if is_empty(raw):
        return Reading(None)
    if not isinstance(raw, str) or len(text) > LONGEST_REASON:
        return Reading(None, text, _REASONS.unread(raw).findings)
    if reason := _REASONS.labels.get(text):
        return Reading((reason, ""), text)
    named = _reasons_named(text)
    if len(named) > 1:
        listed = "".join(f"“{reason.label}”" for reason in named)
        fault = Finding(Code.UNREADABLE, f"{quote(raw)}写了不止一种情形：{listed}", "请只保留主要的一种")
        return Reading(None, text, (fault,))
    found = _reason(text)
    if found is None and named and all(_reason(part) for part in _parts(text)):  # 照顾老人、带孙子 is one reason
        found = named[0], ""
    if found is None:
        return Reading(None, text, _REASONS.unread(raw).findings)
    official = reason_text(*found)
    return Reading(found, official, () if official == text else (read_as(raw, official),))


def reason_text(reason: Reason, detail: str) -> str:
    """The official spelling of a reason with its detail: 其他（升学）; without detail, the label."""
    return f"{reason.label}（{detail}）" if detail else reason.label


def _reasons_named(text: str) -> list[Reason]:
    """The different reasons that a cell names, in the order of 附件2, by its parts or by a detail."""
    plain = compact(text)
    if _REASONS.find(plain):  # labels hold 、 and 或 themselves
        return []
    written = [found for part in (text, *_parts(text)) if (found := _reason(part))]
    inner = [_reason(detail) for _, detail in written if detail]
    return sorted({found[0] for found in (*written, *inner) if found})


def _parts(text: str) -> list[str]:
    """The words of a cell between 、 / 或 and the like; a leading letter (J.快递员) is a part."""
    parts = [part for part in _BETWEEN_REASONS.split(unicodedata.normalize("NFKC", text)) if part]
    first = _LETTER_FIRST.fullmatch(parts[0]) if parts else None
    return [first[1], first[2], *parts[1:]] if first and first[2] and _reason(first[2]) else parts


def _reason(text: str) -> tuple[Reason, str] | None:
    """Reason and detail of one written reason; None if it is none."""
    for label, reason in _REASONS.labels.items():
        if text.startswith(f"{label}（") and text.endswith("）") and text.isprintable():
            return reason, _detail(reason, text[len(label) + 1 : -1])
    plain = compact(compact(text))  # twice: what a removed space had kept apart may compose
    return _lettered(plain) or _plain_reason(plain)


def _plain_reason(plain: str) -> tuple[Reason, str] | None:
    """`_reason` of compact text without a letter of 附件2."""
    if known := _REASONS.find(plain):
        return known[0], ""
    return _bracketed(plain) or _other(plain)


def _lettered(plain: str) -> tuple[Reason, str] | None:
    """J, J.个体经商, 个体经商(J), U.升学, J(开超市)."""
    if first := _LETTER_FIRST.fullmatch(plain):
        reason, rest = _LETTERS[first[1].upper()], first[2]
        inner = _plain_reason(rest) if rest else (reason, "")
        if inner and inner[0] is reason:
            return inner
        if not inner and (reason is Reason.OTHER or rest.startswith("(")):
            return reason, _detail(reason, rest)
    last = _LETTER_LAST.fullmatch(plain)
    if last and (known := _REASONS.find(last[1])) and known[0] is _LETTERS[last[2].upper()]:
        return known[0], ""
    return None


def _bracketed(plain: str) -> tuple[Reason, str] | None:
    """个体经商(开超市): the innermost bracket before which a known reason stands opens the detail."""
    if not plain.endswith(")"):
        return None
    for start in range(len(plain) - 1, 0, -1):
        if plain[start] == "(" and (known := _REASONS.find(plain[:start])):
            return known[0], _detail(known[0], plain[start + 1 : -1])
    return None


def _other(plain: str) -> tuple[Reason, str] | None:
    """其他:升学, 其他-升学, 其他升学."""
    match = _OTHER_FIRST.fullmatch(plain)
    return (Reason.OTHER, _detail(Reason.OTHER, match[1])) if match else None


def _detail(reason: Reason, written: str) -> str:
    """A detail without the marks around it; "" where it says nothing (无, no word at all) or repeats the letter."""
    detail = written.strip(_AROUND_DETAIL) if written.count("(") == written.count(")") else written.strip(" :-—")
    if detail.upper() == reason.letter or not any(c.isalnum() for c in detail):
        return ""
    return "" if is_empty(detail) else detail
