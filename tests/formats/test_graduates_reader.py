"""毕业生名单 as offices keep it: headings that differ a little, titles above, several sheets, blank and total rows."""

import pytest

from paicha.domain.graduate_list import Field
from paicha.domain.readings import CellValue
from paicha.formats.readers.graduates import ListProblem, read_graduates
from paicha.formats.readers.source import Sheet, Source

HEADINGS: list[CellValue] = ["序号", "姓 名", "公民身份号码", "院系", "毕业去向", "就业单位", "转往党组织", "联系人"]


def source(*sheets: list[list[CellValue]]) -> Source:
    return Source("毕业生.xlsx", "xlsx", "", [Sheet(f"表{n}", rows) for n, rows in enumerate(sheets, 1)])


def person(name: str, kind: CellValue = "就业") -> list[CellValue]:
    return ["1", name, "420106200108150018", "测绘系", kind, "江城测绘有限公司", "关山社区党支部", "王书记"]


def test_headings_that_differ_a_little_are_known_and_rows_that_are_nobody_left_out() -> None:
    rows: list[list[CellValue]] = [
        ["2023届毕业生党员名单"],
        [],
        HEADINGS,
        person("张三"),
        [None] * 8,
        person("李四", "考研"),
        ["合计", "2人"],
        ["注：", "以实际为准"],
    ]
    found = read_graduates(source(rows))
    assert [one.cells[Field.NAME] for one in found.rows] == ["张三", "李四"]
    assert [one.cells[Field.DESTINATION] for one in found.rows] == ["就业", "考研"]
    assert [one.place.row for one in found.rows] == [4, 6]
    assert found.rows[0].at(Field.EMPLOYER).cell == "F4"
    assert found.rows[0].at(Field.PHONE).cell == "第4行"
    assert Field.TO not in found.columns


def test_what_was_said_of_a_heading_goes_before_its_words() -> None:
    rows = [[*HEADINGS], person("张三")]
    found = read_graduates(source(rows), {"就业单位": "", "院系": "去向单位"})
    assert found.rows[0].cells[Field.EMPLOYER] == "测绘系"
    assert Field.DEPARTMENT not in found.columns


def test_every_sheet_that_lists_people_is_read_and_others_are_not() -> None:
    lists: list[list[CellValue]] = [HEADINGS, person("张三")]
    found = read_graduates(source(lists, [["说明"], ["按学院填写"]], [HEADINGS, person("李四")]))
    assert [(one.place.sheet, one.cells[Field.NAME]) for one in found.rows] == [("表1", "张三"), ("表3", "李四")]


def test_formula_errors_say_nothing_and_are_told_with_their_cell() -> None:
    found = read_graduates(source([HEADINGS, person("张三", "#N/A")]))
    assert found.rows[0].cells[Field.DESTINATION] is None
    assert [(fault.place.cell, fault.finding.column) for fault in found.faults] == [("E2", "去向类别")]


@pytest.mark.parametrize("rows", [[], [[]], [["学号", "成绩"], ["1", "90"]], [["姓" * 2000]]])
def test_a_sheet_without_names_is_answered_in_words(rows: list[list[CellValue]]) -> None:
    with pytest.raises(ListProblem, match="表头里要有“姓名”"):
        read_graduates(source(rows))
