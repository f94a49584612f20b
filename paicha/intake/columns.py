"""Which column of a list is what: its headings with what they are taken for and a few values, for a person to mend;
what was said is kept for the next file of its kind. Each kind of list brings what its columns may be (`Wanted`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from paicha.domain.masking import mask_personal
from paicha.domain.readings import CellValue, as_text
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.headings import Found, Heading, find, normal
from paicha.formats.readers.source import Sheet, Source, Unreadable

SAMPLES, SAMPLE_ROWS, LONGEST_SAMPLE, HEADING_ROWS = 3, 50, 24, 40

Recognise = Callable[[Sequence[Heading], Mapping[str, str]], dict[str, int]]
"""Our heading → column, by what was said of the headings (normal form → our heading, "" for none) and their words."""


class Refused(ValueError):
    """The file or what was said of its columns cannot serve; the message says in Chinese why, and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the columns of one kind of list may be: `kind` as its uploads have it, `called` what people call it, our
    headings that are offered, and the one without which nothing can be read."""

    kind: str
    called: str
    choices: Sequence[str]
    needed: str
    recognise: Recognise


@dataclass(frozen=True, slots=True)
class Asked:
    """One column of the file: its heading as written, `key` its normal form, what it is taken for ("" for nothing that
    is kept), and a few of its values, masked."""

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


def asked_of(wanted: Wanted, source: Source, known: Mapping[str, str]) -> list[Asked]:
    """Every headed column of the sheet that lists most people, taken for what `known` says, else for what its words
    mean. Raises Refused where no row looks like headings."""
    sheets = source.sheets
    sheet = max(sheets, key=lambda sheet: (found_in(wanted, sheet, known) is not None, len(sheet.rows)), default=None)
    found = (found_in(wanted, sheet, known) or _likeliest(sheet)) if sheet else None
    if sheet is None or found is None:
        raise Refused(f"没有找到表头。{wanted.called}要有一行表头，里面有“{wanted.needed}”")
    ours = {column: heading for heading, column in found.columns.items()}
    asked: dict[str, Asked] = {}
    for heading in found.headings:
        taken = ours.get(heading.column, "")
        written = next(filter(None, (_cell(sheet.rows[row], heading.column) for row in (found.last, found.first))), "")
        samples = _samples(sheet.rows, found.last + 1, heading.column)
        asked.setdefault(heading.text, Asked(heading.text, written, taken if taken in wanted.choices else "", samples))
    return list(asked.values())


def is_answered(asked: Sequence[Asked], known: Mapping[str, str]) -> bool:
    """Whether what was saved answers for every column of this file."""
    return bool(known) and all(column.key in known for column in asked)


def answers(wanted: Wanted, asked: Sequence[Asked], chosen: Sequence[str]) -> dict[str, str]:
    """What a person said of each column, in order, as a mapping to be saved. Raises Refused: two columns for one
    heading of ours, none for the one that is needed."""
    said: dict[str, str] = {}
    used: dict[str, str] = {}
    for column, ours in zip(asked, chosen, strict=True):
        taken = ours if ours in wanted.choices else ""
        if taken and taken in used:
            raise Refused(f"“{used[taken]}”和“{column.heading}”都选了“{taken}”，请只留一个")
        used |= {taken: column.heading} if taken else {}
        said[column.key] = taken
    if wanted.needed not in used:
        raise Refused(f"没有一列是“{wanted.needed}”，请选出来")
    return said


def found_in(wanted: Wanted, sheet: Sheet, known: Mapping[str, str]) -> Found[str] | None:
    """The headings of a sheet; None where the one that is needed is not among them."""

    def recognise(headings: Sequence[Heading]) -> dict[str, int]:
        return wanted.recognise(headings, known)

    return find(sheet.rows, recognise, lambda found: wanted.needed in found)


def _likeliest(sheet: Sheet) -> Found[str] | None:
    """The first row with most different texts, where no heading is known. One with somebody's number is a person's:
    headings are kept as they are written."""
    texts = (
        [Heading(column, text) for column, cell in enumerate(row) if isinstance(cell, str) and (text := normal(cell))]
        for row in islice(sheet.rows, HEADING_ROWS)
    )
    rows = [[] if any(mask_personal(one.text) != one.text for one in row) else row for row in texts]
    index = max(range(len(rows)), key=lambda row: (len(rows[row]), -row), default=0)
    return Found(index, index, {}, tuple(rows[index])) if rows and rows[index] else None


def _samples(rows: Sequence[Sequence[CellValue]], start: int, column: int) -> tuple[str, ...]:
    """The first different values below a heading."""
    values = dict.fromkeys(_cell(row, column) for row in islice(rows, start, start + SAMPLE_ROWS))
    return tuple(islice((mask_personal(value)[:LONGEST_SAMPLE] for value in values if value), SAMPLES))


def _cell(row: Sequence[CellValue], column: int) -> str:
    return " ".join(as_text(row[column]).split()) if column < len(row) else ""
