"""附件2: figures by their letters or headings, a unit a row, and the day they count by."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paicha.domain.annex2 import HEADINGS, LETTERS, SentStatistics
from paicha.domain.findings import Code
from paicha.formats.readers import recognise
from paicha.formats.readers.annex2 import read_figure
from paicha.formats.readers.source import Sheet, Source
from tests.formats.tables import Row, filled, source, statistics


def read(rows: list[Row]) -> SentStatistics:
    forms = recognise.forms(source(rows))
    assert len(forms.annex2) == 1, forms
    return forms.annex2[0]


def test_figures_keep_their_cells_the_remark_and_the_branch() -> None:
    sent = read(statistics(filled(A=3, C="3", U=2.0, Z="３人", remark="升学2人")))
    assert (sent.branch, sent.branch_cell, sent.row, sent.remark) == ("测绘系党支部", "A2", 6, "升学2人")
    assert {letter: sent.figures[letter] for letter in "ABCUVZ"} == {"A": 3, "B": 0, "C": 3, "U": 2, "V": 0, "Z": 3}
    assert (sent.cells["A"], sent.cells["U"], sent.cells["V"], sent.cells["Z"]) == ("A6", "U6", "W6", "AA6")
    assert [(place.cell, finding.code, finding.message) for place, finding in sent.findings] == [
        ("AA6", Code.NORMALISED, "“３人”读作“3”")
    ]


@pytest.mark.parametrize("value", ["3人", "３", "  3 ", "3.0"])
def test_a_figure_written_otherwise_is_read_and_told_at_its_cell(value: str) -> None:
    sent = read(statistics(filled(A=3, K=value)))
    assert sent.figures["K"] == 3
    assert [(p.cell, f.code, f.column) for p, f in sent.findings] == [("K6", Code.NORMALISED, HEADINGS["K"])]


@pytest.mark.parametrize("value", ["3", 3, 3.0])
def test_a_figure_written_as_it_is_read_is_not_told(value: str | float) -> None:
    assert read(statistics(filled(A=3, K=value))).findings == ()


def test_headings_alone_serve_where_the_letters_are_gone() -> None:
    rows = statistics(filled(A=3, X=2, Y=1))
    sent = read([*rows[:4], *rows[5:]])
    assert (sent.figures["A"], sent.figures["X"], sent.figures["Y"]) == (3, 2, 1)


def test_letters_alone_serve_where_the_headings_are_gone() -> None:
    sent = read(statistics(filled(A=3, V=2, remark="参军1人"))[4:])
    assert (sent.figures["A"], sent.figures["V"], sent.remark) == (3, 2, "参军1人")


def test_every_official_heading_is_known_alone() -> None:
    sent = read([[HEADINGS[letter] for letter in LETTERS], [int(letter == "K") for letter in LETTERS]])
    assert [letter for letter, figure in sent.figures.items() if figure] == ["K"]


def test_blank_figures_are_zero_and_told_once() -> None:
    sent = read(statistics(filled(A=3, B=None, C="", D="/")))
    assert (sent.figures["B"], sent.figures["C"], sent.figures["D"]) == (0, 0, 0)
    assert [(place.cell, finding.code) for place, finding in sent.findings] == [("B6", Code.NORMALISED)]
    assert "B、C、D栏空白（B6、C6、D6）" in sent.findings[0][1].message


@pytest.mark.parametrize("value", ["三", "3-4", -1, 2.5, True, date(2023, 12, 1), "约3人"])
def test_what_is_no_number_of_people_is_an_error_at_its_cell(value: object) -> None:
    sent = read(statistics(filled(A=3, K=value)))  # type: ignore[arg-type]
    place, finding = sent.findings[0]
    assert (place.cell, finding.code, "K" in sent.figures) == ("K6", Code.UNREADABLE, False)


def test_a_column_that_is_missing_is_an_error() -> None:
    rows = [row[:-1] if index > 1 else row for index, row in enumerate(statistics(filled(A=1)))]
    sent = read(rows)
    assert [finding.code for _, finding in sent.findings] == [Code.UNREADABLE]
    assert "Z栏" in sent.findings[0][1].message


def test_a_unit_a_row_gives_one_statistics_each_and_skips_the_total() -> None:
    rows = [["党支部名称" if index == 2 else None, *row] for index, row in enumerate(statistics()) if index > 1]
    rows[0][0] = "党支部名称"
    rows += [["测绘系党支部", *filled(A=2)], ["地质系党支部", *filled(A=1)], ["合计", *filled(A=3)]]
    forms = recognise.forms(source(rows))
    assert [(s.branch, s.branch_cell, s.figures["A"]) for s in forms.annex2] == [
        ("测绘系党支部", "A4", 2),
        ("地质系党支部", "A5", 1),
    ]
    assert [(place.row, finding.code) for place, finding in forms.findings] == [(6, Code.SKIPPED)]


def test_a_word_beside_the_figures_is_no_branch() -> None:
    rows: list[Row] = [[None, *row] for row in statistics()[2:]] + [["人数", *filled(A=2)]]
    sent = read([["党支部名称：测绘系党支部"], *rows])
    assert (sent.branch, sent.figures["A"]) == ("测绘系党支部", 2)


def test_a_second_row_without_a_name_is_told_and_not_counted() -> None:
    forms = recognise.forms(source(statistics(filled(A=2), filled(A=1))))
    assert [sent.figures["A"] for sent in forms.annex2] == [2]
    assert [(place.row, finding.code) for place, finding in forms.findings] == [(7, Code.SKIPPED)]


def test_an_empty_form_counts_as_not_sent() -> None:
    forms = recognise.forms(source(statistics([], ["注: 1.表间关系"], ["审核领导:"], ["联系电话:", 13800000000])))
    assert forms.annex2 == []
    assert [finding.code for _, finding in forms.findings] == [Code.SKIPPED]


def test_a_lone_number_below_the_figures_is_no_second_row() -> None:
    forms = recognise.forms(source(statistics(filled(A=1), [], [0, "自行转出的人数"])))
    assert (len(forms.annex2), forms.findings) == (1, [])


def test_foot_rows_are_no_figures() -> None:
    foot: list[Row] = [["注: 1.表间关系"], ["审核领导: 李明", None, "填表人: 王立"], ["联系电话:", "027-1"]]
    assert read(statistics(filled(A=1), *foot)).row == 6


@pytest.mark.parametrize(
    "line",
    [
        ["截至2023年12月15日"],
        ["统计时间：2023.12.15"],
        ["数据截止", None, "2023-12-15"],
        ["统计日期：", date(2023, 12, 15)],
        ["（年龄计算至２０２３年１２月１５日）"],
    ],
)
def test_the_day_is_read_from_head_or_foot(line: Row) -> None:
    assert read([line, *statistics(filled(A=1))]).as_of == "2023-12-15"
    assert read([*statistics(filled(A=1)), line]).as_of == "2023-12-15"


def test_no_day_and_an_impossible_day_are_none() -> None:
    assert read(statistics(filled(A=1))).as_of == ""
    assert read([["截至2023年13月45日"], *statistics(filled(A=1))]).as_of == ""


def test_a_word_table_takes_its_branch_from_the_paragraph_before() -> None:
    sheet = Sheet("表2", statistics(filled(A=1))[2:], ("附件2", "党支部名称: 测绘系党支部"))
    sent = recognise.forms(Source("a.docx", "docx", "", [sheet])).annex2[0]
    assert (sent.branch, sent.branch_cell) == ("测绘系党支部", "")


@given(st.integers(0, 10**8))
def test_a_figure_is_read_in_every_way_it_is_written(number: int) -> None:
    for value in (number, float(number), str(number), f" {number} 人", f"{number}.0"):
        assert read_figure(value) == number


def test_numbers_beyond_all_bounds_are_refused() -> None:
    for value in (float("inf"), float("nan"), 10**9, 10**5000):
        assert read_figure(value) is None
    assert read(statistics(filled(A=3, K=10**5000))).findings[0][1].code is Code.UNREADABLE
