"""附件2 as written: the official sheet, and the office's summary with its sums and checks."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from paicha.domain.annex2 import HEADINGS, LETTERS, NOTES, REMARK_HEADING, TITLE, Statistics, total
from paicha.formats.readers.opening import read_file
from paicha.formats.readers.recognise import forms
from paicha.formats.writers.annex2 import COLUMNS, write_annex2
from paicha.formats.writers.annex2_summary import CHECKS_FROM, REPEATED, SUMMARY, Unit, write_annex2_summary
from paicha.formats.writers.notes import Provenance

PROVENANCE = Provenance("党委办公室", datetime(2023, 12, 14, 9, 30, tzinfo=UTC), ("规则版本：2023-11-28",))
REMARK_AT = COLUMNS.index("备注")


def statistics(remark: str = "", **figures: int) -> Statistics:
    return Statistics(dict.fromkeys(LETTERS, 0) | figures, remark)


THREE = statistics("升学1人", A=3, B=2, C=1, E=3, I=3, J=2, U=1, V=2, X=1, Y=4, Z=1)
NOBODY = statistics()
BROKEN = statistics(A=2, B=1, E=2, I=2, J=2, V=2, Z=3)


def official(path: Path, figures: Statistics = THREE, branch: str = "测绘支部") -> Worksheet:
    write_annex2(path, branch=branch, statistics=figures, provenance=PROVENANCE)
    return openpyxl.load_workbook(path)["附件2"]


def summary(path: Path, units: list[Unit]) -> None:
    sums = total(unit.statistics for unit in units if unit.statistics is not None)
    write_annex2_summary(path, committee="某学院党委", units=units, total=sums, provenance=PROVENANCE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "附件2.xlsx"


def test_the_sheet_is_the_one_that_the_notice_draws(path: Path) -> None:
    sheet = official(path)
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == ["附件2", TITLE, "党支部名称:测绘支部"]
    groups = {"B4:C4": "性别", "D4:F4": "年龄", "G4:I4": "文化程度", "J4:V4": "从事行业或流动原因", "W4:Y4": "流向区域"}
    areas = {str(area) for area in sheet.merged_cells.ranges}
    assert {*groups, "A4:A5", "Z4:Z5", "AA4:AA5"} <= areas
    assert {area: sheet[area.split(":")[0]].value for area in groups} == groups
    singles = {"A", "Y", "Z"}
    headings = [sheet.cell(4 if name in singles else 5, n).value for n, name in enumerate(COLUMNS, 1)]
    assert headings == [REMARK_HEADING if name == "备注" else HEADINGS[name] for name in COLUMNS]
    assert [cell.value for cell in sheet[6]] == [None if name == "备注" else name for name in COLUMNS]
    assert sheet["V6"].value is None


def test_both_notes_and_the_line_to_sign_stand_below(path: Path) -> None:
    sheet = official(path)
    assert [sheet["A8"].value, sheet["A9"].value] == list(NOTES)
    assert [cell.value for cell in sheet[10] if cell.value] == ["审核领导:", "填表人:", "联系电话:"]
    assert sheet.max_row == 10


@pytest.mark.parametrize("figures", [THREE, NOBODY], ids=["three", "nobody"])
def test_figures_are_plain_whole_numbers_and_nobody_is_0(path: Path, figures: Statistics) -> None:
    sheet = official(path, figures)
    for n, name in enumerate(COLUMNS, 1):
        cell = sheet.cell(7, n)
        if name != "备注":
            assert (cell.value, cell.data_type, cell.number_format) == (figures[name], "n", "0")


def test_it_prints_on_one_page_of_a4_landscape(path: Path) -> None:
    setup = official(path).page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", None, None)
    properties = openpyxl.load_workbook(path)["附件2"].sheet_properties.pageSetUpPr
    assert properties is not None
    assert properties.fitToPage, "with neither width nor height given, it fits on one page"


def test_the_remark_and_the_branch_stay_text(path: Path) -> None:
    figures = statistics("=1+1", A=1, U=1)
    sheet = official(path, figures, branch="=测绘支部")
    assert (sheet.cell(7, REMARK_AT + 1).value, sheet.cell(7, REMARK_AT + 1).data_type) == ("=1+1", "s")
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("附件2").to_python()
    assert rows[6][REMARK_AT] == "=1+1"


def test_our_reader_reads_back_the_same_figures(path: Path) -> None:
    official(path)
    (sent,) = forms(read_file(str(path))).annex2
    assert (sent.branch, sent.figures, sent.remark) == ("测绘支部", THREE.figures, "升学1人")


UNITS = [
    Unit("测绘支部", THREE, "已报", [], 1),
    Unit("信息支部", BROKEN, "已报", ["性别不平衡：信息.xlsx 第7行", "附件2与附件1不一致"]),
    Unit("=离退休支部", None, "未报"),
]


def test_the_summary_adds_up_by_formulas_whose_values_are_kept(path: Path) -> None:
    summary(path, UNITS)
    formulas = openpyxl.load_workbook(path)["汇总"]
    values = openpyxl.load_workbook(path, data_only=True)["汇总"]
    assert values["B10"].value == "合计"
    for letter in LETTERS:
        column = SUMMARY[letter] + 1
        name = formulas.cell(10, column).column_letter
        assert formulas.cell(10, column).value == f"=SUM({name}7:{name}9)"
        assert values.cell(10, column).value == THREE[letter] + BROKEN[letter]
    assert (values["E4"].value, values["E7"].value, values["E10"].value) == ("其中身份证号重复", 1, 1)


def test_each_relation_is_checked_by_a_formula(path: Path) -> None:
    summary(path, UNITS)
    formulas = openpyxl.load_workbook(path)["汇总"]
    values = openpyxl.load_workbook(path, data_only=True)["汇总"]
    checks = range(CHECKS_FROM + 1, CHECKS_FROM + 7)
    assert [values.cell(5, n).value for n in checks] == ["A=B+C", "A=D+E+F", "A=G+H+I", "A=J+…+U", "A=V+W+X", "Z≤A"]
    assert formulas.cell(7, checks[0]).value == '=IF(D7="","",IF(D7=SUM(F7:G7),"✓","✗"))'
    assert [values.cell(7, n).value for n in checks] == ["✓"] * 6
    assert [values.cell(8, n).value for n in checks] == ["✗", "✓", "✓", "✓", "✓", "✗"]
    assert [values.cell(9, n).value for n in checks] == [None] * 6
    (rules,) = formulas.conditional_formatting
    assert [rule.formula for rule in rules.rules] == [['"✗"']]


def test_a_branch_that_did_not_report_is_a_row_without_figures(path: Path) -> None:
    summary(path, UNITS)
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert [sheet.cell(9, n).value for n in (1, 2, 3, 4)] == [3, "=离退休支部", "未报", None]
    assert sheet["B9"].data_type == "s"


def test_the_summary_of_no_branch_at_all_is_zero(path: Path) -> None:
    summary(path, [])
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert [sheet.cell(7, SUMMARY[letter] + 1).value for letter in LETTERS] == [0] * 26


def test_the_summary_prints_on_a4_landscape_two_pages_wide_with_headings_and_branches_repeated(path: Path) -> None:
    summary(path, UNITS)
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet.freeze_panes) == ("$4:$6", "$A:$E", "F7")
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A2:Z2", "A3:Z3"}, "the title stays on the first page"


def test_both_pages_of_the_summary_are_so_wide_that_the_second_begins_with_the_direction(path: Path) -> None:
    summary(path, UNITS)
    sheet = openpyxl.load_workbook(path)["汇总"]
    widths: list[float] = []
    for dimension in sorted(sheet.column_dimensions.values(), key=lambda dimension: dimension.min):
        widths += [dimension.width] * (dimension.max - dimension.min + 1)
    break_at = SUMMARY["V"]
    first, second = sum(widths[:break_at]), sum(widths[:REPEATED]) + sum(widths[break_at:])
    assert second <= first < second + widths[break_at - 1]
    assert [item.id for item in sheet.col_breaks.brk] == [break_at]


def test_brackets_in_narrow_headings_of_the_summary_stand_on_lines_of_their_own(path: Path) -> None:
    summary(path, UNITS)
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert sheet.cell(5, SUMMARY["G"] + 1).value == "高中\n（中专）\n以下"
    assert sheet.cell(5, SUMMARY["L"] + 1).value == "两新组织员工\n（职工）"
    assert official(path.with_name("附件2-上报.xlsx"))["G5"].value == HEADINGS["G"], "verbatim where it goes upward"
