"""A register's rows between the server and the sheet: JSON both ways, numbers masked on the way out.

Out, a row: {"entry", "version", "number", "cells": {"c1": text, …}, "findings": [{"column": "c1", "state", "words"}]}.
In, a save: {"rows": [{"entry": id or null, "base": version or null, "cells": {"c1": text}}]}, changed cells alone.
In, an undo: {"rows": [{"entry": id, "base": version, "to": version or null}]}; null takes a new row off again.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from paicha.domain.annex1 import Column
from paicha.domain.findings import Severity
from paicha.domain.readings import CellValue
from paicha.register.forms import CHOICES, COLUMNS, LONGEST, masked, meant
from paicha.register.records import RECKONED
from paicha.register.selectors import Row

MOST_ROWS = 2000  # of one request
WIDTHS = {
    Column.NAME: 96,
    Column.SEX: 56,
    Column.ETHNIC_GROUP: 72,
    Column.BIRTH: 88,
    Column.AGE: 56,
    Column.JOINED: 88,
    Column.ID_NUMBER: 176,
    Column.EDUCATION: 104,
    Column.EMPLOYER: 184,
    Column.EMPLOYER_HAS_ORGANIZATION: 144,
    Column.RESIDENCE: 288,
    Column.PHONE: 128,
    Column.REASON: 208,
    Column.REPORT_BRANCH: 184,
    Column.REPORT_CONTACT: 184,
    Column.REPORT_PHONE: 168,
}
SHOWN = tuple(column for column in Column if column is not Column.SEQUENCE)  # the age among them: it is reckoned
MASKED = (Column.ID_NUMBER, Column.PHONE, Column.REPORT_PHONE)


class Unreadable(Exception):
    """A request that no sheet of ours sends; its text says in Chinese what is wrong."""


@dataclass(frozen=True, slots=True)
class Saved:
    """One row to be written. `entry` is None for a new person, `base` the version that was before the writer's eyes;
    `cells` are the changed ones by column."""

    entry: UUID | None
    base: UUID | None
    cells: Mapping[Column, str]

    def over(self, before: Sequence[CellValue]) -> list[CellValue]:
        """The 17 cells of the row: the changed ones over those that stood there."""
        cells = list(before)
        for column, text in self.cells.items():
            cells[column] = meant(column, text, before)
        return cells


@dataclass(frozen=True, slots=True)
class Undone:
    """One row to be taken back from version `base` to version `to`; None: the row was new."""

    entry: UUID
    base: UUID
    to: UUID | None


def columns() -> list[dict[str, Any]]:
    """All of 附件1 but 序号, each {"field", "title", "group", "width", "choices", "masked", "reckoned"}."""
    return [
        {
            "field": f"c{column.value}",
            "title": column.heading,
            "group": column.group,
            "width": WIDTHS[column],
            "choices": CHOICES.get(column, []),
            "masked": column in MASKED,
            "reckoned": column in RECKONED,
        }
        for column in SHOWN
    ]


def as_json(row: Row) -> dict[str, Any]:
    return {
        "entry": str(row.entry_id),
        "version": str(row.version_id),
        "number": row.number,
        "cells": {f"c{column.value}": masked(column, row.cells[column]) for column in SHOWN},
        "findings": [
            {"column": _field(finding.column), "state": finding.severity.name.lower(), "words": _words(finding)}
            for finding in row.findings
            if finding.severity > Severity.NOTICE
        ],
    }


_FIELDS = {column.heading: f"c{column.value}" for column in COLUMNS}


def _field(heading: str) -> str:
    return _FIELDS.get(heading, "c1")


def _words(finding: Any) -> str:
    advice = f"。{finding.suggestion}" if finding.suggestion else ""
    return f"{finding.column}：{finding.message}{advice}"


def saves_of(body: bytes) -> list[Saved]:
    """The rows of a save. Raises Unreadable."""
    return [Saved(_key(row.get("entry")), _key(row.get("base")), _cells(row.get("cells"))) for row in _rows(body)]


def undos_of(body: bytes) -> list[Undone]:
    """The rows of an undo. Raises Unreadable."""
    found = []
    for row in _rows(body):
        entry, base = _key(row.get("entry")), _key(row.get("base"))
        if entry is None or base is None:
            raise Unreadable("撤销的内容不完整")
        found.append(Undone(entry, base, _key(row.get("to"))))
    return found


def _rows(body: bytes) -> list[dict[str, Any]]:
    try:
        rows = json.loads(body)["rows"]
    except (ValueError, KeyError, TypeError) as problem:
        raise Unreadable("送来的内容读不出") from problem
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Unreadable("送来的内容读不出")
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"一次最多保存 {MOST_ROWS} 行，请分几次粘贴")
    return rows


def _key(value: object) -> UUID | None:
    if value is None:
        return None
    try:
        return UUID(str(value))
    except ValueError as problem:
        raise Unreadable("送来的内容读不出") from problem


def _cells(value: object) -> dict[Column, str]:
    if not isinstance(value, dict):
        raise Unreadable("送来的内容读不出")
    known = {f"c{column.value}": column for column in COLUMNS}
    if not value.keys() <= known.keys():
        raise Unreadable("送来的栏目不是附件1的")
    return {known[key]: str(text).strip()[:LONGEST] for key, text in value.items()}
