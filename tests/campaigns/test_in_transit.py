"""在途名单: one rule for who is in transit, on every page of the campaign; the branch answers for them until the
receipt."""

from collections.abc import Callable
from typing import Any

import pytest

from paicha.campaigns.checking.selectors import Checked, checked_of, coverage_of, one_of
from paicha.campaigns.checking.services import Decision as Given
from paicha.campaigns.checking.services import Unfit, confirm_attending, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.members import not_taught
from paicha.campaigns.education.models import Channel, Sending
from paicha.campaigns.education.selectors import education_of
from paicha.campaigns.education.sending.services import acknowledge, send_material, withdraw_sending
from paicha.campaigns.reporting.models import Submission
from paicha.domain.divisions import Direction
from paicha.domain.letters import Stage
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Closing, RegisterEntry
from paicha.register.moving.services import move_branch
from paicha.register.roster.models import RosterLine
from paicha.register.services import close_entry
from paicha.tenancy.models import new_id
from paicha.transfers.graduating.models import Graduate
from paicha.transfers.graduating.services import move
from paicha.transfers.tracking.moving import Step
from tests.campaigns.world import away, checked, member, reported, unit
from tests.college import TODAY, College
from tests.transfers.graduates import cohort, graduate, line, listed, rostered
from tests.transfers.world import THERE, receive, step

LONG_AGO = TODAY.replace(month=9)


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college)


def marked(college: College, name: str = "名册标的") -> Any:
    """A member whom the office's roster calls in transit."""
    made = member(college, college.survey, name)
    with college.at_work():
        RosterLine.objects.create(
            committee_id=college.root.id,
            member=made,
            affiliation=made.affiliations.get(),
            cells=[""] * 17,
            name=name,
            pinyin="ming ce",
            in_transit=True,
            batch_id=new_id(),
        )
    return made


def off_the_register(college: College, number: int = 7) -> RegisterEntry:
    """Somebody whose transfer is underway and whose entry was closed since: off the register, not yet received."""
    entry = college.add(college.survey, number, name="销了册的")
    step(college, entry, Stage.UNDERWAY)
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.NOT_OUTFLOW, today=TODAY)
    return entry


def found(college: College, ours: CampaignUnit, name: str) -> Checked:
    with college.at_work():
        return next(one for one in checked_of(ours) if one.name == name)


def page(college: College, address: str, who: str = "clerk") -> str:
    return college.client(who).get(address).content.decode()


def test_a_transfer_underway_puts_the_member_in_transit_as_the_roster_s_mark_does(
    college: College, ours: CampaignUnit
) -> None:
    entry = away(college, ours, name="系统转的")
    with college.at_work():
        before = coverage_of(ours.campaign, [ours])[ours.id]
    step(college, entry, Stage.UNDERWAY)
    marked(college)
    with college.at_work():
        coverage = coverage_of(ours.campaign, [ours])[ours.id]
    assert (before.rostered, before.in_transit) == (2, 0)
    assert (coverage.rostered, coverage.in_transit, coverage.whole) == (1, 2, 3)
    assert found(college, ours, "系统转的").in_transit
    assert found(college, ours, "名册标的").in_transit
    assert not found(college, ours, "在支部的").in_transit


def test_who_is_only_urged_is_not_in_transit_and_who_was_refused_is_no_more(
    college: College, ours: CampaignUnit
) -> None:
    entry = away(college, ours, name="系统转的")
    for stage, words, in_transit in (
        (Stage.URGED, "", False),
        (Stage.UNDERWAY, "", True),
        (Stage.REFUSED, "没有编制", False),
    ):
        step(college, entry, stage, words=words)
        assert found(college, ours, "系统转的").in_transit is in_transit, stage
    step(college, entry, Stage.UNDERWAY)
    receive(college, entry)
    with college.at_work():
        assert coverage_of(ours.campaign, [ours])[ours.id].in_transit == 0


def test_the_branch_covers_them_in_theme_education_though_they_are_off_the_register(
    college: College, ours: CampaignUnit
) -> None:
    off_the_register(college)
    with college.at_work():
        learners = education_of(ours, TODAY).learners
    assert [(learner.one.name, learner.status) for learner in learners] == [("销了册的", "在途")]


