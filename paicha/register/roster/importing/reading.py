"""The uploaded file as members: its headings with what they are taken for, its people by the columns agreed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from paicha.domain.annex1 import Column
from paicha.domain.masking import mask_personal
from paicha.domain.readings import CellValue, as_text
from paicha.formats.readers.columns import OUR_HEADINGS, Extra, Target, our_heading, roster_columns
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.headings import Found, Heading, find, normal
from paicha.formats.readers.roster import Roster, read_roster
from paicha.formats.readers.source import Sheet, Source, Unreadable
from paicha.register.records import RECKONED

SAMPLES, SAMPLE_ROWS, LONGEST_SAMPLE, HEADING_ROWS = 3, 50, 24, 40
NOT_ASKED = (Extra.VERDICT, Extra.CATEGORY, Extra.FLOATING, Extra.FULL_SINCE, Extra.POST, Extra.HOME)
CHOICES = [ours for ours, target in OUR_HEADINGS.items() if target not in (*RECKONED, *NOT_ASKED)]
NAME = our_heading(Column.NAME)


class Refused(ValueError):
    """The file or what was said of its columns cannot serve; the message says in Chinese why, and what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One column of the file: its heading as written, `key` its normal form, what it is taken for ("" for nothing that
    the register keeps), and a few of its values, masked."""

    key: str
    heading: str
    ours: str
    samples: tuple[str, ...]


def open_file(path: str) -> Source:
    """The file's sheets. Raises Refused."""
    source = next(iter(read_files([path])))
    if isinstance(source, Unreadable):
        raise Refused(f"{source.finding.message}。{source.finding.suggestion}")
    return source


def asked_of(source: Source, known: Mapping[str, str]) -> list[Asked]:
    """Every headed column of the sheet that lists most members, taken for what `known` says, else for what its words
    mean. Raises Refused where no row looks like headings."""
    sheet = max(source.sheets, key=lambda sheet: (_find(sheet, known) is not None, len(sheet.rows)), default=None)
    found = (_find(sheet, known) or _likeliest(sheet)) if sheet else None
    if sheet is None or found is None:
        raise Refused("没有找到表头。名册要有一行表头，里面有“姓名”")
    ours = {column: our_heading(target) for target, column in found.columns.items()}
    asked: dict[str, Asked] = {}
    for heading in found.headings:
        taken = ours.get(heading.column, "")
        written = next(filter(None, (_cell(sheet.rows[row], heading.column) for row in (found.last, found.first))), "")
        samples = _samples(sheet.rows, found.last + 1, heading.column)
        asked.setdefault(heading.text, Asked(heading.text, written, taken if taken in CHOICES else "", samples))
    return list(asked.values())


def is_answered(asked: Sequence[Asked], known: Mapping[str, str]) -> bool:
    """Whether what was saved answers for every column of this file."""
    return bool(known) and all(column.key in known for column in asked)


def answers(asked: Sequence[Asked], chosen: Sequence[str]) -> dict[str, str]:
    """What a person said of each column, in order, as a mapping to be saved. Raises Refused: two columns for one
    heading of ours, none for the name."""
    said: dict[str, str] = {}
    used: dict[str, str] = {}
    for column, ours in zip(asked, chosen, strict=True):
        taken = ours if ours in CHOICES else ""
        if taken and taken in used:
            raise Refused(f"“{used[taken]}”和“{column.heading}”都选了“{taken}”，请只留一个")
        used |= {taken: column.heading} if taken else {}
        said[column.key] = taken
    if NAME not in used:
        raise Refused("没有一列是“姓名”，请选出来")
    return said


def members_of(source: Source, columns: Mapping[str, str]) -> Roster:
    """The members by the columns agreed on. Raises formats.readers.roster.RosterProblem."""
    return read_roster(source, columns)


def _find(sheet: Sheet, known: Mapping[str, str]) -> Found[Target] | None:
    def recognise(headings: Sequence[Heading]) -> dict[Target, int]:
        return roster_columns(headings, known)

    return find(sheet.rows, recognise, lambda found: Column.NAME in found)


def _likeliest(sheet: Sheet) -> Found[Target] | None:
    """The first row with most different texts, where no heading is known."""
    rows = [
        [Heading(column, text) for column, cell in enumerate(row) if isinstance(cell, str) and (text := normal(cell))]
        for row in islice(sheet.rows, HEADING_ROWS)
    ]
    index = max(range(len(rows)), key=lambda row: (len(rows[row]), -row), default=0)
    return Found(index, index, {}, tuple(rows[index])) if rows and rows[index] else None


def _samples(rows: Sequence[Sequence[CellValue]], start: int, column: int) -> tuple[str, ...]:
    """The first different values below a heading."""
    values = dict.fromkeys(_cell(row, column) for row in islice(rows, start, start + SAMPLE_ROWS))
    return tuple(islice((mask_personal(value)[:LONGEST_SAMPLE] for value in values if value), SAMPLES))


def _cell(row: Sequence[CellValue], column: int) -> str:
    return " ".join(as_text(row[column]).split()) if column < len(row) else ""
