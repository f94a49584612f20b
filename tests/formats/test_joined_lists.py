"""附件1 as offices put it together: lists divided by branches' names, doubled columns, cells that formulas left."""

import pytest

from paicha.domain.annex1 import Column, Form
from paicha.domain.findings import Code
from paicha.formats.readers import recognise
from paicha.formats.readers.source import Sheet, Source
from tests.formats.tables import LEAVES, TOP, Row, id_number, person, register, source
from tests.formats.test_annex1_reader import codes, names, read


def joined(*rows: Row) -> list[Form]:
    """The forms of a general branch's joined list: one head, one table, a row with a branch's name between."""
    head: list[Row] = [["附件1"], ["流出党员基本信息登记表"], ["党支部名称：测绘系党总支"]]
    return recognise.forms(source([*head, list(TOP), list(LEAVES), *rows])).annex1


def branches(forms: list[Form]) -> list[tuple[str, list[object]]]:
    return [(form.head.branch, names(form)) for form in forms]


@pytest.mark.parametrize("row", [["乙党支部"], [None, "乙党支部"], ["二、乙党支部（1人）"], ["乙党支部："]])
def test_a_branchs_name_alone_in_a_row_begins_another_branch(row: Row) -> None:
    forms = joined(["甲党支部"], person(), row, person(1, "李四", 2))
    assert branches(forms) == [("甲党支部", ["王小雨"]), ("乙党支部", ["李四"])]
    assert forms[1].head.branch_cell in ("A8", "B8")
    assert forms[1].letters == forms[0].letters
    assert codes(forms[0]) == codes(forms[1]) == []


def test_a_divided_list_keeps_the_secretary_and_the_nil_return_of_each_branch() -> None:
    forms = joined(
        ["甲党支部  书记：李明  联系电话：027-81234567"], ["无"], ["乙党支部"], ["党支部书记：赵立"], person()
    )
    assert branches(forms) == [("甲党支部", []), ("乙党支部", ["王小雨"])]
    assert [form.head.leader for form in forms] == ["李明", "赵立"]


def test_people_before_the_first_divider_belong_to_the_branch_of_the_head() -> None:
    assert branches(joined(person(), ["乙党支部"], person(1, "李四", 2))) == [
        ("测绘系党总支", ["王小雨"]),
        ("乙党支部", ["李四"]),
    ]


def test_a_divider_may_bring_its_own_headings() -> None:
    again: list[Row] = [["乙党支部"], list(TOP), list(LEAVES), person(1, "李四", 2)]
    assert branches(joined(["甲党支部"], person(), *again)) == [("甲党支部", ["王小雨"]), ("乙党支部", ["李四"])]


def test_a_signature_is_no_divider_and_an_unclear_one_is_told() -> None:
    assert read(*register(person(), ["测绘系党支部"], ["2023年12月10日"])).findings == ()
    form = read(*register(person(), ["乙党支部"], ["2023年12月10日"]))
    assert (form.head.branch, names(form)) == ("测绘系党支部", ["王小雨"])
    ((place, finding),) = form.findings
    assert (place.cell, finding.code) == ("A7", Code.SKIPPED)
    assert "乙党支部" in finding.message


def test_a_report_in_branch_alone_in_its_column_divides_nothing() -> None:
    below: Row = [*[None] * 14, "长江社区党支部"]
    assert branches(joined(person(), below, person(2, "李四", 2)))[0][0] == "测绘系党总支"
    assert len(joined(person(), below, person(2, "李四", 2))) == 1


def test_a_divided_word_table_without_headings_loses_nobody() -> None:
    rest: list[Row] = [person(2, "李四", 2), ["乙党支部"], person(1, "赵五", 3)]
    forms = recognise.forms(source(register(person()), rest, kind="docx")).annex1
    assert branches(forms) == [("测绘系党支部", ["王小雨"]), ("测绘系党支部", ["李四"]), ("乙党支部", ["赵五"])]


