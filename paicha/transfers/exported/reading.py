"""The uploaded list as what it says of each transfer: its columns, its words for how far a transfer is, its rows."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from paicha.domain.divisions import Direction, Division, direction, parse_residence
from paicha.domain.exported import Said, Status, read_status, read_when, word_of
from paicha.domain.masking import mask_personal
from paicha.domain.readings import as_text, compact, is_empty
from paicha.formats.readers.exported import FIELDS, ExportedRow, Field
from paicha.formats.readers.headings import Heading
from paicha.intake.columns import Wanted
from paicha.intake.selectors import saved_columns

KIND, WORDS = "exported", "exported-words"
CALLED = "转接名单"
LONGEST = {Field.TO: 120, Field.NUMBER: 60}
FAR = ("跨省", "省外", "外省")


def _recognise(headings: Sequence[Heading], known: Mapping[str, str]) -> dict[str, int]:
    return FIELDS.columns(headings, known)


WANTED = Wanted(KIND, CALLED, FIELDS.choices, Field.NAME.heading, _recognise)


def saved_words(committee_id: UUID) -> dict[str, Status]:
    """What was said of the system's words."""
    by_label = {status.label: status for status in Status}
    said = saved_columns(committee_id, WORDS)
    return {word: by_label[label] for word, label in said.items() if label in by_label}


def unknown_words(rows: Iterable[ExportedRow], words: Mapping[str, Status]) -> list[str]:
    """The words of a list that nobody has spoken of, in its order. Somebody's number in the wrong column is no word:
    what is said of words is kept."""
    found = dict.fromkeys(word_of(row.cells.get(Field.STATUS)) for row in rows)
    return [word for word in found if word == mask_personal(word) != "" and read_status(word, words) is None]


def said_by(row: ExportedRow, words: Mapping[str, Status], home: Division | None) -> Said | None:
    """What a row says; None where its word is unknown or missing."""
    status = read_status(row.cells.get(Field.STATUS), words)
    if status is None:
        return None
    destination = text(row, Field.TO)
    return Said(
        status=status,
        word=as_text(row.cells.get(Field.STATUS)),
        number=text(row, Field.NUMBER),
        begun=read_when(row.cells.get(Field.BEGUN)),
        ended=read_when(row.cells.get(Field.ENDED)),
        destination=destination,
        direction=_direction(destination, text(row, Field.KIND), home),
    )


def text(row: ExportedRow, field: Field) -> str:
    """The words of a cell, without line breaks; "" for one that says nothing."""
    value = row.cells.get(field)
    return "" if is_empty(value) else " ".join(as_text(value).split())[: LONGEST.get(field, 60)]


def _direction(destination: str, kind: str, home: Division | None) -> Direction | None:
    """As the destination's name tells (中共湖北省武汉市…), else 跨省; None where neither does."""
    place = compact(destination).removeprefix("中共").removeprefix("中国共产党")
    found = direction(parse_residence(place), home) if home and place else None
    return found or (Direction.OUTSIDE_PROVINCE if any(word in kind for word in FAR) else None)
