"""Those away, one by one: a proposal is taken as it was seen, an earlier round's dates are shown to be gone over, 流出
opens the entry, 已转移 needs the receipt, 待定 and 失去联系 ask the office."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.services import Decision, Unfit, confirm_attending, decide
from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.domain.vocabulary import Verdict
from paicha.register.contacts.models import ContactRecord, Purpose, Way
from paicha.register.contacts.services import record_contact
from paicha.register.models import Affiliation, RegisterEntry
from tests.campaigns.world import deployed, last_round, member, unit
from tests.college import TODAY, College, posted
from tests.register.test_roster_importing import imported, person

AWAY = {"changed_on": "2023-05-01", "attended_on": "2023-05-20"}
SAID = "自2023年5月20日起未线下参加本支部活动，到2023年12月15日已满6个月。"
TAKEN = f"{Verdict.OUTFLOW.value} {SAID}"


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return unit(college, deployed(college), college.survey)


def verdict(college: College) -> MemberVerdict:
    with college.at_work():
        return MemberVerdict.objects.get(superseded_at=None)


def follow(browser: Client, address: str, **sent: str) -> str:
    return browser.post(address, sent, follow=True).content.decode()


def test_confirming_those_who_attend_leads_to_the_first_who_is_away(college: College, ours: CampaignUnit) -> None:
    present, away = member(college, college.survey, "甲一"), college.add(college.survey)
    answer = college.client("clerk").post(f"/units/{ours.id}/check", {"member": [str(present.id)]})
    assert answer.headers["Location"] == f"/units/{ours.id}/check/{away.member_id}"


def test_whoever_was_left_out_comes_one_by_one_and_is_not_ticked_again(college: College, ours: CampaignUnit) -> None:
    present, left_out = member(college, college.survey, "甲一"), member(college, college.survey, "乙二")
    browser, address = college.client("clerk"), f"/units/{ours.id}/check"
    assert browser.get(address).content.decode().count(" checked>") == 2
    answer = browser.post(address, {"member": [str(present.id)]})
    assert answer.headers["Location"] == f"{address}/{left_out.id}"
    page = browser.get(address).content.decode()
    assert f'value="{left_out.id}">乙二' in page, "offered, not ticked"


@pytest.mark.parametrize(
    ("received_on", "said"),
    [("2023-11-30", "计入Y项"), ("2023-11-20", "排查开始（11-28）以前收到回执，不计入Y项")],
)
def test_who_was_transferred_stays_on_the_list_with_whether_it_counts(
    college: College, ours: CampaignUnit, received_on: str, said: str
) -> None:
    entry = college.add(college.survey, name="张三")
    browser, address = college.client("clerk"), f"/units/{ours.id}/check"
    sent = {"received_on": received_on, "destination": "某社区党委", "urged": "yes"}
    answer = follow(browser, f"{address}/{entry.member_id}/receipt", **sent)
    assert f"张三：回执已记下，组织关系已转出，结论是已转移组织关系；{said}。" in answer
    page = browser.get(address).content.decode()
    assert "已转移组织关系的" in page
    assert "某社区党委" in page


def test_a_receipt_that_does_not_fit_is_told_where_it_was_typed(college: College, ours: CampaignUnit) -> None:
    entry = college.add(college.survey, name="张三")
    sent = {"received_on": "2024-01-01", "destination": "某社区党委", "number": "N7"}
    answer = college.client("clerk").post(f"/units/{ours.id}/check/{entry.member_id}/receipt", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "回执没有记下：回执日期还没有到" in shown
    for typed in sent.values():
        assert f'value="{typed}"' in shown


def test_the_proposal_is_taken_with_its_reason_by_one_button(college: College, ours: CampaignUnit) -> None:
    entry = college.add(college.survey)
    shown = follow(college.client("clerk"), f"/units/{ours.id}/check/{entry.member_id}", **AWAY, accept=TAKEN)
    assert f'：流出党员。<a href="/units/{ours.id}/check/{entry.member_id}">改结论</a>' in shown
    found = verdict(college)
    assert (found.verdict, found.proposed, found.rule, found.reason) == (
        *(Verdict.OUTFLOW, Verdict.OUTFLOW),
        *("通知 一", SAID),
    )
    assert not found.together


def test_a_proposal_that_is_no_longer_the_one_seen_is_not_taken(college: College, ours: CampaignUnit) -> None:
    entry = college.add(college.survey)
    sent = AWAY | {"attended_on": "2023-11-20", "accept": TAKEN}
    answer = college.client("clerk").post(f"/units/{ours.id}/check/{entry.member_id}", sent)
    assert answer.status_code == 422
    assert "日期改过，建议也变了，请再看一遍" in answer.content.decode()
    with college.at_work():
        assert MemberVerdict.objects.count() == 0


def test_a_start_that_is_unknown_is_asked_for_and_nothing_can_be_taken(college: College, ours: CampaignUnit) -> None:
    entry = college.add(college.survey)
    page = college.client("clerk").get(f"/units/{ours.id}/check/{entry.member_id}").content.decode()
    assert "还不能提出建议，要先知道：工作、学习单位或居住地变化的日期" in page
    assert 'name="accept"' not in page


def test_dates_of_the_last_round_are_shown_to_be_gone_over(college: College) -> None:
    entry = college.add(college.survey)
    known = Decision(Verdict.OUTFLOW, rule="通知 一", changed_on=date(2022, 3, 1), attended_on=date(2022, 3, 20))
    before = unit(college, last_round(college), college.survey)
    with college.at_work():
        decide(actor=college.people["clerk"], unit_id=before.id, member_id=entry.member_id, decision=known)
    now = unit(college, deployed(college), college.survey)
    page = college.client("clerk").get(f"/units/{now.id}/check/{entry.member_id}").content.decode()
    assert "日期是 2022年集中排查 时记下的" in page
    assert 'value="2022-03-20"' in page
    assert "以后没有再线下参加" in page, "who takes it says that nothing was attended since"


def test_the_contact_record_stands_there_as_evidence_and_goes_with_the_verdict(
    college: College, ours: CampaignUnit
) -> None:
    entry = college.add(college.survey)
    with college.at_work():
        record_contact(
            actor=college.people["clerk"],
            entry_id=entry.id,
            happened_on=TODAY,
            way=Way.PHONE,
            purposes=[Purpose.VERIFY],
            reached=True,
            said="人在武汉打工，五月以后没有回来",
            by="",
            today=TODAY,
        )
        record = ContactRecord.objects.get()
    browser, address = college.client("clerk"), f"/units/{ours.id}/check/{entry.member_id}"
    page = browser.get(address).content.decode()
    assert "人在武汉打工，五月以后没有回来" in page
    assert f'value="{record.id}" aria-label="2023-12-01 的联系记录作为依据" checked' in page
    follow(browser, address, **AWAY, accept=TAKEN, contact=str(record.id))
    assert verdict(college).contact_id == record.id
    follow(browser, address, **AWAY, accept=TAKEN, contact="")
    assert verdict(college).contact_id is None
    assert 'id="no-contact" checked' in browser.get(address).content.decode(), "nothing chosen is not chosen for one"


def test_outflow_of_somebody_not_on_the_register_leads_through_the_form_and_keeps_the_verdict(
    college: College, ours: CampaignUnit
) -> None:
    person, behind = member(college, college.survey, "甲一"), college.add(college.survey, 9)
    browser, address = college.client("clerk"), f"/units/{ours.id}/check/{person.id}"
    form = browser.post(address, AWAY | {"accept": TAKEN}).content.decode()
    assert "结论“流出党员”还没有保存" in form
    with college.at_work():
        assert MemberVerdict.objects.count() == 0
        assert RegisterEntry.objects.filter(member=person).count() == 0
    kept = AWAY | {"verdict": str(Verdict.OUTFLOW.value)}
    assert all(f'name="{name}" value="{value}"' in form for name, value in kept.items())
    answer = browser.post(f"{address}/enter", posted(number=6, name="甲一") | kept)
    assert answer.headers["Location"] == f"/units/{ours.id}/check/{behind.member_id}", "the next one comes"
    with college.at_work():
        entry = RegisterEntry.objects.get(member=person)
    found = verdict(college)
    assert (found.entry_id, found.verdict, found.reason) == (entry.id, Verdict.OUTFLOW, SAID)


def test_an_entry_that_is_not_complete_is_kept_and_said(college: College, ours: CampaignUnit) -> None:
    person = member(college, college.survey, "甲一")
    sent = posted(number=6, name="甲一", residence="", reason="") | AWAY | {"verdict": str(Verdict.OUTFLOW.value)}
    page = follow(college.client("clerk"), f"/units/{ours.id}/check/{person.id}/enter", **sent)
    assert "台账上还有 2 处错误" in page


def test_nobody_is_entered_with_another_verdict_than_outflow(college: College, ours: CampaignUnit) -> None:
    person = member(college, college.survey, "甲一")
    sent = posted(number=6, name="甲一") | {"verdict": str(Verdict.ATTENDING.value)}
    assert "结论是流出党员的才登记到台账" in follow(
        college.client("clerk"), f"/units/{ours.id}/check/{person.id}/enter", **sent
    )
    with college.at_work():
        assert not RegisterEntry.objects.exists()


def test_deemed_outflow_without_words_does_not_reach_the_form(college: College, ours: CampaignUnit) -> None:
    person = member(college, college.survey, "甲一")
    sent = {"verdict": str(Verdict.OUTFLOW_DEEMED.value)}
    page = follow(college.client("clerk"), f"/units/{ours.id}/check/{person.id}", **sent)
    assert "支部认定为流出党员的，要写明认定理由" in page


def test_somebody_entered_meanwhile_is_not_entered_twice(college: College, ours: CampaignUnit) -> None:
    entry = college.add(college.survey)
    sent = posted(number=6) | AWAY | {"verdict": str(Verdict.OUTFLOW.value)}
    page = follow(college.client("clerk"), f"/units/{ours.id}/check/{entry.member_id}/enter", **sent)
    assert "刚刚已由别人登记到台账" in page
    with college.at_work():
        assert RegisterEntry.objects.count() == 1
        assert MemberVerdict.objects.count() == 0


def test_transferred_without_the_receipt_is_refused_and_says_where_to_note_it(
    college: College, ours: CampaignUnit
) -> None:
    entry = college.add(college.survey)
    sent = {"verdict": str(Verdict.TRANSFERRED.value), "reason": "已经转走"}
    page = follow(college.client("clerk"), f"/units/{ours.id}/check/{entry.member_id}", **sent)
    assert "没有收到回执，不能定为已转移" in page
    assert "收到了转接回执" in page


@pytest.mark.parametrize("pending", [Verdict.OUT_OF_CONTACT, Verdict.UNDECIDED])
def test_out_of_contact_and_undecided_ask_the_office(college: College, ours: CampaignUnit, pending: Verdict) -> None:
    entry = college.add(college.survey)
    browser, address = college.client("clerk"), f"/units/{ours.id}/check/{entry.member_id}"
    assert "会作为请示报给党委办公室" in follow(browser, address, verdict=str(pending.value))
    follow(browser, address, verdict=str(pending.value), reason="电话停机，家里也没有人")
    with college.at_work():
        asked = Consultation.objects.get()
    assert (asked.member_id, asked.question) == (entry.member_id, "电话停机，家里也没有人")


def test_nobody_in_transit_is_confirmed_wholesale(college: College) -> None:
    imported(college, person("单小兰", 6), person("曾一", 8, state="转出未接收"))
    ours = unit(college, deployed(college), college.survey)
    with college.at_work():
        everybody = [affiliation.member_id for affiliation in Affiliation.objects.filter(branch=college.survey)]
        assert len(everybody) == 2
        with pytest.raises(Unfit, match="在途"):
            confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=everybody)
        assert MemberVerdict.objects.count() == 0


@pytest.mark.parametrize("people", [1, 12])
@pytest.mark.parametrize("page", ["check", "one"])
def test_the_pages_ask_the_database_as_often_for_many_people_as_for_one(
    college: College, ours: CampaignUnit, people: int, page: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(6, 6 + people):
        entry = college.add(college.survey, number)
    browser = college.client("clerk")
    with django_assert_max_num_queries(27):
        browser.get(f"/units/{ours.id}/check" + (f"/{entry.member_id}" if page == "one" else ""))
