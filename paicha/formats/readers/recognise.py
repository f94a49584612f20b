"""Which sheets of a file are 附件1, which 附件2, which are ours and which nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from paicha.domain import annex1, annex2
from paicha.domain.annex1 import Form, Head
from paicha.domain.annex2 import SentStatistics
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.readings import CellValue, compact, is_empty
from paicha.formats.own import is_request
from paicha.formats.readers.annex1 import continue_form, find_register, is_register, read_forms, reports_outflow
from paicha.formats.readers.annex2 import Table, find_table, read_statistics
from paicha.formats.readers.columns import Target
from paicha.formats.readers.head import is_title
from paicha.formats.readers.headings import SEARCH_ROWS, Found, seen
from paicha.formats.readers.roster import RosterProblem, RosterSheet, read_sheet
from paicha.formats.readers.source import Sheet, Source

PREPARED_SHEET = "_paicha"
PREPARED_MARK = "paicha-prepared"
PREPARED_ROSTER = "名册"
_ROSTER_TITLE = "党员名册"
_SUMMARY_MARK = "表间关系核对"  # only our own 附件2-汇总 has this heading
_HELPER = re.compile(r"^(_.*|说明|填写说明)$", re.DOTALL)
_NAMED_NOTES = re.compile(r"说明$|^说明")
_JOINED_ROWS = 5000  # both forms in one sheet are a small branch's; a longer sheet is not searched for the second
_ID_NUMBER = re.compile(r"^\d{17}[\dXx]$")


@dataclass(slots=True)
class Forms:
    """What one file holds. `roster` is only in a workbook that `paicha prepare` made."""

    annex1: list[Form] = field(default_factory=list)
    annex2: list[SentStatistics] = field(default_factory=list)
    findings: list[tuple[Place, Finding]] = field(default_factory=list)
    roster: list[RosterSheet] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Last:
    """The register read last, which a Word table without headings may continue."""

    form: Form
    found: Found[Target]
    width: int


@dataclass(frozen=True, slots=True)
class _Part:
    sheet: Sheet
    found: Found[Target] | Table


def forms(source: Source) -> Forms:
    """The forms of one file. A file without any gives one `file` finding that names the headings seen."""
    reading = _Reading(source)
    for sheet in source.sheets:
        reading.read(sheet)
    reading.result.findings += _unknown(source, reading.unknown, reading.recognised)
    return reading.result


class _Reading:
    """One file on its way, sheet by sheet: what was read, which sheets were not, and the register read last."""

    def __init__(self, source: Source) -> None:
        self.result = Forms()
        self.unknown: list[Sheet] = []
        self.recognised = False
        self._source, self._prepared = source, is_prepared(source)
        self._last: _Last | None = None

    def read(self, sheet: Sheet) -> None:
        """Add what one sheet gives to `result`, or the sheet to `unknown`."""
        if _is_ours(sheet):
            return
        if self._prepared and sheet.name == PREPARED_ROSTER:
            _read_roster(self._source, sheet, self.result)
        elif _is_summary(sheet):
            self.recognised = True
            self.result.findings.append(_summary_finding(self._source, sheet))
        elif parts := _parts(sheet):
            self.recognised = True
            for number, part in enumerate(parts):
                self._read_part(part, () if number else sheet.preamble, _width(sheet))
        elif self._last is not None and self._source.kind == "docx" and _width(sheet) == self._last.width:
            self.result.annex1 += continue_form(self._last.form, sheet, self._last.found)
        elif not self._prepared and not _is_notes(sheet):
            self.unknown.append(sheet)

    def _read_part(self, part: _Part, preamble: tuple[str, ...], width: int) -> None:
        file, result = self._source.file, self.result
        if isinstance(part.found, Table):
            sent = read_statistics(file, part.sheet, part.found, preamble)
            result.annex2 += sent.statistics
            result.findings += sent.findings
        elif _is_roster(part.sheet, part.found):
            result.findings.append(_roster_notice(self._source, part.sheet))
        else:
            read = read_forms(file, self._source.modified, part.sheet, part.found, preamble)
            result.annex1 += _with_head(self._source, read, self._last)
            self._last = _Last(result.annex1[-1], part.found, width)


def is_prepared(source: Source) -> bool:
    """Whether `paicha prepare` made the workbook: a sheet `_paicha` whose A1 says so."""
    sheet = next((sheet for sheet in source.sheets if sheet.name == PREPARED_SHEET), None)
    return sheet is not None and bool(sheet.rows) and bool(sheet.rows[0]) and compact(sheet.rows[0][0]) == PREPARED_MARK


def _is_ours(sheet: Sheet) -> bool:
    """Sheets without data of their own: empty ones, 说明, helpers, the list of faults of a file that we sent back."""
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    if _HELPER.search(sheet.name) or is_request(first):
        return True
    return all(is_empty(value) for row in sheet.rows for value in row)


def _is_notes(sheet: Sheet) -> bool:
    """Whether a sheet in which no form was found is somebody's 填报说明: by its name, if nobody is listed in it."""
    return bool(_NAMED_NOTES.search(sheet.name)) and not _holds_people(sheet)


def _is_summary(sheet: Sheet) -> bool:
    """Whether a sheet is the 附件2-汇总 that a lower unit's own collation made."""
    table = find_table(sheet.rows)
    return table is not None and any(
        compact(value) == _SUMMARY_MARK for row in sheet.rows[table.first : table.last + 1] for value in row
    )


