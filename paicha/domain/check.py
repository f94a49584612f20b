"""The check of one 附件1 entry: the same function for a workbook's row, a page's form and a bundle's record.

Each column has a reader (raw value → Reading); each distinct raw value is read once per `Checker`, since a column of
100,000 rows holds few. Then come the rules between columns. Rules and codes: domain.md, table of 附件1.

>>> from datetime import date
>>> from paicha.domain.settings import RuleSet
>>> entry = Checker(RuleSet(date(2023, 12, 15))).check(RawRow(6, (1, "张三", "男", "汉", "197808", *[None] * 12)))
>>> entry.sex.label, entry.texts[Column.ETHNIC_GROUP], len(entry.findings)
('男', '汉族', 7)
"""

import re
from collections.abc import Callable
from operator import getitem
from typing import Any

from paicha.domain.annex1 import REQUIRED, Column, Entry, RawRow
from paicha.domain.divisions import Residence, parse_residence
from paicha.domain.findings import Code, Finding
from paicha.domain.identity import id_birth, read_age, read_id_number, read_month, read_name, read_phone
from paicha.domain.masking import quote
from paicha.domain.readings import EMPTY_WORDS, CellValue, Reading, as_text, compact, is_empty, is_endless
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import (
    Reason,
    Sex,
    read_education,
    read_ethnic_group,
    read_reason,
    read_sex,
    read_yes_no,
)

Reader = Callable[[CellValue], Reading[Any]]
ADULT_MONTHS = 18 * 12  # nobody joins before the 18th birthday (Party constitution, art. 1)
# Looked up once: Python 3.11 takes a quarter of a microsecond for `Column.BIRTH`, at every row.
BIRTH, EMPLOYER, REPORT_BRANCH = int(Column.BIRTH), int(Column.EMPLOYER), int(Column.REPORT_BRANCH)
MALE, FEMALE = Sex.MALE, Sex.FEMALE
OTHER, GRADUATE_UNEMPLOYED = Reason.OTHER, Reason.GRADUATE_UNEMPLOYED
EMPLOYED = frozenset(reason for reason in Reason if reason.letter in "JKLM")


def read_words(raw: CellValue) -> Reading[str]:
    """Free text on one line: inner line breaks and tabs are taken out, and that is said."""
    if type(raw) is str and raw.isalnum() and raw not in EMPTY_WORDS:  # the common case: nothing to take out
        return Reading(raw, raw)
    if is_empty(raw):
        return Reading(None)
    text = as_text(raw)
    line = "".join(text.splitlines()).replace("\t", "")
    if line == text:
        return Reading(text, text)
    return Reading(line, line, (Finding(Code.NORMALISED, "格内的换行已去掉"),))


def read_residence(raw: CellValue) -> Reading[Residence]:
    """现居住地: told to county level or an error, to street level or a warning; a former name is read and said."""
    words = read_words(raw)
    text = words.text
    if not text.strip("*省市县街道社区 "):
        return Reading(None)
    residence = parse_residence(text)
    findings = list(words.findings)
    if residence.former:
        findings.append(Finding(Code.NORMALISED, residence.former))
    if not residence.to_county:
        names = "、".join(division.full_name for division in residence.candidates[:4])
        meant = (
            f"可能是：{names}；请写明"
            if names
            else "请写到县（市、区）及街道、社区，如“湖北省武汉市洪山区关山街道××社区”"
        )
        findings.append(Finding(Code.RESIDENCE, f"{quote(text)}不能确定到县（市、区）", meant))
    elif residence.coarse:
        findings.append(
            Finding(Code.RESIDENCE_COARSE, f"{quote(text)}没有街道或社区", "请补充街道（乡镇）和社区（村）")
        )
    return Reading(residence, text, tuple(findings))


