"""Headings are found wherever they stand and however a branch renamed them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paicha.domain.annex1 import Column
from paicha.formats.readers.annex1 import find_register
from paicha.formats.readers.columns import EXACT, Extra
from paicha.formats.readers.headings import letters, normal, seen
from tests.formats.tables import HEAD, LEAVES, TOP, Row, person, register


def test_normal_form_drops_spaces_line_breaks_brackets_and_marks() -> None:
    assert normal("民　族") == normal("民\n族*") == "民族"
    assert normal("现居住地（流入地）") == normal("现居住地(流入地)：") == "现居住地流入地"


def test_letters_count_past_z() -> None:
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_the_official_form_maps_every_column_to_its_own_place() -> None:
    found = find_register(register(person()))
    assert found is not None
    assert (found.first, found.last) == (3, 4)
    assert found.columns == {column: int(column) for column in Column}


def test_headings_are_found_far_down_and_far_right() -> None:
    moved: list[Row] = [[None] * 3 + row for row in [*([[]] * 30), *register(person())]]
    found = find_register(moved)
    assert found is not None
    assert found.first == 33
    assert found.columns[Column.NAME] == 4


def test_a_first_person_is_never_taken_for_a_second_heading_row() -> None:
    found = find_register(
        [["序号", "姓名", "性别", "现居住地", "手机号", "流动原因"], [1, "张一", "男", "武汉", "138", "其他"]]
    )
    assert found is not None
    assert found.last == 0


def test_one_row_without_groups_tells_two_telephones_apart() -> None:
    row: Row = ["姓名", "身份证号码", "工作单位", "现住址", "联系电话", "流动原因", "党支部名称", "联系人", "联系电话"]
    found = find_register([row])
    assert found is not None
    assert found.columns[Column.PHONE] == 4
    assert found.columns[Column.REPORT_PHONE] == 8
    assert found.columns[Column.REPORT_BRANCH] == 6


def test_one_telephone_alone_is_the_persons_own() -> None:
    found = find_register([["姓名", "性别", "身份证", "联系电话", "流动原因"]])
    assert found is not None
    assert found.columns[Column.PHONE] == 3
    assert Column.REPORT_PHONE not in found.columns


def test_a_branch_left_of_the_names_is_the_persons_own() -> None:
    found = find_register([["党支部名称", "姓名", "性别", "身份证", "流动原因", "报到党支部"]])
    assert found is not None
    assert found.columns[Extra.BRANCH] == 0
    assert found.columns[Column.REPORT_BRANCH] == 5


def test_a_moved_group_takes_its_leaves_along() -> None:
    top: Row = ["在流入地报到的党支部", None, None, "姓名", "本人联系电话", "性别", "现工作(学习)单位", None]
    leaves: Row = ["党支部名称", "联系人姓名及职务", "联系电话", None, None, None, "单位名称", "是否建立党组织"]
    found = find_register([top, leaves])
    assert found is not None
    assert [found.columns[c] for c in (Column.REPORT_BRANCH, Column.REPORT_CONTACT, Column.REPORT_PHONE)] == [0, 1, 2]
    assert [found.columns[c] for c in (Column.PHONE, Column.EMPLOYER)] == [4, 6]


def test_a_heading_broken_over_two_rows_is_read_as_one() -> None:
    found = find_register([["姓名", "性别", "出生", "流动", "身份"], [None, None, "年月", "原因", "证号"]])
    assert found is not None
    assert {Column.BIRTH, Column.REASON, Column.ID_NUMBER} <= found.columns.keys()


def test_columns_that_only_resemble_ours_are_left_alone() -> None:
    row: Row = [
        "姓名",
        "性别",
        "身份证",
        "民族",
        "申请入党时间",
        "原工作单位",
        "是否报到",
        "报到时间",
        "户籍所在地",
        "备注",
    ]
    found = find_register([row])
    assert found is not None
    assert set(found.columns) & set(Column) == {Column.NAME, Column.SEX, Column.ID_NUMBER, Column.ETHNIC_GROUP}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("从事行业/流动原因（参照附件2）", Column.REASON),
        ("*出生年月\n（YYYYMM）", Column.BIRTH),
        ("入党时间（如202206）", Column.JOINED),
        ("单位是否建立党组织（是/否）", Column.EMPLOYER_HAS_ORGANIZATION),
        ("报到的党支部名称", Column.REPORT_BRANCH),
        ("报到联系人姓名及职务", Column.REPORT_CONTACT),
        ("流入地党支部联系电话", Column.REPORT_PHONE),
        ("现居住地（省市县街道社区）", Column.RESIDENCE),
    ],
)
def test_headings_with_hints_are_understood(heading: str, column: Column) -> None:
    found = find_register([["姓名", "性别", "民族", "身份证", heading]])
    assert found is not None
    assert found.columns[column] == 4


def test_seen_gives_the_likeliest_heading_row_for_a_message() -> None:
    assert seen([["标题"], ["项目", "数量", "单价"], ["笔", 3, 2.5]]) == ["项目", "数量", "单价"]


SINGLE = [c for c in Column if not c.group]


@given(st.data(), st.permutations(list(Column)))
def test_shuffled_columns_with_synonyms_map_to_the_same_columns(data: st.DataObject, order: list[Column]) -> None:
    words = {column: data.draw(st.sampled_from([column.heading, *EXACT[column].split()])) for column in SINGLE}
    words |= {column: EXACT[column].split()[0] for column in Column if column.group}
    words[Column.REPORT_BRANCH] = data.draw(st.sampled_from(EXACT[Column.REPORT_BRANCH].split()))
    words[Column.REPORT_PHONE] = data.draw(st.sampled_from(EXACT[Column.REPORT_PHONE].split()))
    pad = data.draw(st.sampled_from(["", " ", "\n", "　"]))
    found = find_register([*HEAD, [pad.join(words[column]) for column in order]])
    assert found is not None
    assert found.columns == {column: index for index, column in enumerate(order)}


def test_the_tops_and_leaves_of_the_notice_are_those_of_the_domain() -> None:
    assert len(TOP) == len(LEAVES) == len(Column)