def _summary_finding(source: Source, sheet: Sheet) -> tuple[Place, Finding]:
    message = "这是汇总时自己用的工作表（附件2-汇总），不是上报的附件2，没有计入"
    suggestion = "请改交同一文件夹里的“附件2-上报.xlsx”，并在表头填上本单位名称"
    return Place(source.file, sheet.name), Finding(Code.FILE, message, suggestion)


def _parts(sheet: Sheet) -> list[_Part]:
    """The tables of a sheet: mostly one; where both forms stand in one sheet, each with the rows that are its own."""
    register, statistics = find_register(sheet.rows), find_table(sheet.rows)
    if statistics is not None and register is not None and _is_of(statistics, register):
        register = None
    if register is None:
        return [] if statistics is None else [_Part(sheet, statistics)]
    if statistics is not None and statistics.first < register.first:
        cut = _title_row(sheet.rows, statistics.last + 1, register.first, annex1.MARK, annex1.TITLE)
        upper, lower = _halves(sheet, register.first if cut is None else cut)
        return [_Part(upper, statistics), _Part(lower, register)]
    if len(sheet.rows) > _JOINED_ROWS:
        return [_Part(sheet, register)]
    end = len(sheet.rows) if statistics is None else statistics.first
    cut = _title_row(sheet.rows, register.last + 1, end, annex2.MARK, annex2.TITLE)
    statistics = find_table(sheet.rows, cut) if cut is not None else statistics
    if statistics is None:
        return [_Part(sheet, register)]
    upper, lower = _halves(sheet, statistics.first if cut is None else cut)
    return [_Part(upper, register), _Part(lower, statistics)]


def _is_of(statistics: Table, register: Found[Target]) -> bool:
    """Whether the headings taken for a register's are the statistics' own (性别, 年龄, 文化程度 …): nobody is named."""
    return annex1.Column.NAME not in register.columns and statistics.first <= register.first <= statistics.last


def _title_row(rows: Sequence[Sequence[CellValue]], start: int, end: int, *titles: str) -> int | None:
    for index in range(start, end):
        first = next((value for value in rows[index] if value not in (None, "")), None)
        if isinstance(first, str) and is_title(first, *titles):
            return index
    return None


def _halves(sheet: Sheet, cut: int) -> tuple[Sheet, Sheet]:
    """A sheet cut before row index `cut`; the lower half keeps its row numbers by blank rows."""
    blank: list[list[CellValue]] = [[] for _ in range(cut)]
    return replace(sheet, rows=sheet.rows[:cut]), replace(sheet, rows=blank + sheet.rows[cut:])


def _with_head(source: Source, read: list[Form], last: _Last | None) -> list[Form]:
    """In one Word document a table without a head of its own belongs to the branch named before it."""
    if source.kind != "docx" or last is None:
        return read
    return [replace(form, head=last.form.head) if _is_blank(form.head) else form for form in read]


def _is_blank(head: Head) -> bool:
    """Whether a head says nothing, be there a label or not."""
    return not (head.branch or head.leader or head.phone)


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.rows), default=0)


def _is_roster(sheet: Sheet, found: Found[Target]) -> bool:
    """A plain list of members that calls itself a roster is none of the two forms."""
    above = [compact(value) for row in sheet.rows[: found.first] for value in row]
    if any(annex1.TITLE in text for text in above):
        return False
    # Our own blank roster asks where a member lives and works; under its title that makes no register of it.
    if any(text.endswith(_ROSTER_TITLE) and "流" not in text for text in above):
        return not reports_outflow(found)
    return not is_register(found) and any("名册" in text for text in [sheet.name, *above])


def _roster_notice(source: Source, sheet: Sheet) -> tuple[Place, Finding]:
    message = "这张表是党员名册，不是附件1，没有计入"
    return Place(source.file, sheet.name), Finding(Code.SKIPPED, message, "如果是流出党员登记表，请按附件1的表头填写")


def _read_roster(source: Source, sheet: Sheet, result: Forms) -> None:
    try:
        result.roster.append(read_sheet(source.file, sheet))
    except RosterProblem as problem:
        result.findings.append(
            (Place(source.file, sheet.name), Finding(Code.FILE, str(problem), "请重新生成排查工作簿"))
        )


def _unknown(source: Source, sheets: list[Sheet], recognised: bool) -> list[tuple[Place, Finding]]:
    """A finding for the whole file where nothing was recognised; else one for each sheet left unread, an error where
    it seems to hold people."""
    place = Place(source.file)
    if not recognised:
        headings = "、".join(next((words for sheet in sheets if (words := seen(sheet.rows))), [])[:20])
        message = "没有找到附件1或附件2的表格" + (f"；看到的表头是：{headings}" if headings else "")
        return [(place, Finding(Code.FILE, message, "请用附件1、附件2的原表填写，保留原来的表头"))]
    found = []
    for sheet in sheets:
        if _holds_people(sheet):
            finding = Finding(
                Code.FILE, "这张表里有身份证号，但表头不能识别，没有读取", "请把表头改成附件1的原文后重报"
            )
        else:
            finding = Finding(Code.SKIPPED, "这张表不是附件1或附件2，没有读取")
        found.append((Place(source.file, sheet.name), finding))
    return found


def _holds_people(sheet: Sheet) -> bool:
    return any(_ID_NUMBER.match(compact(value)) for row in sheet.rows[:SEARCH_ROWS] for value in row)
