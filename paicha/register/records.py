"""Between a row as the check reads it and a version as the register keeps it: one place for both directions."""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from paicha.domain.annex1 import Column, Entry, RawRow
from paicha.domain.annex2 import kind_of
from paicha.domain.check import Checker
from paicha.domain.findings import Severity
from paicha.domain.masking import mask_personal
from paicha.domain.readings import CellValue, as_text
from paicha.domain.settings import RuleSet
from paicha.register.models import EntryVersion, Member
from paicha.register.sorting import sort_keys
from paicha.vault.fields import SealedField
from paicha.vault.hashing import Hashed, hasher, keyed_hash

Cells = tuple[CellValue, ...]
RECKONED = (Column.SEQUENCE, Column.AGE)  # never kept: a number is given at each export, and people grow older
# Looked up once: 100,000 rows come in one import.
_ID_NUMBER, _AGE_HEADING = int(Column.ID_NUMBER), Column.AGE.heading
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
SEALED_ID_NUMBER = cast(SealedField, Member._meta.get_field("id_number"))
SEALED_CELLS = cast(SealedField, EntryVersion._meta.get_field("cells"))


class Record(NamedTuple):
    """One person's 17 cells as kept, and what the check made of them."""

    cells: Cells
    entry: Entry


class Recorder:
    """Checks rows under one RuleSet and makes them into versions; keep one per request or import (see Checker)."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._checker = Checker(rules)
        self._hash_phone = hasher(Hashed.PHONE)
        self._seal_cells = SEALED_CELLS.sealing()

    def read(self, cells: Sequence[CellValue]) -> Record:
        """Check 17 cells to be kept. 序号 is not: the register numbers its rows itself."""
        entry = self.check(cells)
        return Record(kept(cells, entry), entry)

    def check(self, cells: Sequence[CellValue]) -> Entry:
        """What the check makes of 17 cells, as they were kept or are to be."""
        return self._checker.check(RawRow(0, tuple(cells)))

    def fill(self, version: EntryVersion, record: Record) -> EntryVersion:
        """Set every field of `version` that follows from the cells."""
        id_number = record.entry.id_number
        id_hash = keyed_hash(Hashed.ID_NUMBER, id_number) if id_number else None
        version.cells = list(record.cells)
        for name, value in zip(VALUES[1:], self._values(record, id_hash), strict=True):
            setattr(version, name, value)
        return version

    def stored(self, key: str, record: Record, id_hash: bytes | None) -> tuple[Any, ...]:
        """`VALUES` of a version with this key as they stand in the database, for rows inserted in bulk."""
        return (self._seal_cells(key, record.cells), *self._values(record, id_hash))

    def _values(self, record: Record, id_hash: bytes | None) -> tuple[Any, ...]:
        entry = record.entry
        name = plain_name(entry)
        return (
            name,
            *sort_keys(name),
            id_hash,
            self._hash_phone(entry.phone) if entry.phone else None,
            *kind_of(entry, self.rules),
            *_faults(entry),
        )


def plain_name(entry: Entry) -> str:
    """The name as it stands in the clear, in a database or a list: a number in its column is masked."""
    return mask_personal(entry.name)[:60]


# What follows from the cells, in the order of `Recorder.stored`.
VALUES = (
    *("cells", "name", "pinyin", "strokes", "id_hash", "phone_hash"),
    *EntryVersion.FACTS,
    *("errors", "warnings"),
)


def _faults(entry: Entry) -> tuple[int, int]:
    """(errors, warnings) of an entry, but those of its age: the register reckons ages itself."""
    severities = [finding.severity for finding in entry.findings if finding.column != _AGE_HEADING]
    return severities.count(_ERROR), severities.count(_WARNING)


def kept(cells: Sequence[CellValue], entry: Entry) -> Cells:
    """What the register keeps of each cell: its text in official spelling; a number that may have lost its last digits
    stays a number, so that later checks still see what it was."""
    texts: list[CellValue] = list(entry.texts)
    raw = cells[_ID_NUMBER]
    if entry.id_number is None and isinstance(raw, int | float) and not isinstance(raw, bool):
        texts[_ID_NUMBER] = raw
    for column in RECKONED:
        texts[column] = ""
    return tuple(texts)


def shown(cells: Sequence[CellValue], entry: Entry, rules: RuleSet) -> list[str]:
    """The cells as words, for a page or the official form; the age by months on `rules.as_of`."""
    words = [value.strip() if type(value) is str else as_text(value) for value in cells]
    if entry.birth is not None:
        words[Column.AGE] = str((rules.as_of_month - entry.birth) // 12)
    return words
