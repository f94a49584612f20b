"""党员名册: all members of a branch or a committee, as the national Party system exports them or an office keeps them.

Headings are recognised by their usual words; for any others a saved mapping says which is which: a JSON object
{heading in the export: our heading}, our headings being `columns.OUR_HEADINGS`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from paicha.domain.annex1 import Column, Head, RawRow
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.readings import CellValue, as_text, compact, is_empty
from paicha.formats.readers.columns import OUR_HEADINGS, Extra, Target, our_heading, roster_columns
from paicha.formats.readers.doubles import notices
from paicha.formats.readers.head import read_head
from paicha.formats.readers.headings import Found, Heading, find, letters, normal, seen
from paicha.formats.readers.rows import read_people
from paicha.formats.readers.source import Sheet, Source
from paicha.formats.readers.valueless import is_error

FEWEST_COLUMNS = 2
_IN_TRANSIT = re.compile(r"在途|转接中|转出中|未接收|待接收|未被接收|转出未")
_YES = frozenset({"是", "y", "yes", "1", "true", "√", "在途"})


class RosterProblem(ValueError):
    """The roster cannot be read; the message says in Chinese why, and what to do."""


class MappingProblem(ValueError):
    """A saved mapping cannot be used; the message says in Chinese why, and what to do."""


@dataclass(frozen=True, slots=True)
class RosterMember:
    """One member: `row` in 附件1's order with the sheet's own row number, and what a roster knows beyond it.
    `in_transit`: transferred out and not yet received (domain.md); `floating`: the system's own mark 是否流动党员."""

    row: RawRow
    branch: str
    in_transit: bool = False
    floating: bool = False
    category: str = ""
    post: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """The members of one sheet; `letters` as in `annex1.Form`, `verdict_letters` only in a prepared workbook."""

    file: str
    sheet: str
    head: Head
    members: tuple[RosterMember, ...]
    letters: dict[Column, str]
    heading_row: int
    verdict_letters: str = ""
    findings: tuple[tuple[Place, Finding], ...] = ()

    def place(self, member: RosterMember, column: Column | None = None) -> Place:
        """The place of a member's cell; without column letters, of the row."""
        found = self.letters.get(column, "") if column is not None else ""
        return Place(self.file, self.sheet, member.row.number, f"{found}{member.row.number}" if found else "")


@dataclass(frozen=True, slots=True)
class Roster:
    """All sheets of one file that list members."""

    file: str
    sheets: tuple[RosterSheet, ...]

    @property
    def members(self) -> list[RosterMember]:
        return [member for sheet in self.sheets for member in sheet.members]


def read_roster(source: Source, mapping: Mapping[str, str] | None = None) -> Roster:
    """The roster of one file; sheets without members' headings are left out. Raises RosterProblem where no sheet
    has any, with the headings seen."""
    sheets = [
        read_sheet(source.file, sheet, mapping)
        for sheet in source.sheets
        if not sheet.name.startswith("_") and _find(sheet, mapping) is not None
    ]
    if not sheets:
        words = "、".join(next((found for sheet in source.sheets if (found := seen(sheet.rows))), [])[:20])
        shown = f"看到的表头是：{words}。" if words else ""
        raise RosterProblem(
            f"{source.file}：没有找到党员名册，表头里要有“姓名”。{shown}表头不同的，请先保存一份表头对照"
        )
    return Roster(source.file, tuple(sheets))


def read_sheet(file: str, sheet: Sheet, mapping: Mapping[str, str] | None = None) -> RosterSheet:
    """The members of one sheet. Raises RosterProblem where it has no members' headings."""
    found = _find(sheet, mapping)
    if found is None:
        raise RosterProblem(f"工作表“{sheet.name}”中没有找到党员名册的表头，表头里要有“姓名”")
    head = read_head([(index, sheet.rows[index]) for index in range(found.first)], sheet.preamble)
    people = read_people(file, sheet, found, found.last + 1, None)
    places = {target: letters(index) for target, index in found.columns.items()}
    return RosterSheet(
        file,
        sheet.name,
        head,
        tuple(_member(row, sheet.rows[row.number - 1], found.columns, head.branch) for row in people.rows),
        {target: text for target, text in places.items() if isinstance(target, Column)},
        found.first + 1,
        places.get(Extra.VERDICT, ""),
        (*_unused(file, sheet, found, mapping), *notices(Place(file, sheet.name), found), *people.findings),
    )


