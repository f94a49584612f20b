"""排查覆盖: 100 %, or who is missing by name, for the office; a branch sees itself."""

from collections.abc import Callable
from typing import Any

import pytest

from paicha.campaigns.checking.coverage.selectors import NAMED
from paicha.campaigns.checking.services import Decision, confirm_attending, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.domain.vocabulary import Verdict
from tests.campaigns.world import deployed, member, unit
from tests.college import College
from tests.world import COMPUTING


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return unit(college, deployed(college), college.survey)


def row(college: College, ours: CampaignUnit, role: str = "office") -> str:
    """The line of the survey branch."""
    page = college.client(role).get(f"/campaigns/{ours.campaign_id}/coverage").content.decode()
    lines = [line for line in page.split("<tr>") if f"/units/{ours.id}" in line]
    assert len(lines) == 1
    return lines[0]


def test_who_has_no_verdict_and_who_is_pending_are_named(college: College, ours: CampaignUnit) -> None:
    present, waiting = (member(college, college.survey, name) for name in ("甲一", "乙二"))
    lost = college.add(college.survey, 6, name="丙三")
    clerk = college.people["clerk"]
    with college.at_work():
        confirm_attending(actor=clerk, unit_id=ours.id, member_ids=[present.id])
        pending = Decision(Verdict.OUT_OF_CONTACT, reason="电话停机")
        decide(actor=clerk, unit_id=ours.id, member_id=lost.member_id, decision=pending)
    line = row(college, ours)
    assert "33%" in line
    assert f'href="/units/{ours.id}/check/{waiting.id}">乙二</a>' in line
    assert "丙三</a>（失去联系）" in line
    assert "甲一" not in line


def test_a_branch_whose_members_all_have_a_verdict_is_at_100(college: College, ours: CampaignUnit) -> None:
    present = member(college, college.survey, "甲一")
    with college.at_work():
        confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[present.id])
    assert '<span class="tag done">100%</span>' in row(college, ours)


def test_a_branch_without_a_roster_is_not_at_100(college: College, ours: CampaignUnit) -> None:
    assert "名册是空的" in row(college, ours)


def test_of_a_branch_that_has_hardly_begun_the_count_is_said(college: College, ours: CampaignUnit) -> None:
    for number in range(NAMED + 1):
        member(college, college.survey, f"党员{number:02}")
    line = row(college, ours)
    assert f'<a href="/units/{ours.id}/check">{NAMED + 1} 人</a>' in line
    assert "党员00" not in line


def test_a_branch_sees_itself_alone(college: College, ours: CampaignUnit) -> None:
    member(college, college.computing, "别的支部的")
    page = college.client("clerk").get(f"/campaigns/{ours.campaign_id}/coverage").content.decode()
    assert COMPUTING not in page
    assert "别的支部的" not in page


@pytest.mark.parametrize("people", [1, 12])
def test_the_page_asks_the_database_as_often_for_many_people_as_for_one(
    college: College, ours: CampaignUnit, people: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(people):
        member(college, college.survey, f"党员{number:02}")
    office = college.client("office")
    with django_assert_max_num_queries(15):
        office.get(f"/campaigns/{ours.campaign_id}/coverage")
