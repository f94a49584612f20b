"""党员名册: the national system's export, other layouts by a saved mapping."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings

from paicha.domain.annex1 import Column
from paicha.formats.readers.roster import (
    MappingProblem,
    Roster,
    RosterProblem,
    load_mapping,
    read_roster,
    save_mapping,
    suggest_mapping,
)
from paicha.formats.readers.source import Sheet
from tests.formats.tables import Row, id_number, source
from tests.formats.test_annex1_reader import GRIDS

EXPORT: Row = [
    "姓名",
    "性别",
    "公民身份号码",
    "民族",
    "学历",
    "出生日期",
    "入党日期",
    "转正日期",
    "人员类别",
    "所在党支部",
]
EXPORT += ["手机号码", "工作岗位", "家庭住址", "党籍状态", "是否流动党员"]
MEMBER: Row = ["王小雨", "女", id_number(), "汉族", "大学专科", "2003-08-05", "2022-06-01", "2023-06-01", "正式党员"]
MEMBER += ["测绘系党支部", "13800000001", "学生", "湖北省宜昌市", "正常", "是"]


def read(*rows: Row) -> Roster:
    return read_roster(source(list(rows)))


def test_the_usual_export_gives_members_in_our_order() -> None:
    roster = read(["党员信息导出"], EXPORT, MEMBER)
    member = roster.members[0]
    assert member.row.number == 3
    assert [member.row.values[c] for c in (Column.NAME, Column.BIRTH, Column.EDUCATION)] == [
        "王小雨",
        "2003-08-05",
        "大学专科",
    ]
    assert (member.row.values[Column.PHONE], member.row.values[Column.RESIDENCE]) == ("13800000001", None)
    assert (member.branch, member.category, member.post) == ("测绘系党支部", "正式党员", "学生")
    assert (member.home, member.floating, member.in_transit) == ("湖北省宜昌市", True, False)
    assert roster.sheets[0].place(member, Column.ID_NUMBER).cell == "C3"


def test_transit_is_told_by_its_own_column_or_by_the_state() -> None:
    rows: list[Row] = [
        ["姓名", "组织关系状态", "是否在途"],
        ["甲一", "转出未接收", None],
        ["乙二", "正常", "是"],
        ["丙三", "正常", "否"],
    ]
    assert [member.in_transit for member in read(*rows).members] == [True, True, False]


def test_a_sheet_a_branch_takes_its_branch_from_the_head() -> None:
    rows: list[Row] = [["党支部名称：测绘系党支部"], ["姓名", "性别", "身份证号"], ["王小雨", "女", id_number()]]
    assert read(*rows).members[0].branch == "测绘系党支部"


def test_other_headings_are_read_by_a_saved_mapping(tmp_path: Path) -> None:
    mapping = {"党员": "姓名", "组织": "所在党支部", "证号": "身份证号"}
    save_mapping(tmp_path / "map.json", {**mapping, "别的": ""})
    rows: list[Row] = [["证号", "党员", "组织", "别的"], [id_number(), "王小雨", "测绘系党支部", "x"]]
    roster = read_roster(source(rows), load_mapping(tmp_path / "map.json"))
    assert (roster.members[0].branch, roster.members[0].row.values[Column.NAME]) == ("测绘系党支部", "王小雨")
    assert roster.sheets[0].findings == ()


def test_a_heading_mapped_to_nothing_is_passed_over() -> None:
    rows: list[Row] = [["姓名", "身份证号", "手机号"], ["王小雨", id_number(), "13800005678"]]
    roster = read_roster(source(rows), {"手机号": ""})
    assert roster.members[0].row.values[Column.PHONE] is None


def test_a_mapped_heading_that_is_gone_is_told() -> None:
    roster = read_roster(source([EXPORT, MEMBER]), {"编制": "工作岗位"})
    assert "编制" in roster.sheets[0].findings[0][1].message


def test_a_suggested_mapping_names_every_heading() -> None:
    suggestion = suggest_mapping(Sheet("表", [["姓名", "公民身份号码", "别的"], ["王小雨", id_number(), "x"]]))
    assert suggestion == {"姓名": "姓名", "公民身份号码": "身份证号", "别的": ""}
    assert suggest_mapping(Sheet("表", [["党员", "证号"]])) == {"党员": "", "证号": ""}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "JSON"),
        ('["姓名"]', "一组对应"),
        ('{"党员": 1}', "一组对应"),
        ('{"党员": "名"}', "不是本程序的表头"),
        ('{"党员": "姓名", "人": "姓名"}', "只留一个"),
    ],
)
def test_a_mapping_that_cannot_serve_is_refused_in_chinese(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "map.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingProblem, match=message):
        load_mapping(path)
    with pytest.raises(MappingProblem, match="打不开"):
        load_mapping(tmp_path / "none.json")


def test_a_file_without_members_says_what_it_has() -> None:
    with pytest.raises(RosterProblem, match="项目、数量"):
        read(["项目", "数量"], ["笔", 3])


@settings(max_examples=60)
@given(GRIDS)
def test_no_grid_of_cells_makes_the_reader_fail_otherwise(grid: list[Row]) -> None:
    assert read(EXPORT, *grid).sheets
    with suppress(RosterProblem):
        assert read(*grid).sheets
