"""The blanks: the official drawing, drop-downs that Excel 2010 and WPS take, cells that keep an ID number whole."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from paicha.domain import annex1, annex2
from paicha.domain.annex1 import Column
from paicha.domain.vocabulary import Reason
from paicha.formats.readers.opening import read_file
from paicha.formats.readers.recognise import forms
from paicha.formats.writers.template import KINDS, ROSTER_COLUMNS, write_template


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every blank, written once: 500 rows take a while to read."""
    folder = tmp_path_factory.mktemp("blanks")
    for kind in KINDS:
        write_template(folder / f"{kind}.xlsx", kind)
    return folder


@pytest.fixture(scope="module")
def blanks(folder: Path) -> dict[str, Workbook]:
    return {kind: openpyxl.load_workbook(folder / f"{kind}.xlsx") for kind in KINDS}


def validation(sheet: Worksheet, cell: str) -> DataValidation:
    return next(rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref)


def choices(book: Workbook, rule: DataValidation) -> list[str]:
    source = str(rule.formula1)
    if source.startswith('"'):
        return source.strip('"').split(",")
    title, area = source.split("!")
    return [row[0].value for row in book[title][area.replace("$", "")]]


@pytest.mark.parametrize("kind", ["附件1", "附件2", "名册"])
def test_every_blank_prints_on_a4_landscape(blanks: dict[str, Workbook], kind: str) -> None:
    sheet = blanks[kind].worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == {"附件1": "$4:$5", "附件2": None, "名册": "$3:$3"}[kind]


def test_the_blank_of_annex_1_carries_the_notices_sample_row_in_grey(blanks: dict[str, Workbook]) -> None:
    sheet = blanks["附件1"]["附件1"]
    words = {cell.column - 1: cell.value for cell in sheet[6] if cell.value}
    assert words == {Column.BIRTH: "197808", Column.JOINED: "200308", Column.RESIDENCE: "*省*市*县* 街道*社区"}
    assert sheet["E6"].font.color is not None
    assert sheet["E6"].font.color.rgb == "FF808080"


def test_the_notices_notes_are_verbatim_in_every_blank(blanks: dict[str, Workbook]) -> None:
    register = blanks["附件1"]
    assert annex1.NOTE in str(register["附件1"].oddFooter.left.text)
    assert annex1.NOTE in [cell.value for cell in register["填写说明"]["A"]]
    sheet = blanks["附件2"]["附件2"]
    assert (sheet["A8"].value, sheet["A9"].value) == annex2.NOTES


def test_lists_offer_the_official_words(blanks: dict[str, Workbook]) -> None:
    book = blanks["附件1"]
    sheet = book["附件1"]
    assert choices(book, validation(sheet, "C7")) == ["男", "女"]
    assert len(choices(book, validation(sheet, "D7"))) == 56
    assert choices(book, validation(sheet, "K506")) == ["是", "否"]
    assert choices(book, validation(sheet, "N7")) == [reason.label for reason in Reason]
    assert book["_lists"].sheet_state == "hidden"


@pytest.mark.parametrize("kind", ["附件1", "附件2", "名册"])
def test_rules_and_hints_keep_within_what_old_programs_take(blanks: dict[str, Workbook], kind: str) -> None:
    for rule in blanks[kind].worksheets[0].data_validations.dataValidation:
        assert len(rule.formula1 or "") <= 255
        assert len(rule.promptTitle or "") <= 32
        assert len(rule.prompt or "") <= 255
        assert kind == "附件2" or rule.errorStyle == "warning", "a right value may stand on no list"


def test_an_id_number_of_a_wrong_length_is_warned_of(blanks: dict[str, Workbook]) -> None:
    rule = validation(blanks["附件1"]["附件1"], "H7")
    assert (rule.type, rule.operator, rule.formula1, rule.errorStyle) == ("textLength", "equal", "18", "warning")
    assert "文本" in str(rule.prompt)


@pytest.mark.parametrize(("kind", "cells"), [("附件1", "EGHMQ"), ("名册", "EFGI")])
def test_months_id_numbers_and_telephones_are_text_in_500_rows(
    blanks: dict[str, Workbook], kind: str, cells: str
) -> None:
    sheet = blanks[kind].worksheets[0]
    first = 7 if kind == "附件1" else 4
    for row in (first, first + 250, first + 499):
        assert {sheet[f"{letter}{row}"].number_format for letter in cells} == {"@"}


@pytest.mark.parametrize("kind", ["附件1", "名册"])
def test_rows_are_high_enough_to_be_filled_in_by_hand(blanks: dict[str, Workbook], kind: str) -> None:
    sheet = blanks[kind].worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in range(7, 500)]
    assert all(height is not None and height >= 24 for height in heights)


def test_the_roster_has_the_columns_that_preparing_needs(blanks: dict[str, Workbook]) -> None:
    sheet = blanks["名册"]["党员名册"]
    assert [cell.value for cell in sheet[3]] == list(ROSTER_COLUMNS)


def test_an_empty_blank_reads_as_a_form_with_nobody(folder: Path) -> None:
    found = forms(read_file(str(folder / "附件1.xlsx")))
    assert [form.rows for form in found.annex1] == [()]
    assert found.annex2 == []


def test_an_unknown_kind_is_refused_with_the_kinds_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="附件1、附件2、名册"):
        write_template(tmp_path / "空白.xlsx", "附件3")
    assert list(KINDS) == ["附件1", "附件2", "名册"]
    assert not list(tmp_path.iterdir())
