"""The sheet 请修改: the list of what to mend, first in a returned file, printable on A4 portrait.

Six columns: 序号, 位置 (a link to the cell, and the name of its row's person, as far as it is known), 栏目, 问题,
怎样改, 程度. Below: the ready message to the branch, then the notices, for which the branch need not do anything. No ID
numbers and no telephones.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from paicha.domain.findings import Located, Severity
from paicha.formats.own import COLOURS, REQUEST
from paicha.formats.readers.parts import without_controls
from paicha.formats.writers.sheets import A4, HEI, PAGE_NUMBERS, SONG, fit_height, line_count

HEADINGS = ("序号", "位置", "栏目", "问题", "怎样改", "程度")
WIDTHS = (6, 13, 15, 33, 29, 6)
NOTICES_SHOWN = 500
_LINE = 14.5  # points that a line of 10.5 point text takes
_THIN = Side(style="thin", color="FF999999")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GUIDE = (
    "下表的“位置”可以点击，直接跳到要改的格子。红色是错误，必须改；黄色是提醒，请核对，确实无误可不改。"
    "改完保存，把整份文件交回即可；这张表和颜色、批注不用删除。"
)
_GUIDE_LIST_ONLY = "本文件只列问题，没有表格内容。请按“怎样改”处理好原来的文件，重新报送；本文件不用交回。"


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One finding as listed; `cell` is the marked cell (None: only listed), `name` its row's person ("": unknown)."""

    located: Located
    cell: Cell | None
    name: str = ""


class _Styles:
    """Prototypes whose style is copied: setting four properties on each of 12,000 cells costs half a second."""

    def __init__(self, sheet: Worksheet) -> None:
        wrapped = Alignment(vertical="center", wrap_text=True)
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._sheet = sheet
        self.text = self._prototype(Font(SONG, 10.5), wrapped)
        self.centred = self._prototype(Font(SONG, 10.5), centred)
        self.link = self._prototype(Font(SONG, 10.5, color="FF0563C1", underline="single"), centred)
        self.heading = self._prototype(Font(HEI, 10.5), centred, PatternFill("solid", fgColor="FFE7E6E6"))
        self.levels = {
            severity: self._prototype(Font(SONG, 10.5), centred, PatternFill("solid", fgColor=f"FF{colour:06X}"))
            for severity, colour in COLOURS.items()
        }

    def _prototype(self, font: Font, alignment: Alignment, fill: PatternFill | None = None) -> Cell:
        cell = Cell(self._sheet, row=1, column=1)
        cell.font, cell.alignment, cell.border = font, alignment, _GRID
        if fill is not None:
            cell.fill = fill
        return cell


