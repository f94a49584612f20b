"""接续: from the last round's approved list to today's register; who came, who left, and why."""

from collections.abc import Callable
from datetime import date
from typing import Any

from paicha.campaigns.carrying_over.selectors import carried_over
from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import What
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Closing
from paicha.register.services import close_entry
from tests.campaigns.world import deployed, last_round, reported, unit
from tests.college import College

Turn = Callable[[date], date]


def went_on(college: College, on: Turn) -> CampaignUnit:
    """Two were approved last year; one of them came back since, another left. This year's campaign has begun."""
    on(date(2022, 12, 5))
    before = unit(college, last_round(college), college.survey)
    entries = [college.add(college.survey, 6, name="张三"), college.add(college.survey, 7, name="李四")]
    clerk, office = college.people["clerk"], college.people["office"]
    with college.at_work():
        for entry in entries:
            decision = Decision(Verdict.OUTFLOW, rule="通知 一")
            decide(actor=clerk, unit_id=before.id, member_id=entry.member_id, decision=decision)
    sent = reported(college, before, date(2022, 12, 6))
    with college.at_work():
        review.decide(actor=office, submission_id=sent.id, what=What.APPROVED)
        day = on(date(2023, 6, 1))
        close_entry(actor=clerk, entry_id=entries[0].id, closing=Closing.RETURNED, today=day)
    college.add(college.survey, 8, name="王五")
    on(date(2023, 12, 1))
    return unit(college, deployed(college), college.survey)


def test_who_came_and_who_left_since_the_last_round_is_told_with_the_reason(college: College, on: Turn) -> None:
    ours = went_on(college, on)
    with college.at_work():
        (line,), marks = carried_over(ours.campaign, [ours])
    assert (line.opening, line.came, line.left, line.now) == (2, 1, 1, 2)
    assert {(mark.name, mark.kind.value) for mark in marks} == {("王五", "新登记"), ("张三", "销册")}
    page = college.client("clerk").get(f"/units/{ours.id}/carried-over").content.decode()
    assert "2022年集中排查上报 <strong>2</strong> 人" in page
    assert "已返回，不再流出（2023-06-01）" in page
    table = college.client("office").get(f"/campaigns/{ours.campaign_id}/carried-over").content.decode()
    assert "1 个党支部有上一轮的名单" in table


def test_in_the_first_round_nothing_is_carried_over_and_the_page_says_so(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    assert "上一轮没有本支部审核通过的上报" in (
        college.client("clerk").get(f"/units/{ours.id}/carried-over").content.decode()
    )
    assert (
        "还没有上一轮" in college.client("office").get(f"/campaigns/{ours.campaign_id}/carried-over").content.decode()
    )


def test_many_branches_cost_as_many_queries_as_one(
    college: College, on: Turn, django_assert_max_num_queries: Any
) -> None:
    ours = went_on(college, on)
    with college.at_work():
        units = [ours, unit(college, ours.campaign, college.computing)]
        for some in (units[:1], units):
            with django_assert_max_num_queries(14):
                carried_over(ours.campaign, some)
