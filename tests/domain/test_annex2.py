"""The 26 figures: ages by months, bands, relations, who breaks them, the remark, sums."""

from typing import Any

import pytest

from paicha.domain.annex2 import (
    LETTERS,
    Dimension,
    Statistics,
    count,
    facts_of,
    total,
    unknown_dimensions,
)
from paicha.domain.check import Checker
from tests.world import WUHAN, row


def counted(*cells: dict[str, Any]) -> Statistics:
    checker = Checker(WUHAN)
    return count([checker.check(row(6 + n, **of)) for n, of in enumerate(cells)], WUHAN)


def ones(statistics: Statistics) -> str:
    return "".join(letter for letter in LETTERS if statistics[letter])


def test_nobody_gives_zeros_that_balance() -> None:
    nil = counted()
    assert (set(nil.figures.values()), nil.balanced, nil.remark) == ({0}, True, "")


def test_one_person_counts_once_in_each_dimension() -> None:
    assert ones(counted({})) == "ABEILV"


@pytest.mark.parametrize(
    ("birth", "letter"),
    [("198901", "D"), ("198812", "E"), ("196401", "E"), ("196312", "F"), ("200512", "D")],
)
def test_35_and_60_are_reached_in_the_month_of_the_birthday(birth: str, letter: str) -> None:
    assert counted({"birth": birth})[letter] == 1


@pytest.mark.parametrize(("education", "letter"), [("高中", "G"), ("中专", "G"), ("大专", "H"), ("博士研究生", "I")])
def test_education_falls_in_its_band(education: str, letter: str) -> None:
    assert counted({"education": education})[letter] == 1


@pytest.mark.parametrize(
    ("residence", "letter"),
    [("武汉市江岸区", "V"), ("湖北省仙桃市", "W"), ("广东省东莞市南城街道", "X"), ("香港", "X")],
)
def test_direction_is_told_from_home(residence: str, letter: str) -> None:
    assert counted({"residence": residence})[letter] == 1


def test_a_row_that_cannot_be_told_counts_in_a_and_names_the_dimension() -> None:
    statistics = counted({"sex": "未知"}, {})
    assert (statistics["A"], statistics["B"] + statistics["C"]) == (2, 1)
    assert (statistics.unbalanced(), statistics.balanced) == ([Dimension.SEX], False)
    entry = Checker(WUHAN).check(row(sex="未知", residence="朝阳区"))
    assert unknown_dimensions(facts_of(entry, WUHAN)) == [Dimension.SEX, Dimension.DIRECTION]


def test_a_report_in_is_a_name_in_its_branch() -> None:
    reported = {"report_branch": "南山支部", "report_contact": "李四 书记", "report_phone": "0755-87650000"}
    assert counted(reported, {"report_branch": "未报到"}, {})["Z"] == 1


def test_the_remark_is_drafted_from_details() -> None:
    others = [{"reason": "其他（升学）"}, {"reason": "其他（参军）"}, {"reason": "其他（升学）"}]
    assert counted(*others).remark == "升学2人、参军1人"


def test_a_committee_is_the_sum_of_its_branches_and_their_remarks() -> None:
    both = total([counted({"reason": "其他（升学）"}), counted({"reason": "其他（升学）"}, {})])
    assert (both["A"], both["U"], both.remark, both.balanced) == (3, 2, "升学2人", True)
    sent = [Statistics(dict.fromkeys(LETTERS, 0), remark) for remark in ("升学2人，参军1人", "升学2人;出国陪读")]
    assert total(sent).remark == "升学4人、参军1人、出国陪读"


def test_a_detail_that_ends_in_a_figure_stays_apart_from_the_count_and_numbers_are_masked() -> None:
    counted = [Statistics(dict.fromkeys(LETTERS, 0), "", {"考研2024": 1, "升学、参军": 2, "升学13800005678": 1})] * 2
    assert total(counted).remark == "“升学、参军”4人、“升学138****5678”2人、“考研2024”2人"
