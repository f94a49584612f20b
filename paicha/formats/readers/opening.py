"""One file from its path to its sheets: its kind, the time it was last saved, and its parts one after another."""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from paicha.formats.readers import document, limits, workbook
from paicha.formats.readers.compound import Compound
from paicha.formats.readers.kinds import kind_of
from paicha.formats.readers.limits import FileProblem
from paicha.formats.readers.parts import Part
from paicha.formats.readers.source import Sheet, Source

_CHINA = timezone(timedelta(hours=8))  # .ods writes local time without a zone
_PROPERTIES = {"xlsx": "docProps/core.xml", "docx": "docProps/core.xml", "ods": "meta.xml"}
_PROPERTIES_BYTES = 1 << 20
# A bounded pattern instead of an XML parser: one date is wanted, and no entity is ever expanded.
_SAVED = re.compile(rb"<(?:dcterms:modified|dc:date)\b[^<>]{0,200}>\s{0,20}([0-9T:.+\-]{10,40}Z?)\s{0,20}</")


@dataclass(frozen=True, slots=True)
class Opened:
    """`parts` can be read once, and raises FileProblem where the file turns out bad only then."""

    kind: str
    modified: str
    parts: Iterator[Part]


def open_file(path: str) -> Opened:
    """Open by content, whatever the name says; raises FileProblem."""
    data, file_time = limits.load(path)
    kind = kind_of(data)
    return Opened(kind, _modified(data, kind, file_time), _parts(data, kind))


def read_file(path: str) -> Source:
    """Read a whole file in this process; raises FileProblem. Only for files that are trusted not to end the process:
    `guard.read_files` is for all others."""
    opened = open_file(path)
    sheets = [
        Sheet(part.name, [row for rows in part.chunks for row in rows], part.preamble, part.merged, part.uncalculated)
        for part in opened.parts
    ]
    return Source(path, opened.kind, opened.modified, sheets)


def explain_failure(path: str) -> FileProblem:
    """Why a file ended its reader process, as far as can be told without the parser that it ended."""
    try:
        data, _ = limits.load(path)
        return workbook.strange_content(data, kind_of(data))
    except FileProblem as problem:
        return problem


def _parts(data: bytes, kind: str) -> Iterator[Part]:
    try:
        yield from document.tables(data) if kind == "docx" else workbook.worksheets(data, kind)
    except FileProblem:
        raise
    except BaseException as error:
        # A panic of the Rust parser is no Exception, and its class cannot be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise workbook.strange_content(data, kind) from None
        raise


def _modified(data: bytes, kind: str, file_time: float) -> str:
    """The time of the last saving (ISO 8601 in UTC): the document's own property, else the file's time."""
    saved: datetime | None = None
    with suppress(FileProblem, ValueError, OverflowError, struct.error):
        saved = Compound(data).saved() if kind == "xls" else _saved_property(data, _PROPERTIES[kind])
    if saved is None:
        saved = datetime.fromtimestamp(file_time, UTC)
    return saved.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _saved_property(data: bytes, member: str) -> datetime | None:
    with limits.open_package(data) as package:
        if member not in package.namelist():
            return None
        with package.open(member) as stream:
            found = _SAVED.search(stream.read(_PROPERTIES_BYTES))
    if not found:
        return None
    saved = datetime.fromisoformat(found[1].decode())
    return saved if saved.tzinfo else saved.replace(tzinfo=_CHINA)
