"""An uploaded list of branches as lines: the list that `paicha collate --branches` takes, and beside it the column
党总支, which that command has no use for."""

import base64
import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from paicha.collation.listing import read_list
from paicha.domain.branches import branch_key
from paicha.domain.masking import mask_personal, quote
from paicha.domain.readings import CellValue, as_text, is_empty
from paicha.formats.readers.branches import ListProblem
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.headings import Heading, find
from paicha.formats.readers.source import Sheet, Unreadable
from paicha.vault.scratch import scratch
from paicha.vault.sealing import Tampered, seal, unseal

_ABOVE = frozenset(("党总支", "所属党总支", "所在党总支", "党总支名称", "上级党总支", "上级党组织", "所属上级党组织"))
_ENDINGS = frozenset((".xlsx", ".xls", ".et", ".ods", ".docx", ".xlsm", ".doc", ".csv", ".txt"))
LONGEST = 120  # as the name's column in the database


@dataclass(frozen=True, slots=True)
class Line:
    """One branch of the list; "" where the list does not say. `above` is the general branch."""

    name: str
    aliases: tuple[str, ...] = ()
    leader: str = ""
    phone: str = ""
    above: str = ""


def read_lines(name: str, data: bytes) -> list[Line]:
    """The lines of an uploaded file. Raises ListProblem (Chinese), which names the file as its sender knows it."""
    ending = Path(name).suffix.lower()
    if ending not in _ENDINGS:
        raise ListProblem("只认 .xlsx、.xls、.et、.ods、.docx、.csv 和 .txt 文件")
    with scratch() as folder:
        path = folder / f"名单{ending}"
        path.write_bytes(data)
        try:
            listed = read_list(path)
        except ListProblem as problem:
            raise ListProblem(str(problem).replace(str(path), name)) from None
        above = _above(_sheets(path, data), {branch_key(branch.name) for branch in listed})
    for branch in listed:
        if mask_personal(branch.name) != branch.name:
            raise ListProblem(f"{name}：{quote(branch.name)}像是号码，不是党支部的名称，请检查是不是列错了")
        if len(branch.name) > LONGEST:
            raise ListProblem(f"“{branch.name[:20]}…”太长，名称最多{LONGEST}个字")
    return [
        Line(b.name, b.aliases, b.leader[:80], b.phone[:40], above.get(branch_key(b.name), "")[:LONGEST])
        for b in listed
    ]


def _sheets(path: Path, data: bytes) -> Iterator[Sheet]:
    """The file's sheets once more, whose cells read_list does not give."""
    if path.suffix not in (".csv", ".txt"):
        for source in read_files([path]):
            if not isinstance(source, Unreadable):
                yield from source.sheets
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    delimiter = "\t" if "\t" in text else "," if "," in text else "，"
    rows: list[list[CellValue]] = [
        list(row) for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
    ]
    yield Sheet("", rows)


def _above(sheets: Iterator[Sheet], branches: set[str]) -> dict[str, str]:
    """Branch → general branch, both of one row; a cell merged over rows counts for each of them."""
    found: dict[str, str] = {}
    for sheet in sheets:
        table = find(sheet.rows, _column, lambda columns: "above" in columns)
        if table is None:
            continue
        column = table.columns["above"]
        for n in range(table.last + 1, len(sheet.rows)):
            above = _text(sheet, n, column)
            own = next((key for cell in sheet.rows[n] if (key := _key(cell)) in branches), None)
            if above and own:
                found.setdefault(own, above)
    return found


def _column(headings: Sequence[Heading]) -> dict[str, int]:
    column = next((heading.column for heading in headings if heading.text in _ABOVE), None)
    return {} if column is None else {"above": column}


def _text(sheet: Sheet, row: int, column: int) -> str:
    top = next((t for t, left, bottom, right in sheet.merged if t <= row <= bottom and left <= column <= right), row)
    cells = sheet.rows[top]
    return "" if column >= len(cells) or is_empty(cells[column]) else re.sub(r"\s+", "", as_text(cells[column]))


def _key(cell: CellValue) -> str:
    """A cell in the form in which names are compared, numbered lists' numbers apart."""
    return branch_key(re.sub(r"^\d+\s*[.、．]\s*", "", cell)) if isinstance(cell, str) else ""


def sealed(lines: Sequence[Line], actor_id: object) -> str:
    """The lines for the preview's hidden field: nothing of them is kept before they are applied, and what comes back
    is what was looked at, by the one who looked."""
    text = json.dumps([asdict(line) for line in lines], ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(seal(text.encode(), _context(actor_id))).decode("ascii")


def opened(text: str, actor_id: object) -> list[Line] | None:
    """What `sealed` made for this account; None for anything else."""
    try:
        found = json.loads(unseal(base64.b64decode(text, validate=True), _context(actor_id)))
    except (ValueError, Tampered):
        return None
    return [Line(**{**line, "aliases": tuple(line["aliases"])}) for line in found]


def _context(actor_id: object) -> bytes:
    return f"branch-list|{actor_id}".encode()