def test_of_two_columns_of_one_meaning_the_blank_cells_of_the_first_are_filled_and_both_are_named() -> None:
    head: Row = ["姓名", "身份证号", "身份证号码", "流入地", "现居住地", "流动原因"]
    full = "湖北省宜昌市夷陵区小溪塔街道长江社区"
    form = read(
        head, ["王小雨", "", id_number(), None, full, "快递员"], ["李四", "无", id_number(), "武汉市", full, "快递员"]
    )
    assert [row.values[Column.ID_NUMBER] for row in form.rows] == [id_number()] * 2
    assert [row.values[Column.RESIDENCE] for row in form.rows] == [full, "武汉市"]
    told = [(place.cell, f.code, f.message) for place, f in form.findings if "意思相同" in f.message]
    assert [(cell, code) for cell, code, _ in told] == [("C1", Code.NORMALISED), ("E1", Code.NORMALISED)]
    assert "“流入地”（D列）" in told[1][2]
    assert "“现居住地”（E列）" in told[1][2]


def test_a_column_that_only_sounds_alike_is_named_and_fills_nothing() -> None:
    form = read(
        ["姓名", "身份证号", "身份证有效期", "现居住地", "流动原因"], ["王小雨", None, "长期", "武汉", "快递员"]
    )
    assert form.rows[0].values[Column.ID_NUMBER] is None
    assert any(
        "“身份证有效期”（C列）" in finding.message and "没有读取" in finding.message for _, finding in form.findings
    )


def test_an_error_value_is_told_at_its_cell_and_is_nobodys_word() -> None:
    row = person()
    row[Column.EMPLOYER], row[Column.REPORT_BRANCH] = "#REF!", "#N/A"
    form = read(*register(row))
    assert [form.rows[0].values[column] for column in (Column.EMPLOYER, Column.REPORT_BRANCH)] == [None, None]
    assert [(place.cell, f.code, f.message) for place, f in form.findings] == [
        ("J6", Code.UNREADABLE, "格里是错误值（#REF!）"),
        ("O6", Code.UNREADABLE, "格里是错误值（#N/A）"),
    ]


def test_rows_that_formulas_could_not_fill_are_nobodys_and_are_told_once() -> None:
    empty: Row = [2, *["#N/A"] * 16]
    form = read(*register(person(), empty, empty))
    assert names(form) == ["王小雨"]
    ((place, finding),) = form.findings
    assert (place.cell, finding.code) == ("B7", Code.UNREADABLE)
    assert "共2行" in finding.message


def test_an_age_that_a_blank_row_could_not_reckon_is_no_matter() -> None:
    assert read(*register(person(), [2, None, None, None, None, "#VALUE!"])).findings == ()


def test_a_formula_that_nobody_calculated_is_told_at_a_persons_cell() -> None:
    row = person()
    row[Column.REPORT_BRANCH] = None
    rows = register(row, [None] * 17)
    sheet = Sheet("Sheet1", rows, uncalculated=frozenset({(5, 14), (5, 0), (6, 1), (6, 5)}))
    (form,) = recognise.forms(Source("测绘系.xlsx", "xlsx", "", [sheet])).annex1
    assert names(form) == ["王小雨"]
    assert [(place.cell, f.code) for place, f in form.findings] == [("O6", Code.UNREADABLE), ("B7", Code.UNREADABLE)]
    assert all("没有计算结果" in f.message and "保存一次" in f.suggestion for _, f in form.findings)


def test_a_sheet_of_endless_branches_is_cut_short_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paicha.formats.readers.annex1.MAX_BRANCHES", 2)
    forms = joined(["甲党支部"], person(), ["乙党支部"], person(1, "李四", 2), ["丙党支部"], person(1, "赵五", 3))
    assert branches(forms) == [("甲党支部", ["王小雨"]), ("乙党支部", ["李四"])]
    ((place, finding),) = forms[1].findings
    assert (place.row, finding.code) == (10, Code.FILE)
