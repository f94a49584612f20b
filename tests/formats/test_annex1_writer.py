"""附件1 as written: the notice's drawing, texts that stay texts, and a file that reads back as it was."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from paicha.domain.annex1 import NOTE, TITLE, Column, Head
from paicha.domain.findings import Severity
from paicha.formats.readers.opening import read_file
from paicha.formats.readers.recognise import forms
from paicha.formats.writers.annex1 import Marks, write_annex1, write_annex1_summary
from paicha.formats.writers.notes import Provenance
from tests.world import id_number

HEAD = Head("测绘支部", "王某 书记", "027-87650000")
EXPORTED_AT = datetime(2023, 12, 14, 9, 30, tzinfo=timezone(timedelta(hours=8)))
PROVENANCE = Provenance("党委办公室 李某", EXPORTED_AT, ("年龄计算截止日：2023-12-15",))
SINGLES = "ABCDEFGHILMN"
LOOKS_LIKE_CODE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=HYPERLINK(1)", "https://例.invalid", "{=1}")


def person(name: str = "张三", number: int = 1) -> tuple[str, ...]:
    return (
        *("99", name, "男", "汉族", "197808", "45", "200308", id_number(sequence=2 * number + 1), "本科"),
        *(
            "江城测绘有限公司",
            "是",
            "湖北省武汉市洪山区关山街道幸福社区3栋2单元1201室",
            f"138000{number:05d}",
            "灵活就业",
        ),
        *("", "", ""),
    )


def written(path: Path, entries: list[tuple[str, ...]], marks: Marks | None = None) -> Worksheet:
    write_annex1(path, head=HEAD, entries=entries, provenance=PROVENANCE, marks=marks)
    return openpyxl.load_workbook(path)["附件1"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "附件1.xlsx"


def test_the_form_is_the_one_that_the_notice_draws(path: Path) -> None:
    sheet = written(path, [person()])
    assert (sheet["A1"].value, sheet["A2"].value) == ("附件1", TITLE)
    assert [cell.value for cell in sheet[3] if cell.value] == [
        "党支部名称：测绘支部", "党支部负责人姓名及职务：王某 书记", "联系电话：027-87650000",
    ]  # fmt: skip
    assert [sheet.cell(5 if c.group else 4, c + 1).value for c in Column] == [c.heading for c in Column]
    assert sheet["A7"].value == NOTE
    assert sheet.max_row == 7, "no signature, seal or date line"


def test_twelve_headings_are_merged_downward_and_two_groups_across(path: Path) -> None:
    areas = {str(area) for area in written(path, [person()]).merged_cells.ranges}
    assert {f"{letter}4:{letter}5" for letter in SINGLES} <= areas
    assert {"J4:K4", "O4:Q4", "A2:Q2", "A7:Q7"} <= areas
    assert sum(area[1:2] in "45" for area in areas) == 14


def test_it_prints_on_a4_landscape_one_page_wide_with_its_headings_on_every_page(path: Path) -> None:
    sheet = written(path, [person()])
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # None: 1
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.freeze_panes == "C6"


def test_people_are_numbered_anew_and_everything_else_is_text(path: Path) -> None:
    sheet = written(path, [person(number=n) for n in range(1, 4)])
    assert [sheet.cell(row, 1).value for row in (6, 7, 8)] == [1, 2, 3]
    for column in range(2, 18):
        cell = sheet.cell(6, column)
        assert cell.value is None or isinstance(cell.value, str)
        assert cell.number_format == "@"


@pytest.mark.parametrize("text", LOOKS_LIKE_CODE)
def test_text_never_becomes_a_formula_a_link_or_a_number(path: Path, text: str) -> None:
    row = person()
    sheet = written(path, [row[:1] + (text,) * 16])
    for column in range(2, 18):
        cell = sheet.cell(6, column)
        assert cell.data_type != "f"
        assert cell.hyperlink is None
        assert cell.value == text.replace("\r", "")  # a control character, which nobody sees
    assert not openpyxl.load_workbook(path)["附件1"]._hyperlinks


@pytest.mark.parametrize("text", LOOKS_LIKE_CODE)
def test_nor_does_the_head(path: Path, text: str) -> None:
    provenance = Provenance(text, EXPORTED_AT, (text,))
    write_annex1(path, head=Head(text, text, text), entries=[], provenance=provenance)
    for sheet in openpyxl.load_workbook(path):
        assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_marked_cells_are_filled_and_keep_their_text(path: Path) -> None:
    marks = {
        (0, Column.NAME): Severity.ERROR,
        (1, Column.PHONE): Severity.WARNING,
        (1, Column.SEQUENCE): Severity.ERROR,
    }
    sheet = written(path, [person(), person(number=2)], marks)
    assert (sheet["B6"].value, sheet["B6"].fill.fgColor.rgb) == ("张三", "FFF8B0B8")
    assert (sheet["M7"].value, sheet["M7"].fill.fgColor.rgb) == ("13800000002", "FFF8E0A8")
    assert sheet["A7"].fill.fgColor.rgb == "FFF8B0B8"
    assert sheet["C6"].fill.fill_type is None


def test_a_row_is_high_enough_for_its_longest_text(path: Path) -> None:
    sheet = written(path, [person(), person("阿卜杜拉·买买提·艾合买提江·吐尔逊")])
    assert 30 < sheet.row_dimensions[6].height < sheet.row_dimensions[7].height


def test_a_branch_with_nobody_reports_nil(path: Path) -> None:
    sheet = written(path, [])
    assert [cell.value for cell in sheet[6] if cell.value] == ["无"]
    assert sheet["A7"].value == NOTE
    (form,) = forms(read_file(str(path))).annex1
    assert form.rows == ()


@pytest.mark.parametrize("people", [3, 60])
def test_calamine_reads_back_what_was_written(path: Path, people: int) -> None:
    entries = [person("=1+1" if n == 1 else "张三", n) for n in range(1, people + 1)]
    written(path, entries)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("附件1").to_python()[5:-1]
    assert [tuple(row[1:]) for row in rows] == [entry[1:] for entry in entries]
    (form,) = forms(read_file(str(path))).annex1
    assert (form.head.branch, form.head.leader, form.head.phone) == ("测绘支部", "王某 书记", "027-87650000")
    assert len(form.rows) == people
    assert form.findings == ()


def test_who_exported_when_and_by_which_rules_stands_beside_the_form(path: Path) -> None:
    written(path, [person()])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["附件1", "说明"]
    words = {cell.value for row in book["说明"] for cell in row}
    assert {"党委办公室 李某", "2023-12-14 09:30", "年龄计算截止日：2023-12-15"} <= words
    assert book.properties.creator == "党委办公室 李某"
    assert "2023-12-15" in str(book.properties.description)
    assert book.properties.created == EXPORTED_AT.astimezone(UTC).replace(tzinfo=None)


def test_the_office_gets_everybody_in_one_sheet_with_filters(tmp_path: Path) -> None:
    path = tmp_path / "附件1-汇总.xlsx"
    branches = [
        (HEAD, [person(), person(number=2)], {(1, Column.NAME): Severity.ERROR}),
        (Head("=信息支部"), [person("李四", 3)], {(0, Column.SEX): Severity.WARNING}),
    ]
    write_annex1_summary(path, committee="某学院党委", branches=branches, provenance=PROVENANCE)
    sheet = openpyxl.load_workbook(path)["汇总"]
    assert [sheet.cell(row, 1).value for row in (6, 7, 8)] == ["测绘支部", "测绘支部", "=信息支部"]
    assert [sheet.cell(row, 2).value for row in (6, 7, 8)] == [1, 2, 3]
    assert sheet["A8"].data_type != "f"
    assert [sheet.cell(4, 1).value, sheet.cell(4, 2).value] == ["所在党支部", "序号"]
    assert sheet.auto_filter.ref == "A5:R8"
    assert sheet["C7"].fill.fgColor.rgb == "FFF8B0B8"
    assert sheet["D8"].fill.fgColor.rgb == "FFF8E0A8"
    assert sheet.freeze_panes == "D6"
    assert sheet.print_title_rows == "$4:$5"


def test_nothing_is_left_beside_the_file(path: Path) -> None:
    written(path, [person()])
    assert [file.name for file in path.parent.iterdir()] == ["附件1.xlsx"]
