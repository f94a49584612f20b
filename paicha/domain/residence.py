"""现居住地（流入地）as written → division. It never guesses: what a text leaves open stays open, with its candidates.

The text is walked from its start through the indices of `place_index`; each reading goes on as deep as it can, and the
one that explains most of the text counts. Readings that explain as much as each other are candidates.

>>> parse_residence("湖北武汉洪山关山街道").division.full_name
'湖北省武汉市洪山区关山街道'
>>> [division.full_name for division in parse_residence("西湖区").candidates]
['浙江省杭州市西湖区', '江西省南昌市西湖区']
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from paicha.domain.gazetteer import Division, Level, find_division, find_former
from paicha.domain.place_index import Form, Index, Step, index_of, town_index
from paicha.domain.readings import compact

_COUNTRY = ("中华人民共和国", "中国")
_SEPARATORS = frozenset("-—–_/\\|,，、;；:：.。·>→+")
# A form's own words left unfilled: *省*市*县* 街道*社区.
_PLACEHOLDER = re.compile(
    r"(?:[*_xX×?.…·()\-—/\\、,:省市州盟区县旗乡镇村]|自治[区州县旗]|街道|街|社区|(?:社区)?居委会|村委会)*"
)
# A stem before these is no place of its own: 南京东路, 北京大学. (湖北)武汉 before 光谷 is.
_NO_PLACE = re.compile(
    r"[省市区县州盟旗]|[东西南北中]?[一二三四五六七八九十]?(?:路|街|大道|大街)"
    r"|.{0,8}?(?:大学|学院|学校|公司|集团|银行|医院|酒店|宾馆|饭店|大厦)"
)
# Mainland places named after one abroad, or that begin like it: 香港中路, 罗马花园, 九龙湖街道, 九龙坡, 巴林左.
_NOT_ABROAD = re.compile(
    r"[东西南北中]?[一二三四五六七八九十]?(?:路|街|大道|大街)|[坡左右县镇乡村湖山河沟]"
    r"|.{0,3}(?:花园|小区|小镇|社区|街道|家园|公馆|山庄|广场|大厦|名苑)"
)
_LABEL = re.compile(r"(?:现|常|长期)?(?:居住地|住址|地址|居住|住)(?:\(流入地\))?[在于为]?:?")
_STREET_LEVEL = Level.STREET
_ZONE = re.compile(r".{2,12}?(?:开发区|高新区|经开区|新区|园区|示范区|风景区|管理区|度假区)")


class Residence(NamedTuple):
    """What a text says of a place of residence.

    `division` is the deepest one that is certain (a street where the table has it), `abroad` the name of a country,
    of Hong Kong, Macao or Taiwan. `detail` is what follows the county. `candidates` are the divisions that an ambiguous
    or contradictory text may mean. `former` is a note to the user where an old name or code was read as a new one."""

    text: str
    division: Division | None = None
    abroad: str | None = None
    detail: str = ""
    candidates: tuple[Division, ...] = ()
    former: str = ""

    @property
    def to_county(self) -> bool:
        """Whether the county is known (domain.md, `residence`); a city without counties and abroad suffice."""
        return self.abroad is not None or (self.division is not None and not self.division.has_counties)

    @property
    def coarse(self) -> bool:
        """Whether no street or community is given (domain.md, `residence-coarse`). Any words after the county count as
        given, but for the form's own unfilled ones; abroad is never coarse."""
        if self.abroad is not None or (self.division is not None and self.division.level is _STREET_LEVEL):
            return False
        return _PLACEHOLDER.fullmatch(self.detail) is not None


class _Reading(NamedTuple):
    """A step that was taken: the text is explained up to `end`; the detail begins at `detail_at`."""

    step: Step
    end: int
    detail_at: int
    note: str


_START = Step("", None)
_STREET = "街道"
_STREET_GOES_ON = re.compile(r"[()]|.{0,4}(?:片区|地区|服务中心|办事处|筹备)")  # 侏儒山街道洪北片区
_WALKED = 120  # characters; no place needs more to be named, and whatever a cell holds, the walk stays shallow


