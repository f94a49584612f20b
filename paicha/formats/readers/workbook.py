"""Worksheets of .xlsx, .xls, .et and .ods by python-calamine, with their own coordinates.

calamine skips empty columns before the first value: they are put back. Hidden sheets are read, chart and macro sheets
are not. Numbers come as the format keeps them (a whole number as float from .xlsx and .ods, as int or float from
.xls); a formula gives its kept value, one without it None; an error cell gives its text (#N/A). Macros,
links, pictures and comments are never touched.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from paicha.domain.readings import CellValue
from paicha.formats.readers import limits
from paicha.formats.readers.biff import errors_in_xls
from paicha.formats.readers.formulas import Cell, Valueless, valueless_in_xlsx
from paicha.formats.readers.limits import MAX_MERGED, MAX_ROWS, FileProblem
from paicha.formats.readers.merges import Beyond, beyond_calamine_in_ods
from paicha.formats.readers.parts import CHUNK_ROWS, Allowance, Part, Rows, trimmed, without_controls
from paicha.formats.readers.source import Merged

_FILLED_CELL = re.compile(rb'<(?:\w{1,20}:)?c [^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"(?:[^<>]{0,200}[^<>/])?>')
_SCAN_BYTES = 1 << 20
_CUT_BYTES = 500  # longer than any match, so that none is lost between two blocks
_FAR_COLUMN = 256  # the widest form has 27

_MergedRange = tuple[tuple[int, int], tuple[int, int]]


def worksheets(data: bytes, kind: str) -> Iterator[Part]:
    """The worksheets of a workbook in its order; raises FileProblem. MemoryError and calamine's panics (no Exception)
    pass through: `strange_content` finds words for them."""
    try:
        yield from _worksheets(data, kind)
    except PasswordError:
        raise limits.encrypted() from None
    except CalamineError:
        raise limits.damaged() from None


def _worksheets(data: bytes, kind: str) -> Iterator[Part]:
    allowance = Allowance()
    beyond = beyond_calamine_in_ods(data) if kind == "ods" else Beyond()
    valueless = _valueless(data, kind, beyond)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if not names:
            raise FileProblem("文件里没有工作表", limits.SAVE_AS_XLSX)
        for name in names:
            allowance.take_sheet()
            sheet = workbook.get_sheet_by_name(name)
            merged = tuple(beyond.areas.get(name, ())) or _downward(sheet.merged_cell_ranges or [])
            of = valueless.get(name, Valueless())
            chunks = trimmed(name, _chunks(sheet, merged, of.errors), allowance)
            yield Part(name, (), chunks, merged, of.uncalculated)


def _valueless(data: bytes, kind: str, beyond: Beyond) -> dict[str, Valueless]:
    """Sheet → what formulas left in it instead of values; of formulas that nobody calculated only .xlsx tells."""
    if kind == "xlsx":
        return valueless_in_xlsx(data)
    errors = errors_in_xls(data) if kind == "xls" else beyond.errors
    return {name: Valueless(errors=of) for name, of in errors.items()}


def _downward(ranges: list[_MergedRange]) -> tuple[Merged, ...]:
    downward = ((top, left, bottom, right) for (top, left), (bottom, right) in ranges if bottom > top)
    return tuple(islice(downward, MAX_MERGED))


def _chunks(sheet: CalamineSheet, spans: tuple[Merged, ...], errors: Mapping[Cell, str]) -> Iterator[Rows]:
    """All rows from the sheet's first on, in chunks, empty cells as None."""
    if sheet.start is None:
        return
    margin: list[CellValue] = [None] * sheet.start[1]
    merged = sheet.merged_cell_ranges or [((top, left), (bottom, right)) for top, left, bottom, right in spans]
    rows = sheet.iter_rows()  # it gives the empty rows above, not the empty columns before
    first = 0
    while chunk := _cleaned(islice(rows, CHUNK_ROWS)):
        if margin:
            chunk = [margin + row for row in chunk]
        _put_errors(chunk, first, errors)
        if merged:
            _blank_merged(chunk, first, merged)
        yield chunk
        first += len(chunk)


def _put_errors(chunk: Rows, first: int, errors: Mapping[Cell, str]) -> None:
    """Put the texts of error values where calamine gives empty cells."""
    for (i, j), text in errors.items():
        if first <= i < first + len(chunk) and j < len(chunk[i - first]) and chunk[i - first][j] is None:
            chunk[i - first][j] = text


def _cleaned(given: Iterable[Sequence[CellValue]]) -> Rows:
    """The rows with None for empty text, without control characters, and equal texts as one object: marshal then
    writes them once, which halves the time and memory of the one who loads them."""
    rows = list(given)
    if bool in set(map(type, chain.from_iterable(rows))):
        return [list(map(_plain, row)) for row in rows]  # True == 1.0: no sharing
    share = _Shared().__getitem__
    return [list(map(share, row)) for row in rows]


class _Shared(dict[CellValue, CellValue]):
    """Each distinct value cleaned once."""

    def __missing__(self, value: CellValue) -> CellValue:
        self[value] = plain = _plain(value)
        return plain


def _plain(value: CellValue) -> CellValue:
    return without_controls(value) or None if isinstance(value, str) else value


def _blank_merged(chunk: Rows, first: int, merged: list[_MergedRange]) -> None:
    """Empty all cells of merged ranges but the upper left: some programs leave values there that nobody can see."""
    for (top, left), (bottom, right) in merged:
        for i in range(max(top, first), min(bottom + 1, first + len(chunk))):
            row = chunk[i - first]
            for j in range(left + (i == top), min(right + 1, len(row))):
                row[j] = None


def strange_content(data: bytes, kind: str) -> FileProblem:
    """Words for a workbook that ended its reader: the cells far off the table that asked for all memory, by name."""
    cells = far_cells(data) if kind == "xlsx" else []
    if cells:
        return FileProblem(
            f"单元格 {'、'.join(cells)} 有内容，离表格太远，文件无法读取",
            "请清除表格以外的内容（空格也算），保存后再交",
        )
    return FileProblem("文件内容异常，读取时出错", f"{limits.SAVE_AS_XLSX}；或只把表格复制到新文件里再交")


def far_cells(data: bytes) -> list[str]:
    """Names of the filled cells lowest and farthest right over all sheets, if these lie beyond any form; two at most.
    Reads every sheet's XML, so it is asked only after a failure."""
    lowest, widest = (0, ""), (0, "")
    with limits.open_package(data) as package:
        for name in package.namelist():
            if "worksheets/" not in name or not name.endswith(".xml"):
                continue
            with package.open(name) as stream:
                rest = b""
                while block := stream.read(_SCAN_BYTES):
                    for letters, digits in _FILLED_CELL.findall(rest + block):
                        cell = (letters + digits).decode()
                        lowest = max(lowest, (int(digits), cell))
                        widest = max(widest, (column_number(letters.decode()), cell))
                    rest = block[-_CUT_BYTES:]
    far = [lowest[1]] if lowest[0] > MAX_ROWS else []
    return far + ([widest[1]] if widest[0] > _FAR_COLUMN and widest[1] not in far else [])


def column_number(letters: str) -> int:
    """1 for A, 27 for AA, 16,384 for XFD."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
