"""What a letter says and still wants, its capital numerals, how it stands."""

from datetime import date, timedelta

import pytest

from paicha.domain.divisions import Direction
from paicha.domain.introduction import (
    Grounds,
    LetterState,
    Person,
    Standing,
    Void,
    Wanted,
    capitals,
    dues_words,
    missing,
    ready,
    state_of,
    wanted_to_replace,
)
from paicha.domain.letters import Letter, Stage
from tests.world import id_number

TODAY = date(2023, 12, 1)
DECEMBER = 2023 * 12 + 11
PERSON = Person("张三", "男", 45, "汉族", id_number(), "13800000006")
FULL = Wanted(
    "关山街道党工委", "关山社区党支部", "测绘支部", Direction.WITHIN_PROVINCE, DECEMBER, Standing.FULL, PERSON
)
LETTER = Letter(TODAY, 15)
LATE = TODAY + timedelta(days=16)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "壹"), (10, "壹拾"), (12, "壹拾贰"), (15, "壹拾伍"), (30, "叁拾"), (60, "陆拾"), (90, "玖拾")],
)
def test_numbers_are_written_so_that_nobody_alters_them(number: int, words: str) -> None:
    assert capitals(number) == words


def test_the_month_of_the_dues_too() -> None:
    assert dues_words(2024 * 12) == "贰零贰肆年壹月"
    for number in (0, 100):
        with pytest.raises(ValueError, match="玖拾玖"):
            capitals(number)


def test_a_whole_letter_holds_by_its_direction_or_by_its_own_days() -> None:
    assert missing(FULL) == ()
    assert ready(FULL, TODAY).days == 30


def test_an_id_number_that_is_not_right_is_missing() -> None:
    wrong = Wanted(
        "甲",
        "乙",
        "丙",
        Direction.OUTSIDE_PROVINCE,
        DECEMBER,
        Standing.FULL,
        Person("张三", "男", 45, "汉族", "1" * 18, "1"),
    )
    assert missing(wrong) == ("身份证号",)
    with pytest.raises(ValueError, match="还缺：身份证号"):
        ready(wrong, TODAY)


@pytest.mark.parametrize(
    ("void", "day", "grounds", "lacking"),
    [
        (Void.MISWRITTEN, LATE, Grounds(), 0),
        (Void.LOST, TODAY, Grounds(), 2),
        (Void.LOST, TODAY, Grounds(graduate=True), 0),
        (None, LATE, Grounds(), 2),
        (None, LATE, Grounds(statement="支部说明"), 1),
        (None, LATE, Grounds(statement="支部说明", application="本人申请"), 0),
        (None, date(2024, 6, 1), Grounds(graduate=True), 0),
        (None, date(2024, 6, 2), Grounds(graduate=True), 2),
    ],
)
def test_what_a_letter_in_place_of_another_wants(void: Void | None, day: date, grounds: Grounds, lacking: int) -> None:
    assert len(wanted_to_replace(void, TODAY, day, grounds)) == lacking


@pytest.mark.parametrize(
    ("stage", "day", "void", "replaced", "state"),
    [
        (Stage.UNDERWAY, TODAY, False, False, LetterState.VALID),
        (Stage.UNDERWAY, LATE, False, False, LetterState.EXPIRED),
        (Stage.EXPIRED, LATE, False, False, LetterState.EXPIRED),
        (Stage.UNDERWAY, LATE, False, True, LetterState.REPLACED),
        (Stage.RECEIVED, LATE, False, False, LetterState.RECEIVED),
        (Stage.RECEIVED, LATE, False, True, LetterState.REPLACED),
        (Stage.REFUSED, TODAY, False, False, LetterState.ENDED),
        (Stage.WITHDRAWN, TODAY, False, False, LetterState.ENDED),
        (Stage.URGED, TODAY, True, False, LetterState.VOID),
    ],
)
def test_how_a_letter_stands(stage: Stage, day: date, void: bool, replaced: bool, state: LetterState) -> None:
    assert state_of(LETTER, stage, day, void=void, replaced=replaced) is state
