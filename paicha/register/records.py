"""Between a row as the check reads it and a version as the register keeps it: one place for both directions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from paicha.domain.annex1 import Column, Entry, RawRow
from paicha.domain.annex2 import facts_of
from paicha.domain.check import Checker
from paicha.domain.findings import Severity
from paicha.domain.readings import CellValue, as_text
from paicha.domain.settings import RuleSet
from paicha.register.models import EntryVersion
from paicha.register.sorting import sort_keys
from paicha.vault.hashing import Hashed, keyed_hash

Cells = tuple[CellValue, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One person's 17 cells as kept, and what the check made of them."""

    cells: Cells
    entry: Entry


class Recorder:
    """Checks rows under one RuleSet and makes them into versions; keep one per request or import (see Checker)."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._checker = Checker(rules)

    def read(self, cells: Sequence[CellValue]) -> Record:
        """Check 17 cells. 序号 is not kept: the register numbers its rows itself."""
        entry = self._checker.check(RawRow(0, tuple(cells)))
        return Record(kept(cells, entry), entry)

    def fill(self, version: EntryVersion, record: Record) -> EntryVersion:
        """Set every field of `version` that follows from the cells."""
        entry = record.entry
        version.cells = list(record.cells)
        version.name = entry.name[:60]
        version.pinyin, version.strokes = sort_keys(version.name)
        version.id_hash = keyed_hash(Hashed.ID_NUMBER, entry.id_number) if entry.id_number else None
        version.phone_hash = keyed_hash(Hashed.PHONE, entry.phone) if entry.phone else None
        for fact, value in facts_of(entry, self.rules).items():
            setattr(version, fact.value, value)
        severities = [finding.severity for finding in entry.findings]
        version.errors, version.warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
        return version


def kept(cells: Sequence[CellValue], entry: Entry) -> Cells:
    """What the register keeps of each cell: its text in official spelling; a number that may have lost its last digits
    stays a number, so that later checks still see what it was."""
    texts: list[CellValue] = list(entry.texts)
    raw = cells[Column.ID_NUMBER]
    if entry.id_number is None and isinstance(raw, int | float) and not isinstance(raw, bool):
        texts[Column.ID_NUMBER] = raw
    texts[Column.SEQUENCE] = ""
    return tuple(texts)


def shown(cells: Sequence[CellValue]) -> list[str]:
    """The cells as words, for a page or the official form."""
    return [as_text(value) for value in cells]


def json_cells(cells: Sequence[Any]) -> list[Any]:
    """Cells of a workbook as JSON values: days and times as ISO 8601 words."""
    return [value.isoformat() if isinstance(value, date | datetime | time) else value for value in cells]
