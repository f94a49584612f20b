"""退回/: a branch's own file, its formatting kept, handed back with its faults marked.

An .xlsx is opened and saved with openpyxl: merged headings, validations, conditional formats, hidden rows and print
settings stay. Any other format, and an .xlsx too large or too odd for openpyxl, is rebuilt from the values that were
read, at the same coordinates. The result is always an .xlsx without macros.
"""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import coordinate_to_tuple
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from paicha.domain.findings import Finding, Located, Place, Severity
from paicha.formats.readers.source import Sheet
from paicha.formats.writers.links import LINKS, drop_links
from paicha.formats.writers.marks import clear_marks, mark_cells
from paicha.formats.writers.rebuilt import Book, print_landscape, rebuild
from paicha.formats.writers.request import RequestLine, write_request
from paicha.formats.writers.sheets import Names
from paicha.formats.writers.whole import unfinished

LARGEST = 60_000_000  # bytes of all parts, unpacked, by whatever name: a workbook may call a sheet a picture
MOST_ELEMENTS = 1_600_000  # openpyxl takes 14 s and 750 MB for as many blank cells with a format
_ELSEWHERE = 5  # blank cells that one style, validation or text costs as much as
MOST_MERGED = 500_000  # cells; openpyxl makes an object of each, and one range may span a whole sheet
_CELL = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')
_LOST = {  # how a part of the archive or a warning of openpyxl begins → what may be lost
    "xl/vbaProject.bin": "宏",
    "xl/media/": "图片",
    "DrawingML": "图形",
    "xl/ctrlProps/": "控件",
    "xl/activeX/": "控件",
    "Data Validation extension": "部分下拉选项",
    "Conditional Formatting extension": "部分条件格式",
}
_REBUILT = "原文件不能直接加注。本文件按原来的行列位置重新生成，只带内容，不带原有格式；请在本文件上修改。"


@dataclass(frozen=True, slots=True)
class _Handback:
    """What is handed back to whom."""

    branch: str
    located: Sequence[Located]
    message: str
    names: Names


def write_annotated(
    source_path: Path,
    target: Path,
    *,
    branch: str,
    located: Sequence[Located],
    sheets: Sequence[Sheet] | None,
    message: str,
    names: Names | None = None,
) -> None:
    """Write `target` (.xlsx): the file at `source_path` with `located`, the findings of this one file, marked in it.

    `sheets` are its values as read (None: not readable; then it is not opened here either, and only the list is
    written); `message` is the ready text to the branch; `names` are those of the people by their rows, as far as they
    are known. Raises OSError where `target` cannot be written."""
    handback = _Handback(branch, located, message, names or {})
    content = _own_file(source_path, handback) if sheets is not None else None
    if content is None:
        content = _annotated(rebuild(sheets or ()), handback, [_REBUILT] if sheets else [])
    with unfinished(target) as beside:
        beside.write_bytes(content)


def _own_file(path: Path, handback: _Handback) -> bytes | None:
    """The branch's own workbook, annotated; None where openpyxl had better not or cannot do it."""
    try:
        with ZipFile(path) as archive:
            parts = archive.namelist()
            if not _bearable(archive):
                return None
        with warnings.catch_warnings(record=True) as dropped:
            warnings.simplefilter("always")
            with path.open("rb") as file:  # by a stream: openpyxl refuses an .xlsx of another name
                workbook = load_workbook(file, keep_links=False, rich_text=True)
            clear_marks(workbook)
            notes = _losses([*parts, *(str(warning.message) for warning in dropped)])
            if any(part.startswith(LINKS) for part in parts):
                notes.append(drop_links(workbook, path))
            for sheet in workbook.worksheets:
                _set_print(sheet)
            titles = {sheet.title: sheet.title for sheet in workbook.worksheets}
            return _annotated(Book(workbook, titles, {}), handback, notes)
    except Exception:  # openpyxl raises whatever its parsers meet, and the values are still at hand
        return None