def parse_residence(text: str) -> Residence:
    """The place that a text names: full, without levels or the words for their kinds, as a code of 6, 9 or 12 digits,
    with former names. Never raises; "" and unfilled forms give nothing known."""
    words = compact(text)
    if words.startswith(_COUNTRY):
        words = words.removeprefix(_COUNTRY[0]).removeprefix(_COUNTRY[1])
    if not words or _PLACEHOLDER.fullmatch(words):
        return Residence(text)
    if words.isdecimal():
        return _from_code(text, words)
    found = _readings(words)
    if found[0].end == 0 and (label := _LABEL.match(words)):
        words = words[label.end() :]
        found = _readings(words)
    return _choose(text, words, found)


def _readings(words: str) -> tuple[_Reading, ...]:
    """All readings of a text. What follows the last 街道 names no division, so only the text up to it is walked."""
    end = words.rfind(_STREET, 0, _WALKED) + len(_STREET)
    whole = end < len(_STREET) or _STREET_GOES_ON.match(words, end)
    return _walk(words[:_WALKED] if whole else words[:end])


@lru_cache(maxsize=50_000)  # a file of 100,000 people has far fewer streets than people
def _walk(words: str) -> tuple[_Reading, ...]:
    return tuple(_follow(words, _Reading(_START, 0, 0, "")))


def _from_code(text: str, code: str) -> Residence:
    if len(code) not in (6, 9, 12):
        return Residence(text, detail=code)
    if found := find_division(code) or find_division(code[:6]):
        return Residence(text, found)
    former = find_former(code)
    if former is None or former.present is None:
        return Residence(text, detail=code)
    return Residence(text, former.present, former=f"区划代码{code[:6]}：{former.note}")


def _follow(words: str, here: _Reading) -> list[_Reading]:
    """The readings that go on from `here` as deep as they can; `here` itself where none does."""
    scope = here.step.scope
    if scope is None or here.end >= len(words):
        return [here]
    start = _skip_separators(words, here.end)
    found: list[_Reading] = []
    for name, whole, steps in index_of(scope).get(words[start : start + 2], ()):
        if words.startswith(name, start):
            end = start + len(name)
            for step in steps:
                if whole or _stands_alone(words, end, step):
                    taken = _take(here, step, start, end)
                    found += [taken] if _needs_city(here, step, steps) else _follow(words, taken)
            if whole and found and (found[0].step.settled or any(reading.step.settled for reading in found)):
                break  # a shorter form can only explain less
    return found or _towns(words, here, start) or _past_zone(words, here, start) or [here]


def _needs_city(here: _Reading, step: Step, steps: Sequence[Step]) -> bool:
    """Whether a county's name stands first in the text and belongs to several counties (朝阳区): no street behind it
    settles which, since streets are renamed and share names too."""
    if here.end or len(steps) == 1:
        return False
    counties = [s for s in steps if s.division is not None and s.division.level is Level.COUNTY]
    return step in counties and len(counties) > 1


def _towns(words: str, here: _Reading, start: int) -> list[_Reading]:
    """The street or town after a prefecture, where the county is left out: it settles the county if its name is the
    only such in the prefecture (武汉市关山街道 is in 洪山区)."""
    if not _has_towns(here.step):
        return []
    forms = _forms_at(town_index(here.step.scope or ""), words, start)[:1]
    return [_take(here, step, start, start + len(form.name)) for form in forms for step in form.steps]


def _past_zone(words: str, here: _Reading, start: int) -> list[_Reading]:
    """What follows a development zone that is no county (武汉市东湖高新区关东街道, 河北雄安新区容城县)."""
    zone = None if here.step.division is None or here.step.settled else _ZONE.match(words, start)
    if zone is None:
        return []
    found = _follow(words, here._replace(end=zone.end()))
    return [reading for reading in found if reading.step is not here.step]


def _forms_at(index: Index, words: str, start: int) -> list[Form]:
    """The forms of an index that stand at a place in the text, longest first."""
    forms = index.get(words[start : start + 2])
    return [form for form in forms if words.startswith(form.name, start)] if forms else []


def _take(here: _Reading, step: Step, start: int, end: int) -> _Reading:
    is_street = step.scope is None and step.division is not None
    note = f"{here.note}；{step.note}" if here.note and step.note else here.note or step.note
    return _Reading(step, end, start if is_street else end, note)


