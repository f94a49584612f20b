"""主题教育覆盖: by branch for the office, 100 % or who is left out by name; the same people as each branch sees."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.coverage.selectors import NAMED, Taught, taught_of
from paicha.campaigns.education.selectors import education_of
from paicha.campaigns.education.sending.services import acknowledge, withdraw_sending
from paicha.domain.letters import Stage
from paicha.domain.vocabulary import Verdict
from paicha.register.contacts.models import Purpose
from paicha.register.models import Closing
from paicha.register.services import close_entry
from tests.campaigns.test_education import contact, take_part
from tests.campaigns.world import away, checked, sent_material, unit
from tests.college import TODAY, College
from tests.transfers.world import receive, step
from tests.world import COMPUTING


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college)


def taught(college: College, ours: CampaignUnit) -> Taught:
    """The survey branch as the office counts it, held to what the branch sees."""
    with college.at_work():
        found = next(row for row in taught_of(ours.campaign, [ours], TODAY))
        own = education_of(ours, TODAY)
    assert (found.whole, found.covered, found.percent) == (own.whole, own.covered, own.percent)
    assert sorted(one.name for one in found.left_out) == sorted(learner.one.name for learner in own.left)
    assert found.waiting == sum(bool(learner.waiting) for learner in own.left)
    return found


def test_the_office_counts_the_same_people_as_the_branch(college: College, ours: CampaignUnit) -> None:
    clerk = college.people["clerk"]
    entries = [away(college, ours, n, name=f"党员{n}") for n in range(6, 13)]
    assert taught(college, ours).whole == 7
    contact(college, entries[0], Purpose.EDUCATION)
    contact(college, entries[1], Purpose.EDUCATION, reached=False)
    take_part(college, ours, entries[2].member_id)
    first, second, _ = sent_material(college, ours, *entries[3:6])
    with college.at_work():
        acknowledge(actor=clerk, unit_id=ours.id, sending_ids=[first.id], happened_on=TODAY, today=TODAY)
        withdraw_sending(actor=clerk, unit_id=ours.id, sending_id=second.id)
    found = taught(college, ours)
    assert (found.covered, found.waiting) == (3, 1)
    with college.at_work():
        pending = Decision(Verdict.UNDECIDED, reason="正在核实")
        decide(actor=clerk, unit_id=ours.id, member_id=entries[1].member_id, decision=pending)
    assert taught(college, ours).whole == 6
    step(college, entries[1], Stage.UNDERWAY)
    step(college, entries[6], Stage.UNDERWAY)
    with college.at_work():
        close_entry(actor=clerk, entry_id=entries[6].id, closing=Closing.NOT_OUTFLOW, today=TODAY)
    assert taught(college, ours).whole == 7, "who is in transit is to be covered, 待定 and off the register too"
    receive(college, entries[0])
    assert taught(college, ours).whole == 6


def test_the_page_names_who_is_left_out_and_opens_the_branch(college: College, ours: CampaignUnit) -> None:
    left, waiting = away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")
    taught_one = away(college, ours, 8, name="王五")
    take_part(college, ours, taught_one.member_id)
    sent_material(college, ours, waiting)
    page = college.client("office").get(f"/campaigns/{ours.campaign_id}/education").content.decode()
    assert "33%" in page
    assert f'href="/units/{ours.id}/education#m{left.member_id}">张三</a>' in page
    assert "李四</a>（材料等确认）" in page
    assert "王五" not in page
    assert COMPUTING in page
    home = college.client("office").get("/").content.decode()
    assert "1 个党支部还有 2 人没有参加主题教育" in home
    assert f'href="/campaigns/{ours.campaign_id}/education"' in home


def test_a_branch_sees_itself_alone(college: College, ours: CampaignUnit) -> None:
    college.add(college.computing, 9, name="别的支部的")
    page = college.client("clerk").get(f"/campaigns/{ours.campaign_id}/education").content.decode()
    assert COMPUTING not in page
    assert "别的支部的" not in page


def test_of_a_branch_that_has_hardly_begun_the_count_is_said(college: College, ours: CampaignUnit) -> None:
    for number in range(NAMED + 1):
        away(college, ours, 6 + number, name=f"党员{number:02}")
    page = college.client("office").get(f"/campaigns/{ours.campaign_id}/education").content.decode()
    assert f'<a href="/units/{ours.id}/education">{NAMED + 1} 人</a>' in page
    assert "党员00" not in page


def test_it_is_a_workbook_to_be_printed(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6, name="张三")
    answer = college.client("office").get(f"/campaigns/{ours.campaign_id}/education.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert "不得公开" in rows[0][0]
    assert rows[3][0] == "截至 2023-12-01，应参加 1 人，已参加 0 人，还没有 1 人。"
    assert rows[5] == ["测绘支部", "1", "0", "0%", "张三"]
    assert rows[6] == ["信息支部", "0", "0", "—", ""]


@pytest.mark.parametrize("people", [1, 9])
def test_the_page_asks_the_database_as_often_for_many_people_as_for_one(
    college: College, ours: CampaignUnit, people: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(people):
        away(college, ours, 6 + number)
    unit(college, ours.campaign, college.computing)
    office = college.client("office")
    with django_assert_max_num_queries(14):
        assert office.get(f"/campaigns/{ours.campaign_id}/education").status_code == 200