def _set_print(sheet: Worksheet) -> None:
    """A wide form that says nothing of paper would print over many pages; what a branch has set stays."""
    setup, properties = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    said = (setup.paperSize, setup.scale, setup.fitToWidth, setup.fitToHeight, sheet.print_area)
    is_fitted = properties is not None and properties.fitToPage
    if not is_fitted and not any(said) and setup.orientation in (None, "default"):
        print_landscape(sheet)


def _bearable(archive: ZipFile) -> bool:
    """Whether the archive is a workbook that openpyxl can open within reasonable time and memory."""
    parts = archive.infolist()
    has_sheets = any(info.filename.startswith("xl/worksheets/") for info in parts)
    if not has_sheets or sum(info.file_size for info in parts) > LARGEST:
        return False
    merged = elements = 0
    for info in parts:
        content = archive.read(info)
        table_end = content.rfind(b"sheetData>")
        elements += _elements(content) + (_ELSEWHERE - 1) * _elements(content[max(table_end, 0) :])
        for reference in _MERGED.findall(content, max(table_end, 0)):
            area = CellRange(reference.decode())
            merged += area.size["rows"] * area.size["columns"]
        if elements > MOST_ELEMENTS or merged > MOST_MERGED:
            return False
    return True


def _elements(xml: bytes) -> int:
    return xml.count(b"<") - xml.count(b"</")


def _losses(signs: Sequence[str]) -> list[str]:
    lost = dict.fromkeys(word for sign in signs for start, word in _LOST.items() if sign.startswith(start))
    return [f"原文件中的{'、'.join(lost)}可能没有带入本文件，需要时请从原文件取。"] if lost else []


def _annotated(book: Book, handback: _Handback, notes: Sequence[str]) -> bytes:
    """The workbook with its marks and its first sheet."""
    workbook = book.workbook
    lines = _lines(book, handback)
    marks: dict[Cell, list[Finding]] = {}
    for line in lines:
        if line.cell is not None and line.located.finding.severity > Severity.NOTICE:
            marks.setdefault(line.cell, []).append(line.located.finding)
    notes = [*notes, *mark_cells(workbook, marks)]
    write_request(workbook, branch=handback.branch, lines=lines, notes=notes, message=handback.message)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _lines(book: Book, handback: _Handback) -> list[RequestLine]:
    """Findings in the order of sheets, rows and columns, each with the cell that it marks."""
    sheets = {name: book.workbook[title] for name, title in book.titles.items()}
    order = {name: index for index, name in enumerate(sheets)}
    merged: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}

    def position(item: Located) -> tuple[int, int, int]:
        row, column = _coordinates(item.place) or (item.place.row, 0)
        return order.get(item.place.sheet, -1), row, column

    lines = []
    for item in sorted(handback.located, key=position):
        sheet, coordinates = sheets.get(item.place.sheet), _coordinates(item.place)
        cell = None
        if sheet is not None and coordinates is not None:
            row, column = coordinates
            cell = _cell(sheet, (row + book.shifts.get(item.place.sheet, 0), column), merged)
        name = handback.names.get((item.place.file, item.place.sheet, item.place.row), "")
        lines.append(RequestLine(item, cell, name))
    return lines


def _coordinates(place: Place) -> tuple[int, int] | None:
    """(row, column) of the cell meant, the row's first cell where only a row is; None for a whole sheet or file."""
    if _CELL.fullmatch(place.cell):
        row, column = coordinate_to_tuple(place.cell)
        return row, column
    return (place.row, 1) if place.row > 0 else None


def _cell(
    sheet: Worksheet, coordinates: tuple[int, int], merged: dict[str, dict[tuple[int, int], tuple[int, int]]]
) -> Cell:
    """The cell itself, or the upper left one of the merged range that it is inside of."""
    cell = sheet.cell(*coordinates)
    if isinstance(cell, MergedCell):
        if sheet.title not in merged:
            merged[sheet.title] = {
                inner: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges for inner in area.cells
            }
        cell = sheet.cell(*merged[sheet.title][coordinates])
    assert isinstance(cell, Cell)  # noqa: S101  an upper left cell is never a MergedCell
    return cell
