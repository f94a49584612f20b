"""Writes the hidden sheet `_calc`, and tells the other sheets where its columns stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from paicha.domain.readings import EMPTY_WORDS
from paicha.formats.writers.prepared.calculation import (
    COUNTED,
    NO_BREAK,
    STANDING,
    TYPED,
    Row,
    Value,
    in_row,
    letters_of,
    template,
)
from paicha.formats.writers.prepared.faults import all_faults
from paicha.formats.writers.prepared.layout import CALCULATION, FIRST_ROW, Extent, Field

Member = tuple[tuple[str, ...], bool]  # 17 texts in annex1.Column order, whether in transit
_PHONE_MARKS = str.maketrans("", "", "-－()（）")


@dataclass(frozen=True, slots=True)
class Figures:
    """What `_calc` holds, for the other sheets' formulas: `letters` by key, over `extent`; `start` row by row."""

    letters: dict[str, str]
    extent: Extent
    start: list[Row]

    def all(self, key: str) -> str:
        """The whole column of `key`."""
        letter = self.letters[key]
        return f"{CALCULATION}!${letter}${FIRST_ROW}:${letter}${self.extent.last_row}"

    def beside(self, key: str) -> str:
        """The cell of `key` in the formula's own row; by ROW(), for the reason given in `layout.typed`."""
        letter = self.letters[key]
        return f"INDEX({CALCULATION}!${letter}:${letter},ROW())"

    def total(self, key: str) -> str:
        """How many people have `key` at 1."""
        return f"SUM({self.all(key)})"

    def count(self, key: str, word: str) -> str:
        """How many people have `key` at `word`."""
        return f'COUNTIF({self.all(key)},"{word}")'

    def last(self, key: str) -> str:
        """The last cell of a column that accumulates."""
        return f"{CALCULATION}!${self.letters[key]}${self.extent.last_row}"

    def started(self, key: str) -> int:
        """The sum of `key` at the start."""
        return sum(value for row in self.start if isinstance(value := row[key], int))


def write_calculation(sheet: Worksheet, members: Sequence[Member], as_of: int) -> Figures:
    """Write `_calc` for `members` and the spare rows; `as_of` in months since year 0."""
    sheet.hide()
    columns = [*TYPED, *STANDING, *COUNTED, *all_faults(as_of)]
    letters = letters_of([column.key for column in columns])
    figures = Figures(letters, Extent(len(members)), _start_rows(members, Extent(len(members))))
    for column in columns:
        sheet.write_string(f"{letters[column.key]}1", column.key)
    templates = [template(column.formula, letters, figures.extent) for column in columns]
    for row, values in enumerate(figures.start, start=FIRST_ROW):
        for index, column in enumerate(columns):
            values[column.key] = column.start(values)
            sheet.write_formula(row - 1, index, in_row(templates[index], row), None, values[column.key])
    return figures


def _start_rows(members: Sequence[Member], extent: Extent) -> list[Row]:
    """What stands in 名册 at the start, by key and cleaned as the formulas clean; and how often each ID number does."""
    rows: list[Row] = [{field.name.lower(): "" for field in Field} for _ in range(extent.rows)]
    for row, (texts, _) in zip(rows, members, strict=False):
        row |= {field.name.lower(): _cleaned(texts[field.source]) for field in Field if field.source is not None}
        row["id_number"] = str(row["id_number"]).upper()
        row["phone"] = str(row["phone"]).translate(_PHONE_MARKS)
        row["residence"] = str(row["residence"]).replace("*", "").replace("-", "")
    copies = Counter(row["id_number"] for row in rows)
    for row in rows:
        row["copies"] = copies[row["id_number"]]
    return rows


def _cleaned(text: str) -> Value:
    """What `calculation.cleaned` makes of a text."""
    kept = "".join(c for c in text if ord(c) >= 32 and c not in (" ", "\u3000", NO_BREAK))
    return "" if kept in EMPTY_WORDS else kept