def test_they_are_decided_one_by_one_and_not_confirmed_together(college: College, ours: CampaignUnit) -> None:
    entry = off_the_register(college)
    with college.at_work(), pytest.raises(Unfit, match="在途"):
        confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[entry.member_id])
    shown = page(college, f"/units/{ours.id}/check")
    assert f'href="/entries/{entry.id}/transfer">在途' in shown
    assert "在途 1 人" in shown
    one = page(college, f"/units/{ours.id}/check/{entry.member_id}")
    assert f"转往 {THERE}" in one
    assert "回执最迟" in one


def test_the_list_tells_who_where_to_until_when_and_whether_they_stand_in_a(
    college: College, ours: CampaignUnit
) -> None:
    counted, late = away(college, ours, 6, name="计入的"), college.add(college.survey, 7, name="逾期的")
    step(college, counted, Stage.UNDERWAY)
    step(college, late, Stage.UNDERWAY, LONG_AGO)
    marked(college)
    with college.at_work():
        attending = Given(Verdict.ATTENDING_AFTER_URGING, reason="已回支部")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=late.member_id, decision=attending)
    for address in (f"/units/{ours.id}/in-transit", f"/campaigns/{ours.campaign_id}/in-transit"):
        rows = page(college, address).split("<tr>")[2:]
        assert [name for name in ("逾期的", "计入的", "名册标的") if name in rows[0]] == ["逾期的"], "the overdue first"
        by_name = {name: row for row in rows for name in ("逾期的", "计入的", "名册标的") if f"{name}</" in row}
        assert "附件1，计入A" in by_name["计入的"]
        assert "在途名单" in by_name["逾期的"]
        assert "2024-01-01" in by_name["计入的"]
        assert "补记转到哪里" in by_name["名册标的"]
    only = page(college, f"/campaigns/{ours.campaign_id}/in-transit?show=late", "office")
    assert "逾期的" in only
    assert "计入的" not in only


def test_an_empty_list_says_what_will_be_there(college: College, ours: CampaignUnit) -> None:
    assert "现在没有在途的党员" in page(college, f"/units/{ours.id}/in-transit")


def test_the_office_sees_how_many_are_in_transit_and_overdue_and_opens_them(
    college: College, ours: CampaignUnit
) -> None:
    step(college, away(college, ours, 6), Stage.UNDERWAY)
    step(college, away(college, ours, 7), Stage.UNDERWAY, LONG_AGO)
    overview = page(college, f"/campaigns/{ours.campaign_id}/progress", "office")
    assert f'href="/campaigns/{ours.campaign_id}/in-transit">2 人</a>' in overview
    assert f'href="/campaigns/{ours.campaign_id}/in-transit?show=late">1 人逾期没有回执</a>' in overview
    assert "组织关系在途" not in page(college, f"/campaigns/{ours.campaign_id}/progress?at=2023-11-30", "office")
    assert '<a href="/transfers?show=underway">2 人</a>' in page(college, "/", "office")
    coverage = page(college, f"/campaigns/{ours.campaign_id}/coverage", "office")
    assert f'<a href="/units/{ours.id}/in-transit">2' in coverage


def test_whom_the_roster_alone_marks_is_asked_to_be_written_down(college: College, ours: CampaignUnit) -> None:
    one = marked(college)
    shown = page(college, "/transfers?show=underway", "office")
    assert "<b>在途 1</b>" in shown
    assert "名册标的" in shown
    assert f'href="/branches/{college.survey.id}/members/{one.id}/transfer"' in shown


def test_the_report_of_a_branch_counts_them_as_in_transit(college: College, ours: CampaignUnit) -> None:
    step(college, away(college, ours, 6), Stage.UNDERWAY)
    reported(college, ours)
    with college.at_work():
        assert Submission.objects.get().coverage == [1, 1, 2]


def test_y_opens_its_people_with_the_receipt(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, name="转走的")
    receive(college, entry)
    shown = page(college, f"/units/{ours.id}/annex2/Y")
    assert f'href="/entries/{entry.id}/transfer">转走的</a>' in shown
    assert THERE in shown


