"""The dimensions of notice 三.2: bands that meet without a gap, the same figures as 附件2."""

from datetime import date

import pytest

from paicha.domain.annex2 import COUNTED, Fact, figures, holds
from paicha.domain.dimensions import dimensions
from paicha.domain.settings import RuleSet

RULES = RuleSet(date(2023, 12, 15))


def test_every_dimension_of_the_notice_is_there_in_its_order() -> None:
    headings = [view.heading for view in dimensions(RULES)]
    assert headings == ["性别", "年龄", "入党时间", "文化程度", "从事行业或流动原因", "流向区域"]


def test_a_band_that_annex2_has_is_its_figure() -> None:
    counted = figures(RULES)
    bands = {band.key: band.figure for view in dimensions(RULES) for band in view.bands if band.key in counted}
    assert bands == {letter: figure for letter, figure in counted.items() if letter != "Z"}


@pytest.mark.parametrize(
    ("month", "period"),
    [
        ((1949, 9), "新中国成立前"),
        ((1949, 10), "新中国成立后至党的十一届三中全会前"),
        ((1978, 11), "新中国成立后至党的十一届三中全会前"),
        ((1978, 12), "党的十一届三中全会后至党的十八大前"),
        ((2012, 10), "党的十一届三中全会后至党的十八大前"),
        ((2012, 11), "党的十八大以来"),
        ((2023, 12), "党的十八大以来"),
    ],
)
def test_a_month_of_joining_is_in_one_period(month: tuple[int, int], period: str) -> None:
    joined = next(view for view in dimensions(RULES) if view.fact is Fact.JOINED)
    index = month[0] * 12 + month[1] - 1
    assert [band.label for band in joined.bands if holds(band.figure, {Fact.JOINED: index})] == [period]


def test_annex2_looks_at_the_facts_that_come_first() -> None:
    assert tuple(Fact)[: len(COUNTED)] == COUNTED
