"""Lists of people of any kind (transfers that the national system exports, graduates): the columns that a list may have
are an Enum of its own; which is which is told by their words, before these by a saved mapping. Who stands in a row is
told as in a roster, by the columns that both have."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from paicha.domain.annex1 import Column
from paicha.domain.findings import Code, Finding, Located, Place
from paicha.domain.readings import CellValue
from paicha.formats.readers.columns import Target
from paicha.formats.readers.headings import Found, Heading, find, letters, normal
from paicha.formats.readers.rows import read_people
from paicha.formats.readers.source import Sheet, Source
from paicha.formats.readers.valueless import is_error


class ListField(Protocol):
    """A column of a list: `heading` is ours, `words` are those of others."""

    @property
    def heading(self) -> str: ...
    @property
    def words(self) -> Sequence[str]: ...


F = TypeVar("F", bound=ListField)


@dataclass(frozen=True, slots=True)
class ListedRow(Generic[F]):
    """One row: the cells of the columns that the sheet has, and where they stand."""

    cells: Mapping[F, CellValue]
    place: Place
    columns: Mapping[F, str]

    def at(self, field: F) -> Place:
        """The place of one cell; of the row, where the sheet has no such column."""
        letter = self.columns.get(field, "")
        cell = f"{letter}{self.place.row}" if letter else self.place.cell
        return Place(self.place.file, self.place.sheet, self.place.row, cell)


@dataclass(frozen=True, slots=True)
class Listed(Generic[F]):
    """All sheets of one file that list people, and the columns that any of them has."""

    rows: tuple[ListedRow[F], ...]
    columns: frozenset[F]
    faults: tuple[Located, ...] = ()


class Fields(Generic[F]):
    """The columns that one kind of list may have; `name` must be there. By those that a roster has too (`told`) people
    are known from notes, and by the column of 序号 (`sequence`: its words), which is not kept."""

    def __init__(self, fields: Iterable[F], name: F, told: Mapping[F, Target], sequence: Collection[str]) -> None:
        self._name, self._told, self._sequence = name, dict(told), sequence
        self._by_heading = {field.heading: field for field in fields}
        self._by_word = {
            normal(word): field for field in self._by_heading.values() for word in (field.heading, *field.words)
        }

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(self._by_heading)

    def columns(self, headings: Sequence[Heading], mapping: Mapping[str, str] | None = None) -> dict[str, int]:
        """Our heading → column: `mapping` (heading in the list → ours, "" for one that is passed over) goes before the
        words."""
        mapped = {normal(theirs): ours for theirs, ours in (mapping or {}).items()}
        found: dict[str, int] = {}
        for heading in headings:
            ours = mapped.get(heading.text, "")
            if ours in self._by_heading:
                found.setdefault(ours, heading.column)
        for heading in headings:
            field = self._by_word.get(heading.group + heading.text) or self._by_word.get(heading.text)
            if field is not None and heading.text not in mapped:
                found.setdefault(field.heading, heading.column)
        return found

    def read(self, source: Source, mapping: Mapping[str, str] | None = None) -> Listed[F]:
        """The people of every sheet that has the name among its headings; nobody where none has."""
        rows: list[ListedRow[F]] = []
        faults: list[Located] = []
        columns: set[F] = set()
        for sheet in source.sheets:
            found = None if sheet.name.startswith("_") else self._find(sheet, mapping)
            if found is not None:
                columns |= found.columns.keys()
                listed, said = self._rows(source.file, sheet, found)
                rows, faults = rows + listed, faults + said
        return Listed(tuple(rows), frozenset(columns), tuple(faults))

    def _find(self, sheet: Sheet, mapping: Mapping[str, str] | None) -> Found[F] | None:
        def recognise(headings: Sequence[Heading]) -> dict[F, int]:
            return {self._by_heading[ours]: column for ours, column in self.columns(headings, mapping).items()}

        return find(sheet.rows, recognise, lambda known: self._name in known)

    def _rows(self, file: str, sheet: Sheet, found: Found[F]) -> tuple[list[ListedRow[F]], list[Located]]:
        told = {target: found.columns[field] for field, target in self._told.items() if field in found.columns}
        for heading in found.headings:
            if heading.text in self._sequence:
                told[Column.SEQUENCE] = heading.column
        people = read_people(file, sheet, Found(found.first, found.last, told, found.headings), found.last + 1, None)
        shared = {f: t for f, t in self._told.items() if isinstance(t, Column) and f in found.columns}
        places = {field: letters(column) for field, column in found.columns.items()}
        faults = [Located(place, finding) for place, finding in people.findings]
        listed = []
        for person in people.rows:
            row = sheet.rows[person.number - 1]
            cells = {field: _cell(row, column) for field, column in found.columns.items()}
            cells |= {field: person.values[target] for field, target in shared.items()}
            listed.append(ListedRow(cells, Place(file, sheet.name, person.number, f"第{person.number}行"), places))
            faults += [
                Located(listed[-1].at(f), Finding(Code.UNREADABLE, "这一格是公式错误", "请填上内容", f.heading))
                for f, column in found.columns.items()
                if f not in shared and column < len(row) and is_error(row[column])
            ]
        return listed, faults


def _cell(row: Sequence[CellValue], column: int) -> CellValue:
    value = row[column] if column < len(row) else None
    return None if is_error(value) else value
