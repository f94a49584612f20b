"""What calamine does not tell of an .ods (ISO/IEC 26300, table:table-cell): areas merged downward, and error values.

One pass of expat over content.xml, which holds no tree. Rows and cells repeated are counted, not unfolded.
"""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from paicha.formats.readers import limits
from paicha.formats.readers.limits import MAX_COLUMNS, MAX_MERGED, MAX_ROWS, MIB, FileProblem
from paicha.formats.readers.source import Merged

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_ERROR = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_MOST_ERRORS = 10_000
_READ_BYTES = 1 << 16
_LONGEST = 64 * MIB  # some 20,000 people, and two seconds; of a longer list merged cells are read as empty


@dataclass(frozen=True, slots=True)
class Beyond:
    """By sheet: its areas of more than one row, and the texts of its error values by (row, column) indexes."""

    areas: Mapping[str, Sequence[Merged]] = field(default_factory=dict)
    errors: Mapping[str, Mapping[tuple[int, int], str]] = field(default_factory=dict)


def beyond_calamine_in_ods(data: bytes) -> Beyond:
    """Nothing of a document that expat refuses: calamine answers for it."""
    spans = _Spans()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = spans.start
    parser.EndElementHandler = spans.end
    parser.CharacterDataHandler = spans.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with limits.open_package(data) as package:
        try:
            if package.getinfo("content.xml").file_size > _LONGEST:
                return Beyond()
            with package.open("content.xml") as stream:
                while block := stream.read(_READ_BYTES):
                    parser.Parse(block)
            parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, FileProblem):
            return Beyond()
    return Beyond({name: tuple(areas) for name, areas in spans.areas.items()}, spans.errors)


def _refuse_doctype(*_: object) -> None:
    raise limits.damaged()


class _Spans:
    """Handlers of expat's events: where each cell stands, which spans rows, which holds an error."""

    def __init__(self) -> None:
        self.areas: dict[str, list[Merged]] = {}
        self.errors: dict[str, dict[tuple[int, int], str]] = {}
        self._own: list[Merged] = []
        self._own_errors: dict[tuple[int, int], str] = {}
        self._error: tuple[int, int] | None = None  # the open cell, if it holds an error value
        self._row = self._column = self._depth = 0
        self._repeated = 1  # rows that the open row stands for

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not tag.startswith(_TABLE):
            return
        name = tag[len(_TABLE) :]
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                name = attributes.get(f"{_TABLE}name", "")
                self._own, self._own_errors = self.areas.setdefault(name, []), self.errors.setdefault(name, {})
                self._row = 0
        elif self._depth == 1 and name == "table-row":
            self._column, self._repeated = 0, _count(attributes, "number-rows-repeated", MAX_ROWS)
        elif self._depth == 1 and name in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        rows = _count(attributes, "number-rows-spanned", MAX_ROWS)
        if rows > 1 and len(self._own) < MAX_MERGED:
            columns = _count(attributes, "number-columns-spanned", MAX_COLUMNS)
            self._own.append((self._row, self._column, self._row + rows - 1, self._column + columns - 1))
        if attributes.get(_ERROR) == "error" and self._repeated == 1 and len(self._own_errors) < _MOST_ERRORS:
            self._error = (self._row, self._column)
        self._column += _count(attributes, "number-columns-repeated", MAX_COLUMNS)

    def text(self, words: str) -> None:
        if self._error is not None:
            self._own_errors[self._error] = self._own_errors.get(self._error, "") + words.strip()

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table":
            self._depth -= 1
        elif self._depth == 1 and tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._error = None
        elif self._depth == 1 and tag == f"{_TABLE}table-row":
            self._row += self._repeated


def _count(attributes: dict[str, str], name: str, most: int) -> int:
    """A count of one or more; nonsense is one, and nothing is more than a sheet can hold."""
    text = attributes.get(_TABLE + name, "")
    return min(max(1, int(text)), most) if text.isascii() and text.isdigit() and len(text) < 10 else 1
