"""问题清单 and the ready messages."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from paicha.domain.findings import Code, Finding, Located, Place
from paicha.formats.writers import problems
from paicha.formats.writers.message import LONGEST, missing_note, return_message, unit_note
from paicha.formats.writers.problems import write_problems
from paicha.formats.writers.sheets import Names

DEADLINE = date(2023, 12, 15)


def found(code: Code, row: int = 5, cell: str = "E5", file: str = "一支部.xlsx", message: str = "填错了。") -> Located:
    return Located(Place(file, "登记表", row, cell), Finding(code, message, "请改正。", "姓名"))


def written(tmp_path: Path, located: list[tuple[str, Located]], *summary: str, names: Names | None = None) -> Any:
    path = tmp_path / "问题清单.xlsx"
    write_problems(path, located=located, summary=summary, names=names)
    return load_workbook(path)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_the_summary_puts_the_worst_branch_first_and_what_is_of_no_branch_last(tmp_path: Path) -> None:
    located = [
        ("甲支部", found(Code.AGE)),
        ("乙支部", found(Code.PHONE)),
        ("乙支部", found(Code.NORMALISED)),
        ("", found(Code.AGE)),
        ("", found(Code.AGE)),
    ]
    lines = rows(written(tmp_path, located, "本次核对 3 个文件。")["汇总"])
    assert lines[0][0] == "问题清单"
    assert lines[2] == ("序号", "党支部", "错误", "提醒", "说明", "合计")
    assert lines[3:7] == [
        (1, "乙支部", 1, 0, 1, 2),
        (2, "甲支部", 0, 1, 0, 1),
        (3, "未能认定支部", 0, 2, 0, 2),
        (None, "合计", 1, 3, 1, 5),
    ]
    assert [line[0] for line in lines[8:]] == ["需要留意的情况（1 条）", "本次核对 3 个文件。"]


def test_details_say_where_what_and_what_to_do_in_the_order_of_the_files(tmp_path: Path) -> None:
    located = [
        ("乙支部", found(Code.PHONE, 7, "AA7")),
        ("乙支部", found(Code.PHONE, 7, "E7")),
        ("甲支部", found(Code.AGE, 10, "B10")),
        ("乙支部", found(Code.FILE, 0, "")),
    ]
    sheet: Any = written(tmp_path, located)["明细"]
    lines = rows(sheet)
    assert lines[0] == (
        "党支部",
        "文件",
        "工作表",
        "行",
        "单元格",
        "姓名",
        "栏目",
        "问题类别",
        "程度",
        "问题",
        "怎样改",
    )
    assert [line[4] for line in lines[1:]] == [None, "E7", "AA7", "B10"]
    assert lines[2] == (
        *("乙支部", "一支部.xlsx", "登记表", 7, "E7", None, "姓名", "电话号码有误", "错误", "填错了。", "请改正。"),
    )
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:K5"


def test_details_name_the_person_of_each_row_and_put_what_is_of_no_branch_last(tmp_path: Path) -> None:
    located = [("", found(Code.AGE, 5)), ("甲支部", found(Code.AGE, 5)), ("甲支部", found(Code.FILE, 0, ""))]
    lines = rows(written(tmp_path, located, names={("一支部.xlsx", "登记表", 5): "王小明"})["明细"])
    assert [(line[0], line[5]) for line in lines[1:]] == [
        ("甲支部", None),
        ("甲支部", "王小明"),
        ("未能认定支部", "王小明"),
    ]


def test_both_sheets_print_on_landscape_a4_with_their_heading_repeated(tmp_path: Path) -> None:
    for sheet, heading in zip(written(tmp_path, [("甲", found(Code.AGE))]).worksheets, ("$3:$3", "$1:$1"), strict=True):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", "9") or (
            sheet.page_setup.paperSize == 9
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == heading


def test_words_that_look_like_formulas_links_or_numbers_stay_words(tmp_path: Path) -> None:
    odd = ["=1+1", "+1", "-1", "@x", "\tx", "http://x", "0012"]
    sheet: Any = written(tmp_path, [("甲", found(Code.AGE, message=text)) for text in odd])["明细"]
    assert [sheet.cell(row, 10).value for row in range(2, 9)] == odd
    assert all(sheet.cell(row, 10).data_type == "s" and not sheet.cell(row, 10).hyperlink for row in range(2, 9))


def test_no_finding_at_all_gives_an_empty_list(tmp_path: Path) -> None:
    book = written(tmp_path, [])
    assert rows(book["汇总"])[-1] == (None, "合计", 0, 0, 0, 0)
    assert len(rows(book["明细"])) == 1


def test_more_findings_than_a_sheet_holds_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "LINES_PER_SHEET", 2)
    book = written(tmp_path, [("甲", found(Code.AGE, row)) for row in range(1, 6)])
    assert book.sheetnames == ["汇总", "明细", "明细2", "明细3"]


def test_the_message_says_how_many_which_kinds_which_file_and_until_when() -> None:
    located = [found(Code.PHONE), found(Code.PHONE), found(Code.AGE), found(Code.NORMALISED)]
    text = return_message("第一党支部", located, DEADLINE, "党委办公室", "一支部（请修改）.xlsx")
    assert text.startswith("第一党支部：")
    assert "有2处错误（必须改）、1处提醒（请核对），" in text
    assert "主要是电话号码有误2处、年龄不符1处。" in text
    assert "一支部（请修改）.xlsx" in text
    assert "12月15日前" in text
    assert "不要用微信、QQ" in text
    assert text.endswith("党委办公室")


def test_reminders_alone_are_to_be_looked_at_and_nothing_is_called_wrong() -> None:
    text = return_message("第一党支部", [found(Code.AGE), found(Code.NORMALISED)], DEADLINE, "党委办公室", "一.xlsx")
    assert "经核对有1处提醒（请核对），" in text
    assert "请于12月15日前核对，有改动的把整份文件交回，无误的告知即可。" in text
    assert not any(word in text.replace("“请修改”", "") for word in ("改好", "请修改", "改法", "错误"))


def test_where_no_person_stands_in_a_file_the_message_speaks_of_no_id_numbers() -> None:
    text = return_message("测绘学院", [found(Code.UNBALANCED)], DEADLINE, "党委办公室", personal=False)
    assert "身份证号" not in text
    assert "不要用微信、QQ" in text
    assert "你单位报送" in text


def test_the_message_names_the_five_most_frequent_kinds_and_stays_short() -> None:
    many = [found(code) for code in Code if code is not Code.AGE for _ in range(3)] + [found(Code.AGE)] * 9
    text = return_message("中共湖北国土资源职业学院测绘工程学院教工第一党支部委员会", many, DEADLINE, "党委办公室")
    assert "主要是年龄不符9处、" in text
    assert "处等。" in text
    assert len(text) <= LONGEST


def test_a_long_file_name_never_makes_the_message_too_long() -> None:
    text = return_message("支部" * 10, [found(Code.AGE, file="长" * 200 + ".xlsx")], DEADLINE, "党委办公室")
    assert len(text) <= LONGEST


def test_a_file_that_cannot_be_read_is_asked_for_once_more_and_no_cells_are_spoken_of() -> None:
    item = Located(Place("甲/一支部.doc"), Finding(Code.FILE, "这是 .doc 格式的旧文档。", "请另存为 .docx 后再交。"))
    text = return_message("第一党支部", [item], DEADLINE, "党委办公室", "一支部.xlsx")
    assert "“一支部.doc”读不出来：这是 .doc 格式的旧文档；请另存为 .docx 后再交。" in text
    assert "格子" not in text
    assert "12月15日前" in text
    long = Located(Place("长" * 200 + ".doc"), Finding(Code.FILE, "错" * 200, "改" * 90))
    assert len(return_message("第一党支部", [long], DEADLINE, "党委办公室")) <= LONGEST


def test_a_branch_without_faults_is_thanked_and_not_asked() -> None:
    text = return_message("第一党支部", [found(Code.NORMALISED)], DEADLINE, "党委办公室")
    assert "没有需要修改的地方" in text


def test_a_unit_is_told_what_does_not_balance_or_that_nothing_came() -> None:
    note = unit_note("测绘学院", ["A=12，B+C=11，相差1"], ["V+W+X=13。"], DEADLINE)
    assert "2处请核实" in note
    assert "1. A=12，B+C=11，相差1。\n2. V+W+X=13。\n" in note
    assert "12月15日前" in note
    asked = unit_note("测绘学院", [], ["流出党员为0人，请确认。"], DEADLINE)
    assert "无误的不用改，告知即可" in asked
    missing = missing_note("测绘学院", DEADLINE)
    assert "附件1" in missing
    assert "至今未收到" in missing
    assert "零报告" in missing


def test_a_unit_with_annex_2_alone_reads_nothing_of_id_numbers_or_lists_of_people() -> None:
    for wrong in (["A=12，B+C=11"], []):
        note = unit_note("测绘学院", wrong, ["流出党员为0人，请确认。"], DEADLINE)
        assert "身份证号" not in note
        assert "人员名单" not in note
        assert note.endswith("\n")
        assert not note.endswith("\n\n")


def test_a_missing_unit_is_asked_for_the_forms_that_are_gathered() -> None:
    both, one = missing_note("测绘学院", DEADLINE), missing_note("测绘学院", DEADLINE, register=False)
    assert "（附件1）和《" in both
    assert "附件1" not in one
    assert "（附件2各项填0）" in one
    assert one.endswith("谢谢支持！\n")
    assert "你支部的" in missing_note("测绘党支部", DEADLINE)
    assert "你单位的" in missing_note("测绘学院党总支部", DEADLINE)
