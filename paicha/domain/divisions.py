"""Divisions, places of residence, and the direction in which a member has moved (notice 附件2, 流向区域).

This is the face of three modules: `gazetteer` holds the divisions (GB/T 2260), `residence` reads texts, and here the
direction is told.

>>> home = find_home("武汉市")
>>> texts = "洪山区关山街道", "湖北仙桃", "长沙市岳麓区", "日本东京"
>>> [direction(parse_residence(text), home).label for text in texts]
['市州内', '市外省内', '省外', '省外']
"""

from enum import IntEnum
from functools import lru_cache

from paicha.domain.gazetteer import Division, Level, find_division, find_former
from paicha.domain.residence import Residence, parse_residence

__all__ = ["Direction", "Division", "Level", "Residence", "direction", "find_home", "parse_residence"]


class Direction(IntEnum):
    """流向区域 of 附件2: `label` is its heading, `letter` that of its column."""

    WITHIN_PREFECTURE = 1, "市州内", "V"
    WITHIN_PROVINCE = 2, "市外省内", "W"
    OUTSIDE_PROVINCE = 3, "省外", "X"

    label: str
    letter: str

    def __new__(cls, value: int, label: str, letter: str) -> "Direction":
        direction = int.__new__(cls, value)
        direction._value_ = value
        direction.label = label
        direction.letter = letter
        return direction


def direction(residence: Residence, home: Division) -> Direction | None:
    """The direction from `home` to a residence; None where the text does not settle it.

    Counties directly under a province are each their own 市州, a municipality is one as a whole, Hong Kong, Macao,
    Taiwan and abroad are outside the province (domain.md, Direction)."""
    if residence.abroad is not None:
        return Direction.OUTSIDE_PROVINCE
    return None if residence.division is None else _between(residence.division, home)


@lru_cache(maxsize=65_536)  # there are 44,000 divisions, and in a file of 100,000 people some hundreds
def _between(division: Division, home: Division) -> Direction | None:
    if division.province != home.province:
        return Direction.OUTSIDE_PROVINCE
    if not division.prefecture:
        return None
    return Direction.WITHIN_PREFECTURE if division.prefecture == home.prefecture else Direction.WITHIN_PROVINCE


def find_home(code_or_name: str) -> Division:
    """The 市州 (or county in it) that directions are counted from, by code (4201, 420100) or name (武汉, 湖北省武汉市),
    former ones too. Raises ValueError, in Chinese, if it is unknown, ambiguous, or a province other than a
    municipality."""
    found = _by_code(code_or_name.strip()) or _by_name(code_or_name)
    if not found.prefecture:
        raise ValueError(f"“{code_or_name}”是{found.name}，请写到市州或县，例如“武汉市”或420100")
    return found


def _by_code(code: str) -> Division | None:
    if not code.isdecimal():
        return None
    former = find_former(code) if len(code) == 6 else None
    return find_division(code) or (former.present if former else None)


def _by_name(name: str) -> Division:
    residence = parse_residence(name)
    found = residence.division
    if residence.candidates and (found is None or not found.prefecture):
        names = "、".join(candidate.full_name for candidate in residence.candidates)
        raise ValueError(f"“{name}”不能确定是哪里，可能是：{names}")
    if found is None or residence.detail:
        raise ValueError(f"“{name}”不是已知的区划名称或代码")
    return found
