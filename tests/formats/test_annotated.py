"""A branch's own file goes back marked, comes in again, and nothing of ours stays in it."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import GradientFill, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from paicha.domain.findings import Code, Finding, Located, Place
from paicha.formats.readers.source import Sheet
from paicha.formats.writers import annotated, marks
from paicha.formats.writers.annotated import write_annotated
from paicha.formats.writers.sheets import Names

SHEET = "流出'党员 登记"
YELLOW = "FFFFFF00"
MESSAGE = "第一党支部：请于12月15日前改好。\n党委办公室"


def fault(
    cell: str, code: Code = Code.PHONE, column: str = "本人联系电话", row: int = 0, sheet: str = SHEET
) -> Located:
    row = row or int("".join(c for c in cell if c.isdigit()) or 0)
    return Located(Place("一支部.xlsx", sheet, row, cell), Finding(code, f"{code.title}。", "请核对后改正。", column))


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """What a branch might send: merged head, rules, a hidden row, colours, a comment, formulas and odd text."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = SHEET
    sheet["A1"] = "流出党员基本信息登记表"
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "姓名", "性别", "身份证号", "电话", "合计"])
    for number in range(1, 6):
        sheet.append([number, f"党员{number}", "男", "不是号码", 4.2e17, "=A3+1"])
    sheet["B4"].value, sheet["B4"].data_type = "=1+1", "s"
    sheet["B5"] = CellRichText(TextBlock(InlineFont(color="FFFF0000"), "红字"), "黑字")
    sheet["E4"].fill = PatternFill("solid", fgColor=YELLOW)
    sheet["E5"].fill = GradientFill(stop=("FF0000", "00FF00"))
    sheet["D3"].comment = Comment("这个号码问过本人", "张三")
    sheet.row_dimensions[6].hidden = True
    rule = DataValidation(type="list", formula1='"男,女"')
    rule.add("C3:C7")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("A3:A7", CellIsRule(operator="greaterThan", formula=["3"]))
    sheet.print_area, sheet.page_setup.orientation = "A1:F7", "landscape"
    path = tmp_path / "一支部.xlsx"
    workbook.save(path)
    return path


def hand_back(
    source: Path,
    located: list[Located],
    sheets: Sequence[Sheet] | None = (),
    name: str = "退回.xlsx",
    names: Names | None = None,
) -> Path:
    target = source.parent / name
    write_annotated(source, target, branch="第一党支部", located=located, sheets=sheets, message=MESSAGE, names=names)
    return target


def marked(path: Path, cell: str, sheet: str = SHEET) -> Any:
    return load_workbook(path)[sheet][cell]


def shown(path: Path) -> list[str]:
    sheet: Any = load_workbook(path)["请修改"]
    return [" ".join(str(value) for value in row if value is not None) for row in sheet.iter_rows(values_only=True)]


def test_the_first_sheet_counts_errors_and_warnings_and_lists_them(own_file: Path) -> None:
    target = hand_back(own_file, [fault("E4"), fault("A3", Code.AGE), fault("C3", Code.NORMALISED)])
    book: Any = load_workbook(target)
    assert book.sheetnames[0] == "请修改"
    assert book["请修改"]["A1"].value == "请修改 1 处，请核对 1 处"
    lines = shown(target)
    assert any(line.startswith("1 A3") and line.endswith("提醒") for line in lines)
    assert any(line.startswith("2 E4") and line.endswith("错误") for line in lines)
    below = lines[next(n for n, line in enumerate(lines) if line.startswith("说明（1 条")) :]
    assert any("C3" in line and "说明" in line for line in below)
    assert "第一党支部：请于12月15日前改好。" in lines


def test_a_place_links_to_its_cell_even_where_the_sheet_name_has_a_quote(own_file: Path) -> None:
    sheet: Any = load_workbook(hand_back(own_file, [fault("E4")]))["请修改"]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert [link.location for link in links] == ["'流出''党员 登记'!E4"]
    assert links[0].target is None


