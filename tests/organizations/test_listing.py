"""The office's list of branches: looked at, then applied as one."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.organizations.models import Kind, Organization, Placement
from paicha.organizations.selectors import history
from paicha.organizations.tree import Tree, tree_of
from tests.college import College, uploaded

EXAMPLE = Path(__file__).parents[2] / "examples" / "branches.xlsx"
HEADINGS = ("序号", "党支部名称", "别名", "负责人", "联系电话")


def workbook(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS, merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(browser: Client, data: bytes, name: str = "名单.xlsx") -> Any:
    return browser.post("/organizations/list", {"file": uploaded(name, data)})


def applied(browser: Client, preview: Any) -> Any:
    """Press the preview's button."""
    page = preview.content.decode()
    fields = {name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("lines", "digest")}
    return browser.post("/organizations/list/apply", {name: found[1] for name, found in fields.items() if found})


def tree(college: College) -> Tree:
    with college.at_work():
        return tree_of(college.root.committee_id)


def test_thirty_branches_are_one_upload_and_one_event(college: College) -> None:
    rows = [(n, f"第{n}党支部", f"{n}支部", f"书记{n}", f"027-8765{n:04}") for n in range(1, 31)]
    browser = college.client("office")
    preview = sent(browser, workbook(*rows))
    assert "新增 30 个" in preview.content.decode()
    assert len(tree(college).branches()) == 2, "nothing is written yet"
    assert applied(browser, preview).status_code == 302
    assert len(tree(college).branches()) == 32
    assert [node.name for node in tree(college).branches()][-30:] == [row[1] for row in rows], "in the list's order"
    with college.at_work():
        assert AuditEvent.objects.filter(event=Event.LIST_IMPORTED).count() == 1
        assert Organization.objects.get(leader="书记7").phone == "027-87650007"


def test_the_example_list_is_taken_and_taken_again_changes_nothing(college: College) -> None:
    browser = college.client("admin")
    applied(browser, sent(browser, EXAMPLE.read_bytes()))
    again = sent(browser, EXAMPLE.read_bytes()).content.decode()
    assert "新增 0 个，改动 0 个" in again
    assert "没有要写入的" in again


def test_the_preview_tells_old_and_new_and_who_is_not_in_the_list(college: College) -> None:
    browser = college.client("office")
    preview = sent(browser, workbook((1, "测绘支部", "测绘系支部", "赵书记", "13800001234")))
    page = preview.content.decode()
    for word in ("王书记", "赵书记", "138****1234", "测绘系支部", "不在名单里（1）", "信息支部"):
        assert word in page, word
    assert "13800001234" not in page
    applied(browser, preview)
    with college.at_work():
        changed = Organization.objects.get(id=college.survey.id)
        assert (changed.leader, changed.phone, changed.aliases) == ("赵书记", "13800001234", ["测绘系支部"])
    assert len(tree(college).branches()) == 2


def test_blank_cells_change_nothing(college: College) -> None:
    assert "没有要写入的" in sent(college.client("office"), workbook((1, "测绘支部", "", "", ""))).content.decode()


def test_a_branch_whose_old_name_is_among_the_aliases_is_renamed(college: College) -> None:
    browser = college.client("office")
    applied(browser, sent(browser, workbook((1, "测绘遥感支部", "测绘支部", "", ""))))
    assert tree(college)[college.survey.id].name == "测绘遥感支部"
    with college.at_work():
        assert Organization.objects.get(id=college.survey.id).aliases == ["测绘支部"]


def test_the_list_of_before_a_renaming_does_not_rename_back(college: College) -> None:
    browser = college.client("office")
    browser.post(f"/organizations/{college.survey.id}/rename", {"rename-name": "测绘遥感支部"})
    assert "没有要写入的" in sent(browser, workbook((1, "测绘支部", "", "", ""))).content.decode()


def test_the_column_of_general_branches_builds_the_tree_over_merged_cells_too(college: College) -> None:
    rows = [("机电党总支", "机一支部"), (None, "机二支部"), ("测绘与信息党总支", "遥感支部"), (None, "机关支部")]
    browser = college.client("office")
    preview = sent(browser, workbook(*rows, headings=("党总支", "党支部名称"), merged="A2:A3"))
    assert "要新设的党总支（1）" in preview.content.decode()
    applied(browser, preview)
    found = tree(college)
    above = {node.name: found[node.parent_id].name for node in found.branches() if node.parent_id}
    assert above["机一支部"] == above["机二支部"] == "机电党总支"
    assert above["遥感支部"] == "测绘与信息党总支"
    assert above["机关支部"] == "中共楚云学院委员会"
    founded = next(node for node in found.nodes.values() if node.name == "机电党总支")
    assert founded.kind is Kind.GENERAL_BRANCH


def test_the_column_moves_a_branch_that_stands_elsewhere(college: College) -> None:
    text = "党支部名称,党总支\n测绘支部,地学党总支\n".encode("gb18030")
    browser = college.client("office")
    applied(browser, sent(browser, text, "名单.csv"))
    found = tree(college)
    parent = found[college.survey.id].parent_id
    assert parent
    assert found[parent].name == "地学党总支"
    with college.at_work():
        assert [s.above for s in history(college.root.committee_id, college.survey.id).stages] == ["地学党总支"]


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([("测绘支部", "甲"), ("信息支部", "甲")], "出现了两次"),
        ([("测绘与信息党总支", "")], "不是党支部"),
        ([("测绘支部", "信息支部")], "几个不同的组织"),
        ([("13800001234支部", "")], "像是号码"),
    ],
)
def test_a_list_that_means_two_things_is_not_applied(college: College, rows: list[tuple[str, str]], word: str) -> None:
    answer = sent(college.client("office"), workbook(*rows, headings=("党支部名称", "别名")))
    page = answer.content.decode()
    assert word in page
    assert 'name="lines"' not in page
    assert "13800001234" not in page


@pytest.mark.parametrize(("name", "data"), [("名单.pdf", b"%PDF"), ("名单.xlsx", b"no workbook"), ("名单.txt", b"")])
def test_a_file_that_is_no_list_is_told_by_its_own_name(college: College, name: str, data: bytes) -> None:
    answer = sent(college.client("office"), data, name)
    assert answer.status_code == 422
    assert "/scratch/" not in answer.content.decode()


def test_what_was_changed_in_the_meantime_is_looked_at_again(college: College) -> None:
    browser = college.client("office")
    preview = sent(browser, workbook((1, "测绘支部", "", "赵书记", "")))
    college.client("head").post(f"/organizations/{college.survey.id}", {"leader": "钱书记", "phone": "027-****0000"})
    answer = applied(browser, preview)
    assert answer.status_code == 409
    assert "再核对一次" in answer.content.decode()
    assert applied(browser, answer).status_code == 302


def test_a_preview_is_applied_by_the_one_who_looked_at_it(college: College) -> None:
    preview = sent(college.client("office"), workbook((1, "新支部", "", "", "")))
    answer = applied(college.client("head"), preview)
    assert answer.headers["Location"] == "/organizations/list"
    with college.at_work():
        assert not Placement.objects.filter(name="新支部").exists()


def test_the_hidden_list_is_sealed(college: College) -> None:
    page = sent(college.client("office"), workbook((1, "新支部", "", "", "13800001234"))).content.decode()
    assert "13800001234" not in page
