"""The chain of one branch: what comes next is what the branch itself can do."""

from dataclasses import replace
from datetime import date

import pytest

from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.consulting.services import answer, ask
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.deployment.services import deploy
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import What
from paicha.campaigns.steps import Step, next_of, steps_of
from paicha.campaigns.supervision.inspecting.models import InspectionPerson, Result
from paicha.campaigns.supervision.inspecting.services import Said, record_results
from paicha.domain.vocabulary import Verdict
from tests.campaigns.world import TERMS, away, checked, inspected, reported
from tests.college import TODAY, College


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college)


def step(college: College, ours: CampaignUnit, title: str, day: date = TODAY) -> Step:
    with college.at_work():
        return next(one for one in steps_of(ours, day) if one.title == title)


def pending(college: College, ours: CampaignUnit) -> Consultation:
    """张三 is 待定: a question goes to the office."""
    entry = away(college, ours, name="张三")
    with college.at_work():
        undecided = Decision(Verdict.UNDECIDED, reason="还在核实")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=entry.member_id, decision=undecided)
        return Consultation.objects.get()


def test_a_report_that_came_back_comes_first_though_a_question_waits(college: College, ours: CampaignUnit) -> None:
    with college.at_work():
        ask(actor=college.people["clerk"], unit_id=ours.id, member_id=None, question="进修算不算", major=False)
    report = reported(college, ours)
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=report.id, what=What.RETURNED, reason="重报")
        following = next_of(steps_of(ours, TODAY))
    assert following is not None
    assert following.title == "报告情况"
    assert "已退回" in college.client("clerk").get("/").content.decode()


def test_what_waits_for_the_office_is_not_the_branch_s_turn(college: College, ours: CampaignUnit) -> None:
    pending(college, ours)
    waiting = step(college, ours, "请示")
    assert waiting.tag[1] == "等答复"
    assert not waiting.open


def test_an_answer_is_told_until_the_branch_decided_by_it(college: College, ours: CampaignUnit) -> None:
    question = pending(college, ours)
    with college.at_work():
        answer(actor=college.people["office"], consultation_id=question.id, text="算")
    told = step(college, ours, "请示")
    assert told.open
    assert "第 1 号请示有了答复" in told.words
    assert str(question.member_id) in told.url
    with college.at_work():
        deemed = Decision(Verdict.OUTFLOW, rule="通知 一")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=question.member_id, decision=deemed)
    assert step(college, ours, "请示").tag[1] == "没有"


def test_what_an_inspection_found_is_told_to_the_branch(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    draw = inspected(college, ours.campaign)
    with college.at_work():
        drawn = InspectionPerson.objects.get(inspection=draw)
        said = [Said(drawn.id, Result.UNTRUE, "已回武汉", drawn.revision)]
        record_results(actor=college.people["office"], inspection_id=draw.id, said=said)
    assert "1 人的情况和台账不一致，请更正" in step(college, ours, "检查").words
    assert "检查发现的问题" in college.client("clerk").get(f"/units/{ours.id}").content.decode()


def test_what_waits_in_an_earlier_campaign_is_told_when_another_has_begun(college: College, ours: CampaignUnit) -> None:
    with college.at_work():
        ask(actor=college.people["clerk"], unit_id=ours.id, member_id=None, question="进修算不算", major=False)
    report = reported(college, ours)
    again = replace(TERMS, name="第二次排查", report_by=date(2023, 12, 20))
    with college.at_work():
        deploy(actor=college.people["office"], terms=again, notice=None)
    home = college.client("office").get("/").content.decode()
    assert f'/campaigns/{ours.campaign_id}/review">2023年集中排查：1 份上报等审核' in home
    assert f'/campaigns/{ours.campaign_id}/consultations">2023年集中排查：1 条请示等答复' in home, (
        "led to the other one"
    )
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=report.id, what=What.RETURNED, reason="重报")
    assert "2023年集中排查：已退回" in college.client("clerk").get("/").content.decode()
