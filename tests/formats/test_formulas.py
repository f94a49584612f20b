"""A workbook saved by a program that does not calculate: its formulas have no value, and none is made up."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
import xlwt

from paicha.domain.annex2 import LETTERS
from paicha.domain.findings import Code
from paicha.formats.readers import recognise
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.source import Source
from tests.formats.hostile import made, member, ods, repacked, saved
from tests.formats.tables import Row, filled, statistics


def saved_without_values(folder: Path, rows: list[Row]) -> recognise.Forms:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "附件2 & 统计"
    for row in rows:
        sheet.append(row)
    memory = io.BytesIO()
    book.save(memory)
    (source,) = read_files([saved(folder, "表.xlsx", memory.getvalue())])
    assert isinstance(source, Source), source
    return recognise.forms(source)


def formulas() -> Row:
    return filled(**dict.fromkeys(LETTERS, "=1+1"))


def test_an_annex2_of_formulas_without_values_is_one_finding_and_gives_no_figures(tmp_path: Path) -> None:
    rows: list[Row] = [*statistics(formulas(), branch="x"), [], [0, "← 自行转出的人数，请填数字"]]
    rows[1] = ['="党支部名称："&"测绘系党支部"']
    forms = saved_without_values(tmp_path, rows)
    assert forms.annex2 == []
    ((place, finding),) = forms.findings
    assert (place.sheet, place.cell, finding.code) == ("附件2 & 统计", "A6", Code.FILE)
    assert "保存一次" in finding.suggestion


def test_one_formula_without_a_value_is_no_nought(tmp_path: Path) -> None:
    (sent,) = saved_without_values(tmp_path, statistics(filled(A=3, B="=A6-C6", C=1))).annex2
    assert ("B" in sent.figures, sent.figures["C"]) == (False, 1)
    assert [(place.cell, finding.code) for place, finding in sent.findings] == [("B6", Code.UNREADABLE)]


def test_a_sum_without_a_value_below_the_units_takes_nothing_from_them(tmp_path: Path) -> None:
    rows: list[Row] = [[None, *row] for row in statistics()[2:]]
    rows[0][0] = "党支部名称"
    rows += [["测绘系党支部", *filled(A=2)], ["合计", *formulas()]]
    forms = saved_without_values(tmp_path, rows)
    assert [(sent.branch, sent.figures["A"]) for sent in forms.annex2] == [("测绘系党支部", 2)]


@pytest.mark.parametrize("value", ["7", ""])
def test_a_formula_with_its_value_is_read_be_it_an_empty_text(tmp_path: Path, value: str) -> None:
    def make(book):  # type: ignore[no-untyped-def]
        sheet = book.add_worksheet()
        for i, row in enumerate(statistics(filled(A=1))):
            sheet.write_row(i, 0, row)
        for column in range(1, 27):
            sheet.write_formula(5, column, "=X99", None, 7)

    part = "xl/worksheets/sheet1.xml"
    whole = made(make)
    xml = member(whole, part)
    # As Excel, WPS and LibreOffice keep a formula that gives a text.
    text = xml.replace(b"><f>X99</f><v>7</v>", f' t="str"><f>X99</f><v>{value}</v>'.encode())
    assert text != xml
    (source,) = read_files([saved(tmp_path, "表.xlsx", repacked(whole, {part: text}))])
    assert isinstance(source, Source)
    assert [(sent.figures["A"], sent.figures["B"]) for sent in recognise.forms(source).annex2] == [(1, int(value or 0))]


def test_strange_relations_tell_nothing_and_stop_nothing(tmp_path: Path) -> None:
    data = repacked(made(lambda book: book.add_worksheet().write("A1", "=1")), {"xl/sharedStrings.xml": b"<sst/>"})
    (source,) = read_files([saved(tmp_path, "表.xlsx", data)])
    assert isinstance(source, Source)


def test_an_error_value_is_no_nought_and_is_told_by_its_name(tmp_path: Path) -> None:
    def make(book):  # type: ignore[no-untyped-def]
        sheet = book.add_worksheet()
        for i, row in enumerate(statistics(filled(A=1))):
            sheet.write_row(i, 0, row)
        sheet.write_formula(5, 1, "=X99", None, "#REF!")

    (source,) = read_files([saved(tmp_path, "表.xlsx", made(make))])
    assert isinstance(source, Source)
    (sent,) = recognise.forms(source).annex2
    assert "B" not in sent.figures
    assert [(place.cell, f.code, f.message) for place, f in sent.findings] == [
        ("B6", Code.UNREADABLE, "格里是错误值（#REF!）")
    ]


def test_an_error_cell_without_its_value_is_not_calculated(tmp_path: Path) -> None:
    data = made(lambda book: book.add_worksheet().write_formula("B2", "=X9", None, "#REF!"))
    part = "xl/worksheets/sheet1.xml"
    bare = member(data, part).replace(b"<v>#REF!</v>", b"")
    (source,) = read_files([saved(tmp_path, "表.xlsx", repacked(data, {part: bare}))])
    assert isinstance(source, Source)
    assert source.sheets[0].uncalculated == {(1, 1)}


def test_an_error_value_in_an_ods_keeps_its_name(tmp_path: Path) -> None:
    data = ods([(1, 0, ""), (1, 1, "坏")])
    error = ' calcext:value-type="error" office:value-type="string" office:string-value=""'
    calcext = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    xml = member(data, "content.xml").decode().replace(' office:value-type="string"', error).replace("坏", "#REF!")
    xml = xml.replace("<office:document-content", f'<office:document-content xmlns:calcext="{calcext}"')
    (source,) = read_files([saved(tmp_path, "表.ods", repacked(data, {"content.xml": xml.encode()}))])
    assert isinstance(source, Source)
    assert source.sheets[0].rows == [[], [None, "#REF!"]]


def test_an_error_value_in_an_xls_keeps_its_name(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("空")
    sheet = book.add_sheet("登记表")
    sheet.row(1).set_cell_error(1, "#REF!")
    sheet.row(1).set_cell_boolean(2, True)
    sheet.write(2, 0, xlwt.Formula("1/0"))
    sheet.write(3, 0, "末")
    memory = io.BytesIO()
    book.save(memory)
    # As a program keeps it that has calculated the formula: an error of code 7 ([MS-XLS] 2.5.133).
    data = bytearray(memory.getvalue())
    formula = re.search(rb"\x06\x00..\x02\x00\x00\x00", data, re.DOTALL)
    assert formula is not None
    data[formula.start() + 10 : formula.start() + 18] = b"\x02\x00\x07\x00\x00\x00\xff\xff"
    (source,) = read_files([saved(tmp_path, "表.xls", bytes(data))])
    assert isinstance(source, Source)
    assert source.sheets[1].rows == [[], [None, "#REF!", True], ["#DIV/0!"], ["末"]]