def _skip_separators(words: str, start: int) -> int:
    while start < len(words) and words[start] in _SEPARATORS:
        start += 1
    return start


def _has_towns(step: Step) -> bool:
    """Whether the county may be left out before a street: in a prefecture or municipality (武汉市关山街道)."""
    return step.division is not None and step.division.has_counties and bool(step.division.prefecture)


def _stands_alone(words: str, end: int, step: Step) -> bool:
    """Whether a stem that ends here is the name of its division and not the beginning of another word.

    At the end of the text, before a separator or a name that lies in the division: yes. A county's stem needs that
    much (武汉江汉路 and 武汉洪山广场 name none, 北京海淀中关村 does, as there is a 中关村街道); a province's or
    prefecture's may stand before any words but those of `_NO_PLACE`; a street's only vouches for its county."""
    if step.scope is None and step.division is not None:
        return False
    if end == len(words) or words[end] in _SEPARATORS:
        return True
    if step.abroad or step.division is None or step.scope is None:
        return not _NOT_ABROAD.match(words, end)
    if _forms_at(index_of(step.scope), words, end):
        return True
    return step.division.level < Level.COUNTY and not _NO_PLACE.match(words, end)


def _choose(text: str, words: str, readings: Sequence[_Reading]) -> Residence:
    """The reading that explains most of the text, or what those that explain as much have in common."""
    best = readings if len(readings) == 1 else _explaining_most(readings)
    first = best[0]
    detail = words[_skip_separators(words, first.detail_at) :]
    if len(best) > 1 and len({(reading.step.division, reading.step.abroad) for reading in best}) > 1:
        return _ambiguous(text, best, detail)
    if first.step.abroad:
        return _abroad(text, words, first, detail)
    others = () if first.step.settled else tuple(_contradictions(words, first))
    if others and first.step.division:
        return Residence(text, detail=detail, candidates=(first.step.division, *others))
    return Residence(text, first.step.division, detail=detail, former=first.note if first.step.division else "")


def _explaining_most(readings: Sequence[_Reading]) -> list[_Reading]:
    """The longest readings that name something. 海南 and 河南 are the provinces, though 海南州 and 河南县 share the
    stem."""
    named = [reading for reading in readings if reading.step.division or reading.step.abroad] or readings
    most = max(reading.end for reading in named)
    best = [reading for reading in named if reading.end == most]
    provinces = [r for r in best if r.step.division is not None and r.step.division.level is Level.PROVINCE]
    return provinces or best


def _ambiguous(text: str, best: Sequence[_Reading], detail: str) -> Residence:
    found = tuple(reading.step.division for reading in best if reading.step.division)
    certain = _in_common(found) if len(found) == len(best) else None
    note = next((reading.note for reading in best if certain and reading.step.division is certain), "")
    return Residence(text, certain, detail=detail, candidates=found, former=note)


def _abroad(text: str, words: str, reading: _Reading, detail: str) -> Residence:
    if _NOT_ABROAD.match(words, reading.end):
        return Residence(text, detail=words)
    return Residence(text, abroad=reading.step.abroad, detail=detail)


def _in_common(found: Sequence[Division]) -> Division | None:
    """The deepest division in which all candidates lie (恩施州 for 恩施州 and 恩施市)."""
    uppers = (find_division(found[0].stem_code[:width]) for width in (6, 4, 2))
    return next((upper for upper in uppers if upper and all(map(upper.contains, found))), None)


def _contradictions(words: str, reading: _Reading) -> Iterator[Division]:
    """Divisions elsewhere that follow in full where a county of this one should stand: 湖北省 before 长沙市岳麓区."""
    division = reading.step.division
    if division is None or not division.has_counties or reading.end >= len(words):
        return
    start = _skip_separators(words, reading.end)
    rest = words[start : start + _WALKED]
    for form in _forms_at(index_of(""), rest, 0):
        if form.whole and len(form.name) > 2:
            for step in form.steps:
                for other in _follow(rest, _Reading(step, len(form.name), 0, "")):
                    if other.step.division and not division.contains(other.step.division):
                        yield other.step.division
