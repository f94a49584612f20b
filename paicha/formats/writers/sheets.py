"""What all our workbooks share: fonts, borders, A4 landscape, and the one way in which text gets into a cell.

Text is data: `put` writes it as a string whatever it looks like, so that a name `=1+1`, a leading + - @, a tab, a web
address or an 18-place number never becomes a formula, a link or a number. Rows are written from top to bottom once
(XlsxWriter's constant memory), so 100,000 people need no more memory than one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import IO, Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from paicha.formats.readers.parts import without_controls
from paicha.formats.writers.whole import unfinished

PathText = str | PathLike[str]
Target = PathText | IO[bytes]
Names = Mapping[tuple[str, str, int], str]  # (file, sheet, row) of a person → 姓名, as far as it is known

SONG = "宋体"
HEI = "黑体"
TITLE_FONT = "方正小标宋简体"
TEXT = "@"
WHOLE = "0"
A4 = 9
GB2312 = 134  # with the charset and family an office without 方正小标宋 puts its own 宋体 there
ROMAN = 1
LINE_HEIGHT = 14.5  # points of a line of 10 point text: 宋体 takes 13, the Linux offices' Noto a little more
HIGHEST = 409.0  # points; no spreadsheet has a higher row
PAGE_NUMBERS = "第 &P 页，共 &N 页"
BODY = {"font_name": SONG, "font_size": 10, "font_charset": GB2312, "font_family": ROMAN, "valign": "vcenter"}


class Block(NamedTuple):
    """A cell, or a merged area from (row, column) to (last_row, last_column), zero-based, both included."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str
    style: Format


@contextmanager
def open_book(target: Target, *, constant_memory: bool = True) -> Iterator[Workbook]:
    """A workbook to be written row by row, top to bottom (in any order without `constant_memory`); a path gets it whole
    or not at all. Raises OSError where the path cannot be written."""
    if not isinstance(target, str | PathLike):
        book = Workbook(target, {"in_memory": True})
        yield book
        book.close()
        return
    with unfinished(Path(target)) as beside:
        book = Workbook(str(beside), {"constant_memory": constant_memory, "tmpdir": str(beside.parent)})
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError that XlsxWriter has wrapped


@contextmanager
def open_sheet(target: Target, title: str) -> Iterator[tuple[Workbook, "Styles", Worksheet]]:
    """A workbook whose first sheet is `title`, with its styles. Raises OSError where the path cannot be written."""
    with open_book(target) as book:
        yield book, Styles(book), book.add_worksheet(title)


class Styles:
    """The formats of one workbook, each made once; every one starts from `BODY`."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """The format with these XlsxWriter properties over `BODY`."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(BODY | properties)
        return self._made[key]

    def mark(self) -> Format:
        """附件1 or 附件2, above left."""
        return self.get(font_name=HEI, font_size=12)

    def title(self) -> Format:
        return self.get(font_name=TITLE_FONT, font_size=20, align="center")

    def plain(self) -> Format:
        """A line outside the table: head, notes, foot."""
        return self.get(num_format=TEXT, text_wrap=True, font_size=11)

    def heading(self, size: float = 10) -> Format:
        return self.get(bold=True, border=1, align="center", text_wrap=True, font_size=size)

    def cell(self, *, align: str = "center", fill: str = "", colour: str = "", whole: bool = False) -> Format:
        """A table's text cell; `whole` text is never broken into lines but shrinks to the column."""
        extra: dict[str, Any] = {"bg_color": fill} if fill else {}
        extra |= {"font_color": colour} if colour else {}
        extra |= {"shrink": True} if whole else {"text_wrap": True}
        return self.get(num_format=TEXT, border=1, align=align, **extra)

    def number(self, **extra: Any) -> Format:
        """A whole number; it shrinks before it would show as ###."""
        return self.get(num_format=WHOLE, border=1, align="center", shrink=True, **extra)


def put(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write `text` into a cell, always as a string and without control characters. Every text of every workbook that
    is written by rows goes through here."""
    if text := without_controls(text):
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_blank(row, column, None, style)


def draw(sheet: Worksheet, blocks: Iterable[Block]) -> None:
    """Write cells and merged areas. XlsxWriter's own `merge_range` cannot merge downward in constant memory (it would
    go back to a row already written) and would read text as formulas: cells go in by rows, the areas are entered."""
    cells: dict[tuple[int, int], tuple[str, Format]] = {}
    for block in blocks:
        for row in range(block.row, block.last_row + 1):
            for column in range(block.column, block.last_column + 1):
                cells[row, column] = "", block.style
        cells[block.row, block.column] = block.text, block.style
        if (block.row, block.column) != (block.last_row, block.last_column):
            sheet.merge.append([block.row, block.column, block.last_row, block.last_column])
    for (row, column), (text, style) in sorted(cells.items(), key=lambda item: item[0]):
        put(sheet, row, column, text, style)


def set_widths(sheet: Worksheet, widths: Sequence[float], first: int = 0) -> None:
    """Column widths in characters of the default font, from column `first` on."""
    for column, width in enumerate(widths, first):
        sheet.set_column(column, column, width)


def set_heights(sheet: Worksheet, heights: Iterable[float]) -> None:
    """Heights in points of the first rows."""
    for row, height in enumerate(heights):
        sheet.set_row(row, height)


def print_on_a4(sheet: Worksheet, *, wide: int = 1, tall: int = 0, repeat: tuple[int, int] | None = None) -> None:
    """A4 landscape, `wide` pages wide, `tall` pages high (0: as many as needed), with the rows `repeat` on each."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(wide, tall)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    if repeat is not None:
        sheet.repeat_rows(*repeat)


def text_width(text: str) -> int:
    """Width in half-width characters: a Chinese character takes two."""
    return sum(1 if c < "\u2e80" else 2 for c in text)


def line_count(text: str, width: float) -> int:
    """Lines that `text` takes in a column `width` characters wide, counted with a little room to spare."""
    room = max(2, int(width) - 1)
    return sum(max(1, -(-text_width(line) // room)) for line in text.split("\n"))


def fit_height(lines: int, least: float = 0, *, line: float = LINE_HEIGHT, around: float = 7) -> float:
    """The height in points of a row of `lines` lines, each `line` points high, with `around` points above and below
    together."""
    return min(HIGHEST, max(least, line * lines + around))
