"""毕业生名单: a cohort's list as an office or a college keeps it, by the columns that were agreed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paicha.domain.annex1 import Column
from paicha.domain.findings import Code, Finding, Located, Place
from paicha.domain.graduate_list import BY_HEADING, Field
from paicha.domain.readings import CellValue
from paicha.formats.readers.columns import Extra, Target
from paicha.formats.readers.headings import Found, Heading, find, letters, normal
from paicha.formats.readers.rows import read_people
from paicha.formats.readers.source import Sheet, Source
from paicha.formats.readers.valueless import is_error

_TARGETS: dict[Field, Target] = {
    Field.NAME: Column.NAME,
    Field.ID_NUMBER: Column.ID_NUMBER,
    Field.PHONE: Column.PHONE,
    Field.EMPLOYER: Column.EMPLOYER,
    Field.BRANCH: Extra.BRANCH,
}
_SEQUENCE = ("序号", "编号", "序", "no")  # not kept: whether it holds a number tells people from notes
_BY_WORD = {normal(word): field for field in Field for word in (*field.words, field.heading)}


class ListProblem(ValueError):
    """The list cannot be read; the message says in Chinese why, and what to do."""


@dataclass(frozen=True, slots=True)
class ListedGraduate:
    """One person: the cells of the columns that the sheet has, and where they stand."""

    cells: Mapping[Field, CellValue]
    place: Place
    columns: Mapping[Field, str]

    def at(self, field: Field) -> Place:
        """The place of one cell; of the row, where the sheet has no such column."""
        letter = self.columns.get(field, "")
        cell = f"{letter}{self.place.row}" if letter else ""
        return Place(self.place.file, self.place.sheet, self.place.row, cell)


@dataclass(frozen=True, slots=True)
class GraduateList:
    """All sheets of one file that list graduates."""

    people: tuple[ListedGraduate, ...]
    columns: frozenset[Field]
    faults: tuple[Located, ...] = ()


def graduate_columns(headings: Sequence[Heading], mapping: Mapping[str, str] | None = None) -> dict[str, int]:
    """Our heading → column: `mapping` (heading in the list → ours, "" for one that is passed over) goes before the
    words. A heading under another is looked for with it, then alone."""
    mapped = {normal(theirs): ours for theirs, ours in (mapping or {}).items()}
    found: dict[str, int] = {}
    for heading in headings:
        ours = mapped.get(heading.text)
        if ours:
            found.setdefault(ours, heading.column)
    for heading in headings:
        field = _BY_WORD.get(heading.group + heading.text) or _BY_WORD.get(heading.text)
        if field is not None and heading.text not in mapped:
            found.setdefault(field.heading, heading.column)
    return found


def read_graduates(source: Source, mapping: Mapping[str, str] | None = None) -> GraduateList:
    """The people of every sheet that has 姓名 among its headings. Raises ListProblem where none has."""
    people: list[ListedGraduate] = []
    faults: list[Located] = []
    columns: set[Field] = set()
    for sheet in source.sheets:
        found = None if sheet.name.startswith("_") else _find(sheet, mapping)
        if found is not None:
            columns |= found.columns.keys()
            listed, said = _read_sheet(source.file, sheet, found)
            people, faults = people + listed, faults + said
    if not columns:
        raise ListProblem("没有找到毕业生名单，表头里要有“姓名”。表头不同的，请改各列的对照")
    return GraduateList(tuple(people), frozenset(columns), tuple(faults))


def _find(sheet: Sheet, mapping: Mapping[str, str] | None) -> Found[Field] | None:
    def recognise(headings: Sequence[Heading]) -> dict[Field, int]:
        return {BY_HEADING[ours]: column for ours, column in graduate_columns(headings, mapping).items()}

    return find(sheet.rows, recognise, lambda columns: Field.NAME in columns)


def _read_sheet(file: str, sheet: Sheet, found: Found[Field]) -> tuple[list[ListedGraduate], list[Located]]:
    """Which rows are people's is told as in a roster, by the columns that both have."""
    told: dict[Target, int] = {
        target: found.columns[field] for field, target in _TARGETS.items() if field in found.columns
    }
    for heading in found.headings:
        if heading.text in _SEQUENCE:
            told[Column.SEQUENCE] = heading.column
    people = read_people(file, sheet, Found(found.first, found.last, told, found.headings), found.last + 1, None)
    shared = {
        field: target for field, target in _TARGETS.items() if isinstance(target, Column) and field in found.columns
    }
    places = {field: letters(column) for field, column in found.columns.items()}
    faults = [Located(place, finding) for place, finding in people.findings]
    listed = []
    for row in people.rows:
        cells = sheet.rows[row.number - 1]
        own = {field: _cell(cells, column) for field, column in found.columns.items()}
        own |= {field: row.values[target] for field, target in shared.items()}
        listed.append(ListedGraduate(own, Place(file, sheet.name, row.number, f"第{row.number}行"), places))
        faults += [
            Located(listed[-1].at(field), Finding(Code.UNREADABLE, "这一格是公式错误", "请填上内容", field.heading))
            for field, column in found.columns.items()
            if field not in shared and column < len(cells) and is_error(cells[column])
        ]
    return listed, faults


def _cell(cells: Sequence[CellValue], column: int) -> CellValue:
    value = cells[column] if column < len(cells) else None
    return None if is_error(value) else value
