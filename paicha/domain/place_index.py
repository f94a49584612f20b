"""What may be written next, once a text has named a division: the prefix indices that `residence` walks through.

A scope is the unpadded code of a division ("" is the whole country, "42" Hubei, "4201" Wuhan, "420111" Hongshan). Its
index maps the first two characters of a form to the forms that begin so, longest first: no text is ever compared with
more than a handful of names. A form leads to one step or, if it is ambiguous, to several.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from paicha.domain.division_names import daily_forms, nickname, stem, stem_of_street, zone_forms
from paicha.domain.gazetteer import (
    MUNICIPALITIES,
    STREETS_CODE,
    Division,
    Former,
    Level,
    counties_with_streets,
    divisions,
    former_divisions,
    read_table,
    streets,
)

# What forms and the statistics write between a province and its counties.
_BETWEEN_PROVINCE = (
    *("省直辖县级行政区划", "省直辖县级行政单位", "省直辖行政单位", "省直辖县市", "省直辖县", "省直辖市", "省直辖"),
    *("直辖县级行政区划", "直辖县级行政单位", "直辖行政单位", "直辖市", "直辖县", "直辖"),
    *("省直管市", "直管市", "省管市"),
    *("自治区直辖县级行政区划", "自治区直辖县级行政单位", "自治区直辖"),
)
_BETWEEN_PREFECTURE = ("市辖区", "市辖县")
_TOWN_KINDS = ("街道", "镇", "乡", "苏木", "街道办事处")


class Step(NamedTuple):
    """Where a form leads: the scope that goes on from there (None: nothing does), what it names, and a note if the
    name is a former one. A former prefecture that was shared out has a scope and no division. `settled`: the county is
    known (or there is none to know)."""

    scope: str | None
    division: Division | None
    settled: bool = False
    abroad: str = ""
    note: str = ""


class Form(NamedTuple):
    """One way to write a name. `whole`: with the word for its kind (洪山区); a stem (洪山) needs more care."""

    name: str
    whole: bool
    steps: tuple[Step, ...]


Index = dict[str, tuple[Form, ...]]


class _Forms:
    """Gathers forms of one scope. A whole name puts a stem of the same spelling aside; equals stand side by side."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[bool, list[Step]]] = {}

    def add(self, name: str, step: Step, whole: bool = True) -> None:
        known = self._found.get(name)
        if known is None or (whole and not known[0]):
            self._found[name] = whole, [step]
        elif whole == known[0] and all(other.division is not step.division for other in known[1]):
            known[1].append(step)

    def add_unless_present(self, name: str, step: Step) -> None:
        """A former name gives way to a present one, unless it had counties of its own that no present one has."""
        known = self._found.get(name)
        if known is None or not known[0] or known[1][0].note or step.division is None:
            self.add(name, step)

    def index(self) -> Index:
        groups: defaultdict[str, list[Form]] = defaultdict(list)
        for name, (whole, steps) in self._found.items():
            if len(name) >= 2:
                groups[name[:2]].append(Form(name, whole, tuple(steps)))
        return {head: tuple(sorted(forms, key=lambda form: -len(form.name))) for head, forms in groups.items()}


def scope_of(division: Division) -> str | None:
    """The scope that goes on from a division; None below a street."""
    if division.level is Level.STREET:
        return None
    return STREETS_CODE.get(division.code, division.stem_code)


def _step(division: Division, note: str = "") -> Step:
    return Step(scope_of(division), division, settled=not division.has_counties, note=note)


def _add_division(forms: _Forms, division: Division) -> None:
    step = _step(division)
    forms.add(division.name, step)
    for name in daily_forms(division.name):
        forms.add(name, step)
    for name in (stem(division.name), nickname(division.name)):
        if name and name != division.name:
            forms.add(name, step, whole=False)


def _is_zone(division: Division) -> bool:
    """Development zones have codes from 71 to 79; they stand in the statistics, not in GB/T 2260."""
    return division.level is Level.COUNTY and "71" <= division.code[4:] <= "79"


def _add_zone(forms: _Forms, zone: Division) -> None:
    uppers = (divisions()[zone.code[:2] + "0000"], divisions()[zone.code[:4] + "00"])
    upper_names = tuple(name for upper in uppers for name in (upper.name, stem(upper.name)))
    for name in zone_forms(zone.name, upper_names):
        forms.add(name, _step(zone))


@cache
def _former_by_scope() -> dict[str, list[tuple[str, Step]]]:
    """Former names under each scope in which they were, or now would be, written."""
    found: defaultdict[str, list[tuple[str, Step]]] = defaultdict(list)
    successors = {row.code[:4]: row.present for row in former_divisions() if row.code.endswith("00")}
    for row in former_divisions():
        entry = row.name, _former_step(row)
        for scope in _former_scopes(row, successors.get(row.code[:4])):
            found[scope].append(entry)
    return found


