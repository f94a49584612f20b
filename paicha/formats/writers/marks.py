"""Marks on a branch's own cells, and taking them off again when the file comes back.

A marked cell has a colour and, as far as there are not too many, a comment. The colour itself says which fill the cell
had before: the three lowest bits of red, green and blue hold a key (0: no fill), nobody sees the difference, and the
key travels with the cell when rows are inserted, sorted or copied. The fills behind the keys stand in a hidden sheet,
written only where some marked cell had a fill. A comment that stood there before is kept below ours.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.fills import Fill, GradientFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import fromstring, tostring

from paicha.domain.annex1 import Column
from paicha.domain.findings import Code, Finding, Severity
from paicha.formats.own import COLOURS, REQUEST, is_request
from paicha.formats.readers.parts import without_controls
from paicha.formats.writers.sheets import line_count

AnyFill: TypeAlias = PatternFill | GradientFill

FILLS_SHEET = "_paicha_fills"
AUTHOR = "排查"
COMMENTS_PER_SHEET = 2000  # comments are drawings: many more make Excel and WPS slow to open the file
NO_FILL = PatternFill()
_KEYS = 512
_HEAD = "【排查】"  # LibreOffice drops a comment's author, so that the text must tell as well
_KEPT = "\n—— 原批注 ——\n"
_TEXT_FORMAT = "@"


def clear_marks(workbook: Workbook) -> None:
    """Take off what an earlier return put on: our sheets, colours and comments; fills and comments from before that
    are put back."""
    fills = _remembered_fills(workbook)
    for sheet in list(workbook.worksheets):
        if is_request(sheet["A1"].value):
            workbook.remove(sheet)
    coloured = _coloured_fills(workbook)
    for sheet in workbook.worksheets:
        cells: list[Any] = list(sheet._cells.values())  # iter_rows() would fill every gap with new cells
        for cell in cells:
            if cell.has_style and cell._style.fillId in coloured:
                key = coloured[cell._style.fillId]
                cell.fill = fills[key] if key < len(fills) else NO_FILL
            if cell.comment is not None:
                cell.comment = _comment_before(cell.comment)


def mark_cells(workbook: Workbook, marks: Mapping[Cell, Sequence[Finding]]) -> list[str]:
    """Colour each cell by its gravest finding and comment it. Gives sentences on what could not be marked so."""
    keys: dict[str, int] = {}
    commented: dict[str, int] = {}
    uncoloured = 0
    for cell, findings in marks.items():
        key = _key_of(cell, keys)
        if key is None:
            uncoloured += 1
        else:
            cell.fill = _fill(max(finding.severity for finding in findings), key)
        if any(finding.column == Column.ID_NUMBER.heading or finding.code is Code.ID_PRECISION for finding in findings):
            cell.number_format = _TEXT_FORMAT  # or the 18 places typed in now would be lost once more
        title = cell.parent.title
        commented[title] = commented.get(title, 0) + 1
        if commented[title] <= COMMENTS_PER_SHEET:
            cell.comment = _comment(findings, cell.comment)
    _remember_fills(workbook, keys)
    return _shortfalls(commented, uncoloured)


def _shortfalls(commented: Mapping[str, int], uncoloured: int) -> list[str]:
    notes = [
        f"工作表“{title}”有 {count} 格需要修改，批注只加在前 {COMMENTS_PER_SHEET} 格，其余只标颜色，说明见下表。"
        for title, count in commented.items()
        if count > COMMENTS_PER_SHEET
    ]
    if uncoloured:
        notes.append(f"有 {uncoloured} 格原来的底色种类太多，没有改动颜色，请按下表查找。")
    return notes


def _comment(findings: Sequence[Finding], before: Comment | None) -> Comment:
    parts = []
    for finding in findings:
        advice = f"\n怎样改：{finding.suggestion}" if finding.suggestion else ""
        parts.append(f"{finding.severity.label}：{finding.message}{advice}")
    text = _HEAD + without_controls("\n".join(dict.fromkeys(parts)))
    if before is not None:
        text += f"{_KEPT}{before.author or ''}：{before.text}"
    return Comment(text, AUTHOR, height=min(24 + 18 * line_count(text, 36), 480), width=280)


def _comment_before(comment: Comment) -> Comment | None:
    """The comment as it was before ours was put over it; one that is not ours stays as it is."""
    if comment.author != AUTHOR and not comment.text.startswith(_HEAD):
        return comment
    _, kept, before = comment.text.partition(_KEPT)
    author, _, text = before.partition("：")
    return Comment(text, author) if kept else None


def _fill(severity: Severity, key: int) -> PatternFill:
    """Our colour with the key in it: bits 0–2 in red, 3–5 in green, 6–8 in blue."""
    hidden = (key & 7) << 16 | (key >> 3 & 7) << 8 | key >> 6
    return PatternFill("solid", fgColor=f"FF{COLOURS[severity] | hidden:06X}")


def _key_in(fill: AnyFill) -> int | None:
    """The key that a colour of ours carries; None for any other fill."""
    if not isinstance(fill, PatternFill) or fill.fill_type != "solid" or not isinstance(fill.fgColor, Color):
        return None
    if fill.fgColor.type != "rgb" or not isinstance(fill.fgColor.rgb, str):
        return None
    colour = int(fill.fgColor.rgb[-6:], 16)
    if colour & 0xF8F8F8 not in COLOURS.values():
        return None
    return colour >> 16 & 7 | (colour >> 8 & 7) << 3 | (colour & 7) << 6


def _key_of(cell: Cell, keys: dict[str, int]) -> int | None:
    """The key under which the cell's fill is remembered, 0 for none; None when all keys are used up."""
    fill: Any = cell.fill
    if fill.fill_type is None:
        return 0
    raw: Any = tostring(fill.to_tree())  # bytes with lxml, text without
    xml: str = raw.decode() if isinstance(raw, bytes) else raw
    if xml not in keys and len(keys) + 1 >= _KEYS:
        return None
    return keys.setdefault(xml, len(keys) + 1)


