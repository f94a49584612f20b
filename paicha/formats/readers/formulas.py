"""What a formula left in a cell of an .xlsx instead of a value: an error value (#REF!), or nothing at all where a
program that does not calculate has saved it.

calamine gives an empty cell for both; but what is not calculated is not left blank. Sheets of more than `_LONGEST`
bytes (some 30,000 people) are not looked through.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from posixpath import join, normpath

from paicha.formats.readers import limits
from paicha.formats.readers.limits import MAX_ROWS, MIB

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*(?:<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?<(?:\w+:)?v>([^<]{1,20})</"
)
_IS_ERROR = re.compile(rb'\bt="e"')
_CELL = re.compile(rb'\br="([A-Z]{1,2})([0-9]{1,6})"')
_CALCULATED = re.compile(rb'\bt="(?:str|b)"')  # an empty text is a value
_MOST = 10_000
_LONGEST = 32 * MIB

Cell = tuple[int, int]  # indexes of row and column


@dataclass(frozen=True, slots=True)
class Valueless:
    """The cells of one sheet: formulas that nobody calculated, and error values with their text."""

    uncalculated: frozenset[Cell] = frozenset()
    errors: Mapping[Cell, str] = field(default_factory=dict)


def valueless_in_xlsx(data: bytes) -> dict[str, Valueless]:
    """Sheet → its cells without a value; sheets without any are left out.
    Nothing of a damaged package: calamine answers for it."""
    found: dict[str, Valueless] = {}
    with limits.open_package(data) as package:
        sizes = {info.filename: info.file_size for info in package.infolist()}

        def read(name: str) -> bytes:
            return package.read(name) if sizes.get(name, _LONGEST + 1) <= _LONGEST else b""

        try:
            targets = {
                of["Id"]: normpath(join("xl", of.get("Target", ""))).lstrip("/")
                for of in _attributes(_RELATION, read("xl/_rels/workbook.xml.rels"))
                if "Id" in of
            }
            for of in _attributes(_SHEET, read("xl/workbook.xml")):
                relation = next((value for key, value in of.items() if key.endswith(":id")), "")
                xml = read(targets.get(relation, ""))
                cells = Valueless(_uncalculated(xml), _errors(xml))
                if cells.uncalculated or cells.errors:
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


def _uncalculated(xml: bytes) -> frozenset[Cell]:
    if b"<f" not in xml and b":f" not in xml:  # nearly every form: no look at each of its cells
        return frozenset()
    found = (_place(match[1]) for match in _FORMULA.finditer(xml) if not _CALCULATED.search(match[1]))
    return frozenset(islice((place for place in found if place), _MOST))


def _errors(xml: bytes) -> dict[Cell, str]:
    if b't="e"' not in xml:
        return {}
    found = ((_place(match[1]), match[2]) for match in _ERROR.finditer(xml) if _IS_ERROR.search(match[1]))
    cells = ((place, unescape(text.decode("utf-8", "replace")).strip()) for place, text in found if place)
    return dict(islice(cells, _MOST))


def _place(attributes: bytes) -> Cell | None:
    """A cell's indexes by its attribute r; None without one, or far below any form."""
    place = _CELL.search(attributes)
    if not place or not 0 < int(place[2]) <= MAX_ROWS:
        return None
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    return int(place[2]) - 1, column - 1
