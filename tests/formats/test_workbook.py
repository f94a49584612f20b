"""Workbooks are read by their content, with true coordinates and plain values."""

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from paicha.formats.readers.compound import Compound
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.opening import read_file
from paicha.formats.readers.source import Source
from tests.formats import hostile

DAY = datetime.fromisoformat("2003-08-01")
MOMENT = datetime.fromisoformat("2003-08-01T09:30")
GRID = [[], [], [], [None, None, "姓名"], [], [None, None, None, None, "张三"]]


def _read(folder: Path, name: str, data: bytes) -> Source:
    path = hostile.saved(folder, name, data)
    (result,) = read_files([path])
    assert isinstance(result, Source), result
    assert result == read_file(str(path)), "in one's own process the same is read"
    return result


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", hostile.xlsx({"C4": "姓名", "E6": "张三"})),
        ("xls", hostile.xls({(3, 2): "姓名", (5, 4): "张三"})),
        ("ods", hostile.ods([(3, 0, ""), (1, 2, "姓名"), (1, 0, ""), (1, 4, "张三"), (1_048_570, 0, "")])),
    ],
)
def test_a_cell_keeps_its_own_row_and_column(tmp_path: Path, kind: str, data: bytes) -> None:
    source = _read(tmp_path, f"表.{kind}", data)
    assert source.kind == kind
    assert [sheet.rows for sheet in source.sheets] == [GRID]


@pytest.mark.parametrize("name", ["支部.et", "支部.xls", "支部.docx", "支部"])
def test_the_content_tells_the_kind_whatever_the_name_says(tmp_path: Path, name: str) -> None:
    assert _read(tmp_path, name, hostile.xlsx({"A1": "姓名"})).kind == "xlsx"
    assert _read(tmp_path, name, hostile.xls({(0, 0): "姓名"})).kind == "xls"


def test_an_odd_file_name_is_no_matter(tmp_path: Path) -> None:
    assert _read(tmp_path, "-第一\n支部 “￥%s”\udcff.xlsx", hostile.xlsx({"A1": "姓名"})).sheets[0].rows == [["姓名"]]


def test_values_come_as_what_they_are(tmp_path: Path) -> None:
    def make(book):  # type: ignore[no-untyped-def]
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["文字", 45, 1.5, True, "", " 空格 "])
        for j, (value, pattern) in enumerate(
            [
                (DAY, "yyyy-mm-dd"),
                (MOMENT, "yyyy-mm-dd hh:mm"),
                (time(9, 30), "hh:mm"),
            ]
        ):
            sheet.write_datetime(1, j, value, book.add_format({"num_format": pattern}))
        sheet.write_number(1, 3, 1.25, book.add_format({"num_format": "[h]:mm"}))
        sheet.write_formula("A3", "=B1", None, 45)
        sheet.write_formula("B3", "=X9", None, "")
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.write("D3", "末")

    rows = _read(tmp_path, "值.xlsx", hostile.made(make)).sheets[0].rows
    assert rows[0] == ["文字", 45, 1.5, True, None, " 空格 "]
    assert rows[0][3] is True
    assert rows[1] == [date(2003, 8, 1), MOMENT, time(9, 30), timedelta(days=1, hours=6)]
    assert rows[2] == [45, None, "#DIV/0!", "末"]


def test_only_the_upper_left_of_a_merged_area_has_a_value(tmp_path: Path) -> None:
    def make(book):  # type: ignore[no-untyped-def]
        sheet = book.add_worksheet()
        sheet.merge_range("B2:C3", "看得见")
        sheet.write("C2", "看不见")
        sheet.write("B3", "看不见")
        sheet.write("D3", "旁边")

    rows = _read(tmp_path, "合并.xlsx", hostile.made(make)).sheets[0].rows
    assert rows == [[], [None, "看得见"], [None, None, None, "旁边"]]


def test_hidden_and_empty_sheets_are_read_and_charts_are_not(tmp_path: Path) -> None:
    def make(book):  # type: ignore[no-untyped-def]
        book.add_worksheet("第一支部").write("A1", "甲")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=第一支部!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("空表")
        hidden = book.add_worksheet("藏着")
        hidden.write("A1", "乙")
        hidden.hide()

    sheets = _read(tmp_path, "多表.xlsx", hostile.made(make)).sheets
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("第一支部", [["甲"]]),
        ("空表", []),
        ("藏着", [["乙"]]),
    ]


def test_the_documents_own_time_of_saving_counts(tmp_path: Path) -> None:
    data = hostile.xlsx({"A1": "姓名"})
    core = b"<x><dcterms:modified xsi:type='dcterms:W3CDTF'>2023-12-10T09:30:00+08:00</dcterms:modified></x>"
    assert _read(tmp_path, "a", hostile.repacked(data, {"docProps/core.xml": core})).modified == "2023-12-10T01:30:00Z"
    meta = b"<office:meta><dc:date>2023-12-10T09:30:00.123</dc:date></office:meta>"
    data = hostile.repacked(hostile.ods([(1, 0, "姓名")]), {"meta.xml": meta})
    assert _read(tmp_path, "b", data).modified == "2023-12-10T01:30:00Z", "without a zone it is China's time"


def test_without_one_the_files_time_counts(tmp_path: Path) -> None:
    data = hostile.repacked(
        hostile.xlsx({"A1": "姓名"}), {"docProps/core.xml": b"<dcterms:modified>&a;</dcterms:modified>"}
    )
    path = hostile.saved(tmp_path, "a.xlsx", data)
    moment = int(datetime.fromisoformat("2023-12-10T01:30:00+00:00").timestamp())
    os.utime(path, (moment, moment))
    assert read_file(str(path)).modified == "2023-12-10T01:30:00Z"


def test_an_old_workbook_tells_its_time_in_its_properties() -> None:
    moment = datetime.fromisoformat("2023-12-10T01:30:00+00:00")
    ticks = (moment - datetime.fromisoformat("1601-01-01T00:00:00+00:00")) // timedelta(microseconds=1) * 10
    assert Compound(hostile.compound("Workbook", summary=hostile.summary(ticks))).saved() == moment
    assert Compound(hostile.compound("Workbook")).saved() is None
    assert Compound(hostile.compound("Workbook", summary=b"\xff" * 4096)).saved() is None


def test_a_register_of_many_rows_comes_whole(tmp_path: Path) -> None:
    def make(book):  # type: ignore[no-untyped-def]
        sheet = book.add_worksheet()
        for i in range(5_001):
            sheet.write_row(i, 0, [i, f"党员{i}", "汉族", True if i % 2 else 1])

    rows = _read(tmp_path, "大.xlsx", hostile.made(make)).sheets[0].rows
    assert len(rows) == 5_001
    assert rows[4_321] == [4_321, "党员4321", "汉族", True]
    assert rows[4_321][3] is True
    assert rows[4_320][3] is not True


@pytest.mark.parametrize(
    "data",
    [
        hostile.xlsx({"A1": "赵\x01立\n书\x1f记", "B1": "\x02"}),
        hostile.xls({(0, 0): "赵\x01立\n书\x85记", (0, 1): "\x02"}),
    ],
)
def test_signs_that_nobody_sees_are_left_out_of_a_cell(tmp_path: Path, data: bytes) -> None:
    assert _read(tmp_path, "控制符", data).sheets[0].rows == [["赵立\n书记"]]


def test_signs_that_nobody_sees_are_left_out_beside_a_truth_value(tmp_path: Path) -> None:
    assert _read(tmp_path, "a.xlsx", hostile.xlsx({"A1": "赵\x01立", "B1": True})).sheets[0].rows == [["赵立", True]]
