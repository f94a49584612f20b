"""The divisions of China with their codes (GB/T 2260: two digits a level for province, prefecture and county; GB/T
10114: three more for the street or town), as of 2023, and the former ones with their successors.

The tables in `data/` are made by `scripts/divisions.py`; they are read when first asked for. The statistics' pseudo
levels (市辖区, 省直辖县级行政区划) are no divisions here: 仙桃市 hangs on 湖北省, 朝阳区 on 北京市.

>>> find_division("420111").full_name, find_division("4201").prefecture, find_division("429004").prefecture
('湖北省武汉市洪山区', '4201', '429004')
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import NamedTuple

EDITION = "2023"
MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
# Cities without counties; the statistics give each a county that repeats the city, on whose code the streets stand.
STREETS_CODE = {"441900": "441900", "442000": "442000", "460400": "460400", "620200": "620201"}
_WIDTHS = {2, 4, 6, 9}


class Level(IntEnum):
    """How deep a division stands; a greater number is deeper."""

    PROVINCE = 1
    PREFECTURE = 2
    COUNTY = 3
    STREET = 4


_PROVINCE, _COUNTY = Level.PROVINCE, Level.COUNTY  # looked up once: 100,000 residences ask


@dataclass(frozen=True, slots=True)
class Division:
    """One division. `code`: six digits, padded with zeros above the county; nine for a street or town."""

    code: str
    name: str
    level: Level
    full_name: str = field(repr=False)

    @property
    def province(self) -> str:
        """The province's two digits."""
        return self.code[:2]

    @property
    def prefecture(self) -> str:
        """What counts as the 市州 (notice 附件2, 流向区域): four digits; two for a municipality, which is one as a
        whole; six for a county directly under its province; "" for a province, which is none."""
        if self.code[:2] in MUNICIPALITIES:
            return self.code[:2]
        if self.level is _PROVINCE:
            return ""
        return self.code[:6] if self.code[2:4] == "90" else self.code[:4]

    @property
    def stem_code(self) -> str:
        """The code without padding: the codes of all that lies in this division begin with it."""
        return self.code[: (2, 4, 6, 9)[self.level - 1]]

    @property
    def has_counties(self) -> bool:
        """Whether this is a province or prefecture that is parted into counties (东莞市 is not)."""
        return self.level < _COUNTY and self.code not in STREETS_CODE

    def contains(self, other: "Division") -> bool:
        """Whether `other` lies in this division, or is it."""
        return other.code.startswith(self.stem_code)


class Former(NamedTuple):
    """A former division: its code then, its name, the division it is now (None: shared out), the year, what happened
    (更名为, 改为, 并入, 划归, 设为直辖市, 撤销)."""

    code: str
    name: str
    present: Division | None
    year: str
    change: str

    @property
    def note(self) -> str:
        """What to tell who wrote the former name: 襄樊市已更名为襄阳市."""
        if self.present is None or self.change == "设为直辖市":
            return f"{self.name}已{self.change}"
        same = self.name == self.present.name or self.change in ("并入", "划归")
        return f"{self.name}已{self.change}{self.present.full_name if same else self.present.name}"


def read_table(name: str) -> Iterator[list[str]]:
    """The rows of a table in `data/`, as their cells; lines that begin with # say where it comes from."""
    from importlib.resources import files  # noqa: PLC0415 (it takes longer to import than all of the domain)

    text = files("paicha.domain").joinpath("data", f"{name}-{EDITION}.tsv").read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@cache
def divisions() -> dict[str, Division]:
    """All provinces, prefectures and counties by their codes of six digits, in the order of their codes."""
    found: dict[str, Division] = {}
    for code, name in read_table("divisions"):
        level = Level.COUNTY if code[4:] != "00" else Level.PREFECTURE if code[2:4] != "00" else Level.PROVINCE
        upper = (found.get(code[:4] + "00") if level is Level.COUNTY else None) or found.get(code[:2] + "0000")
        found[code] = Division(code, name, level, upper.full_name + name if upper else name)
    return found


@cache
def former_divisions() -> tuple[Former, ...]:
    """All former divisions since 1985 whose successor is certain."""
    return tuple(
        Former(code, name, divisions().get(present), year, change)
        for code, name, present, year, change in read_table("former")
    )


@cache
def _former_by_code() -> dict[str, Former]:
    return {row.code: row for row in sorted(former_divisions(), key=lambda row: row.year)}


@cache
def _street_rows() -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in read_table("streets")}


@cache
def streets(county: str) -> tuple[Division, ...]:
    """The streets, towns and townships on a county's code."""
    upper = divisions().get(county) or divisions()[county[:4] + "00"]
    return tuple(
        Division(county + row[:3], row[3:], Level.STREET, upper.full_name + row[3:])
        for row in _street_rows().get(county, ())
    )


def counties_with_streets(stem_code: str) -> Iterator[str]:
    """The codes on which streets stand within a division."""
    return (county for county in _street_rows() if county.startswith(stem_code))


def find_division(code: str) -> Division | None:
    """The present division of a code of 2, 4, 6, 9 or 12 digits (a village counts as its street), None without one."""
    code = code[:9]
    if len(code) not in _WIDTHS or not code.isdecimal():
        return None
    if len(code) == 9 and code[6:] != "000":
        return next((street for street in _streets_of_code(code) if street.code == code), None)
    code = code[:6].ljust(6, "0")
    return divisions().get("620200" if code == STREETS_CODE["620200"] else code)


def _streets_of_code(code: str) -> tuple[Division, ...]:
    return streets(code[:6]) if code[:6] in _street_rows() else ()


def find_former(code: str) -> Former | None:
    """The former division that last had a code of six digits."""
    return _former_by_code().get(code[:6])
