"""督办: who is late at one look, one notice each in one step, the branch answers, whom two did not move is named."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.db import connection, connections

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.services import Decision, confirm_attending, decide
from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.consulting.services import answer as answer_question
from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.deployment.services import save_plan
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import What
from paicha.campaigns.supervision.chasing import services
from paicha.campaigns.supervision.chasing.lacking import Standing, Step, standings_of
from paicha.campaigns.supervision.chasing.models import Chasing
from paicha.domain.vocabulary import Verdict
from paicha.organizations.models import Kind
from paicha.organizations.services import add_organization
from paicha.register.models import Member
from tests.campaigns.world import chased, deployed, member, reported, unit
from tests.college import TODAY, College
from tests.world import COMPUTING, SURVEY

LATER = date(2023, 12, 17)  # two days after the report was due
PLAN = {"meaning": "意义", "targets": "对象", "tasks": "任务", "discipline": "纪律"}


@pytest.fixture
def campaign(college: College) -> Campaign:
    """The round, with one member of the survey branch who has no verdict yet."""
    member(college, college.survey, "甲一")
    return deployed(college)


def standing(college: College, campaign: Campaign, today: date = TODAY) -> Standing:
    ours = unit(college, campaign, college.survey)
    with college.at_work():
        return standings_of(campaign, [ours], today)[ours.id]


def page(college: College, who: str, url: str) -> str:
    return college.client(who).get(url).content.decode()


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: day)


def lates(found: Standing) -> dict[Step, int]:
    return {lack.step: lack.late for lack in found.lacks}


def test_each_step_is_late_by_its_own_last_day(college: College, campaign: Campaign) -> None:
    assert lates(standing(college, campaign)) == {Step.PLAN: 1, Step.CHECK: 0, Step.REPORT: 0}
    assert lates(standing(college, campaign, LATER)) == {Step.PLAN: 17, Step.CHECK: 7, Step.REPORT: 2}


def test_what_is_done_is_lacked_no_more_and_a_returned_report_again(college: College, campaign: Campaign) -> None:
    ours, clerk = unit(college, campaign, college.survey), college.people["clerk"]
    with college.at_work():
        save_plan(actor=clerk, unit_id=ours.id, texts=PLAN, confirm=True)
        confirm_attending(actor=clerk, unit_id=ours.id, member_ids=[Member.objects.get().id])
    assert lates(standing(college, campaign, LATER)) == {Step.REPORT: 2}
    sent = reported(college, ours)
    assert standing(college, campaign, LATER).lacks == []
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=sent.id, what=What.RETURNED, reason="请核对")
    assert [lack.words for lack in standing(college, campaign, LATER).lacks] == ["退回后没有重新上报"]


def test_an_answered_question_is_lacked_until_the_verdict_follows(college: College, campaign: Campaign) -> None:
    ours, clerk = unit(college, campaign, college.survey), college.people["clerk"]
    entry = college.add(college.survey, 7, name="李四")
    pending, firm = Decision(Verdict.UNDECIDED, reason="拿不准"), Decision(Verdict.OUTFLOW, rule="通知 一")
    with college.at_work():
        decide(actor=clerk, unit_id=ours.id, member_id=entry.member_id, decision=pending)
        assert standings_of(campaign, [ours], LATER)[ours.id].waiting == 1
        question = Consultation.objects.get()
        answer_question(actor=college.people["office"], consultation_id=question.id, text="算流出")
        Consultation.objects.update(answered_at="2023-12-12T02:00:00Z")
        MemberVerdict.objects.update(decided_at="2023-12-05T02:00:00Z")
    found = standing(college, campaign, LATER)
    assert (found.waiting, lates(found)[Step.CONSULT]) == (0, 3)
    with college.at_work():
        decide(actor=clerk, unit_id=ours.id, member_id=entry.member_id, decision=firm)
    assert Step.CONSULT not in lates(standing(college, campaign, LATER))


def test_who_is_late_stands_at_one_look_with_head_and_telephone(college: College, campaign: Campaign) -> None:
    found = page(college, "office", f"/campaigns/{campaign.id}/chase")
    assert "<strong>2</strong> 个党支部逾期" in found
    assert found.count("逾期 1 天") == 2
    for words in (SURVEY, COMPUTING, "王书记", "027-87650000", "覆盖率0%", "没有督办过", "名册是空的"):
        assert words in found
    assert "甲一" not in found


def test_all_that_are_ticked_are_chased_in_one_step_and_what_was_lacking_stays(
    college: College, campaign: Campaign
) -> None:
    browser, address = college.client("office"), f"/campaigns/{campaign.id}/chase"
    ticked = {"unit": [college.survey.id, college.computing.id], "answer_by": "2023-12-03"}
    assert "已督办 2 个党支部" in browser.post(address, ticked, follow=True).content.decode()
    with college.at_work():
        first, second = Chasing.objects.order_by("n")
        event = AuditEvent.objects.get(event=Event.CHASINGS_ISSUED)
    assert (first.n, second.n, first.turn, first.batch_id == second.batch_id) == (1, 2, 1, True)
    assert [said["words"] for said in first.lacking] == ["工作方案没有确认"], "what is not due is not chased"
    assert '"units":2' in event.payload
    with college.at_work():
        ours = unit(college, campaign, college.survey)
        save_plan(actor=college.people["clerk"], unit_id=ours.id, texts=PLAN, confirm=True)
    assert "工作方案没有确认" in page(college, "clerk", f"/chasings/{first.id}")


def test_nothing_ticked_a_day_gone_by_or_nonsense_sends_nothing(college: College, campaign: Campaign) -> None:
    browser, address = college.client("office"), f"/campaigns/{campaign.id}/chase"
    for posted, words in (
        ({"answer_by": "2023-12-03", "unit": ["nonsense"]}, "请勾选要督办的党支部"),
        ({"answer_by": "2023-11-30", "unit": [college.survey.id]}, "截止日已经过去"),
        ({"answer_by": "十二月", "unit": [college.survey.id]}, "日期要写成"),
    ):
        refused = browser.post(address, posted)
        assert refused.status_code == 422
        assert words in refused.content.decode()
    with college.at_work():
        assert not Chasing.objects.exists()


def test_the_branch_sees_it_on_its_home_and_page_and_answers(college: College, campaign: Campaign) -> None:
    sent = chased(college, campaign, college.survey)
    ours = unit(college, campaign, college.survey)
    assert "第 1 号督办单要办结并答复，还有 2 天（12 月 3 日）" in page(college, "clerk", "/")
    assert "第 1 号督办单要办结并答复" in page(college, "clerk", f"/units/{ours.id}")
    assert "督办单" not in page(college, "secretary", "/")
    browser, address = college.client("clerk"), f"/chasings/{sent.id}"
    assert "请写明办了什么" in browser.post(address, {"words": " "}).content.decode()
    assert "已经过去" in browser.post(address, {"words": "在办", "done_by": "2023-11-01"}).content.decode()
    browser.post(address, {"words": "方案已起草，等支委会", "done_by": "2023-12-04"})
    assert "督办单要办结" not in page(college, "clerk", "/")
    found = page(college, "office", f"/campaigns/{campaign.id}/chase")
    assert "方案已起草，等支委会（12-04 前办完）" in found
    with college.at_work():
        assert "方案" not in AuditEvent.objects.get(event=Event.CHASING_ANSWERED).payload


def test_a_second_notice_comes_after_two_days_and_names_the_branch_to_the_head_alone(
    college: College, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    chased(college, campaign, college.survey)
    with pytest.raises(services.Unfit, match=f"{SURVEY}的第1号督办单发出不到2天"):
        chased(college, campaign, college.survey, TODAY + timedelta(days=1))
    on(monkeypatch, TODAY + timedelta(days=2))
    assert "1 个党支部督办后没有答复或没有办结" in page(college, "office", "/")
    second = chased(college, campaign, college.survey, TODAY + timedelta(days=2))
    assert (second.n, second.turn) == (2, 2)
    words = f"{SURVEY}连续督办 2 次仍没有办结"
    assert words in page(college, "head", "/")
    assert words not in page(college, "office", "/")
    with college.at_work():
        ours = unit(college, campaign, college.survey)
        save_plan(actor=college.people["clerk"], unit_id=ours.id, texts=PLAN, confirm=True)
        services.answer(actor=college.people["clerk"], chasing_id=second.id, words="已确认", done_by=None, today=TODAY)
    assert words not in page(college, "head", "/"), "what was asked for is done and answered"


def test_who_heeded_the_first_is_chased_for_another_step_as_for_the_first_time(
    college: College, campaign: Campaign
) -> None:
    first, ours = chased(college, campaign, college.survey), unit(college, campaign, college.survey)
    with college.at_work():
        clerk = college.people["clerk"]
        save_plan(actor=clerk, unit_id=ours.id, texts=PLAN, confirm=True)
        services.answer(actor=clerk, chasing_id=first.id, words="已确认", done_by=None, today=TODAY)
    assert chased(college, campaign, college.survey, LATER).turn == 1


def test_the_notice_is_an_official_document_with_clauses_and_no_member(college: College, campaign: Campaign) -> None:
    chased(college, campaign, college.survey)
    sent = chased(college, campaign, college.survey, LATER)
    answer = college.client("clerk").get(f"/chasings/{sent.id}.docx")
    document = docx.Document(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (
        *("中共楚云学院委员会", "督办单", "第2号", f"{SURVEY}：", "连续第2次督办", "请于2023年12月19日前办结"),
        *("1．工作方案没有确认（通知三.1，截止日11月30日，已逾期17天）；", "没有上报附件1、附件2"),
        *("还有1人没有排查结论（共1人，覆盖率0%）（通知三.2", "党委办公室", "2023年12月17日"),
    ):
        assert words in text, words
    assert "甲一" not in text
    assert document.sections[0].header.paragraphs[0].text == "内部资料　不得公开"


def test_several_leave_as_one_zip_those_of_one_step_or_all(college: College, campaign: Campaign) -> None:
    first = chased(college, campaign, college.survey)
    chased(college, campaign, college.computing)
    address = f"/campaigns/{campaign.id}/chasings.zip"
    for query, names in (("", {SURVEY, COMPUTING}), (f"?batch={first.batch_id}", {SURVEY})):
        archive = zipfile.ZipFile(io.BytesIO(college.client("office").get(address + query).content))
        assert {name.split("-")[1] for name in archive.namelist()} == {f"{name}.docx" for name in names}
    assert college.client("office").get(f"{address}?batch=none").status_code == 404


def test_pages_cost_no_more_queries_for_many_branches(college: College, django_assert_max_num_queries: Any) -> None:
    with college.at_work():
        for n in range(30):
            add_organization(actor=None, parent=college.root, name=f"第{n}支部", kind=Kind.BRANCH, today=TODAY, rank=n)
    campaign = deployed(college)
    for branch in (college.survey, college.computing):
        chased(college, campaign, branch)
    browser = college.client("head")
    for url, most in ((f"/campaigns/{campaign.id}/chase", 22), (f"/campaigns/{campaign.id}/chasings", 12), ("/", 32)):
        with django_assert_max_num_queries(most):
            browser.get(url)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_two_who_chase_at_once_give_no_number_twice_and_no_branch_two_notices(
    transactional_db: None, college: College
) -> None:
    campaign = deployed(college)
    branches = [college.survey, college.computing] * 3

    def write(n: int) -> int:
        try:
            return chased(college, campaign, branches[n]).n
        except services.Unfit:
            return 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(write, range(6))) == [0, 0, 0, 0, 1, 2]
