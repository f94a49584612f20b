"""Tables of a .docx, read from its XML in one pass with expat, which holds no tree: 100,000 rows are no matter.

A cell stands in the column of the grid where it begins (w:gridBefore, w:gridSpan); the rest of a merged area is None.
Text of a nested table stands in its outer cell, in order. Tracked deletions are left out, tracked insertions are read,
of a phonetic guide (yān over 鄢) the sign alone.
A DTD is refused: no word processor writes one, and only there could entities be declared.
"""

from collections.abc import Iterator
from xml.parsers import expat

from paicha.domain.readings import CellValue
from paicha.formats.readers import limits
from paicha.formats.readers.limits import MAX_COLUMNS, MAX_MERGED, FileProblem
from paicha.formats.readers.parts import CHUNK_ROWS, Allowance, Part, Rows, trimmed, without_controls
from paicha.formats.readers.source import Merged

_WORD = (  # transitional and strict
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_LEFT_OUT = {"del", "moveFrom", "rt", _FALLBACK}  # rt: how to say a rare sign; a fallback repeats the choice before it
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_READ_BYTES = 1 << 16

_Table = tuple[tuple[str, ...], Rows, tuple[Merged, ...]]  # what stands before, its cells, areas of several rows


def tables(data: bytes) -> Iterator[Part]:
    """The tables of a document in its order, named 表1, 表2 …; raises FileProblem where there is none."""
    allowance = Allowance()
    found = _parse(data)
    if not found:
        raise FileProblem("文档里没有表格", "请把内容填在规定的表格里再交；图片里的表格读不出来")
    for number, (preamble, rows, merged) in enumerate(found, 1):
        allowance.take_sheet()
        name = f"表{number}"
        chunks = (rows[i : i + CHUNK_ROWS] for i in range(0, len(rows), CHUNK_ROWS))
        yield Part(name, preamble, trimmed(name, chunks, allowance), merged)


def _parse(data: bytes) -> list[_Table]:
    body = _Body()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = body.start
    parser.EndElementHandler = body.end
    parser.CharacterDataHandler = body.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with limits.open_package(data) as package:
        name = next(n for n in package.namelist() if n.replace("\\", "/").lower() == "word/document.xml")
        try:
            with package.open(name) as stream:
                while block := stream.read(_READ_BYTES):
                    parser.Parse(block)
            parser.Parse(b"", True)
        except FileProblem:
            raise
        except Exception:  # expat, zlib and zipfile each have their own on damaged bytes
            raise limits.damaged() from None
    return body.tables


def _refuse_doctype(*_: object) -> None:
    raise FileProblem("文档里有不该有的内容（DTD 声明），为安全起见没有打开", limits.SAVE_AS_DOCX)


class _Body:
    """Handlers of expat's events; `tables` grows with each table that ends."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._preamble: list[str] = []
        self._rows: Rows = []
        self._row: list[CellValue] = []
        self._words: list[str] = []  # of the open cell, or of the open paragraph outside tables
        self._depth = 0  # of tables
        self._paragraphs = 0  # open ones: a text box has its own within one
        self._left_out = 0
        self._in_text = False
        self._span = 1
        self._hidden = False  # the open cell continues a merged one
        self._vertical = ""  # restart, continue: the open cell's part in an area of several rows
        self._areas: list[list[int]] = []  # top, left, bottom, right
        self._open: dict[int, list[int]] = {}  # the area that began last in a column

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if self._left_out or name in _LEFT_OUT:
            self._left_out += 1
        elif name == "t":
            self._in_text = True
        elif name == "p":
            self._start_paragraph()
        elif name in _MARKS:
            if self._paragraphs and (name != "tab" or not attributes):  # with attributes it sets a tab stop
                self._words.append(_MARKS[name])
        elif name == "tbl":
            self._start_table()
        elif self._depth == 1:
            self._start_in_table(name, {_local(key): value for key, value in attributes.items()})

    def _start_paragraph(self) -> None:
        if self._words and self._words[-1] != "\n":
            self._words.append("\n")
        self._paragraphs += 1

    def _start_table(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._end_line()  # a text box holds a table within its paragraph
            self._rows, self._areas, self._open = [], [], {}

    def _start_in_table(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tr":
            self._row = []
        elif name == "tc":
            self._words, self._span, self._hidden, self._vertical = [], 1, False, ""
        elif name == "gridBefore":
            self._row += [None] * _count(attributes.get("val"))
        elif name == "gridSpan":
            self._span = max(1, _count(attributes.get("val")))
        elif name in ("vMerge", "hMerge"):
            self._hidden = self._hidden or attributes.get("val") != "restart"
            if name == "vMerge":
                self._vertical = "restart" if attributes.get("val") == "restart" else "continue"

    def text(self, words: str) -> None:
        if self._in_text and not self._left_out:
            self._words.append(words)

    def end(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        name = _local(tag)
        if name == "t":
            self._in_text = False
        elif name == "p":
            self._end_paragraph()
        elif name == "tbl":
            self._end_table()
        elif self._depth == 1 and name == "tc":
            self._end_cell()
        elif self._depth == 1 and name == "tr":
            self._rows.append(self._row)

    def _end_paragraph(self) -> None:
        self._paragraphs -= 1
        if self._depth == 0 and self._paragraphs == 0:
            self._end_line()

    def _end_line(self) -> None:
        line = without_controls("".join(self._words)).strip()
        if line:
            self._preamble.append(line)
        self._words = []

    def _end_cell(self) -> None:
        words = without_controls("".join(self._words)).strip("\n")
        self._note_area(len(self._rows), len(self._row))
        self._row.append(None if self._hidden or not words else words)
        self._row += [None] * (self._span - 1)
        if len(self._row) > MAX_COLUMNS:
            raise limits.damaged()
        self._words = []

    def _note_area(self, row: int, column: int) -> None:
        area = self._open.get(column)
        if self._vertical == "restart":
            self._open[column] = area = [row, column, row, column + self._span - 1]
            self._areas.append(area)
        elif self._vertical and area is not None and area[2] == row - 1:
            area[2] = row

    def _end_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            merged = tuple((top, left, end, right) for top, left, end, right in self._areas[:MAX_MERGED] if end > top)
            self.tables.append((tuple(self._preamble), self._rows, merged))
            self._preamble, self._rows, self._words = [], [], []


def _local(tag: str) -> str:
    """`tbl` for a name of WordprocessingML; other names as they are, so that none is taken for one of Word's."""
    for namespace in _WORD:
        if tag.startswith(namespace):
            return tag[len(namespace) :]
    return tag


def _count(value: str | None) -> int:
    number = int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 0
    if number > MAX_COLUMNS:
        raise limits.damaged()
    return number
