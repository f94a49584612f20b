"""附件2 as a campaign counts it, and its change since the report."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.figures.selectors import behind, standing_of
from paicha.domain.annex2 import LETTERS
from paicha.domain.vocabulary import Verdict
from paicha.organizations.tree import tree_of
from paicha.register.models import Closing
from paicha.register.records import Recorder
from paicha.register.services import close_entry, take_up_entry
from paicha.transfers.services import record_receipt
from tests.campaigns.world import away, checked, reported
from tests.college import RULES, TODAY, College


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college)


def receive(college: College, member_id: Any, *, urged: bool) -> None:
    with college.at_work():
        record_receipt(
            actor=college.people["clerk"],
            member_id=member_id,
            branch_id=college.survey.id,
            received_on=TODAY,
            destination="宜昌某支部",
            urged=urged,
            today=TODAY,
        )


def text(college: College, who: str, address: str) -> str:
    return college.client(who).get(address, follow=True).content.decode()


def test_the_branch_s_annex2_is_the_campaign_s_while_one_runs(college: College, ours: CampaignUnit) -> None:
    """Y counts urged receipts since the campaign began, not what was closed in the year."""
    for number, urged in ((6, True), (7, False)):
        receive(college, away(college, ours, number).member_id, urged=urged)
    address = f"/branches/{college.survey.id}/annex2"
    answer = college.client("clerk").get(address)
    assert answer.headers["Location"] == f"/units/{ours.id}/annex2"
    page = text(college, "clerk", address)
    assert ours.campaign.name in page
    with college.at_work():
        standing = standing_of(tree_of(ours.committee_id), ours, TODAY)
    assert (standing.now["A"], standing.now["Y"]) == (0, 1)
    of_register = text(college, "clerk", f"{address}?at={TODAY}")
    assert "今年因" in of_register


def test_without_a_campaign_the_register_s_own_is_shown(college: College) -> None:
    assert "按台账此刻" in text(college, "clerk", f"/branches/{college.survey.id}/annex2")


def test_the_undecided_are_not_on_the_sheet_to_be_signed(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6)
    unsure = college.add(college.survey, 7)
    with college.at_work():
        pending = Decision(Verdict.UNDECIDED, reason="正在核实")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=unsure.member_id, decision=pending)
    assert "的 1 人不计入" in text(college, "clerk", f"/units/{ours.id}/annex2")
    answer = college.client("clerk").get(f"/units/{ours.id}/annex2.xlsx")
    assert openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]["A7"].value == 1


def test_the_change_has_three_rows_and_each_is_the_other_two(college: College, ours: CampaignUnit) -> None:
    leaves, moves = away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")
    reported(college, ours)
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=leaves.id, closing=Closing.RETURNED, today=TODAY)
    receive(college, moves.member_id, urged=True)
    away(college, ours, 8, name="王五", sex="女", reason="其他（升学）", residence="湖北省宜昌市西陵区云集街道")
    answer = college.client("clerk").get(f"/units/{ours.id}/annex2-change.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    headings = [str(cell.value or "") for cell in sheet[6]]
    assert [letter for letter in headings if letter] == list(LETTERS)
    at = {letter: headings.index(letter) + 1 for letter in LETTERS}
    rows = {
        str(sheet.cell(row, 1).value).split("\n")[0]: {
            letter: sheet.cell(row, column).value for letter, column in at.items()
        }
        for row in (7, 8, 9)
    }
    assert (rows["上报时"]["A"], rows["现在"]["A"], rows["增减"]["A"]) == (2, 1, -1)
    assert {letter: rows["增减"][letter] for letter in "BCUWY"} == {"B": -2, "C": 1, "U": 1, "W": 1, "Y": 1}
    for letter in LETTERS:
        assert rows["现在"][letter] - rows["上报时"][letter] == rows["增减"][letter], letter
    page = text(college, "clerk", f"/units/{ours.id}/annex2")
    assert "下载这张对照表" in page


def test_before_the_report_there_is_no_change_to_be_had(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    assert college.client("clerk").get(f"/units/{ours.id}/annex2-change.xlsx").status_code == 404
    assert "上报以后的变化" not in text(college, "clerk", f"/units/{ours.id}/annex2")


def test_behind_each_figure_stand_as_many_people_as_it_says_then_and_now(college: College, ours: CampaignUnit) -> None:
    leaves = away(college, ours, 6, name="张三")
    receive(college, away(college, ours, 9).member_id, urged=True)
    away(college, ours, 7, name="李四")
    reported(college, ours)
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=leaves.id, closing=Closing.RETURNED, today=TODAY)
    away(college, ours, 8, name="王五", birth="199901", sex="女", education="大专", report_branch="关山社区党支部")
    receive(college, away(college, ours, 10).member_id, urged=True)
    with college.at_work():
        standing = standing_of(tree_of(ours.committee_id), ours, TODAY)
        assert standing.reported
        for letter in LETTERS:
            found = behind(standing, ours, letter)
            assert sum(one.now for one in found) == standing.now[letter], letter
            assert sum(one.before for one in found) == standing.reported[letter], letter
    page = text(college, "office", f"/units/{ours.id}/annex2/A")
    assert "上报后增加" in page
    assert "上报后减少" in page
    assert college.client("clerk").get(f"/units/{ours.id}/annex2/a").status_code == 404


def test_who_was_reported_in_y_and_came_back_stands_behind_the_reported_y(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6, name="张三")
    receive(college, entry.member_id, urged=True)
    reported(college, ours)
    with college.at_work():
        take_up_entry(actor=college.people["clerk"], entry_id=entry.id, recorder=Recorder(RULES), today=TODAY)
        standing = standing_of(tree_of(ours.committee_id), ours, TODAY)
        found = behind(standing, ours, "Y")
    assert standing.change() | {"A": 1, "Y": -1} == standing.change()
    assert [(one.name, one.before, one.now) for one in found] == [("张三", True, False)]


def test_who_breaks_a_relation_is_named_with_the_cell(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6, name="张三", sex="")
    assert "张三</a>：性别没有填或读不出" in text(college, "clerk", f"/units/{ours.id}/annex2")


@pytest.mark.parametrize("people", [1, 9])
def test_the_pages_ask_the_database_as_often_for_many_people_as_for_one(
    college: College, ours: CampaignUnit, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        away(college, ours, 6 + number)
    reported(college, ours)
    clerk = college.client("clerk")
    for address in (f"/units/{ours.id}/annex2", f"/units/{ours.id}/annex2/A"):
        with django_assert_max_num_queries(34):
            assert clerk.get(address).status_code == 200
