"""What a row of the national system's list adds to a transfer that is known: once, and never a second time."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from paicha.domain.exported import Deed, Known, Said, Status, after, is_masked, read_status, read_when, reckon
from paicha.domain.letters import Stage
from paicha.domain.readings import CellValue
from tests.world import id_number

TODAY = date(2023, 12, 10)
SENT, DONE = date(2023, 11, 20), date(2023, 12, 5)
THERE = "关山社区党支部"
ON_A_LIST = Known(here=True, may_begin=True)
UNDERWAY = replace(ON_A_LIST, stage=Stage.UNDERWAY, number="N1", destination=THERE, moved_on=SENT)


def said(status: Status, **more: object) -> Said:
    whole = {"number": "N1", "begun": SENT, "ended": DONE, "destination": THERE} | more
    return Said(status, status.label, **whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("待审核 转接中 在途 待接收", Status.UNDERWAY),
        ("已接收 已完成 转接完成 转接完成（已入库）", Status.RECEIVED),
        ("退回 拒绝 不予接收", Status.REFUSED),
        ("撤销 终止 已撤回", Status.WITHDRAWN),
        ("未接收 审核不通过 已转出 正常", None),
    ],
)
def test_the_system_s_words_are_read_and_others_are_asked_for(words: str, status: Status | None) -> None:
    assert {read_status(word) for word in words.split()} == {status}


def test_what_a_person_said_of_a_word_goes_before_what_is_known() -> None:
    assert read_status(" 审核不 通过 ", {"审核不通过": Status.REFUSED}) is Status.REFUSED
    assert read_status("已完成", {"已完成": Status.PASSED_OVER}) is Status.PASSED_OVER


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2023-11-28 10:22:33", date(2023, 11, 28)),
        ("2023/1/8", date(2023, 1, 8)),
        ("2023/1/8 10:22", date(2023, 1, 8)),
        ("2023年1月8日10时", date(2023, 1, 8)),
        ("2023-11-28T10:22:33", date(2023, 11, 28)),
        ("２０２３年１１月２８日", date(2023, 11, 28)),
        ("2023.11.28", date(2023, 11, 28)),
        (20231128, date(2023, 11, 28)),
        ("20231128102233", date(2023, 11, 28)),
        (datetime(2023, 11, 28, 23, 59, tzinfo=UTC), date(2023, 11, 28)),
        (date(2023, 11, 28), date(2023, 11, 28)),
        *((text, None) for text in ("2023-13-01", "下周", "", None, True, 45258, "2023-11", "2023-02-30", "9" * 400)),
    ],
)
def test_a_time_is_read_and_nothing_is_guessed(cell: CellValue, day: date | None) -> None:
    assert read_when(cell) == day


def test_a_masked_number_is_known_as_such() -> None:
    number = id_number()
    assert is_masked(f"{number[:6]}********{number[14:]}")
    assert is_masked(f"{number[:6]}xxxxxxxx{number[14:]}")
    assert not is_masked(number)
    assert not is_masked(f"{number[:17]}X")


@pytest.mark.parametrize(
    ("row", "known", "deeds"),
    [
        (said(Status.UNDERWAY), ON_A_LIST, (Deed(Stage.UNDERWAY, SENT),)),
        (said(Status.RECEIVED), UNDERWAY, (Deed(Stage.RECEIVED, DONE),)),
        (said(Status.RECEIVED), ON_A_LIST, (Deed(Stage.UNDERWAY, SENT), Deed(Stage.RECEIVED, DONE))),
        (said(Status.RECEIVED), Known(here=True, may_begin=False), (Deed(Stage.RECEIVED, DONE),)),
        (said(Status.REFUSED), UNDERWAY, (Deed(Stage.REFUSED, DONE),)),
        (said(Status.REFUSED), ON_A_LIST, (Deed(Stage.UNDERWAY, SENT), Deed(Stage.REFUSED, DONE))),
        (said(Status.WITHDRAWN, ended=None), UNDERWAY, (Deed(Stage.WITHDRAWN, SENT),)),
        (said(Status.UNDERWAY), replace(UNDERWAY, number=""), (Deed(Stage.UNDERWAY, SENT, note=True),)),
        (said(Status.UNDERWAY, number="N2"), replace(UNDERWAY, stage=Stage.EXPIRED), (Deed(Stage.UNDERWAY, SENT),)),
    ],
)
def test_a_row_adds_what_is_not_known_yet(row: Said, known: Known, deeds: tuple[Deed, ...]) -> None:
    assert reckon(row, known, TODAY).deeds == deeds


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("known", [ON_A_LIST, UNDERWAY, replace(ON_A_LIST, stage=Stage.URGED, moved_on=SENT)])
@pytest.mark.parametrize("number", ["N1", ""])
def test_the_same_row_a_second_time_adds_nothing(status: Status, known: Known, number: str) -> None:
    row = said(status, number=number)
    first = reckon(row, known, TODAY)
    again = reckon(row, after(known, row, first), TODAY)
    assert (again.deeds, again.about) == ((), "")


def test_who_was_urged_after_the_sending_is_sent_on_that_day() -> None:
    urged = replace(ON_A_LIST, stage=Stage.URGED, moved_on=date(2023, 11, 30))
    assert reckon(said(Status.UNDERWAY), urged, TODAY).deeds == (Deed(Stage.UNDERWAY, date(2023, 11, 30)),)
    early = said(Status.RECEIVED, ended=date(2023, 11, 25))
    assert reckon(early, urged, TODAY).deeds == (Deed(Stage.RECEIVED, date(2023, 11, 25)),)


@pytest.mark.parametrize(
    ("row", "known", "about", "words"),
    [
        (said(Status.UNDERWAY, begun=None), ON_A_LIST, "转出时间", "没有转出"),
        (said(Status.UNDERWAY, begun=date(2024, 1, 1)), ON_A_LIST, "转出时间", "还没有到"),
        (said(Status.UNDERWAY, destination=""), ON_A_LIST, "转入党组织", "没有转入"),
        (said(Status.UNDERWAY), Known(here=True, may_begin=False), "姓名", "请先登记"),
        (said(Status.RECEIVED, ended=None), UNDERWAY, "接收时间", "没有接收"),
        (said(Status.RECEIVED, ended=date(2024, 1, 1)), UNDERWAY, "接收时间", "还没有到"),
        (said(Status.RECEIVED, number="N2"), UNDERWAY, "编号", "另一次转接"),
        (said(Status.RECEIVED), replace(ON_A_LIST, over={"N1": Stage.REFUSED}), "编号", "请到他的页面核对"),
    ],
)
def test_what_cannot_be_is_told_with_its_cell(row: Said, known: Known, about: str, words: str) -> None:
    found = reckon(row, known, TODAY)
    assert (found.deeds, found.about) == ((), about)
    assert words in found.why


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (said(Status.RECEIVED), replace(ON_A_LIST, here=False)),
        (said(Status.UNDERWAY), replace(ON_A_LIST, over={"N1": Stage.RECEIVED}, here=False)),
        (said(Status.REFUSED, number="N0"), UNDERWAY),
        (said(Status.WITHDRAWN), ON_A_LIST),
        (said(Status.PASSED_OVER), UNDERWAY),
        *((said(status, number="N0"), replace(ON_A_LIST, received_on=DONE)) for status in Status),
    ],
)
def test_what_is_older_than_what_is_known_changes_nothing(row: Said, known: Known) -> None:
    found = reckon(row, known, TODAY)
    assert (found.deeds, found.about) == ((), "")
    assert found.why
