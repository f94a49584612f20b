"""Which cells of a rebuilt table were one cell: headings over their columns, groups over their leaves, the title.

Readers tell of areas merged downward only (`Sheet.merged`), since across a row nothing depends on it. What stood over
several columns is found by its looks: a heading row in which a cell is empty over a leaf goes on from its left.
"""

from collections.abc import Iterable, Sequence

from paicha.domain.annex1 import TITLE as REGISTER_TITLE
from paicha.domain.annex2 import TITLE as STATISTICS_TITLE
from paicha.domain.readings import CellValue, as_text
from paicha.formats.readers.source import Merged

SEARCH_ROWS = 40  # below these no form begins
MOST = 5_000  # areas of a sheet: more make openpyxl slow, and no form has them
LARGEST = 2_000  # cells of one area
_LONGEST_HEADING = 60
_MOST_DIGITS = 4  # 35岁至59岁; a month has six, and a person's row has one


def heading_rows(rows: Sequence[Sequence[CellValue]], tabular: Sequence[bool]) -> range:
    """The indexes of the first table's heading rows: two where groups stand over leaves, else its first row."""
    for top in range(min(len(rows), SEARCH_ROWS)):
        if tabular[top]:
            grouped = top + 1 < len(rows) and _is_grouped(rows[top], rows[top + 1])
            return range(top, top + 2 if grouped else top + 1)
    return range(0)


def title_row(rows: Sequence[Sequence[CellValue]], headings: range) -> int | None:
    """The index of the row above the headings that holds nothing but the form's title."""
    for index in range(headings.start if headings else 0):
        words = ["".join(as_text(value).split()) for value in rows[index] if not _is_blank(value)]
        if len(words) == 1 and any(title in words[0] for title in (REGISTER_TITLE, STATISTICS_TITLE)):
            return index
    return None


def areas(rows: Sequence[Sequence[CellValue]], downward: Iterable[Merged], headings: range, used: int) -> list[Merged]:
    """The areas to merge, none over another and none that would swallow a value; `used` are the table's columns."""
    wanted = [*downward, *(_of_headings(rows, headings, used) if len(headings) > 1 else [])]
    title = title_row(rows, headings)
    if title is not None and used > 1:
        left = next(column for column, value in enumerate(rows[title]) if not _is_blank(value))
        wanted.append((title, left, title, used - 1))
    taken, found = set[tuple[int, int]](), list[Merged]()
    for top, left, bottom, right in wanted:
        size = (bottom - top + 1) * (right - left + 1)
        if len(found) >= MOST or not 1 < size <= LARGEST or bottom >= len(rows):
            continue
        cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        if taken.isdisjoint(cells) and all(_is_blank(_at(rows[row], column)) for row, column in cells[1:]):
            taken.update(cells)
            found.append((top, left, bottom, right))
    return found


def _of_headings(rows: Sequence[Sequence[CellValue]], headings: range, used: int) -> list[Merged]:
    """A single heading goes down over both rows; a group goes right as long as leaves stand below an empty cell."""
    top, bottom = headings
    found: list[Merged] = []
    for column in range(used):
        if _is_blank(_at(rows[top], column)):
            continue
        if _is_blank(_at(rows[bottom], column)):
            found.append((top, column, bottom, column))
            continue
        right = column
        while right + 1 < used and _is_leaf(rows[top], rows[bottom], right + 1):
            right += 1
        found.append((top, column, top, right))
    return found


def _is_grouped(top: Sequence[CellValue], bottom: Sequence[CellValue]) -> bool:
    """Whether `bottom` holds the leaves of groups in `top`, and not the first person."""
    return any(_is_leaf(top, bottom, column) for column in range(len(bottom))) and all(
        _can_be_heading(value) for value in (*top, *bottom) if not _is_blank(value)
    )


def _is_leaf(top: Sequence[CellValue], bottom: Sequence[CellValue], column: int) -> bool:
    return _is_blank(_at(top, column)) and not _is_blank(_at(bottom, column))


def _can_be_heading(value: CellValue) -> bool:
    digits = sum(c.isdigit() for c in as_text(value))
    return isinstance(value, str) and len(value) <= _LONGEST_HEADING and digits <= min(_MOST_DIGITS, len(value) - 1)


def _at(row: Sequence[CellValue], column: int) -> CellValue:
    return row[column] if column < len(row) else None


def _is_blank(value: CellValue) -> bool:
    return value in (None, "")
