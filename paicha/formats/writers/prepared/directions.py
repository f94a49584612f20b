"""Beginnings of residences and the direction that each tells, for the home 市州 of one committee.

A spreadsheet cannot read addresses as `paicha.domain.residence` does; it knows how they begin. The direction of each
beginning is asked of the domain, so that both agree, and nothing is guessed: a residence that starts with none of these
has no direction, and 名册 says so. 市州 and counties of the home province are known without the province too.
"""

from collections.abc import Iterator

from paicha.domain.division_names import stem
from paicha.domain.divisions import Division, Level, direction, parse_residence
from paicha.domain.gazetteer import divisions, read_table


def beginnings(home: Division | None) -> list[tuple[str, str]]:
    """(beginning, V, W or X) from short to long: the last that fits is the longest. Nothing without a home."""
    if home is None:
        return []
    known: dict[str, str] = {}
    for text in _texts(home):
        found = direction(parse_residence(text), home)
        if found is not None:
            known[text] = found.letter
    return sorted(known.items(), key=lambda item: (len(item[0]), item[0]))


def _texts(home: Division) -> Iterator[str]:
    for division in divisions().values():
        if division.province == home.province:
            yield from _at_home(division)
        elif division.level is Level.PROVINCE:
            yield from _names(division)
        elif division.level is Level.PREFECTURE:
            yield division.name
    for row in read_table("abroad"):
        yield row[0]
        yield from row[1].split(" ") if len(row) > 1 else ()


def _at_home(division: Division) -> Iterator[str]:
    """What a place in the home province is called, with and without what lies above it, in full and short."""
    province = divisions()[division.province + "0000"]
    if division.level is Level.PROVINCE:
        yield from _names(division)
        return
    uppers = ["", *_names(province)]
    prefecture = divisions().get(division.code[:4] + "00")
    if division.level is Level.COUNTY and prefecture is not None:
        uppers += [upper + name for upper in uppers for name in _names(prefecture)]
    for upper in uppers:
        yield upper + division.name
        if upper and division.level is Level.PREFECTURE:
            yield upper + stem(division.name)
        elif upper in _names(province) and prefecture is None:
            yield upper + stem(division.name)  # 湖北仙桃


def _names(division: Division) -> tuple[str, str]:
    return division.name, stem(division.name)
