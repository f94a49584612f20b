"""Areas merged downward in an .ods: what calamine does not tell of that format (ISO/IEC 26300, table:table-cell).

One pass of expat over content.xml, which holds no tree. Rows and cells repeated are counted, not unfolded.
"""

import zipfile
import zlib
from xml.parsers import expat

from paicha.formats.readers import limits
from paicha.formats.readers.limits import MAX_COLUMNS, MAX_MERGED, MAX_ROWS, MIB, FileProblem
from paicha.formats.readers.source import Merged

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_READ_BYTES = 1 << 16
_LONGEST = 64 * MIB  # some 20,000 people, and two seconds; of a longer list merged cells are read as empty


def merged_in_ods(data: bytes) -> dict[str, tuple[Merged, ...]]:
    """Sheet → its areas of more than one row; nothing of a document that expat refuses: calamine answers for it."""
    spans = _Spans()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = spans.start
    parser.EndElementHandler = spans.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with limits.open_package(data) as package:
        try:
            if package.getinfo("content.xml").file_size > _LONGEST:
                return {}
            with package.open("content.xml") as stream:
                while block := stream.read(_READ_BYTES):
                    parser.Parse(block)
            parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, FileProblem):
            return {}
    return {name: tuple(areas) for name, areas in spans.areas.items()}


def _refuse_doctype(*_: object) -> None:
    raise limits.damaged()


class _Spans:
    """Handlers of expat's events: where each cell stands, and which spans rows."""

    def __init__(self) -> None:
        self.areas: dict[str, list[Merged]] = {}
        self._own: list[Merged] = []
        self._row = self._column = self._depth = 0
        self._repeated = 1  # rows that the open row stands for

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not tag.startswith(_TABLE):
            return
        name = tag[len(_TABLE) :]
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self._own = self.areas.setdefault(attributes.get(f"{_TABLE}name", ""), [])
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
        self._column += _count(attributes, "number-columns-repeated", MAX_COLUMNS)

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table":
            self._depth -= 1
        elif self._depth == 1 and tag == f"{_TABLE}table-row":
            self._row += self._repeated


def _count(attributes: dict[str, str], name: str, most: int) -> int:
    """A count of one or more; nonsense is one, and nothing is more than a sheet can hold."""
    text = attributes.get(_TABLE + name, "")
    return min(max(1, int(text)), most) if text.isascii() and text.isdigit() and len(text) < 10 else 1
