"""Where a table's headings stand and which column holds what, found by content.

A heading is compared in its normal form: half-width, without white space, brackets or punctuation. A table has one
heading row, or two where groups are merged over leaves (在流入地报到的党支部 over 联系电话). Row and column numbers
here are indexes (0: row 1, column A).

>>> normal("现居住地\\n（流入地）*"), letters(0), letters(27)
('现居住地流入地', 'A', 'AB')
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from paicha.domain.masking import mask_personal
from paicha.domain.readings import CellValue, compact

SEARCH_ROWS = 40  # a head with notes and a long title still ends above this row
SEARCH_COLUMNS = 200
LOOK_ON = 10  # a better heading row may follow the first one found, but not far below it
LONGEST_HEADING = 60  # 备注（如存在U栏情况，…） has 24 signs; a paragraph is no heading
Key = TypeVar("Key")


@lru_cache(maxsize=4096)
def _normal(text: str) -> str:
    return "".join(c for c in compact(text) if c.isalnum()).casefold()


def normal(value: CellValue) -> str:
    """A cell's text for comparing: NFKC, no white space, letters and digits only, lower case."""
    return _normal(value) if isinstance(value, str) else _normal(compact(value))


def letters(index: int) -> str:
    """A column's letters by its index: 0 → A, 26 → AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


@dataclass(frozen=True, slots=True)
class Heading:
    """One column's heading: `text` is the leaf, `group` what stands over it ("" if nothing), both in normal form."""

    column: int
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Found(Generic[Key]):
    """A table's heading rows `first` … `last` and the index of each column that was recognised."""

    first: int
    last: int
    columns: dict[Key, int]
    headings: tuple[Heading, ...]


Recognise = Callable[[Sequence[Heading]], dict[Key, int]]
Enough = Callable[[dict[Key, int]], bool]


def find(
    rows: Sequence[Sequence[CellValue]], recognise: Recognise[Key], enough: Enough[Key], start: int = 0
) -> Found[Key] | None:
    """The row, or pair of rows, from `start` on in which `recognise` knows most columns; None where none has `enough`.

    Of equals the earliest wins; a title above a heading row does not make them a pair."""
    best: Found[Key] | None = None
    bottom = _cells(rows[start]) if start < len(rows) else {}
    for index in range(start, min(len(rows), start + SEARCH_ROWS)):
        if best is not None and index > best.last + LOOK_ON:
            break
        top, bottom = bottom, _cells(rows[index + 1]) if index + 1 < len(rows) else {}
        if not top:
            continue
        candidates = [(index, [Heading(column, text) for column, text in sorted(top.items())])]
        if bottom and _is_heading_row(rows[index + 1], top, bottom, recognise):
            candidates.append((index + 1, _pair(top, bottom)))
        for last, headings in candidates:
            columns = recognise(headings)
            if enough(columns) and (best is None or _is_better(index, last, columns, best)):
                best = Found(index, last, columns, tuple(headings))
    return best


def _is_better(first: int, last: int, columns: dict[Key, int], best: Found[Key]) -> bool:
    """More columns; or the same ones without the row above, which then said nothing."""
    return len(columns) > len(best.columns) or (last == best.last and first > best.first and columns == best.columns)


def _cells(row: Sequence[CellValue]) -> dict[int, str]:
    """Column → normal form of those cells that can be a heading: short text that is neither a number nor a label with
    its colon (those are a form's head)."""
    found = {}
    for column, value in enumerate(row[:SEARCH_COLUMNS]):
        if (
            isinstance(value, str)
            and value
            and len(value) <= LONGEST_HEADING
            and not value.rstrip().endswith(("：", ":"))
        ):
            text = normal(value)
            if text and not text.isdigit():
                found[column] = text
    return found


def _is_heading_row(
    row: Sequence[CellValue], top: dict[int, str], cells: dict[int, str], recognise: Recognise[Key]
) -> bool:
    """Whether a second row holds leaves and not the first person: only headings in it, half of them known."""
    if any(column not in cells and compact(value) for column, value in enumerate(row[:SEARCH_COLUMNS])):
        return False
    known = sum(1 for column, text in cells.items() if recognise([Heading(column, text, top.get(column, ""))]))
    return 2 * known >= len(cells)


def _pair(top: dict[int, str], bottom: dict[int, str]) -> list[Heading]:
    """Two heading rows as one: a leaf without a cell above stands under the group to its left, as merged cells do."""
    headings, group = [], ""
    for column in range(max(*top, *bottom) + 1):
        group = top.get(column, group)
        if column in bottom:
            headings.append(Heading(column, bottom[column], group))
        elif column in top:
            headings.append(Heading(column, top[column]))
    return headings


def seen(rows: Sequence[Sequence[CellValue]]) -> list[str]:
    """The headings of the row that looks most like a heading row (the first with most short texts): to tell a user
    what was seen where nothing was recognised. It may be a person's row after all: numbers are masked."""
    best: list[str] = []
    for row in rows[:SEARCH_ROWS]:
        found = _cells(row)
        if len(found) > len(best):
            best = [mask_personal(compact(row[column])) for column in found]
    return best