def _former_step(row: Former) -> Step:
    return _step(row.present, row.note) if row.present else Step(row.code[:4], None, note=row.note)


def _former_scopes(row: Former, successor: Division | None) -> set[str]:
    prefectures = {row.code[:4]} if not row.code.endswith("00") else set()
    prefectures |= {upper.stem_code for upper in (successor,) if upper and not row.code.endswith("00")}
    if row.present and row.present.level is Level.COUNTY:
        prefectures.add(row.present.code[:4])
    if len(row.name) == 2 and row.name.endswith("区"):  # 郊区, 城区: they mean nothing outside their city
        return prefectures
    return prefectures | {"", row.code[:2]} | ({row.present.province} if row.present else set())


@cache
def _abroad() -> list[tuple[str, Step]]:
    """Names of Hong Kong, Macao, Taiwan, countries and their best-known cities; none is a scope."""
    return [
        (unicodedata.normalize("NFKC", name), Step(None, None, settled=True, abroad=row[0]))
        for row in read_table("abroad")
        for name in (row[0], *(row[1].split(" ") if len(row) > 1 else ()))
    ]


@cache
def index_of(scope: str) -> Index:
    """The index of a scope."""
    if len(scope) == 6:
        return _street_index((scope,), in_county=True)
    forms = _Forms()
    inside = [division for division in divisions().values() if division.code.startswith(scope)]
    for division in inside:
        _add_division(forms, division)
        if _is_zone(division) and len(scope) == 4:
            _add_zone(forms, division)
    for name, step in _former_by_scope().get(scope, ()):
        forms.add_unless_present(name, step)
    if not scope:
        for name, step in _abroad():
            forms.add(name, step, whole=name not in _short_names() or step.abroad == "香港")
    elif scope in MUNICIPALITIES or len(scope) == 4:
        _add_written_as_county(forms, inside)
    _add_between(forms, scope)
    return forms.index()


def prepare() -> None:
    """Build the indices of all scopes but the streets' beforehand: 0.2 s, which the first reader would wait."""
    for scope in {"", *filter(None, map(scope_of, divisions().values()))}:
        if len(scope) < 6:
            index_of(scope)


@cache
def _short_names() -> frozenset[str]:
    """Stems of all divisions: 黑山 may be the country or 黑山县, and is left ambiguous (九龙 is not: who lives in
    九龙县 says so)."""
    return frozenset(stem(division.name) for division in divisions().values())


@cache
def _county_names() -> frozenset[str]:
    return frozenset(division.name for division in divisions().values() if division.level is Level.COUNTY)


def _add_written_as_county(forms: _Forms, inside: Iterable[Division]) -> None:
    """Forms are printed with *市*县*, so that 洪山县 is written for 洪山区: certain where no 洪山县 is or was."""
    for county in inside:
        short = stem(county.name)
        if county.level is not Level.COUNTY or _is_zone(county) or county.name not in (f"{short}区", f"{short}市"):
            continue
        if (name := f"{short}县") not in _county_names():
            forms.add_unless_present(name, _step(county, f"{name}按{county.name}读取"))


def _add_between(forms: _Forms, scope: str) -> None:
    """Words of the pseudo levels between a division and its counties; they lead nowhere new."""
    upper = divisions().get(scope.ljust(6, "0"))
    if upper is None:
        return
    words = _BETWEEN_PREFECTURE if len(scope) == 4 or scope in MUNICIPALITIES else _BETWEEN_PROVINCE
    for word in words:
        forms.add(word, Step(scope, upper))
    if scope == "50":  # the statistics' 重庆市 · 县 · 云阳县
        for county in divisions().values():
            if county.code.startswith("5002"):
                forms.add(f"县{county.name}", _step(county))


@cache
def town_index(scope: str) -> Index:
    """The streets, towns and townships of a whole prefecture (or municipality), by their full names."""
    return _street_index(counties_with_streets(scope), in_county=False)


def _street_index(counties: Iterable[str], in_county: bool) -> Index:
    forms = _Forms()
    for county in counties:
        for street in streets(county):
            if in_county or street.name.endswith(_TOWN_KINDS):
                for name in _street_forms(street.name):
                    forms.add(name, _step(street))
                if in_county and (short := stem_of_street(street.name)):
                    forms.add(short, _step(street), whole=False)
    return forms.index()


def _street_forms(name: str) -> Iterator[str]:
    name = unicodedata.normalize("NFKC", name).removesuffix("办事处")
    yield name
    if name.endswith("街道"):
        yield name.removesuffix("街道") + "街办"