@pytest.mark.parametrize("people", [1, 9])
def test_the_page_asks_the_database_as_often_for_many_people_as_for_one(
    college: College, ours: CampaignUnit, people: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(people):
        step(college, away(college, ours, 6 + number), Stage.UNDERWAY)
    office = college.client("office")
    with django_assert_max_num_queries(14):
        assert office.get(f"/campaigns/{ours.campaign_id}/in-transit").status_code == 200


def leaving(college: College, number: int = 31, name: str = "毕业的") -> Graduate:
    """A graduate whose transfer is underway without an entry on the register."""
    rostered(college, college.survey, name, number)
    listed(college, cohort(college), line(name, number))
    found = graduate(college, name)
    with college.at_work():
        sent = Step(Stage.UNDERWAY, TODAY, "", THERE, "", Direction.WITHIN_PREFECTURE)
        move(actor=college.people["clerk"], graduate_id=found.id, step=sent, today=TODAY)
    return found


def test_a_graduate_who_stands_on_no_register_is_in_transit_on_every_page_of_the_campaign(
    college: College, ours: CampaignUnit
) -> None:
    one = leaving(college)
    link = f'href="/graduates/people/{one.id}">'
    for address in (
        f"/units/{ours.id}/check",
        f"/units/{ours.id}/check/{one.member_id}",
        f"/units/{ours.id}/in-transit",
        f"/campaigns/{ours.campaign_id}/in-transit",
        "/transfers?show=underway",
    ):
        assert link in page(college, address), address
    with college.at_work():
        alone = one_of(ours, one.member_id)
        assert alone is not None
        assert alone.in_transit
        assert coverage_of(ours.campaign, [ours])[ours.id].in_transit == 1
        assert [learner.one.name for learner in education_of(ours, TODAY).learners] == ["毕业的"]


def test_whoever_moves_to_another_branch_while_in_transit_is_answered_for_there(
    college: College, ours: CampaignUnit
) -> None:
    left, one = off_the_register(college), leaving(college)
    theirs = unit(college, ours.campaign, college.computing)
    with college.at_work():
        survey, computing = college.survey.id, college.computing.id
        move_branch(actor=college.people["office"], from_id=survey, to_id=computing, today=TODAY)
        found = coverage_of(ours.campaign, [ours, theirs])
        assert (found[ours.id].in_transit, found[theirs.id].in_transit) == (0, 2)
    shown = page(college, "/transfers?show=underway", "secretary")
    assert f'href="/graduates/people/{one.id}">毕业的</a>' in shown
    assert "销了册的" in shown
    theirs_now = f"/branches/{college.computing.id}/members/{left.member_id}/transfer"
    assert f'href="{theirs_now}">销了册的</a>' in shown
    assert "收到了转接回执" in page(college, theirs_now, "secretary")
    assert "毕业的" not in page(college, "/transfers?show=underway")
    assert "在途名单" in page(college, f"/units/{theirs.id}/in-transit", "secretary")


def test_a_graduate_who_confirmed_the_material_is_covered_on_the_cohort_s_page_too(
    college: College, ours: CampaignUnit
) -> None:
    one, clerk = leaving(college), college.people["clerk"]
    with college.at_work():
        sent = {"material": "报告单行本", "channel": Channel.POST, "sent_on": TODAY, "today": TODAY}
        send_material(actor=clerk, unit_id=ours.id, member_ids=[one.member_id], **sent)  # type: ignore[arg-type]
        assert not_taught(college.root.id, [one.member_id]) == {one.member_id}
        ids = list(Sending.objects.values_list("id", flat=True))
        acknowledge(actor=clerk, unit_id=ours.id, sending_ids=ids, happened_on=TODAY, today=TODAY)
        assert not education_of(ours, TODAY).left
        assert not_taught(college.root.id, [one.member_id]) == set()
        withdraw_sending(actor=clerk, unit_id=ours.id, sending_id=ids[0])
        assert not_taught(college.root.id, [one.member_id]) == {one.member_id}
