"""What moved since the round before, from the result.json that was kept of it."""

from pathlib import Path

import pytest

from paicha.collation.contract import write_json
from paicha.collation.engine import collate
from paicha.collation.last_round import LastRound, read_last_round
from paicha.collation.result import Result
from paicha.domain.annex2 import LETTERS
from paicha.domain.branches import BranchList, ListedBranch
from paicha.domain.questions import ask_moved
from tests.collation.test_engine import OFFICE_LIST, collected
from tests.world import COMPUTING, SURVEY, WUHAN, form, row

NOBODY = dict.fromkeys(LETTERS, 0)


def result_of(people: int) -> Result:
    return collate(collected(form(*(row(number) for number in range(6, 6 + people)))), WUHAN, OFFICE_LIST)


def before(**branches: int) -> LastRound:
    """A round in which each branch had so many people (A)."""
    figures = {name: NOBODY | {"A": people} for name, people in branches.items()}
    return LastRound("2022-12-15", figures, NOBODY | {"A": sum(branches.values())})


def moved_of(people: int, last: LastRound, listed: BranchList = OFFICE_LIST) -> list[tuple[str, str]]:
    return list(last.ask(result_of(people), listed))


def test_a_figure_that_moved_by_a_third_and_by_three_people_is_asked_about() -> None:
    asked = list(ask_moved(NOBODY | {"A": 12, "C": 2, "D": 40}, NOBODY | {"A": 9, "C": 0, "D": 42}, "2022-12-15"))
    assert asked == ["与上一轮（2022-12-15）相比变动三分之一以上：A由9变为12，请说明原因。"]
    assert not list(ask_moved(NOBODY | {"A": 11}, NOBODY | {"A": 9}, "2022-12-15"))
    assert not list(ask_moved(NOBODY | {"A": 100}, NOBODY | {"A": 132}, "2022-12-15"))


def test_a_branch_and_the_total_are_asked_each(tmp_path: Path) -> None:
    write_json(tmp_path / "result.json", result_of(1))
    asked = moved_of(5, read_last_round(tmp_path))
    assert [name for name, _ in asked] == [SURVEY, ""]
    assert "A由1变为5" in asked[0][1]
    assert asked[1][1].startswith("合计与上一轮（2023-12-15）相比")


def test_a_branch_is_known_by_its_former_name_where_the_list_has_it() -> None:
    listed = BranchList([ListedBranch(SURVEY, ("老测绘支部",)), ListedBranch(COMPUTING)])
    assert moved_of(2, before(老测绘支部=2), listed) == []


def test_a_branch_that_is_gone_from_list_and_forms_is_named() -> None:
    asked = dict(moved_of(2, before(撤了的支部=2)))
    assert asked[""] == "上一轮（2022-12-15）有、这一轮没有的党支部：撤了的支部，请核实是否撤并或更名。"


def test_collate_asks_where_it_was_given_the_last_round() -> None:
    sent = collected(form(*(row(number) for number in range(6, 11))))
    result = collate(sent, WUHAN, OFFICE_LIST, last_round=before(**{SURVEY: 1}))
    assert any("A由1变为5" in text for name, text in result.questions if name == SURVEY)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "不是以前汇总的结果"),
        ('{"schema": "paicha/result/1", "branches": [', "读不全"),
        ('{"schema": "paicha/result/1", "branches": [{"branch": "甲", "statistics": {"A": 1}}]}', "读不全"),
    ],
)
def test_what_is_no_result_is_refused_in_chinese(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "result.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        read_last_round(tmp_path)


def test_a_folder_without_results_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="不是以前汇总的结果"):
        read_last_round(tmp_path)
