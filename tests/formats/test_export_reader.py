"""The national system's list of transfers, as different versions of it export it."""

from datetime import date
from typing import Any

import pytest

from paicha.formats.readers.exported import ExportProblem, Field, read_export
from paicha.formats.readers.listed import Listed
from paicha.formats.readers.source import Sheet, Source
from tests.world import id_number

ID = id_number()
PERSON = ["张三", ID, "测绘支部", "关山社区党支部", "N1", "2023-11-20 09:00:00", "已接收", "2023-12-05"]
VERSIONS = (
    ["姓名", "身份证号", "转出党支部", "转入党组织", "介绍信编号", "转出时间", "状态", "接收时间"],
    ["党员姓名", "公民身份号码", "转出组织", "目标组织", "转接编号", "发起时间", "办理状态", "完成时间"],
)


def read(*rows: list[Any], mapping: dict[str, str] | None = None, name: str = "转接") -> Listed[Field]:
    return read_export(Source("转接.xlsx", "xlsx", "", [Sheet(name, list(rows))]), mapping)


@pytest.mark.parametrize("headings", VERSIONS)
def test_each_version_of_the_headings_is_known(headings: list[str]) -> None:
    (row,) = read(["组织关系转接列表"], headings, PERSON).rows
    cells = row.cells
    assert [cells[f] for f in (Field.NAME, Field.ID_NUMBER, Field.TO, Field.NUMBER, Field.STATUS)] == [
        *("张三", ID, "关山社区党支部", "N1", "已接收")
    ]
    assert (cells[Field.BEGUN], cells[Field.ENDED]) == (PERSON[5], PERSON[7])
    assert str(row.at(Field.STATUS)) == "转接.xlsx 工作表“转接” G3"


def test_a_mapping_goes_before_the_words_and_blank_rows_and_totals_are_nobody() -> None:
    headings = ["姓名", "身份证号", "目前环节", "状态"]
    rows = [["张三", ID, "已接收", "有效"], ["", "", "", ""], ["合计", "", "1", ""]]
    found = read(headings, *rows, mapping={"目前环节": "状态", "状态": ""})
    assert [row.cells[Field.STATUS] for row in found.rows] == ["已接收"]


def test_a_formula_s_error_is_told_at_its_cell() -> None:
    found = read(VERSIONS[0], [*PERSON[:5], "#REF!", *PERSON[6:]])
    assert found.rows[0].cells[Field.BEGUN] is None
    assert [fault.place.cell for fault in found.faults] == ["F2"]


def test_a_day_comes_as_a_day_and_several_sheets_are_read() -> None:
    person = [*PERSON[:5], date(2023, 11, 20), *PERSON[6:]]
    sheets = [Sheet(name, [VERSIONS[0], person]) for name in ("转出", "跨省")]
    found = read_export(Source("转接.xlsx", "xlsx", "", sheets))
    assert [row.place.sheet for row in found.rows] == ["转出", "跨省"]


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["序", "甲", "乙"], "表头里要有“姓名”"),
        (["姓名", "身份证号", "转入组织"], "没有认出“状态”"),
        (["姓名", "状态", "转入组织"], "认不出是谁"),
    ],
)
def test_a_list_that_cannot_serve_says_why(headings: list[str], words: str) -> None:
    with pytest.raises(ExportProblem, match=words):
        read(headings, ["张三", "", ""])
