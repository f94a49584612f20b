"""A sheet on its way: its name first, then its rows in chunks, so that no reader must hold a whole sheet twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from paicha.domain.readings import CellValue
from paicha.formats.readers.limits import MAX_CELLS, MAX_ROWS, MAX_SHEETS, FileProblem
from paicha.formats.readers.source import Merged

CHUNK_ROWS = 2000
# Category Cc but tab and line feed, and the two signs beside it that no XML may hold: a cell that carries one would
# stop every writer of .xlsx and .docx.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

Rows = list[list[CellValue]]


def without_controls(text: str) -> str:
    """A cell's words without control characters, which nobody sees: taken out once, where a cell is read."""
    return text if text.isprintable() else _CONTROL.sub("", text)


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet or table: `chunks` gives its rows in order and can be read once, before the next part is asked for."""

    name: str
    preamble: tuple[str, ...]
    chunks: Iterator[Rows]
    merged: tuple[Merged, ...] = ()
    uncalculated: frozenset[tuple[int, int]] = frozenset()


class Allowance:
    """What one file may still give: sheets, and cells over all its sheets."""

    def __init__(self) -> None:
        self._sheets = 0
        self._cells = 0

    def take_sheet(self) -> None:
        """Count one sheet; raises FileProblem over the limit."""
        self._sheets += 1
        if self._sheets > MAX_SHEETS:
            raise FileProblem(f"文件里的表超过 {MAX_SHEETS} 个", "请只留下要报送的表，或拆成几个文件后再交")

    def take_cells(self, rows: Rows) -> None:
        """Count the cells of `rows`; raises FileProblem over the limit."""
        self._cells += sum(map(len, rows))
        if self._cells > MAX_CELLS:
            raise FileProblem("文件里的单元格太多", "请清除表格以外的内容，或拆成几个文件后再交")


def trimmed(name: str, chunks: Iterator[Rows], allowance: Allowance) -> Iterator[Rows]:
    """The chunks without empty cells after a row's last value and without empty rows after the last row that has one;
    raises FileProblem where a value stands below `MAX_ROWS`."""
    done = 0  # rows already given
    blank = 0  # empty rows seen since: given only if a value follows
    for chunk in chunks:
        for row in chunk:
            while row and row[-1] is None:
                row.pop()
        filled = len(chunk)
        while filled and not chunk[filled - 1]:
            filled -= 1
        if filled:
            last = done + blank + filled
            if last > MAX_ROWS:
                raise FileProblem(
                    f"“{name}”第 {last} 行还有内容，超过 {MAX_ROWS} 行的上限",
                    "请清除表格下方多余的内容，或拆成几个文件后再交",
                )
            rows: Rows = [[] for _ in range(blank)]
            rows += chunk[:filled]
            allowance.take_cells(rows)
            yield rows
            done, blank = last, 0
        blank += len(chunk) - filled