def _find(sheet: Sheet, mapping: Mapping[str, str] | None) -> Found[Target] | None:
    def columns(headings: Sequence[Heading]) -> dict[Target, int]:
        return roster_columns(headings, mapping)

    return find(sheet.rows, columns, lambda known: Column.NAME in known and len(known) >= FEWEST_COLUMNS)


def _member(row: RawRow, cells: Sequence[CellValue], columns: Mapping[Target, int], branch: str) -> RosterMember:
    def cell(extra: Extra) -> str:
        column = columns.get(extra, len(cells))
        value = cells[column] if column < len(cells) else None
        return "" if is_empty(value) or is_error(value) else as_text(value)

    transit = cell(Extra.IN_TRANSIT).casefold() in _YES or bool(_IN_TRANSIT.search(cell(Extra.STANDING)))
    floating = cell(Extra.FLOATING).casefold() in _YES
    own = cell(Extra.BRANCH) or branch
    return RosterMember(row, own, transit, floating, cell(Extra.CATEGORY), cell(Extra.POST), cell(Extra.HOME))


def _unused(
    file: str, sheet: Sheet, found: Found[Target], mapping: Mapping[str, str] | None
) -> list[tuple[Place, Finding]]:
    """A notice for each heading of a saved mapping that the sheet does not have."""
    here = {heading.text for heading in found.headings}
    place = Place(file, sheet.name, found.first + 1)
    return [
        (place, Finding(Code.NORMALISED, f"表头对照里的“{theirs}”在这张表中没有", "表头改过的，请更新表头对照"))
        for theirs in mapping or {}
        if normal(theirs) not in here
    ]


def suggest_mapping(sheet: Sheet) -> dict[str, str]:
    """Each heading of a roster → our heading, "" where it is not recognised, for a person to complete and save. A sheet
    whose headings are not recognised at all gives those of its likeliest row."""
    found = _find(sheet, None)
    if found is None:
        return dict.fromkeys(seen(sheet.rows), "")
    ours = {column: our_heading(target) for target, column in found.columns.items()}
    suggestion: dict[str, str] = {}
    for heading in found.headings:
        cells = (sheet.rows[index] for index in (found.last, found.first))
        words = (compact(row[heading.column]) for row in cells if heading.column < len(row))
        suggestion[next(filter(None, words), heading.text)] = ours.get(heading.column, "")
    return suggestion


def load_mapping(path: Path) -> dict[str, str]:
    """A saved mapping without its blank entries. Raises MappingProblem, with the reason, for a file that is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise MappingProblem(f"{path}：打不开表头对照文件，请检查路径") from None
    except ValueError:
        raise MappingProblem(f"{path}：表头对照不是规范的 JSON 文件，请用本程序重新生成") from None
    if not isinstance(data, dict) or not all(isinstance(value, str) for value in data.values()):
        raise MappingProblem(f"{path}：表头对照应当是“名册表头: 本程序表头”的一组对应")
    mapping = {theirs: ours for theirs, ours in data.items() if ours}
    _check(mapping, str(path))
    return mapping


def save_mapping(path: Path, mapping: Mapping[str, str]) -> None:
    """Writes a mapping as JSON in UTF-8. Raises MappingProblem for one that could not be loaded again."""
    _check({theirs: ours for theirs, ours in mapping.items() if ours}, str(path))
    text = json.dumps(dict(mapping), ensure_ascii=False, indent=2) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        raise MappingProblem(f"{path}：表头对照写不进去，请检查文件夹和权限") from None


def _check(mapping: Mapping[str, str], where: str) -> None:
    used: dict[str, str] = {}
    for theirs, ours in mapping.items():
        if ours not in OUR_HEADINGS:
            raise MappingProblem(
                f"{where}：“{theirs}”对应的“{ours}”不是本程序的表头。可用的有：{'、'.join(OUR_HEADINGS)}"
            )
        if ours in used:
            raise MappingProblem(f"{where}：“{used[ours]}”和“{theirs}”都对应“{ours}”，请只留一个")
        used[ours] = theirs
