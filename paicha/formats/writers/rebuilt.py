"""A workbook made anew from the values read, for formats that openpyxl does not write (.xls, .et, .ods, .docx).

Values stand at their old coordinates, headings and title are merged again (`areas`); those of a .docx stand below the
paragraphs that its table follows: the branch's name is often there, and must come back with the rest. Text stays text
whatever it begins with, and so do long figures; cells that hold them have the text format, so that a corrected number
keeps all its places.
"""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from paicha.domain.readings import CellValue, as_text
from paicha.formats.own import is_request
from paicha.formats.readers.parts import without_controls
from paicha.formats.readers.source import Merged, Sheet
from paicha.formats.writers.areas import areas, heading_rows, title_row
from paicha.formats.writers.sheets import A4, SONG, TEXT, WHOLE, fit_height, line_count, text_width

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_LONGEST_TEXT = 32767
_NARROWEST, _WIDEST = 6, 22  # characters
_FEWEST_IN_TABLE = 4  # values; a title or the head has fewer in its row
_LINE = 15.0  # points that a line of 11 point text takes
_HEADING_HEIGHT, _TITLE_HEIGHT = 22, 30  # points
_SHORT = 20  # half-width characters: 序号, 年龄, a month, an ID number have fewer; a place and an employer have more
_SAFE_WHOLE = 10**15  # a spreadsheet keeps 15 digits of a number
_Horizontal: TypeAlias = Literal["center"] | None
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
        if is_request(source.rows[0][0] if source.rows and source.rows[0] else None):
            continue
        title = _NOT_IN_TITLES.sub("_", source.name).strip("'")[:_LONGEST_TITLE] or "表"
        sheet: Worksheet = workbook.create_sheet(title)
        book.titles[source.name] = sheet.title
        book.shifts[source.name] = shift = len(source.preamble)
        rows: list[Sequence[CellValue]] = [*([line] for line in source.preamble), *source.rows]
        downward = [(top + shift, left, bottom + shift, right) for top, left, bottom, right in source.merged]
        _fill_in(sheet, rows, downward)
        print_landscape(sheet)
    return book


def print_landscape(sheet: Worksheet) -> None:
    """A4 landscape, one page wide, as many pages high as needed."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


class _Prototypes:
    """Cells whose style is copied: setting properties on each of a million cells takes half a minute."""

    def __init__(self, sheet: Worksheet) -> None:
        self.title = _prototype(sheet, Font(SONG, 16), "center", bordered=False)
        self.line = _prototype(sheet, Font(SONG, 11), None, bordered=False)
        self.heading = _prototype(sheet, Font(SONG, 11, bold=True), "center", bordered=True)
        self.centred = _prototype(sheet, Font(SONG, 11), "center", bordered=True)
        self.text = _prototype(sheet, Font(SONG, 11), None, bordered=True)


def _fill_in(sheet: Worksheet, rows: Sequence[Sequence[CellValue]], downward: Sequence[Merged]) -> None:
    """Write one sheet: rows of a table with borders, wrapped and as high as their text; others, such as the branch's
    name, run on to the right over empty cells, and no column is widened for them. Short columns are centred, so that
    序号 and 年龄 look alike whether they came as numbers or as text."""
    looks = _Prototypes(sheet)
    tabular = [sum(value not in (None, "") for value in values) >= _FEWEST_IN_TABLE for values in rows]
    used = max((_last_filled(values) for values, is_table in zip(rows, tabular, strict=True) if is_table), default=0)
    headings = heading_rows(rows, tabular)
    title = title_row(rows, headings)
    tabular = [is_table or row in headings for row, is_table in enumerate(tabular)]
    widths, short = _widths(rows, tabular, used), _short_columns(rows, tabular, headings, used)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for index, (values, is_table) in enumerate(zip(rows, tabular, strict=True)):
        filled = max(used, _last_filled(values)) if is_table else len(values)
        for column, value in enumerate([*values[:filled], *[None] * (filled - len(values))], start=1):
            if is_table:
                look = looks.centred if column in short or _is_number(value) else looks.text
                _put(sheet.cell(index + 1, column), value, looks.heading if index in headings else look)
            elif value not in (None, ""):
                _put(sheet.cell(index + 1, column), value, looks.title if index == title else looks.line)
    merged = areas(rows, downward, headings, used)
    least = dict.fromkeys(headings, _HEADING_HEIGHT) | ({title: _TITLE_HEIGHT} if title is not None else {})
    in_table = [values if is_table else () for values, is_table in zip(rows, tabular, strict=True)]
    _set_heights(sheet, in_table, widths, merged, least)
    for top, left, bottom, right in merged:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)


def _set_heights(
    sheet: Worksheet,
    rows: Sequence[Sequence[CellValue]],
    widths: Mapping[int, float],
    merged: Sequence[Merged],
    least: Mapping[int, float],
) -> None:
    """Rows of a table are as high as their highest cell, and as `least` says; `rows` are empty outside the table. What
    is merged has more room than its own cell, and makes no row higher."""
    wide = {(top, left) for top, left, _, _ in merged}
    for index, values in enumerate(rows):
        texts = [(column, as_text(value)) for column, value in enumerate(values, 1) if (index, column - 1) not in wide]
        lines = max((line_count(text, widths.get(column, _WIDEST)) for column, text in texts), default=1)
        if lines > 1 or index in least:
            sheet.row_dimensions[index + 1].height = fit_height(lines, least.get(index, 0), line=_LINE, around=5)


def _short_columns(
    rows: Sequence[Sequence[CellValue]], tabular: Sequence[bool], headings: range, used: int
) -> set[int]:
    """The columns of the table, from 1, in which no value is long."""
    longest = dict.fromkeys(range(1, used + 1), 0)
    for index, values in enumerate(rows):
        if tabular[index] and index not in headings:
            for column, value in enumerate(values[:used], start=1):
                longest[column] = max(longest[column], text_width(as_text(value)))
    return {column for column, width in longest.items() if width <= _SHORT}


def _is_number(value: CellValue) -> bool:
    return isinstance(value, int | float)


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


def _prototype(sheet: Worksheet, font: Font, horizontal: _Horizontal, *, bordered: bool) -> Cell:
    cell = Cell(sheet, row=1, column=1)
    cell.font = font
    if bordered:
        side = Side(style="thin")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=bordered)
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
    text = without_controls(value)[:_LONGEST_TEXT]
    cell.value = text
    cell.data_type = "s"  # openpyxl would make a formula of =1+1 and an error of #N/A
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    if text.strip().isalnum() and text.strip()[:-1].isdigit():
        cell.number_format = TEXT
