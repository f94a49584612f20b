"""附件1: heads in every layout, people and nobody else, and nothing dropped in silence."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paicha.domain.annex1 import Column, Form
from paicha.domain.findings import Code
from paicha.formats.readers import recognise
from paicha.formats.readers.head import read_head
from paicha.formats.readers.source import Sheet, Source
from tests.formats.tables import HEAD, LEAVES, TOP, Row, filled, id_number, person, register, source, statistics


def read(*rows: Row) -> Form:
    forms = recognise.forms(source(list(rows)))
    assert len(forms.annex1) == 1, forms
    return forms.annex1[0]


def names(form: Form) -> list[object]:
    return [row.values[Column.NAME] for row in form.rows]


def codes(form: Form) -> list[Code]:
    return [finding.code for _, finding in form.findings]


def test_a_form_keeps_its_head_its_rows_and_their_numbers() -> None:
    form = read(*register(person(), [], person(2, "李四", 2)))
    assert (form.head.branch, form.head.leader, form.head.phone) == ("测绘系党支部", "李明 支部书记", "027-81234567")
    assert form.head.branch_cell == "A3"
    assert [row.number for row in form.rows] == [6, 8]
    assert form.rows[0].values == tuple(person())
    assert form.letters[Column.REPORT_PHONE] == "Q"
    assert form.place(6, Column.ID_NUMBER).cell == "H6"
    assert form.findings == ()


@pytest.mark.parametrize(
    "rows",
    [
        [["党支部名称：测绘系党支部"], ["党支部负责人姓名及职务：李明 支部书记"], ["联系电话：027-81234567"]],
        [["党支部名称", None, "测绘系党支部", "负责人", "李明 支部书记", "电话", "027-81234567"]],
        [["党支部名称:测绘系党支部   党支部负责人姓名及职务:李明 支部书记      联系电话:027-81234567"]],
        [["支部名称：＿＿测绘系党支部＿＿", None, "支部书记：", "李明 支部书记", "联系方式 ：", "027-81234567"]],
        [
            [
                "填报单位（盖章）：测绘系党支部（盖章）",
                "党支部负责人：李明 支部书记",
                "联系电话： 027-81234567  填表日期：2023年12月",
            ]
        ],
        [["党支部名称（盖章）", "测绘系党支部"], ["负责人及职务：李明 支部书记"], ["党支部联系电话：027-81234567"]],
        [["党支部名称：测绘系党支部联系电话：027-81234567"], ["党支部负责人姓名及职务", "李明 支部书记"]],
    ],
)
def test_a_head_is_read_in_every_layout(rows: list[Row]) -> None:
    head = read_head(list(enumerate(rows)))
    assert (head.branch, head.leader, head.phone) == ("测绘系党支部", "李明 支部书记", "027-81234567")
    assert head.branch_cell


def test_the_cell_of_the_branch_is_the_cell_of_its_value() -> None:
    assert read_head([(2, ["党支部名称：", None, "测绘系党支部"])]).branch_cell == "C3"


def test_a_blank_head_stays_blank_and_a_label_never_becomes_a_value() -> None:
    head = read_head([(0, ["党支部名称：", "党支部负责人姓名及职务：", "联系电话："])])
    assert (head.branch, head.leader, head.phone) == ("", "", "")


@pytest.mark.parametrize("row", [[None, "党支部名称："], [None, "党支部名称", None, "联系电话："]])
def test_a_blank_head_names_the_cell_of_its_label(row: Row) -> None:
    assert read_head([(2, row)]).branch_cell == "B3"
    assert read_head([(2, ["附件1"])]).branch_cell == ""


def test_a_number_of_thousands_of_places_does_not_stop_the_reader() -> None:
    assert len(read(*register(person(), ["9" * 5000, *list(range(1, 9))])).rows) == 2


def test_a_title_that_begins_with_the_branch_names_it_when_no_label_does() -> None:
    assert read_head([(0, ["测绘系党支部流出党员基本信息登记表"])]).branch == "测绘系党支部"
    assert read_head([(0, ["流出党员基本信息登记表"])]).branch == ""


@pytest.mark.parametrize(
    "row",
    [
        [None] * 17,
        ["7"],
        [3, "无", "无", "/", "—"],
        [" ", "　"],
        [None, None, None, None, "197808", None, "200308", None, None, None, None, "*省*市*县* 街道*社区"],
        list(TOP),
        list(LEAVES),
        list(range(1, 18)),
        ["注：从事行业或流动原因参照附件 2《流出党员有关情况统计表》中的相关情形填写。"],
        ["填表人：", "张三", None, "审核领导：", "李四", None, "联系电话：", "13800000000"],
        ["流出党员基本信息登记表"],
        ["党支部名称：测绘系党支部", None, "联系电话：027-81234567"],
        ["合计"],
        ["（单位盖章）"],
        [None] * 17 + ["以下空白"],
    ],
)
def test_printed_and_blank_rows_are_skipped_in_silence(row: Row) -> None:
    form = read(*register(person(), row, person(2, "李四", 2)))
    assert names(form) == ["王小雨", "李四"]
    assert form.findings == ()


@pytest.mark.parametrize(
    "row",
    [
        ["例", *person()[1:]],
        ["示例", "张三", "男"],
        [1, "样例", *person()[2:]],
        ["合计", "2人"],
        ["总 计", None, 2],
        [None, "小计", "男1女1"],
    ],
)
def test_examples_and_totals_are_skipped_with_a_notice_at_their_cell(row: Row) -> None:
    form = read(*register(person(), row))
    assert names(form) == ["王小雨"]
    place, finding = form.findings[0]
    assert (codes(form), place.row) == ([Code.SKIPPED], 7)
    assert place.cell.endswith("7")
    assert finding.suggestion


@pytest.mark.parametrize(
    "row",
    [
        [3, "单一"],
        [None, "例外"],
        [None, None, None, None, None, None, None, id_number()],
        [3, None, None, None, None, None, None, None, None, None, None, None, "13800000000"],
        [None, "合群", "男"],
        [None, None, None, None, None, None, None, None, None, "注册中心"],
        [3, None, None, None, "197808"],
        ["三", "党生", "男"],
        [1, "书记", "男", *person()[3:]],
    ],
)
def test_a_row_with_any_content_of_a_person_is_kept(row: Row) -> None:
    assert len(read(*register(person(), row)).rows) == 2


def test_a_nil_return_is_a_form_without_rows() -> None:
    for rows in (register(), register(["无"]), register([None, "无"]), register([1, "无", "无"])):
        form = read(*rows)
        assert form.rows == ()
        assert form.findings == ()


def test_a_missing_required_column_is_an_error_at_the_heading_row() -> None:
    rows = [[*row[:3], *row[4:]] for row in register(person())]
    form = read(*rows)
    place, finding = form.findings[0]
    assert (place.row, finding.code, finding.column) == (4, Code.REQUIRED, "民族")
    assert form.rows[0].values[Column.ETHNIC_GROUP] is None
    assert form.rows[0].values[Column.REPORT_PHONE] == "0717-7654321"


def test_missing_other_columns_are_only_told() -> None:
    form = read(
        ["姓名", "性别", "民族", "出生年月", "入党时间", "身份证", "学历", "现居住地", "手机", "流动原因"], person()[1:]
    )
    assert set(codes(form)) == {Code.NORMALISED}


def test_short_rows_and_extra_columns_do_no_harm() -> None:
    rows = [
        [*row, "备注"] if index == 3 else row for index, row in enumerate(register(person()[:9], [*person(2), "x"]))
    ]
    form = read(*rows)
    assert form.rows[0].values[9:] == (None,) * 8
    assert form.rows[1].values == tuple(person(2))


def test_each_sheet_is_a_form_of_its_own_branch() -> None:
    other: list[Row] = [["党支部名称：地质系党支部"], *register(person(1, "李四", 2))[3:]]
    forms = recognise.forms(source(register(person()), other, [["党支部名称："], *register()[3:]])).annex1
    assert [form.head.branch for form in forms] == ["测绘系党支部", "地质系党支部", ""]


def test_two_branches_below_one_another_are_two_forms() -> None:
    second: list[Row] = [["党支部名称：地质系党支部", None, "联系电话：027-1"], *register(person(1, "李四", 2))[3:]]
    forms = recognise.forms(source([*register(person()), [], *second])).annex1
    assert [(form.head.branch, names(form), form.rows[0].number) for form in forms] == [
        ("测绘系党支部", ["王小雨"], 6),
        ("地质系党支部", ["李四"], 11),
    ]


def test_a_second_head_without_headings_goes_on_under_the_first_ones() -> None:
    second: list[Row] = [["党支部名称：地质系党支部"], ["联系电话：027-1"], person(1, "李四", 2)]
    forms = recognise.forms(source([*register(person()), *second])).annex1
    assert [(form.head.branch, form.head.phone, names(form)) for form in forms][1] == (
        "地质系党支部",
        "027-1",
        ["李四"],
    )


def test_a_joined_list_is_one_form_a_branch_and_a_merged_cell_goes_on_downward() -> None:
    rows: list[Row] = [
        ["所在党支部", *TOP],
        [None, *LEAVES],
        ["地质系党支部", *person()],
        [None, *person(2, "赵六", 3)],
    ]
    rows += [["测绘系党支部", *person(3, "李四", 2)]]
    forms = recognise.forms(source(rows)).annex1
    assert {form.head.branch: names(form) for form in forms} == {
        "地质系党支部": ["王小雨", "赵六"],
        "测绘系党支部": ["李四"],
    }
    assert [form.head.branch_cell for form in forms] == ["A3", "A5"]
    assert [(place.cell, finding.code) for place, finding in forms[0].findings] == [("A4", Code.NORMALISED)]


def test_a_column_of_branches_that_says_no_more_than_the_head_changes_nothing() -> None:
    rows: list[Row] = [HEAD[2], ["所在支部", *TOP], [None, *LEAVES], ["测绘支部", *person()]]
    assert read(*rows).head.branch == "测绘系党支部"


def test_a_word_table_without_headings_continues_the_one_before() -> None:
    preamble = ("附件1", "党支部名称：测绘系党支部  党支部负责人姓名及职务：李明  联系电话：027-1")
    first = Sheet("表1", [list(TOP), list(LEAVES), person()], preamble)
    rest = Sheet("表2", [person(2, "李四", 2), person(3, "赵六", 3)])
    forms = recognise.forms(Source("测绘系.docx", "docx", "", [first, rest]))
    assert [(form.sheet, form.head.branch, names(form), form.rows[0].number) for form in forms.annex1] == [
        ("表1", "测绘系党支部", ["王小雨"], 3),
        ("表2", "测绘系党支部", ["李四", "赵六"], 1),
    ]
    assert forms.annex1[0].head.leader == "李明"


def test_both_forms_in_one_sheet_are_told_apart() -> None:
    mark1: Row = ["附件1"]
    mark2: Row = ["附件2"]
    figures = statistics(filled(A=1, C=1))
    for rows in ([*register(person()), mark2, *figures], [*figures, mark1, *register(person())]):
        forms = recognise.forms(source(rows))
        assert [names(form) for form in forms.annex1] == [["王小雨"]]
        assert [sent.figures["A"] for sent in forms.annex2] == [1]
        assert forms.annex1[0].head.branch == forms.annex2[0].branch == "测绘系党支部"


def test_sheets_of_no_concern_are_ignored() -> None:
    ours = Sheet("问题清单", [["请修改下列问题"], ["位置", "问题"]])
    sheets = [
        ours,
        Sheet("说明", [["怎样填写"]]),
        Sheet("_lists", [["男"]]),
        Sheet("空", [[None]]),
        Sheet("表", register(person())),
    ]
    forms = recognise.forms(Source("a.xlsx", "xlsx", "", sheets))
    assert (len(forms.annex1), forms.findings) == (1, [])


def test_another_sheet_is_named_and_one_with_people_is_an_error() -> None:
    notes: list[Row] = [["经费", "金额"], ["车费", 20]]
    people: list[Row] = [["甲", "乙"], ["王小雨", id_number()]]
    forms = recognise.forms(source(register(person()), notes, people))
    assert [(place.sheet, finding.code) for place, finding in forms.findings] == [
        ("Sheet2", Code.SKIPPED),
        ("Sheet3", Code.FILE),
    ]


def test_a_file_without_any_form_says_which_headings_it_has() -> None:
    forms = recognise.forms(source([["项目", "数量"], ["笔", 3]]))
    assert [finding.code for _, finding in forms.findings] == [Code.FILE]
    assert "没有找到附件1或附件2的表格" in forms.findings[0][1].message
    assert "项目、数量" in forms.findings[0][1].message
    assert recognise.forms(source([])).findings[0][1].code is Code.FILE


def test_no_message_holds_an_id_number_or_a_phone_in_full() -> None:
    number, phone = id_number()[:-1] + "X", "13800000001"
    rows: list[Row] = [["甲", number, phone]]
    figures = filled(A=phone, K=number)
    forms = recognise.forms(source(rows, [])), recognise.forms(source(rows, statistics(figures), register()))
    said = [finding.message for form in forms for _, finding in form.findings]
    said += [finding.message for _, finding in forms[1].annex2[0].findings]
    assert len(said) == 4, said
    assert not [message for message in said if number in message or phone in message]


def test_a_roster_beside_the_form_is_not_taken_for_it() -> None:
    roster: list[Row] = [["党员名册"], ["姓名", "性别", "民族", "身份证"], ["李四", "男", "汉族", id_number(order=3)]]
    forms = recognise.forms(source(register(person()), roster))
    assert len(forms.annex1) == 1
    assert [finding.code for _, finding in forms.findings] == [Code.SKIPPED]


def test_a_prepared_workbook_gives_its_roster_with_verdicts() -> None:
    roster: list[Row] = [["党支部名称：", "测绘系党支部"], ["序号", "姓名", "身份证号", "是否在途", "排查结论"]]
    roster += [
        [1, "王小雨", id_number(), "否", "流出"],
        [2, "李四", id_number(order=2), "是", None],
        ["", "", "", "", ""],
    ]
    sheets = [Sheet("名册", roster), Sheet("附件1", register(person())), Sheet("情况报告", [["报告"]])]
    forms = recognise.forms(Source("a.xlsx", "xlsx", "", [*sheets, Sheet("_paicha", [["paicha-prepared"], [1]])]))
    assert (len(forms.annex1), forms.findings) == (1, [])
    members = forms.roster[0].members
    assert [(m.row.values[Column.NAME], m.row.verdict, m.in_transit) for m in members] == [
        ("王小雨", "流出", False),
        ("李四", None, True),
    ]
    assert (forms.roster[0].head.branch, forms.roster[0].verdict_letters) == ("测绘系党支部", "E")


def test_cells_of_endless_spaces_do_not_stop_the_reader() -> None:
    wide = "党支部名称：测绘系党支部" + " " * 32000 + "联"
    started = perf_counter()
    assert read([wide], *register(person(), [wide], ["党支部" + "\n" * 32000])).head.branch == "测绘系党支部"
    assert perf_counter() - started < 1


CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [*filter(None, TOP), *filter(None, LEAVES), *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "例", "合计", "党支部名称："]
    ),
    st.text(max_size=6),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
)
GRIDS = st.lists(st.lists(CELLS, max_size=20), max_size=12)


@settings(max_examples=150)
@given(GRIDS, st.booleans(), st.sampled_from(["xlsx", "docx"]))
def test_no_grid_of_cells_makes_the_reader_fail(grid: list[Row], with_headings: bool, kind: str) -> None:
    forms = recognise.forms(
        source([*(register() if with_headings else HEAD), *grid], [*grid, *statistics()], kind=kind)
    )
    assert forms.findings or forms.annex1 or forms.annex2
