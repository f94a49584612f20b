"""A workbook made anew from the values read, for formats that openpyxl does not write (.xls, .et, .ods, .docx).

Values stand at their old coordinates. Text stays text whatever it begins with, and so do long figures; cells that
hold them have the text format, so that a corrected number keeps all its places.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from paicha.domain.readings import CellValue
from paicha.formats.readers.source import Sheet
from paicha.formats.writers.marks import is_ours
from paicha.formats.writers.sheets import text_width

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31
_LONGEST_TEXT = 32767
_NARROWEST, _WIDEST = 6, 28  # characters
_SAFE_WHOLE = 10**15  # a spreadsheet keeps 15 digits of a number
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def rebuild(sheets: Sequence[Sheet]) -> tuple[Workbook, dict[str, str]]:
    """The workbook, and each sheet's name as read → its title there (a title has at most 31 characters and not all of
    them). Without any sheet the workbook is empty, for the list alone."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    titles: dict[str, str] = {}
    for source in sheets:
        if is_ours(source.rows[0][0] if source.rows and source.rows[0] else None):
            continue
        title = _NOT_IN_TITLES.sub("_", source.name).strip("'")[:_LONGEST_TITLE] or "表"
        sheet: Worksheet = workbook.create_sheet(title)
        titles[source.name] = sheet.title
        _fill_in(sheet, source.rows)
    return workbook, titles


def _fill_in(sheet: Worksheet, rows: Sequence[Sequence[CellValue]]) -> None:
    widths: dict[int, int] = {}
    wrapped, font = Alignment(vertical="center", wrap_text=True), Font("宋体", 11)
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value is None or value == "":
                continue
            cell = sheet.cell(row, column)
            shown = _put(cell, value)
            cell.font = font
            if text_width(shown) > _WIDEST:
                cell.alignment = wrapped
            widths[column] = max(widths.get(column, 0), *map(text_width, shown.split("\n")))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 2, _NARROWEST), _WIDEST)


def _put(cell: Cell | MergedCell, value: CellValue) -> str:
    """Write `value` and give the text that the cell will show."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _SAFE_WHOLE:
        value = str(value)
    if isinstance(value, str):
        return _put_text(cell, value)
    cell.value = value
    if isinstance(value, float) and value.is_integer():
        cell.number_format = "0"  # a lost ID number shows its zeros at the end, not 4.2E+17
        return str(int(value))
    if isinstance(value, (date, datetime, time, timedelta)):
        return str(cell.value)[:10]
    return str(value)


def _put_text(cell: Cell | MergedCell, value: str) -> str:
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT]
    cell.value = text
    cell.data_type = "s"  # openpyxl would make a formula of =1+1 and an error of #N/A
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    if text.strip().isalnum() and text.strip()[:-1].isdigit():
        cell.number_format = "@"
    return text
