"""Cells merged over several people's rows: read for each where that can be, asked for where it is one person's own."""

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from paicha.domain.annex1 import Column, Form
from paicha.domain.check import Checker
from paicha.domain.findings import Code
from paicha.domain.settings import RuleSet
from paicha.formats.readers import recognise
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.source import Merged, Sheet, Source
from tests.formats.hostile import saved
from tests.formats.tables import Row, person, register

RESIDENCE, NAME = int(Column.RESIDENCE), int(Column.NAME)


def as_xlsx(rows: list[Row], merged: list[Merged]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for top, left, bottom, right in merged:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    return stored(book)


def as_xls(rows: list[Row], merged: list[Merged]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("附件1")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None:
                sheet.write(i, j, value)
    for top, left, bottom, right in merged:
        sheet.merge(top, bottom, left, right)
    return stored(book)


def as_ods(rows: list[Row], merged: list[Merged]) -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="附件1")
    tops = {(top, left): bottom - top + 1 for top, left, bottom, _ in merged}
    covered = {(i, left) for top, left, bottom, _ in merged for i in range(top + 1, bottom + 1)}
    for i, row in enumerate(rows):
        line = TableRow()
        for j, value in enumerate(row):
            spans = {"numberrowsspanned": tops[i, j], "numbercolumnsspanned": 1} if (i, j) in tops else {}
            cell = CoveredTableCell() if (i, j) in covered else TableCell(valuetype="string", **spans)
            if value is not None:
                cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    return stored(document)


def as_docx(rows: list[Row], merged: list[Merged]) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows), 17)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            if value is not None:
                table.cell(i, j).text = str(value)
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))
    return stored(document)


def stored(book: object) -> bytes:
    memory = io.BytesIO()
    book.save(memory)  # type: ignore[attr-defined]
    return memory.getvalue()


WRITERS = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods, "docx": as_docx}


def two_people(*emptied: Column) -> list[Row]:
    second = person(2, "李四", 2)
    for column in emptied:
        second[column] = None
    return register(person(), second)


def read(rows: list[Row], *merged: Merged) -> Form:
    (form,) = recognise.forms(Source("测绘系.xlsx", "xlsx", "", [Sheet("附件1", rows, (), merged)])).annex1
    return form


@pytest.mark.parametrize("kind", WRITERS)
def test_a_residence_merged_over_two_rows_holds_for_both_in_every_format(tmp_path: Path, kind: str) -> None:
    data = WRITERS[kind](two_people(Column.RESIDENCE), [(5, RESIDENCE, 6, RESIDENCE)])
    (source,) = read_files([saved(tmp_path, f"表.{kind}", data)])
    assert isinstance(source, Source), source
    (form,) = recognise.forms(source).annex1
    assert [row.values[RESIDENCE] for row in form.rows] == [person()[RESIDENCE]] * 2
    ((place, finding),) = form.findings
    assert (place.cell, finding.code, finding.column) == ("L6", Code.NORMALISED, "现居住地（流入地）")
    assert "L6:L7是合并单元格" in finding.message


@pytest.mark.parametrize("column", [Column.NAME, Column.ID_NUMBER, Column.PHONE])
def test_what_is_one_persons_own_stays_required_and_asks_for_a_split(column: Column) -> None:
    form = read(two_people(column), (5, column, 6, column))
    assert (form.rows[1].values[column], form.rows[1].merged, form.findings) == (None, (column,), ())
    (finding,) = Checker(RuleSet(date(2023, 12, 15))).check(form.rows[1]).findings
    assert (finding.code, finding.column) == (Code.REQUIRED, column.heading)
    assert "合并" in finding.message
    assert "取消合并单元格" in finding.suggestion


def test_a_wide_area_holds_its_value_in_its_left_column_only() -> None:
    form = read(two_people(Column.REPORT_BRANCH, Column.REPORT_CONTACT), (5, 14, 6, 15))
    assert form.rows[1].values[14:16] == ("长江社区党支部", None)


def test_merged_cells_make_nobody_of_blank_rows() -> None:
    rows: list[Row] = [*register(person()), [], [None, "注：以上为全部人员"]]
    assert len(read(rows, (5, RESIDENCE, 7, RESIDENCE)).rows) == 1


def test_an_empty_area_and_one_that_begins_in_the_headings_give_nothing() -> None:
    rows = two_people(Column.RESIDENCE, Column.NAME)
    rows[5][RESIDENCE] = rows[5][NAME] = None
    form = read(rows, (5, RESIDENCE, 6, RESIDENCE), (3, NAME, 6, NAME))
    assert (form.rows[1].values[RESIDENCE], form.rows[1].merged, form.findings) == (None, (), ())


def test_a_serial_number_is_never_read_twice() -> None:
    assert read(two_people(Column.SEQUENCE), (5, 0, 6, 0)).rows[1].values[0] is None


def test_areas_that_overlap_without_end_cost_no_more_than_the_cells() -> None:
    merged = [(5 + n, RESIDENCE, 199_999, RESIDENCE) for n in range(2000)]
    assert len(read(two_people(), *merged).rows) == 2
