"""附件2 as at a past day: what stood there then, as it was known then, whatever became of it since."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from paicha.domain.annex2 import LETTERS, NIL, Statistics
from paicha.register.figures.past import figures_on, people_on
from paicha.register.figures.selectors import figures_of
from paicha.register.models import Closing
from paicha.register.moving.services import move_entry
from paicha.register.records import Recorder
from paicha.register.selectors import current_of
from paicha.register.services import close_entry, reopen_entry, revise_entry
from tests.college import RULES, College
from tests.transfers.world import receive
from tests.world import row

Turn = Callable[[date], date]
BEFORE, FIRST, SECOND, THIRD = (date(2023, 12, day) for day in (1, 2, 5, 8))


def then(college: College, day: date, branch: Any = None) -> Statistics:
    asked = branch or college.survey
    with college.at_work():
        return figures_on(college.root.committee_id, [asked.id], RULES, day).get(asked.id, NIL)


def names(college: College, day: date, letter: str = "A") -> list[str]:
    with college.at_work():
        found = people_on(college.root.committee_id, college.survey.id, letter, RULES, day)
        return [version.name for version in found]


def test_each_day_shows_what_was_known_as_it_ended(college: College, on: Turn) -> None:
    on(FIRST)
    entry = college.add(college.survey, 6, name="张三")
    with college.at_work():
        changed = row(6, name="张三", education="大专").values
        revise_entry(
            actor=college.people["clerk"],
            entry_id=entry.id,
            base=current_of(entry).id,
            cells=changed,
            recorder=Recorder(RULES),
            today=on(SECOND),
        )
        receive(college, entry, on(THIRD))
    shown = {day: [then(college, day)[letter] for letter in "AHIY"] for day in (BEFORE, FIRST, SECOND, THIRD)}
    assert shown == {BEFORE: [0, 0, 0, 0], FIRST: [1, 0, 1, 0], SECOND: [1, 1, 0, 0], THIRD: [0, 0, 0, 1]}
    assert (names(college, FIRST, "I"), names(college, SECOND, "I"), names(college, THIRD, "Y")) == (
        ["张三"],
        [],
        ["张三"],
    )


def test_a_closing_counts_until_it_was_taken_back(college: College, on: Turn) -> None:
    on(FIRST)
    entry = college.add(college.survey, 6)
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=on(SECOND))
        reopen_entry(actor=college.people["clerk"], entry_id=entry.id, today=on(THIRD))
    assert [then(college, day)["A"] for day in (FIRST, SECOND, THIRD)] == [1, 0, 1]


def test_who_moved_since_is_counted_where_they_belonged(college: College, on: Turn) -> None:
    on(FIRST)
    entry = college.add(college.survey, 6)
    with college.at_work():
        # tests.college adds with the day of the college; the affiliation began on it
        move_entry(actor=college.people["office"], entry_id=entry.id, to_id=college.computing.id, today=on(THIRD))
    assert [then(college, day)["A"] for day in (SECOND, THIRD)] == [1, 0]
    assert [then(college, day, college.computing)["A"] for day in (SECOND, THIRD)] == [0, 1]


def test_today_is_what_the_register_counts_to_now(college: College, on: Turn) -> None:
    on(FIRST)
    for number, cells in enumerate(({}, {"sex": ""}, {"reason": "其他（升学）"}, {"residence": "北京市海淀区"}), 6):
        college.add(college.survey, number, **cells)
    with college.at_work():
        now = figures_of(college.root.committee_id, college.survey.id, RULES).statistics
    assert then(college, FIRST) == now
    assert {letter: len(names(college, FIRST, letter)) for letter in LETTERS} == dict(now.figures)


def test_the_page_says_which_day_it_shows_and_opens_the_people_of_it(college: College, on: Turn) -> None:
    on(FIRST)
    entry = college.add(college.survey, 6, name="张三")
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=on(SECOND))
    on(THIRD)
    browser, address = college.client("clerk"), f"/branches/{college.survey.id}/annex2"
    page = browser.get(f"{address}?at=2023-12-02").content.decode()
    assert "这是 2023-12-02 当天结束时的情况" in page
    assert f"{address}/A?at=2023-12-02" in page
    assert "张三" in browser.get(f"{address}/A?at=2023-12-02").content.decode()
    assert "张三" not in browser.get(f"{address}/A").content.decode()


@pytest.mark.parametrize(
    ("asked", "said"), [("昨天", "“昨天”不是日期"), ("2023-13-01", "不是日期"), ("2023-12-09", "2023-12-09 还没有到")]
)
def test_what_is_no_day_that_was_is_told_and_today_is_shown(college: College, on: Turn, asked: str, said: str) -> None:
    on(THIRD)
    college.add(college.survey, 6)
    page = college.client("clerk").get(f"/branches/{college.survey.id}/annex2", {"at": asked}).content.decode()
    assert said in page
    assert "当天结束时的情况" not in page


@pytest.mark.parametrize("people", [1, 12])
def test_a_past_day_costs_as_many_queries_for_many_people_as_for_one(
    college: College, on: Turn, people: int, django_assert_max_num_queries: Any
) -> None:
    on(FIRST)
    for number in range(people):
        college.add(college.survey, 6 + number)
    on(THIRD)
    browser = college.client("clerk")
    with django_assert_max_num_queries(13):
        browser.get(f"/branches/{college.survey.id}/annex2?at=2023-12-02")
