"""排查进度: where each branch stands, what changed since the day before, as at any past day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from paicha.campaigns.checking.past import coverage_on, decided_by
from paicha.campaigns.checking.selectors import coverage_of
from paicha.campaigns.checking.services import Decision, confirm_attending, decide, receive
from paicha.campaigns.deployment.drafting import SECTIONS
from paicha.campaigns.deployment.models import Campaign, CampaignUnit, Phase
from paicha.campaigns.deployment.selectors import branch_units
from paicha.campaigns.deployment.services import move_phase, save_plan
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import What
from paicha.desk.progress.changes import changes
from paicha.desk.progress.standing import Standing, standings_on
from paicha.desk.progress.weeks import week_ends, weeks_of
from paicha.domain.vocabulary import Verdict
from paicha.register.models import RegisterEntry
from paicha.register.moving.services import move_entry
from tests.campaigns.world import deployed, member, reported, unit
from tests.college import College

Turn = Callable[[date], date]
DEPLOYED, PLANNED, CHECKED, SENT, APPROVED, AFTER = (
    *(date(2023, 11, day) for day in (28, 29)),
    *(date(2023, 12, day) for day in (4, 8, 11, 18)),
)


@pytest.fixture
def ours(college: College, on: Turn) -> CampaignUnit:
    """A whole campaign of the survey branch: one attends, one is away; the computing branch does nothing."""
    on(DEPLOYED)
    found = unit(college, deployed(college), college.survey)
    present, away = member(college, college.survey, "甲"), college.add(college.survey, 6)
    clerk, office = college.people["clerk"], college.people["office"]
    on(PLANNED)
    with college.at_work():
        texts = dict.fromkeys(SECTIONS, "按通知要求办理")
        save_plan(actor=clerk, unit_id=found.id, texts=texts, confirm=True)
        on(CHECKED)
        confirm_attending(actor=clerk, unit_id=found.id, member_ids=[present.id])
        verdict = Decision(Verdict.OUTFLOW, rule="通知 一")
        decide(actor=clerk, unit_id=found.id, member_id=away.member_id, decision=verdict)
    sent = reported(college, found, on(SENT))
    with college.at_work():
        on(APPROVED)
        review.decide(actor=office, submission_id=sent.id, what=What.APPROVED)
    on(AFTER)
    return found


def standing(college: College, ours: CampaignUnit, day: date) -> Standing:
    with college.at_work():
        (found,) = standings_on(ours.campaign, [ours], day)
    return found


def test_a_branch_stands_at_its_step_on_each_day(college: College, ours: CampaignUnit) -> None:
    steps = [standing(college, ours, day).step for day in (DEPLOYED, PLANNED, CHECKED, SENT, APPROVED, AFTER)]
    assert steps == ["安排部署", "开展排查", "待上报", "已上报", "已审核通过", "已审核通过"]
    # members of the tests' world belong to their branch from 1 December on
    assert [standing(college, ours, day).coverage.decided for day in (PLANNED, CHECKED)] == [0, 2]


def test_what_changed_since_the_day_before_is_said(college: College, ours: CampaignUnit) -> None:
    def said(day: date, before: date) -> list[str]:
        with college.at_work():
            then, now = (standings_on(ours.campaign, [ours], one) for one in (before, day))
        return [change.words for change in changes(then, now)]

    assert said(PLANNED, DEPLOYED) == ["工作方案已确认"]
    assert said(CHECKED, date(2023, 12, 3)) == ["有结论的人增加 2"]
    assert (said(SENT, date(2023, 12, 7)), said(APPROVED, SENT)) == (["已上报"], ["已审核通过"])
    assert said(AFTER, APPROVED) == []


def test_whoever_did_nothing_is_late_with_each_step_and_late_stays_late(college: College, ours: CampaignUnit) -> None:
    theirs = unit(college, ours.campaign, college.computing)
    assert standing(college, theirs, date(2023, 11, 30)).late == []
    assert standing(college, theirs, AFTER).late == ["工作方案", "排查", "上报"]
    assert standing(college, ours, AFTER).late == []


def test_coverage_of_today_is_the_same_from_the_past(college: College, ours: CampaignUnit) -> None:
    gone = college.add(college.survey, 7)
    with college.at_work():
        undecided = Decision(Verdict.UNDECIDED, reason="正在核实")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=gone.member_id, decision=undecided)
        now, then = (found[ours.id] for found in (coverage_of(ours.campaign, [ours]), _today(ours)))
    assert (then.whole, then.decided, then.pending) == (now.whole, now.decided, now.pending) == (3, 2, 1)


def _today(ours: CampaignUnit) -> Any:
    return coverage_on(ours.campaign, [ours], AFTER)


def test_the_weeks_end_on_sundays_and_on_the_day_asked_for(college: College, ours: CampaignUnit) -> None:
    assert week_ends(DEPLOYED, date(2023, 12, 10)) == [date(2023, 12, 3), date(2023, 12, 10)]
    assert week_ends(DEPLOYED, DEPLOYED) == [DEPLOYED]
    with college.at_work():
        assert decided_by(ours.campaign, [PLANNED, CHECKED]) == [0, 2]
        found = [(week.day, week.decided, week.reported, week.approved) for week in weeks_of(ours.campaign, APPROVED)]
    assert found == [(date(2023, 12, 3), 0, 0, 0), (date(2023, 12, 10), 2, 1, 0), (APPROVED, 2, 1, 1)]


def test_who_was_late_before_a_day_was_moved_is_so_on_that_day(college: College, ours: CampaignUnit, on: Turn) -> None:
    on(date(2023, 12, 18))
    office = college.people["office"]
    with college.at_work():
        to = date(2023, 12, 20)
        move_phase(actor=office, campaign_id=ours.campaign_id, phase=Phase.REPORT, to=to, reason="上级顺延")
        campaign = Campaign.objects.get()
        theirs = branch_units(campaign, [college.computing.id])
        late = {day: standings_on(campaign, theirs, date(2023, 12, day))[0].late for day in (15, 16, 18, 21)}
    assert {day: "上报" in words for day, words in late.items()} == {15: False, 16: True, 18: False, 21: True}


def test_who_moves_to_another_branch_is_counted_once_in_a_week(college: College, ours: CampaignUnit) -> None:
    with college.at_work():
        theirs, away = unit(college, ours.campaign, college.computing), RegisterEntry.objects.get()
        office = college.people["office"]
        move_entry(actor=office, entry_id=away.id, to_id=college.computing.id, today=AFTER)
        before = decided_by(ours.campaign, [CHECKED, AFTER])
        decide(actor=office, unit_id=theirs.id, member_id=away.member_id, decision=Decision(Verdict.OUTFLOW))
        coverage = coverage_on(ours.campaign, [ours, theirs], AFTER).values()
        after = decided_by(ours.campaign, [CHECKED, AFTER])
    assert (before, after) == ([2, 1], [2, 2])
    assert sum(one.decided for one in coverage) == after[-1]


def test_the_page_shows_today_and_any_past_day(college: College, ours: CampaignUnit) -> None:
    browser, address = college.client("office"), f"/campaigns/{ours.campaign_id}/progress"
    now = browser.get(address).content.decode()
    assert "已审核通过的 1" in now
    assert "上报逾期" in now
    then = browser.get(f"{address}?at={SENT}").content.decode()
    assert f"这是 {SENT} 当天结束时的情况" in then
    assert f"/branches/{college.survey.id}/annex2/A?at={SENT}" in then
    assert "流向区域" in then
    assert "还没有部署" not in then
    before = browser.get(f"{address}?at={DEPLOYED - timedelta(days=1)}").content.decode()
    assert "这一天排查还没有部署" in before
    late = browser.get(f"{address}?show=late").content.decode()
    assert (f'/units/{ours.id}">' in late.split("<tbody>")[1].split("</tbody>")[0]) is False


def test_many_branches_cost_no_more_queries_than_one(
    college: College, ours: CampaignUnit, django_assert_max_num_queries: Any
) -> None:
    with college.at_work():
        campaign, branches = ours.campaign, (college.survey.id, college.computing.id)
        for some in (branches[:1], branches):
            with django_assert_max_num_queries(12):
                found = standings_on(campaign, branch_units(campaign, some), AFTER)
                assert [line.shows("late") for line in found] == [line.unit.id != ours.id for line in found]
    browser = college.client("office")
    with django_assert_max_num_queries(40):
        browser.get(f"/campaigns/{ours.campaign_id}/progress")


def test_y_is_the_campaign_s_own_on_each_day(college: College, ours: CampaignUnit, on: Turn) -> None:
    gone = college.add(college.survey, 8)
    day = on(date(2023, 12, 20))
    with college.at_work():
        receive(
            actor=college.people["clerk"],
            unit_id=ours.id,
            member_id=gone.member_id,
            received_on=day,
            destination="关山社区党支部",
            number="",
            urged=True,
            today=day,
        )
    assert [standing(college, ours, one).statistics["Y"] for one in (AFTER, day)] == [0, 1]
