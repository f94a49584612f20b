"""Formulas without a kept value in an .xlsx: a program that does not calculate has saved it.

calamine gives None for such a cell, as for an empty one; but a figure that is not calculated is no figure left blank.
Only sheets of the size of a form are looked through: a long register is no 附件2.
"""

import re
from html import unescape
from posixpath import join, normpath

from paicha.formats.readers import limits
from paicha.formats.readers.limits import MAX_ROWS, VERIFIED_BYTES

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CELL = re.compile(rb'\br="([A-Z]{1,2})([0-9]{1,6})"')
_CALCULATED = re.compile(rb'\bt="(?:str|e|b)"')  # an empty text is a value
_MOST = 10_000

Cells = frozenset[tuple[int, int]]


def uncalculated_in_xlsx(data: bytes) -> dict[str, Cells]:
    """Sheet → (row index, column index) of its formulas without a value; sheets without any are left out.
    Nothing of a damaged package: calamine answers for it."""
    found: dict[str, Cells] = {}
    with limits.open_package(data) as package:
        sizes = {info.filename: info.file_size for info in package.infolist()}

        def read(name: str) -> bytes:
            return package.read(name) if sizes.get(name, VERIFIED_BYTES + 1) <= VERIFIED_BYTES else b""

        try:
            targets = {
                of["Id"]: normpath(join("xl", of.get("Target", ""))).lstrip("/")
                for of in _attributes(_RELATION, read("xl/_rels/workbook.xml.rels"))
                if "Id" in of
            }
            for of in _attributes(_SHEET, read("xl/workbook.xml")):
                relation = next((value for key, value in of.items() if key.endswith(":id")), "")
                cells = _uncalculated(read(targets.get(relation, "")))
                if cells:
                    found[of.get("name", "")] = cells
        except Exception:  # zipfile and zlib each have their own on damaged bytes
            return {}
    return found


def _attributes(tags: re.Pattern[str], xml: bytes) -> list[dict[str, str]]:
    text = xml.decode("utf-8", "replace")
    return [
        {key: unescape(double or single) for key, double, single in _ATTRIBUTE.findall(tag)}
        for tag in tags.findall(text)
    ]


def _uncalculated(xml: bytes) -> Cells:
    cells: set[tuple[int, int]] = set()
    for match in _FORMULA.finditer(xml):
        place = _CELL.search(match[1])
        if place and not _CALCULATED.search(match[1]) and 0 < int(place[2]) <= MAX_ROWS and len(cells) < _MOST:
            column = 0
            for letter in place[1]:
                column = column * 26 + letter - 64
            cells.add((int(place[2]) - 1, column - 1))
    return frozenset(cells)
