"""The dimensions that those who are away are looked at by (notice 三.2): 性别, 年龄, 入党时间, 文化程度, 从事行业,
流动原因, 流向地域. Each is a list of bands, and a band is a figure over the stored facts: those of 附件2 where it has
them, so that both always say the same.

从事行业 and 流动原因 share one column of 附件1, and each of its twelve choices (J–U) may be either: they are one
dimension here, since no rule says which of 单位派驻 or 灵活就业 is the one and which the other.

入党时间 is told by the periods of the Party's own yearly bulletin (中国共产党党内统计公报)†.

>>> from datetime import date
>>> [band.label for band in dimensions(RuleSet(date(2023, 12, 15)))[0].bands]
['男', '女']
"""

from dataclasses import dataclass

from paicha.domain.annex2 import FACT_OF, HEADINGS, Between, Dimension, Fact, In, figures
from paicha.domain.settings import RuleSet

EARLIEST, LATEST = 0, 9999 * 12  # months since year 0


def _month(year: int, month: int) -> int:
    return year * 12 + month - 1


# The first month of each period of joining, and its name.
PERIODS = (
    (EARLIEST, "新中国成立前"),
    (_month(1949, 10), "新中国成立后至党的十一届三中全会前"),
    (_month(1978, 12), "党的十一届三中全会后至党的十八大前"),
    (_month(2012, 11), "党的十八大以来"),
)


@dataclass(frozen=True, slots=True)
class Band:
    """One value of a dimension; `key` stands in addresses: the figure's letter in 附件2, or the number of a period."""

    key: str
    label: str
    figure: In | Between


@dataclass(frozen=True, slots=True)
class View:
    """A dimension: `fact` is what it looks at. Who is in none of `bands` is unknown in it."""

    key: str
    heading: str
    fact: Fact
    bands: tuple[Band, ...]


def dimensions(rules: RuleSet) -> list[View]:
    """Every dimension, in the notice's order; ages as `rules` count them."""
    counted = figures(rules)

    def view(dimension: Dimension) -> View:
        bands = (Band(letter, HEADINGS[letter], counted[letter]) for letter in dimension.letters)
        return View(dimension.name.lower(), dimension.heading, FACT_OF[dimension], tuple(bands))

    sex, age, education, reason, direction = (view(dimension) for dimension in Dimension)
    return [sex, age, _joining(), education, reason, direction]


def _joining() -> View:
    ends = [*(first - 1 for first, _ in PERIODS[1:]), LATEST]
    bands = (
        Band(str(n), label, Between(Fact.JOINED, first, last))
        for n, ((first, label), last) in enumerate(zip(PERIODS, ends, strict=True), 1)
    )
    return View("joined", "入党时间", Fact.JOINED, tuple(bands))
