"""Introduction letters: the last day, the receipt's, reissue, numbers, who is responsible."""

from datetime import date

import pytest

from paicha.domain.divisions import Direction
from paicha.domain.letters import (
    NEXT,
    Letter,
    Stage,
    Terms,
    missing_for_reissue,
    missing_numbers,
    outlook,
    receipt_due,
    written,
)

ISSUED = date(2023, 12, 1)


@pytest.mark.parametrize(
    ("direction", "days"),
    [
        (Direction.WITHIN_PREFECTURE, 15),
        (Direction.WITHIN_PROVINCE, 30),
        (Direction.OUTSIDE_PROVINCE, 60),
        (None, 60),
    ],
)
def test_a_letter_holds_as_long_as_its_destination_is_far(direction: Direction | None, days: int) -> None:
    assert Terms().days(direction) == days


def test_no_setting_makes_a_letter_hold_over_90_days() -> None:
    assert Terms(elsewhere=120).days(None) == 90
    for days in (0, 91):
        with pytest.raises(ValueError, match="1 到 90 天"):
            Letter(ISSUED, days)


def test_a_letter_holds_to_its_last_day() -> None:
    letter = Letter(ISSUED, 15)
    assert (letter.expired(date(2023, 12, 16)), letter.expired(date(2023, 12, 17))) == (False, True)


def test_a_receipt_is_due_a_month_on() -> None:
    assert receipt_due(date(2023, 1, 31)) == date(2023, 2, 28)


def test_a_graduate_gets_a_new_letter_for_six_months_and_then_with_papers() -> None:
    june = date(2023, 6, 20)
    assert missing_for_reissue(june, date(2023, 12, 20), graduate=True, statement=False, application=False) == ()
    later = missing_for_reissue(june, date(2023, 12, 21), graduate=True, statement=True, application=False)
    assert later == ("党员本人的申请",)
    assert len(missing_for_reissue(june, june, graduate=False, statement=False, application=False)) == 2


def test_numbers_that_are_missing_are_told() -> None:
    assert missing_numbers([1, 2, 5, 4]) == [3]
    assert missing_numbers([]) == []
    assert written(2023, 12) == "〔2023〕第0012号"


def test_the_origin_is_responsible_at_every_stage_but_the_last() -> None:
    for stage in (*Stage, None):
        found = outlook(stage, "测绘支部", "关山社区党委", date(2023, 12, 5), Letter(ISSUED, 60))
        assert found.responsible == ("关山社区党委" if stage is Stage.RECEIVED else "测绘支部")
        assert found.next


@pytest.mark.parametrize(
    ("today", "next_", "late"),
    [
        (date(2023, 12, 5), "等对方的回执", False),
        (date(2024, 1, 2), "催要回执", True),
        (date(2024, 1, 31), "介绍信已过期：联系本人，重新开具", True),
    ],
)
def test_what_comes_next_follows_the_clock(today: date, next_: str, late: bool) -> None:
    found = outlook(Stage.UNDERWAY, "测绘支部", "关山社区党委", today, Letter(ISSUED, 60))
    assert (found.next, found.late) == (next_, late)


def test_what_is_over_has_nothing_after_it() -> None:
    assert all(stage.over == (not NEXT[stage]) for stage in Stage)
