"""Error values in an .xls or an old .et, which calamine gives as empty cells: the records of BIFF8 ([MS-XLS] 2.4).

A sheet's records stand one after another, each with its kind and length; only four kinds are looked into. What is
damaged tells nothing: calamine answers for it.
"""

import struct
from collections.abc import Iterator

from paicha.formats.readers.compound import Compound
from paicha.formats.readers.limits import MIB

_BOUND_SHEET, _BOOL_ERR, _FORMULA, _EOF = 0x85, 0x205, 0x06, 0x0A
_CODES = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_LONGEST = 16 * MIB  # some 50,000 people, and a second; a longer book is not looked through
_MOST = 10_000

Errors = dict[tuple[int, int], str]


def errors_in_xls(data: bytes) -> dict[str, Errors]:
    """Sheet → the texts of its error values by (row, column) indexes."""
    try:
        compound = Compound(data)
        stream = compound.streams.get("Workbook")
        book = compound.content(stream, _LONGEST) if stream else b""
        sheets = [
            (_name(body), struct.unpack_from("<I", body)[0]) for kind, body in _records(book, 0) if kind == _BOUND_SHEET
        ]
        return {name: _errors(book, start) for name, start in sheets}
    except (ValueError, struct.error, LookupError):
        return {}


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records (kind, body) from a BOF on to its EOF."""
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, start)
        if kind == _EOF:
            return
        yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length


def _name(body: bytes) -> str:
    """The name in a BoundSheet8: its length in characters, a flag for two bytes each, the characters."""
    characters, wide = body[6], body[7] & 1
    text = body[8 : 8 + characters * (1 + wide)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")


def _errors(book: bytes, start: int) -> Errors:
    found: Errors = {}
    for kind, body in _records(book, start):
        if kind == _BOOL_ERR and len(body) >= 8 and body[7] == 1:
            code = body[6]
        elif kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
            code = body[8]
        else:
            continue
        if code in _CODES and len(found) < _MOST:
            row, column = struct.unpack_from("<HH", body)
            found[row, column] = _CODES[code]
    return found
