"""What a branch handed in again: who was added, left or changed since the report before, and whether what came back was
mended."""

import pytest

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.review.services import Cell
from paicha.domain.annex1 import Column
from paicha.register.models import Closing
from paicha.register.records import Recorder
from paicha.register.services import close_entry, take_up_entry
from tests.campaigns.reviewing import away, checked, returned, revised
from tests.campaigns.world import deployed, reported
from tests.college import RULES, TODAY, College
from tests.world import id_number


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college, deployed(college), college.survey)


def test_who_was_added_who_left_and_what_changed_is_told_with_numbers_masked(
    college: College, ours: CampaignUnit
) -> None:
    stays = away(college, ours, 6, name="张三")
    leaves = away(college, ours, 7, name="李四")
    away(college, ours, 8, name="王五")
    returned(college, reported(college, ours), reason="请核对")
    revised(college, stays, 6, name="张三", sex="女", id_number=id_number(sequence=14), phone="13911112222")
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=leaves.id, closing=Closing.RETURNED, today=TODAY)
        leaves.member.affiliations.update(until=TODAY)
    away(college, ours, 9, name="赵六")
    second = reported(college, ours)
    page = college.client("office").get(f"/submissions/{second.id}/review").content.decode()
    assert "新增 1 人，去掉 1 人，改动 1 人，其余 1 人没有变" in page
    assert "新增</span> 赵六" in page
    assert "去掉</span> 李四（已返回，不再流出）" in page
    assert "<td>138****0006</td><td>139****2222</td>" in page
    assert "<td>男</td><td>女</td>" in page
    assert "B 男 3 → 2" in page
    assert "13911112222" not in page


def test_what_comes_back_as_it_was_is_said_to_be_unchanged(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6, name="张三")
    returned(college, reported(college, ours), Cell("请核对电话", 1, Column.PHONE))
    second = reported(college, ours)
    page = college.client("office").get(f"/submissions/{second.id}/review").content.decode()
    assert "一处也没有改" in page
    assert "没有改</span>" in page


def test_which_returned_cells_were_mended_and_which_not(college: College, ours: CampaignUnit) -> None:
    mended, kept = away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")
    left = away(college, ours, 8, name="王五")
    cells = (
        Cell("与档案不符", 1, Column.JOINED),
        Cell("与档案不符", 2, Column.JOINED),
        Cell("不是流出", 3, Column.NAME),
    )
    returned(college, reported(college, ours), *cells, Cell("请核对", letter="A"))
    revised(college, mended, 6, name="张三", joined="200309")
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=left.id, closing=Closing.NOT_OUTFLOW, today=TODAY)
        left.member.affiliations.update(until=TODAY)
    second = reported(college, ours)
    revised(college, kept, 7, name="李四", joined="200310")  # after the report: no matter of this page
    page = college.client("office").get(f"/submissions/{second.id}/review").content.decode()
    rows = page[page.index("改了没有") : page.index("和第 1 次上报相比")]
    assert "已改</span> 200309" in rows
    assert rows.count("没有改</span>") == 1
    assert "已不在表上" in rows
    assert "已改</span> 2<" in rows  # A: 3 → 2


def test_somebody_closed_and_taken_up_again_is_the_same_person(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6, name="张三")
    returned(college, reported(college, ours), reason="请核对")
    with college.at_work():
        clerk = college.people["clerk"]
        close_entry(actor=clerk, entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
        take_up_entry(actor=clerk, entry_id=entry.id, recorder=Recorder(RULES), today=TODAY)
    second = reported(college, ours)
    page = college.client("office").get(f"/submissions/{second.id}/review").content.decode()
    assert "一处也没有改" in page
