"""Awkward and hostile files, made in memory: what a reader must answer in words and survive."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from paicha.domain.readings import CellValue

_END = 0xFFFFFFFE
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def xlsx(cells: dict[str, CellValue], **options: object) -> bytes:
    """A workbook of one sheet 登记表 with `cells` by A1 name."""
    return made(lambda book: _fill(book.add_worksheet("登记表"), cells), **options)


def made(make: Callable[[xlsxwriter.Workbook], object], **options: object) -> bytes:
    """The bytes of the workbook that `make` fills."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, **options}) as book:
        make(book)
    return memory.getvalue()


def _fill(sheet: xlsxwriter.worksheet.Worksheet, cells: dict[str, CellValue]) -> None:
    for name, value in cells.items():
        sheet.write(name, value)


def xls(cells: dict[tuple[int, int], CellValue]) -> bytes:
    """An .xls of one sheet 登记表 with `cells` by (row, column), both from 0."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("登记表")
    for (row, column), value in cells.items():
        sheet.write(row, column, value)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def encrypted_xls() -> bytes:
    """An .xls whose second record says that the rest is encrypted (FILEPASS, [MS-XLS] 2.4.117)."""
    data = bytearray(xls({(0, 0): "姓名"}))
    start = data.index(b"\x09\x08\x10\x00") + 20
    data[start : start + 10] = struct.pack("<HH6s", 0x2F, 6, bytes(6))
    return bytes(data)


def ods(rows: Sequence[tuple[int, int, str]]) -> bytes:
    """An .ods of one sheet: each row is (times repeated, empty columns before, text); no cell where the text is ""."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="登记表")
    for repeated, margin, text in rows:
        row = TableRow(numberrowsrepeated=repeated)
        if margin:
            row.addElement(TableCell(numbercolumnsrepeated=margin))
        if text:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        row.addElement(TableCell(numbercolumnsrepeated=16_384 - margin - bool(text)))
        table.addElement(row)
    document.spreadsheet.addElement(table)
    memory = io.BytesIO()
    document.save(memory)
    return memory.getvalue()


def word(body: str, prolog: str = "") -> bytes:
    """A .docx whose body holds this WordprocessingML (prefix w)."""
    memory = io.BytesIO()
    docx.Document().save(memory)
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    )
    return repacked(memory.getvalue(), {"word/document.xml": xml.encode()})


def repacked(data: bytes, members: dict[str, bytes], without: str = "") -> bytes:
    """The package with these members put in place of its own, or added, and without one."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for name in old.namelist():
            if name not in members and name != without:
                new.writestr(name, old.read(name))
        for name, content in members.items():
            new.writestr(name, content)
    return memory.getvalue()


def member(data: bytes, name: str) -> bytes:
    """One member of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def bomb() -> bytes:
    """A sheet of 200 MB of nothing in 200 KB."""
    sheet = b"<worksheet><sheetData/>" + b" " * (200 << 20) + b"</worksheet>"
    return repacked(xlsx({"A1": "姓名"}), {"xl/worksheets/sheet1.xml": sheet})


def lying_size() -> bytes:
    """A package that declares its sheet shorter than it is."""
    data = bytearray(xlsx({"A1": "姓名"}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(signature), bytes(data)):
            data[found.start() + offset : found.start() + offset + 4] = struct.pack("<I", 10)
    return bytes(data)


def billion_laughs(target: str) -> bytes:
    """A workbook whose `target` declares entities that grow to a thousand million words."""
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "lol">{entities}<!ENTITY file SYSTEM "file:///etc/passwd">]>'.encode()
    data = xlsx({"A1": "姓名"})
    xml = member(data, target).replace(b"?>\n", b"?>\n" + doctype, 1)
    return repacked(data, {target: xml.replace("姓名".encode(), b"&a9;&file;")})


def encrypted_zip() -> bytes:
    """A package whose members are marked as encrypted."""
    data = bytearray(xlsx({"A1": "姓名"}))
    for found in re.finditer(rb"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    return bytes(data)


def encrypted_ods() -> bytes:
    """An .ods whose manifest says that its content is encrypted."""
    manifest = b'<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'
    return repacked(ods([(1, 0, "姓名")]), {"META-INF/manifest.xml": manifest})


def compound(*names: str, summary: bytes = b"") -> bytes:
    """An OLE compound file of empty streams with these names, and of a property stream if given."""
    header = bytearray(b"\xff" * 512)
    header[:24] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<10xII2I5I", header, 34, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    chain = range(3, 3 + len(summary) // 512)
    table = struct.pack("<3I", 0xFFFFFFFD, _END, _END) + struct.pack(
        f"<{len(chain)}I", *chain[1:], *[_END][: len(chain)]
    )
    entries = [_entry("Root Entry", 5), *(_entry(name, 2) for name in names)]
    if summary:
        entries.append(_entry("\x05SummaryInformation", 2, 3, len(summary)))
    # Sector 0: the allocation table; 1: the directory; 2: nothing; from 3 on the properties.
    return bytes(header) + table.ljust(512, b"\xff") + b"".join(entries).ljust(1024, b"\0") + summary


def _entry(name: str, kind: int, start: int = 0xFFFFFFFE, size: int = 0) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack("<HBB48xIII", len(text), kind, 1, start, size, 0)


def summary(ticks: int) -> bytes:
    """A property stream that says "last saved" (in 100 ns since 1601), filled up as Excel does."""
    section = struct.pack("<IIIIIQ", 24, 1, 13, 16, 64, ticks)
    return (bytes(44) + struct.pack("<I", 48) + section).ljust(4096, b"\0")


def ring() -> bytes:
    """A compound file whose directory goes round for ever."""
    data = bytearray(compound("Workbook"))
    struct.pack_into("<I", data, 512 + 4, 1)
    return bytes(data)


def blank_rows(last: int) -> bytes:
    """A sheet with 姓名 in A1 and a formatted but empty cell in each row down to `last`."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, last + 1))
    return _with_rows(f'<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>{rows}')


def blank_columns(last: int) -> bytes:
    """Three rows with 姓名 in A and `last` - 1 formatted but empty cells, without coordinates of their own."""
    cells = '<c t="inlineStr"><is><t>姓名</t></is></c>' + '<c s="1"/>' * (last - 1)
    return _with_rows("".join(f'<row r="{n}">{cells}</row>' for n in (1, 2, 3)))


def _with_rows(rows: str) -> bytes:
    data = xlsx({"A1": "姓名"})
    sheet = re.sub(
        rb"<sheetData>.*</sheetData>", b"<sheetData>%s</sheetData>", member(data, "xl/worksheets/sheet1.xml")
    )
    return repacked(data, {"xl/worksheets/sheet1.xml": sheet % rows.encode()})


def saved(folder: Path, name: str, data: bytes) -> Path:
    """`data` as a file in `folder`."""
    path = folder / name
    path.write_bytes(data)
    return path