_NOT_REPORTED_IN = re.compile(
    r"(?:目前|暂时|还|尚|暂)?(?:未|没)(?:有)?(?:报到|报道|联系|办理|落实|接转|参加|建立|党组织|党支部).*"
    r"|(?:否|未|没有|不详|不清楚|不知道|不需要|待定|待报到|正在联系.*|准备报到.*|无党组织|无党支部|0)"
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


def read_report_branch(raw: CellValue) -> Reading[str]:
    """报到党支部名称: the name of an organisation. Words that say that there is none mean an empty cell; what holds no
    Chinese character names nothing."""
    words = read_words(raw)
    if not words.text:
        return words
    if _NOT_REPORTED_IN.fullmatch(compact(words.text)):
        return Reading(None, "", (Finding(Code.NORMALISED, f"{quote(words.text)}表示没有报到，按空白处理"),))
    if not _HAN.search(words.text):
        fault = Finding(Code.UNREADABLE, f"{quote(words.text)}不是党支部名称", "请填写全称；没有报到的留空")
        return Reading(None, words.text, (fault,))
    return words


READERS: dict[Column, Reader] = {
    Column.SEQUENCE: read_words,
    Column.NAME: read_name,
    Column.SEX: read_sex,
    Column.ETHNIC_GROUP: read_ethnic_group,
    Column.BIRTH: read_month,
    Column.AGE: read_age,
    Column.JOINED: read_month,
    Column.ID_NUMBER: read_id_number,
    Column.EDUCATION: read_education,
    Column.EMPLOYER: read_words,
    Column.EMPLOYER_HAS_ORGANIZATION: read_yes_no,
    Column.RESIDENCE: read_residence,
    Column.PHONE: read_phone,
    Column.REASON: read_reason,
    Column.REPORT_BRANCH: read_report_branch,
    Column.REPORT_CONTACT: read_words,
    Column.REPORT_PHONE: read_phone,
}


def _endless(raw: CellValue) -> Reading[Any]:
    return Reading(None, as_text(raw), (Finding(Code.UNREADABLE, "这个数字有几百位，无法识别", "请核对这一格"),))


class _Memo(dict[CellValue, Reading[Any]]):
    """Readings of one column by raw value: each distinct value is read once."""

    def __init__(self, column: Column) -> None:
        self._reader = READERS[column]
        self._heading = column.heading
        self._required = column in REQUIRED

    def __missing__(self, raw: CellValue) -> Reading[Any]:
        reading = self[raw] = self.read(raw)
        return reading

    def read(self, raw: CellValue) -> Reading[Any]:
        """Read one raw value: its findings under this column's heading, `required` where an empty one must not be."""
        reading = self._reader(raw) if type(raw) is str or not is_endless(raw) else _endless(raw)
        if reading.findings:
            located = tuple(finding.at(self._heading) for finding in reading.findings)
            reading = Reading(reading.value, reading.text, located)
        elif reading.value is None and self._required:
            reading = Reading(None, reading.text, (Finding(Code.REQUIRED, "没有填写", "请补填", self._heading),))
        return reading


class Checker:
    """Checks entries under one RuleSet; keep one per run, since it remembers what it has read."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._as_of_month = rules.as_of_month
        self._memos = tuple(_Memo(column) for column in Column)

    def check(self, row: RawRow) -> Entry:
        """Read the 17 cells of a row and apply the rules between them; every fault is in `findings`, none is mended."""
        if bool in map(type, row.values):
            # A dictionary takes True for 1: such a cell is read afresh, or the answer would hang on what came before.
            readings = [
                memo.read(raw) if isinstance(raw, bool) else memo[raw]
                for memo, raw in zip(self._memos, row.values, strict=True)
            ]
        else:
            readings = list(map(getitem, self._memos, row.values))
        values, texts, found = zip(*readings, strict=True)
        findings = [finding for of_cell in found for finding in of_cell]
        if row.merged:
            findings = [_said_of_merged(finding, row.merged) for finding in findings]
        # By their places: a hundred thousand rows are a million look-ups of a Column.
        _, _, sex, ethnic_group, birth, age, joined, id_number, education, *rest = values
        _, _, residence, phone, reason_and_detail, report_branch, _, _ = rest
        reason, detail = reason_and_detail or (None, "")
        entry = Entry(
            texts=texts,
            sex=sex,
            ethnic_group=ethnic_group,
            birth=birth,
            joined=joined,
            id_number=id_number,
            education=education,
            residence=residence or UNKNOWN_RESIDENCE,
            reason=reason,
            reason_detail=detail,
            phone=phone,
            reported_in=report_branch is not None,
            findings=findings,
        )
        self._check_between(entry, age)
        return entry

    def _check_between(self, entry: Entry, age: int | None) -> None:
        if entry.birth is not None and entry.birth > self._as_of_month:
            as_of = self._rules.as_of
            message = f"出生年月晚于{as_of.year}年{as_of.month}月"
            _add(entry, Column.BIRTH, Code.UNREADABLE, message, "请核对出生年月")
            entry.birth = None
        if entry.id_number is not None:
            _check_id_sex(entry, entry.id_number)
            _check_id_birth(entry, entry.id_number)
        if age is not None and entry.birth is not None and age != (self._as_of_month - entry.birth) // 12:
            self._check_age(entry, age, entry.birth)
        if entry.joined is not None:
            self._check_joined(entry, entry.joined)
        _check_employer(entry)
        if entry.reason is OTHER and not entry.reason_detail:
            _add(entry, Column.REASON, Code.REASON_DETAIL, "“其他”没有写明情形", "请写成“其他（升学）”这样的形式")
        _check_report_in(entry)

    def _check_age(self, entry: Entry, age: int, birth: int) -> None:
        """`age` is not the age by months; it may still be the exact one by the day in the ID number."""
        as_of, by_months = self._rules.as_of, (self._as_of_month - birth) // 12
        if entry.id_number is not None:
            born = id_birth(entry.id_number)
            if age == as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day)):
                return
        message = f"填写{age}岁，按出生年月到{as_of.year}年{as_of.month}月应为{by_months}岁"
        _add(entry, Column.AGE, Code.AGE, message, "请核对年龄和出生年月")

    def _check_joined(self, entry: Entry, joined: int) -> None:
        as_of = self._rules.as_of
        if joined > self._as_of_month:
            _add(entry, Column.JOINED, Code.JOINED, f"入党时间晚于{as_of.year}年{as_of.month}月", "请核对入党时间")
        elif entry.birth is not None and joined < entry.birth + ADULT_MONTHS:
            _add(entry, Column.JOINED, Code.JOINED, "入党时不满18周岁", "请核对入党时间和出生年月")


def _said_of_merged(finding: Finding, merged: tuple[Column, ...]) -> Finding:
    """An empty cell that is merged with the one above: what must be filled in can only be so after a split."""
    if finding.code is not Code.REQUIRED or all(finding.column != column.heading for column in merged):
        return finding
    message, suggestion = "这一格与上面一行合并了，没有本人的内容", "请取消合并单元格，再逐人填写"
    return Finding(Code.REQUIRED, message, suggestion, finding.column)


UNKNOWN_RESIDENCE = parse_residence("")


def _add(entry: Entry, column: Column, code: Code, message: str, suggestion: str) -> None:
    entry.findings.append(Finding(code, message, suggestion, column.heading))


def _check_id_sex(entry: Entry, number: str) -> None:
    by_number = MALE if number[16] in "13579" else FEMALE  # GB 11643: the sequence code is odd for men
    if entry.sex is not None and entry.sex is not by_number:
        message = f"填写“{entry.sex.label}”，身份证号第17位为{by_number.label}性"
        _add(entry, Column.SEX, Code.ID_SEX, message, "请核对性别和身份证号")


def _check_id_birth(entry: Entry, number: str) -> None:
    if entry.birth is not None and entry.texts[BIRTH] != number[6:12]:  # a month that was read is written YYYYMM
        message = f"填写{entry.texts[BIRTH]}，身份证号中为{number[6:12]}"
        _add(entry, Column.BIRTH, Code.ID_BIRTH, message, "请核对；档案认定与身份证不同的，以档案为准并说明")


def _check_employer(entry: Entry) -> None:
    """The employer must fit the reason (J–M are employed somewhere, T nowhere), and be said to have an organisation."""
    employer, has_organization = entry.texts[EMPLOYER : EMPLOYER + 2]
    if not employer and entry.reason in EMPLOYED and entry.reason is not None:
        message = f"流动原因为“{entry.reason.label}”，没有填写单位名称"
        _add(entry, Column.EMPLOYER, Code.EMPLOYER, message, "请补填现工作（学习）单位")
    elif employer and entry.reason is GRADUATE_UNEMPLOYED:
        message = f"流动原因为“{entry.reason.label}”，却填写了单位名称"
        _add(entry, Column.EMPLOYER, Code.EMPLOYER, message, "请核对流动原因和单位")
    if employer and not has_organization:
        message = "填写了单位，没有填写是否建立党组织"
        _add(entry, Column.EMPLOYER_HAS_ORGANIZATION, Code.EMPLOYER, message, "请填写“是”或“否”")


REPORT_IN = (Column.REPORT_BRANCH, Column.REPORT_CONTACT, Column.REPORT_PHONE)


def _check_report_in(entry: Entry) -> None:
    written = entry.texts[REPORT_BRANCH:]
    if "" in written and any(written):
        blank = [column for column in REPORT_IN if not entry.texts[column]]
        names = "、".join(column.heading for column in blank)
        _add(
            entry, blank[0], Code.REPORT_IN, f"在流入地报到的党支部没有填全，缺{names}", "请补填；没有报到的三格都留空"
        )