class RequestSheet:
    """Writes the sheet from above downwards."""

    def __init__(self, workbook: Workbook, several_sheets: bool) -> None:
        self._sheet: Worksheet = workbook.create_sheet(REQUEST, 0)
        self._styles = _Styles(self._sheet)
        self._row = 0
        self._several_sheets = several_sheets
        for letter, width in zip("ABCDEF", WIDTHS, strict=True):
            self._sheet.column_dimensions[letter].width = width
        self._set_print()
        workbook.active = 0
        for other in workbook.worksheets[1:]:  # two selected sheets are a group: typing in one writes into both
            other.sheet_view.tabSelected = False

    def title(self, branch: str, errors: int, reminders: int) -> None:
        """What must be mended and what is only to be looked at. Begins with the word by which readers know the sheet,
        even where nothing must be mended."""
        self._across(f"{REQUEST} {errors} 处" + (f"，请核对 {reminders} 处" if reminders else ""), Font(HEI, 16))
        if branch:
            self._across(branch, Font(HEI, 12))

    def guide(self, notes: Sequence[str], list_only: bool) -> None:
        for text in (_GUIDE_LIST_ONLY if list_only else _GUIDE, *notes):
            self._across(text, Font(SONG, 10.5))

    def table(self, lines: Sequence[RequestLine]) -> None:
        """Findings to act on; the heading row stays in view and is repeated on each printed page."""
        self._headings()
        self._sheet.freeze_panes = f"A{self._row + 1}"
        self._sheet.print_title_rows = f"{self._row}:{self._row}"
        for number, line in enumerate(lines, start=1):
            self._line(number, line)

    def message(self, text: str) -> None:
        self._section("退回说明（可直接用于电话或 OA 通知）")
        for paragraph in text.splitlines():
            self._across(paragraph, Font(SONG, 10.5))

    def notices(self, lines: Sequence[RequestLine]) -> None:
        self._section(f"说明（{len(lines)} 条：怎样读的、哪些没有计入等；不用改，请看一眼是否读对）")
        self._headings()
        for number, line in enumerate(lines[:NOTICES_SHOWN], start=1):
            self._line(number, line)
        if len(lines) > NOTICES_SHOWN:
            self._across(f"另有 {len(lines) - NOTICES_SHOWN} 条未列出，全部内容见“问题清单.xlsx”。", Font(SONG, 10.5))

    def _set_print(self) -> None:
        setup, margins = self._sheet.page_setup, self._sheet.page_margins
        setup.orientation, setup.paperSize = "portrait", A4
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self._sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins.left = margins.right = 0.5
        margins.top, margins.bottom = 0.6, 0.7
        self._sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(PAGE_NUMBERS))

    def _across(self, text: str, font: Font) -> None:
        """A line of text over all columns, as high as it needs."""
        self._row += 1
        cell = self._put(1, text)
        cell.font, cell.alignment = font, Alignment(vertical="center", wrap_text=True)
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=len(WIDTHS))
        size = float(font.sz or 10.5)
        lines = line_count(text, sum(WIDTHS) * 10.5 / size)
        self._sheet.row_dimensions[self._row].height = fit_height(lines, line=_LINE * size / 10.5, around=4)

    def _section(self, heading: str) -> None:
        self._row += 1
        self._across(heading, Font(HEI, 12))

    def _headings(self) -> None:
        self._row += 1
        for column, heading in enumerate(HEADINGS, start=1):
            self._put(column, heading, self._styles.heading)
        self._sheet.row_dimensions[self._row].height = 22

    def _line(self, number: int, line: RequestLine) -> None:
        self._row += 1
        finding, styles = line.located.finding, self._styles
        place = self._place(line)
        self._put(1, number, styles.centred)
        where = self._put(2, place, styles.link if line.cell is not None else styles.centred)
        if line.cell is not None:
            target = f"{quote_sheetname(line.cell.parent.title)}!{line.cell.coordinate}"
            where.hyperlink = Hyperlink(ref=where.coordinate, location=target, display=place)
        self._put(3, finding.column, styles.centred)
        self._put(4, finding.message, styles.text)
        self._put(5, finding.suggestion, styles.text)
        self._put(6, finding.severity.label, styles.levels.get(finding.severity, styles.centred))
        texts = (place, finding.column, finding.message, finding.suggestion)
        lines = max(line_count(text, width) for text, width in zip(texts, WIDTHS[1:5], strict=True))
        self._sheet.row_dimensions[self._row].height = fit_height(lines, line=_LINE, around=5)

    def _place(self, line: RequestLine) -> str:
        place, cell = line.located.place, line.cell
        if cell is not None:  # where it stands in this file, which may differ from where it was read
            where = cell.coordinate if place.cell else f"第{cell.row}行"
        else:
            where = place.cell or (f"第{place.row}行" if place.row else "整份文件")
        where = f"{place.sheet} {where}" if place.sheet and self._several_sheets else where
        return f"{where} {line.name}" if line.name else where

    def _put(self, column: int, value: str | int, style: Any = None) -> Cell:
        cell: Any = self._sheet.cell(self._row, column)
        cell.value = without_controls(value) if isinstance(value, str) else value
        if isinstance(value, str) and value:
            cell.data_type = "s"  # else a message that starts with = would be a formula
        if style is not None:
            cell._style = copy(style._style)
        written: Cell = cell
        return written


def write_request(
    workbook: Workbook, *, branch: str, lines: Sequence[RequestLine], notes: Sequence[str], message: str
) -> None:
    """Put the sheet 请修改 first. `lines` are all findings in the order of the sheets; errors and warnings are counted
    and listed above, notices below. `notes` are further sentences on this file."""
    faults = [line for line in lines if line.located.finding.severity > Severity.NOTICE]
    notices = [line for line in lines if line.located.finding.severity is Severity.NOTICE]
    sheet = RequestSheet(workbook, len({line.located.place.sheet for line in lines} - {""}) > 1)
    errors = sum(line.located.finding.severity is Severity.ERROR for line in faults)
    sheet.title(branch, errors, len(faults) - errors)
    sheet.guide(notes, list_only=len(workbook.worksheets) == 1)
    sheet.table(faults)
    sheet.message(message)
    if notices:
        sheet.notices(notices)
