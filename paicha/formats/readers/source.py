"""What every reader gives, whatever the file's format: sheets of cells with their own coordinates."""

from dataclasses import dataclass

from paicha.domain.findings import Finding
from paicha.domain.readings import CellValue

Merged = tuple[int, int, int, int]  # indexes of a merged area: top row, left column, bottom row, right column


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet or one .docx table. `rows[i]` is the sheet's own row i + 1 and `rows[i][j]` its column j (0: A),
    leading and inner empty rows and columns included; a row may be shorter than others. In a merged area only the
    upper left cell has the value; `merged` are the areas of more than one row. `preamble`: the paragraphs that stand
    before a .docx table, since the one before it (a form's head is often written there); empty for worksheets.
    `uncalculated`: (row, column) indexes of formulas without a value, as a program leaves them that does not calculate.
    """

    name: str
    rows: list[list[CellValue]]
    preamble: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()
    uncalculated: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """One file read. `file` is the path as given, `kind` its true format (xlsx, xls, ods, docx), found by content;
    `modified` the newest time known of it (ISO 8601 in UTC, the document's own property, else the file's)."""

    file: str
    kind: str
    modified: str
    sheets: list[Sheet]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, with the one `file` finding that says why and what to do."""

    file: str
    finding: Finding