def test_errors_and_warnings_differ_in_colour_and_notices_have_none(own_file: Path) -> None:
    target = hand_back(own_file, [fault("E3"), fault("A3", Code.AGE), fault("C3", Code.NORMALISED)])
    assert marked(target, "E3").fill.fgColor.rgb == "FFF8B0B8"
    assert marked(target, "A3").fill.fgColor.rgb == "FFF8E0A8"
    assert marked(target, "C3").fill.fill_type is None
    assert marked(target, "C3").comment is None


def test_findings_on_one_cell_share_one_comment_with_what_to_do(own_file: Path) -> None:
    comment = marked(hand_back(own_file, [fault("E3"), fault("E3", Code.PHONE_DUPLICATE)]), "E3").comment
    assert comment.author == "排查"
    assert "错误：电话号码有误" in comment.text
    assert "提醒：联系电话重复" in comment.text
    assert comment.text.count("怎样改") == 2


def test_a_finding_of_a_row_marks_its_first_cell_and_one_of_the_file_is_only_listed(own_file: Path) -> None:
    target = hand_back(own_file, [fault("", row=7), fault("", Code.FILE, sheet="")])
    assert marked(target, "A7").comment is not None
    assert any("整份文件" in line for line in shown(target))


def test_a_cell_inside_a_merged_range_is_marked_at_its_upper_left(own_file: Path) -> None:
    target = hand_back(own_file, [fault("E1", Code.BRANCH_UNKNOWN)])
    assert marked(target, "A1").comment is not None
    assert "A1:F1" in load_workbook(target)[SHEET].merged_cells


def test_a_finding_in_a_sheet_that_is_not_there_is_listed_without_a_link(own_file: Path) -> None:
    assert any("E9" in line for line in shown(hand_back(own_file, [fault("E9", sheet="别的表")])))


def test_the_branch_finds_its_own_settings_again(own_file: Path) -> None:
    sheet: Any = load_workbook(hand_back(own_file, [fault("E3")]), rich_text=True)[SHEET]
    assert sheet.row_dimensions[6].hidden
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_area == "'流出''党员 登记'!$A$1:$F$7"
    assert sheet.data_validations.dataValidation[0].formula1 == '"男,女"'
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["A3:A7"]
    assert isinstance(sheet["B5"].value, CellRichText)


