"""A workbook made anew from the values read, for formats that openpyxl does not write (.xls, .et, .ods, .docx).

Values stand at their old coordinates, those of a .docx below the paragraphs that its table follows: the branch's name
is often there, and must come back with the rest. Text stays text whatever it begins with, and so do long figures;
cells that hold them have the text format, so that a corrected number keeps all its places.
"""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from paicha.domain.readings import CellValue, as_text
from paicha.formats.readers.source import Sheet
from paicha.formats.writers.marks import is_ours
from paicha.formats.writers.sheets import A4, SONG, TEXT, WHOLE, line_count, text_width

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_LONGEST_TEXT = 32767
_NARROWEST, _WIDEST = 6, 22  # characters
_FEWEST_IN_TABLE = 4  # values; a title or the head has fewer in its row
_LINE = 15.0  # points that a line of 11 point text takes
_HIGHEST = 409
_SAFE_WHOLE = 10**15  # a spreadsheet keeps 15 digits of a number
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook to be marked. `titles`: a sheet's name as read → its title here (31 characters, and not all of them,
    are allowed); `shifts`: rows by which a .docx table stands lower, since the paragraphs before it stand above it."""

    workbook: Workbook
    titles: dict[str, str]
    shifts: dict[str, int]


def rebuild(sheets: Sequence[Sheet]) -> Book:
    """The workbook anew, without sheets of ours. Without any sheet it is empty, for the list alone."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    book = Book(workbook, {}, {})
    for source in sheets:
        if is_ours(source.rows[0][0] if source.rows and source.rows[0] else None):
            continue
        title = _NOT_IN_TITLES.sub("_", source.name).strip("'")[:_LONGEST_TITLE] or "表"
        sheet: Worksheet = workbook.create_sheet(title)
        book.titles[source.name] = sheet.title
        book.shifts[source.name] = len(source.preamble)
        _fill_in(sheet, [*([line] for line in source.preamble), *source.rows])
    return book


def _fill_in(sheet: Worksheet, rows: Sequence[Sequence[CellValue]]) -> None:
    """Write one sheet: rows of a table with borders, wrapped and as high as their text; others, such as the title and
    the branch's name, run on to the right over empty cells, and no column is widened for them."""
    in_table, plain = _prototype(sheet, bordered=True), _prototype(sheet, bordered=False)
    tabular = [sum(value not in (None, "") for value in values) >= _FEWEST_IN_TABLE for values in rows]
    used = max((_last_filled(values) for values, is_table in zip(rows, tabular, strict=True) if is_table), default=0)
    widths = _widths(rows, tabular, used)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, (values, is_table) in enumerate(zip(rows, tabular, strict=True), start=1):
        lines = 1
        filled = max(used, _last_filled(values))
        for column, value in enumerate([*values[:filled], *[None] * (filled - len(values))], start=1):
            if value in (None, "") and not is_table:
                continue
            _put(sheet.cell(row, column), value, in_table if is_table else plain)
            if is_table:
                lines = max(lines, line_count(as_text(value), widths.get(column, _WIDEST)))
        if lines > 1:
            sheet.row_dimensions[row].height = min(lines * _LINE + 5, _HIGHEST)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _last_filled(values: Sequence[CellValue]) -> int:
    """Columns up to the last one with a value."""
    return max((column for column, value in enumerate(values, start=1) if value not in (None, "")), default=0)


def _widths(rows: Sequence[Sequence[CellValue]], tabular: Sequence[bool], used: int) -> dict[int, int]:
    longest = dict.fromkeys(range(1, used + 1), 0)
    for values, is_table in zip(rows, tabular, strict=True):
        if is_table:
            for column, value in enumerate(values[:used], start=1):
                longest[column] = max(longest[column], *map(text_width, as_text(value).split("\n")))
    return {column: min(max(width + 2, _NARROWEST), _WIDEST) for column, width in longest.items()}


def _prototype(sheet: Worksheet, *, bordered: bool) -> Cell:
    """A cell whose style is copied: setting properties on each of a million cells takes half a minute."""
    cell = Cell(sheet, row=1, column=1)
    cell.font = Font(SONG, 11)
    if bordered:
        side = Side(style="thin")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.alignment = Alignment(vertical="center", wrap_text=bordered)
    return cell


def _put(cell: Any, value: CellValue, prototype: Any) -> None:
    """Write `value` with the prototype's style: text as text, whole numbers of more than 15 digits as text too."""
    cell._style = copy(prototype._style)
    if isinstance(value, int) and abs(value) >= _SAFE_WHOLE:
        value = str(value)
    if isinstance(value, str):
        if value:
            _put_text(cell, value)
        return
    cell.value = value
    if isinstance(value, float) and value.is_integer():
        cell.number_format = WHOLE  # a lost ID number shows its zeros at the end, not 4.2E+17


def _put_text(cell: Cell, value: str) -> None:
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
    cell.value = text
    cell.data_type = "s"  # openpyxl would make a formula of =1+1 and an error of #N/A
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    if text.strip().isalnum() and text.strip()[:-1].isdigit():
        cell.number_format = TEXT