def _remember_fills(workbook: Workbook, keys: Mapping[str, int]) -> None:
    """Write the hidden sheet: A1 says whose it is, row key + 1 holds the fill as SpreadsheetML."""
    if not keys:
        return
    sheet = workbook.create_sheet(FILLS_SHEET)
    sheet.sheet_state = "veryHidden"
    sheet["A1"] = f"{REQUEST}：本表由排查软件记下单元格原来的底色，改好交回后自动去除，请勿改动。"
    for xml, key in keys.items():
        sheet.cell(key + 1, 1, xml)


def _remembered_fills(workbook: Workbook) -> list[AnyFill]:
    """The fills by key; the first is no fill. A line that someone has spoilt gives no fill."""
    fills: list[AnyFill] = [NO_FILL]
    if FILLS_SHEET in workbook.sheetnames:
        sheet: Worksheet = workbook[FILLS_SHEET]
        for (value,) in sheet.iter_rows(min_row=2, max_row=_KEYS, max_col=1, values_only=True):
            if value is None:
                break
            fills.append(_fill_from(str(value)))
    return fills


def _fill_from(xml: str) -> AnyFill:
    tree: Any
    try:
        tree = fromstring(xml)
        return Fill.from_tree(tree) or NO_FILL
    except (SyntaxError, TypeError, ValueError, KeyError):  # lxml's and the standard parser's errors are SyntaxErrors
        return NO_FILL


def _coloured_fills(workbook: Workbook) -> dict[int, int]:
    """Index of each fill of ours in the workbook's table of fills → its key. A key that the hidden sheet does not know
    (the sheet was copied into another workbook) still shows our colour, which would tell of a fault long mended."""
    table: Any = workbook
    found = ((index, _key_in(fill)) for index, fill in enumerate(table._fills))
    return {index: key for index, key in found if key is not None}
