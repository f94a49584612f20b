"""The office's list of branches, from sheets and from text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paicha.domain.branches import ListedBranch
from paicha.formats.readers.branches import ListProblem, read_branches, read_branches_text
from tests.formats.tables import Row, source


def test_headings_in_any_order_with_several_aliases() -> None:
    rows: list[Row] = [
        ["党支部名单"],
        ["序号", "联系电话", "书记", "党支部名称", "曾用名"],
        [1, "027-1", "李明", "测绘系党支部", "测量系党支部、测绘支部；测绘\n一支部"],
        [],
        [2, None, "无", "地质系 党支部", None],
        ["合计", None, None, "合计"],
    ]
    assert read_branches(source(rows)) == [
        ListedBranch("测绘系党支部", ("测量系党支部", "测绘支部", "测绘", "一支部"), "李明", "027-1"),
        ListedBranch("地质系党支部"),
    ]


def test_one_column_without_heading_is_enough() -> None:
    rows: list[Row] = [["党支部名单"], [1, "测绘系党支部"], [2, "地质系党支部"]]
    assert [branch.name for branch in read_branches(source(rows))] == ["测绘系党支部", "地质系党支部"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_lists_are_read_in_both_encodings(encoding: str) -> None:
    text = "党支部名称,别名,负责人\n测绘系党支部,测绘支部,李明\n地质系党支部,,\n"
    branches = read_branches_text(text.encode(encoding))
    assert [(b.name, b.aliases, b.leader) for b in branches] == [
        ("测绘系党支部", ("测绘支部",), "李明"),
        ("地质系党支部", (), ""),
    ]


def test_a_plain_text_list_may_be_numbered() -> None:
    branches = read_branches_text("1. 测绘系党支部\r\n2、地质系党支部\r\n".encode())
    assert [branch.name for branch in branches] == ["测绘系党支部", "地质系党支部"]


def test_a_list_without_names_is_refused() -> None:
    nothing: list[list[Row]] = [[], [["党支部名称", "负责人"]], [[1], [2]]]
    for rows in nothing:
        with pytest.raises(ListProblem, match="没有读到党支部名称"):
            read_branches(source(rows))


def test_a_name_or_alias_of_two_branches_is_refused_with_both_places() -> None:
    rows: list[Row] = [["党支部名称", "别名"], ["测绘系党支部", "一支部"], ["地质系党支部", "一支部"]]
    with pytest.raises(ListProblem, match=r"“一支部”出现了两次.*A2.*A3"):
        read_branches(source(rows))
    with pytest.raises(ListProblem, match="出现了两次"):
        read_branches(source([["党支部名称"], ["测绘系党支部"], ["测绘系 党支部"]]))


def test_text_that_no_encoding_fits_is_refused_in_chinese() -> None:
    with pytest.raises(ListProblem, match="编码"):
        read_branches_text(b"\xff\xff\xff")


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fail_otherwise(data: bytes) -> None:
    with suppress(ListProblem):
        assert read_branches_text(data)
