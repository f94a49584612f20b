"""Ticked cells as a page sends them: `3-7` is column 7 (annex1.Column) of row 3 of 附件1, `B` a figure of 附件2; the
reason of each comes under `said-3-7`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paicha.campaigns.reporting.selectors import statistics_of
from paicha.campaigns.review.frozen import Frozen
from paicha.campaigns.review.services import Cell, Unfit
from paicha.domain.annex1 import Column
from paicha.domain.annex2 import HEADINGS, Statistics
from paicha.domain.findings import Severity
from paicha.register.forms import COLUMNS, label, masked
from paicha.register.selectors import Row

BY_VALUE = {column.value: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Ticked:
    """A ticked cell on the page that asks for its reason: `said` what was typed, else what the check found there."""

    value: str
    name: str
    heading: str
    shown: str
    said: str
    cell: Cell


def ticked(values: Iterable[str], found: Frozen, typed: Mapping[str, str]) -> list[Ticked]:
    """Raises Unfit for what is no cell of this report."""
    rows = {row.number: row for row in found.rows}
    figures = statistics_of(found.submission)
    return [
        _figure(value, typed, figures) if value in HEADINGS else _person(value, rows, typed) for value in _once(values)
    ]


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _figure(letter: str, typed: Mapping[str, str], figures: Statistics) -> Ticked:
    said = typed.get(f"said-{letter}", "").strip()
    return Ticked(
        letter, "附件2", f"{letter} {HEADINGS[letter]}", str(figures[letter]), said, Cell(said, letter=letter)
    )


def _person(value: str, rows: Mapping[int, Row], typed: Mapping[str, str]) -> Ticked:
    number, _, column = value.partition("-")
    if not (number.isdecimal() and column.isdecimal() and int(number) in rows and int(column) in BY_VALUE):
        raise Unfit("勾选的格子不在这份上报里，请刷新后再勾")
    row, of = rows[int(number)], BY_VALUE[int(column)]
    said = typed.get(f"said-{value}", _found(row, of)).strip()
    name = row.name or "（没有姓名）"
    return Ticked(value, name, label(of), masked(of, row.cells[of]), said, Cell(said, row.number, of))


def _found(row: Row, column: Column) -> str:
    """The title of the gravest finding in a cell: the same words for the same fault, so that it is counted as one."""
    found = [one for one in row.findings if one.column == column.heading and one.severity > Severity.NOTICE]
    return found[0].code.title if found else ""