def test_formulas_of_the_branch_stay_and_text_never_becomes_one(own_file: Path) -> None:
    target = hand_back(
        own_file, [Located(Place("x", SHEET, 3, "E3"), Finding(Code.PHONE, "=HYPERLINK(1)", "+1", "@x"))]
    )
    assert marked(target, "F3").data_type == "f"
    assert marked(target, "B4").data_type == "s"
    sheet: Any = load_workbook(target)["请修改"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s", "n"}


def test_only_the_first_sheet_is_selected_so_that_typing_goes_into_one_sheet(own_file: Path) -> None:
    book: Any = load_workbook(hand_back(own_file, [fault("E3")]))
    assert book.active.title == "请修改"
    assert not book[SHEET].sheet_view.tabSelected


def test_a_faulty_id_cell_gets_the_text_format_so_that_the_new_number_stays_whole(own_file: Path) -> None:
    target = hand_back(own_file, [fault("E3", Code.ID_PRECISION, "身份证号"), fault("E4")])
    assert marked(target, "E3").number_format == "@"
    assert marked(target, "E4").number_format == "General"


def test_after_two_round_trips_fills_and_comments_are_the_branchs_own(own_file: Path) -> None:
    faults = [fault("E4"), fault("E5", Code.AGE), fault("E6"), fault("D3")]
    first = hand_back(own_file, faults, name="一.xlsx")
    second = hand_back(first, [*faults, fault("A3")], name="二.xlsx")
    assert marked(second, "D3").comment.text.count("【排查】") == 1
    assert marked(second, "D3").comment.text.endswith("张三：这个号码问过本人")
    assert marked(second, "E4").fill.fgColor.rgb != YELLOW
    assert load_workbook(second).sheetnames.count("请修改") == 1

    last = hand_back(second, [], name="三.xlsx")
    book: Any = load_workbook(last)
    assert book.sheetnames == ["请修改", SHEET]
    assert book[SHEET]["E4"].fill.fgColor.rgb == YELLOW
    assert [stop.color.rgb for stop in book[SHEET]["E5"].fill.stop] == ["00FF0000", "0000FF00"]
    assert book[SHEET]["E6"].fill.fill_type is None
    assert book[SHEET]["A3"].fill.fill_type is None
    assert (book[SHEET]["D3"].comment.text, book[SHEET]["D3"].comment.author) == ("这个号码问过本人", "张三")
    assert book[SHEET]["E4"].comment is None


def test_fills_come_back_to_rows_that_have_moved(own_file: Path) -> None:
    first = hand_back(own_file, [fault("E4"), fault("E6")], name="一.xlsx")
    book: Any = load_workbook(first)
    book[SHEET].delete_rows(3)
    book.save(first)
    sheet: Any = load_workbook(hand_back(first, [], name="二.xlsx"))[SHEET]
    assert sheet["E3"].fill.fgColor.rgb == YELLOW
    assert sheet["E5"].fill.fill_type is None


def test_colours_go_even_where_the_branch_deleted_our_sheets_and_another_program_the_authors(own_file: Path) -> None:
    first = hand_back(own_file, [fault("E4"), fault("E6")], name="一.xlsx")
    book: Any = load_workbook(first)
    del book["请修改"], book[marks.FILLS_SHEET]
    book[SHEET]["E6"].comment.author = " "
    book.save(first)
    sheet: Any = load_workbook(hand_back(first, [], name="二.xlsx"))[SHEET]
    assert sheet["E4"].fill.fill_type is None
    assert sheet["E6"].comment is None


def test_all_our_sheets_begin_with_words_that_readers_pass_over(own_file: Path) -> None:
    book = CalamineWorkbook.from_path(str(hand_back(own_file, [fault("E4")])))
    ours = [name for name in book.sheet_names if name != SHEET]
    assert len(ours) == 2
    assert all(str(book.get_sheet_by_name(name).to_python()[0][0]).startswith("请修改") for name in ours)


def test_with_too_many_marks_all_cells_are_coloured_and_the_sheet_says_who_lacks_a_comment(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks, "COMMENTS_PER_SHEET", 2)
    target = hand_back(own_file, [fault("A3"), fault("A4"), fault("A5")])
    assert [marked(target, cell).comment is not None for cell in ("A3", "A4", "A5")] == [True, True, False]
    assert marked(target, "A5").fill.fill_type == "solid"
    assert any("批注只加在前 2 格" in line for line in shown(target))


def test_an_xls_is_rebuilt_from_its_values_at_their_places(tmp_path: Path) -> None:
    source = tmp_path / "一支部.xls"
    source.write_bytes(b"\xd0\xcf\x11\xe0 old format")
    ours = Sheet("请修改", [["请修改 3 处"]])
    rows: list[list[Any]] = [[], [None, "=1+1", "@x", "#N/A"], [None, "x" * 3 + "\x01", 42019900101001, 4.2e17]]
    located = [fault("B3", sheet="表/一:[甲]"), fault("D3", sheet="表/一:[甲]")]
    book: Any = load_workbook(hand_back(source, located, [ours, Sheet("表/一:[甲]", rows)]))
    assert len(book.worksheets) == 2
    sheet = book.worksheets[1]
    assert [sheet["B2"].data_type, sheet["C2"].data_type, sheet["D2"].data_type] == ["s", "s", "s"]
    assert sheet["B2"].quotePrefix
    assert (sheet["B3"].value, sheet["D3"].value) == ("xxx", 4.2e17)
    assert sheet["B3"].comment is not None
    assert sheet["D3"].comment is not None
    assert any("重新生成" in line for line in shown(tmp_path / "退回.xlsx"))


def test_text_that_looks_like_an_id_number_stays_text_when_rebuilt(tmp_path: Path) -> None:
    source = tmp_path / "一支部.docx"
    source.write_bytes(b"not a zip")
    digits = "4" * 17 + "X"
    sheet: Any = load_workbook(hand_back(source, [], [Sheet("表1", [[digits, 10**17]])]))["表1"]
    assert (sheet["A1"].value, sheet["A1"].number_format) == (digits, "@")
    assert (sheet["B1"].value, sheet["B1"].data_type) == (str(10**17), "s")


def test_the_head_before_a_word_table_stands_above_it_and_marks_go_down_with_the_table(tmp_path: Path) -> None:
    source = tmp_path / "一支部.docx"
    source.write_bytes(b"not a zip")
    table = Sheet("表1", [["序号", "姓名"], ["1", "党员"]], ("附件1", "党支部名称：第一党支部"))
    target = hand_back(source, [fault("B2", sheet="表1")], [table])
    assert [marked(target, f"A{row}", "表1").value for row in (1, 2, 3)] == ["附件1", "党支部名称：第一党支部", "序号"]
    assert marked(target, "B4", "表1").comment is not None
    assert any(line.startswith("1 B4") for line in shown(target))


@pytest.mark.parametrize("limit", ["LARGEST", "MOST_ELEMENTS", "MOST_MERGED"])
def test_a_workbook_too_large_for_openpyxl_is_rebuilt(
    own_file: Path, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotated, limit, 3)
    target = hand_back(own_file, [fault("B2")], [Sheet(SHEET, [["登记表"], ["序号", "姓名"]])])
    assert marked(target, "B2").comment is not None
    assert any("重新生成" in line for line in shown(target))


def test_a_damaged_workbook_that_was_not_read_gets_the_list_alone(tmp_path: Path) -> None:
    source = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet")
    target = hand_back(source, [Located(Place("坏.xlsx"), Finding(Code.FILE, "文件已损坏。", "请另存后再交。"))], None)
    assert load_workbook(target).sheetnames == ["请修改"]
    assert any("文件已损坏" in line for line in shown(target))
    assert any("重新报送；本文件不用交回" in line for line in shown(target))


def test_a_workbook_that_the_bounded_reader_gave_up_is_never_opened(own_file: Path) -> None:
    assert load_workbook(hand_back(own_file, [], None)).sheetnames == ["请修改"]
    assert SHEET in load_workbook(hand_back(own_file, [])).sheetnames


def test_lost_parts_are_named_on_the_first_sheet(own_file: Path) -> None:
    with zipfile.ZipFile(own_file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    target = hand_back(own_file, [fault("E3")])
    assert any("宏" in line and "没有带入" in line for line in shown(target))
    assert "xl/vbaProject.bin" not in zipfile.ZipFile(target).namelist()


def test_formulas_into_other_files_give_way_to_their_last_values(tmp_path: Path) -> None:
    source = tmp_path / "一支部.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_formula("F4", "='[1]另一张表'!A1+1", None, 7)
        sheet.write_formula("F5", "=SUM(表1[2023])", None, 8)
        sheet.data_validation("B3", {"validate": "list", "source": "=[1]名单!$A$1:$A$9"})
        sheet.conditional_format("B4", {"type": "formula", "criteria": "=[1]名单!$A$1>1"})
        sheet.data_validation("B5", {"validate": "list", "source": ["男", "女"]})
        book.define_name("外部", "=[1]名单!$A$1")
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    target = hand_back(source, [fault("E3")])
    returned: Any = load_workbook(target)
    assert (returned[SHEET]["F4"].value, returned[SHEET]["F5"].value) == (7, "=SUM(表1[2023])")
    assert [str(rule.sqref) for rule in returned[SHEET].data_validations.dataValidation] == ["B5"]
    assert not list(returned[SHEET].conditional_formatting)
    assert "外部" not in returned.defined_names
    assert any("换成最后一次的计算结果（1 格）" in line for line in shown(target))


def test_each_place_names_its_rows_person_so_that_a_clerk_can_find_them(own_file: Path) -> None:
    target = hand_back(own_file, [fault("E3"), fault("E4")], names={("一支部.xlsx", SHEET, 3): "王小明"})
    lines = shown(target)
    assert any(line.startswith("1 E3 王小明 本人联系电话") for line in lines)
    assert any(line.startswith("2 E4 本人联系电话") for line in lines)


def test_a_file_with_reminders_alone_says_that_nothing_must_be_mended(own_file: Path) -> None:
    target = hand_back(own_file, [fault("A3", Code.AGE)])
    assert shown(target)[0] == "请修改 0 处，请核对 1 处"


FORM = [
    ["流出党员基本信息登记表"],
    ["党支部名称：第一党支部"],
    ["序号", "姓名", "年龄", "现工作（学习）单位", None, "本人联系电话"],
    [None, None, None, "单位名称", "是否建立党组织", None],
    [1, "王小明", "35", "武汉某某测绘地理信息有限公司", "是", "13800000000"],
    ["2", "李小红", 36, None, None, "13800000001"],
]


def rebuilt(folder: Path, rows: list[list[Any]], **of_sheet: Any) -> Any:
    source = folder / "一支部.xls"
    source.write_bytes(b"\xd0\xcf\x11\xe0 old format")
    return load_workbook(hand_back(source, [fault("D6", sheet="表1")], [Sheet("表1", rows, **of_sheet)]))["表1"]


def test_a_rebuilt_form_has_its_title_and_headings_merged_as_the_branch_had_them(tmp_path: Path) -> None:
    sheet = rebuilt(tmp_path, FORM, merged=((4, 3, 5, 3),))
    areas = {str(area) for area in sheet.merged_cells.ranges}
    assert areas == {"A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "D5:D6"}
    assert sheet["A1"].alignment.horizontal == "center"


def test_nothing_is_swallowed_by_merging_it(tmp_path: Path) -> None:
    rows = [*FORM[:5], ["2", "李小红", 36, "另一家公司", None, "13800000001"]]
    sheet = rebuilt(tmp_path, rows, merged=((4, 3, 5, 3),))
    assert sheet["D6"].value == "另一家公司"


def test_headings_of_one_row_are_not_merged_with_the_first_person(tmp_path: Path) -> None:
    rows = [["序号", "姓名", "年龄", None, "身份证号"], [1, "王小明", "35", "汉族", "420102198808080000"]]
    assert not rebuilt(tmp_path, rows).merged_cells.ranges


def test_numbers_stand_in_the_middle_whether_they_came_as_numbers_or_as_text(tmp_path: Path) -> None:
    sheet = rebuilt(tmp_path, FORM)
    assert {sheet[cell].alignment.horizontal for cell in ("A5", "A6", "C5", "C6")} == {"center"}
    assert sheet["D5"].alignment.horizontal is None


def test_a_form_that_says_nothing_of_paper_prints_on_landscape_a4_one_page_wide(tmp_path: Path) -> None:
    source = tmp_path / "一支部.xlsx"
    book = Workbook()
    book.active.title = SHEET  # type: ignore[union-attr]
    book.save(source)
    sheet: Any = load_workbook(hand_back(source, [fault("E3")]))[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_paper_that_a_branch_has_chosen_stays(tmp_path: Path) -> None:
    source = tmp_path / "一支部.xlsx"
    book = Workbook()
    own: Any = book.active
    own.title, own.page_setup.paperSize, own.page_setup.orientation = SHEET, 8, "portrait"
    book.save(source)
    sheet: Any = load_workbook(hand_back(source, [fault("E3")]))[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 8)
