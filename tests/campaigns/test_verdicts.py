"""One member's page: facts, a proposal with its clause, the branch's verdict, the next one."""

from django.test import Client

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.consulting.models import Consultation
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Affiliation, RegisterEntry
from tests.campaigns.world import deployed, member, unit
from tests.college import College

AWAY = {"changed_on": "2023-05-01", "attended_on": "2023-05-20"}


def verdict(college: College) -> MemberVerdict:
    with college.at_work():
        return MemberVerdict.objects.get(superseded_at=None)


def page(browser: Client, address: str, **sent: str) -> str:
    return browser.post(address, sent).content.decode()


def test_facts_give_a_proposal_with_clause_and_reason_and_nothing_is_saved_yet(college: College) -> None:
    ours, entry = unit(college, deployed(college), college.survey), college.add(college.survey)
    address = f"/units/{ours.id}/check/{entry.member_id}"
    browser = college.client("clerk")
    assert "还不能提出建议，要先知道" in browser.get(address).content.decode()
    shown = page(browser, address, **AWAY, propose="1")
    assert "建议：<strong>流出党员</strong>（通知 一）自2023年5月20日起" in shown
    with college.at_work():
        assert MemberVerdict.objects.count() == 0


def test_the_proposal_taken_brings_its_clause_and_reason_and_the_next_one(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    first, second = college.add(college.survey, 6), college.add(college.survey, 7, name="李四")
    browser = college.client("clerk")
    answer = browser.post(f"/units/{ours.id}/check/{first.member_id}", AWAY | {"verdict": str(Verdict.OUTFLOW.value)})
    assert answer.headers["Location"] == f"/units/{ours.id}/check/{second.member_id}"
    found = verdict(college)
    assert (found.rule, found.proposed) == ("通知 一", Verdict.OUTFLOW)
    assert "已满6个月" in found.reason


def test_another_verdict_than_the_proposed_one_needs_a_reason_and_nothing_typed_is_lost(college: College) -> None:
    ours, entry = unit(college, deployed(college), college.survey), college.add(college.survey)
    address = f"/units/{ours.id}/check/{entry.member_id}"
    browser = college.client("clerk")
    refused = browser.post(address, AWAY | {"verdict": str(Verdict.ATTENDING_AFTER_URGING.value)})
    assert refused.status_code == 422
    assert "和建议的结论不同，请写明理由" in refused.content.decode()
    assert 'value="2023-05-20"' in refused.content.decode()


def test_undecided_opens_a_consultation_which_the_office_answers(college: College) -> None:
    ours, entry = unit(college, deployed(college), college.survey), college.add(college.survey)
    address = f"/units/{ours.id}/check/{entry.member_id}"
    clerk, office = college.client("clerk"), college.client("office")
    clerk.post(address, {"verdict": str(Verdict.UNDECIDED.value), "reason": "在校外进修，算不算流出"})
    with college.at_work():
        asked = Consultation.objects.get()
    assert "1 条请示等答复" in office.get("/").content.decode()
    assert "在校外进修" in office.get(f"/campaigns/{ours.campaign_id}/consultations").content.decode()
    office.post(f"/consultations/{asked.id}", {"answer": "进修满6个月不回来参加活动的，算流出"})
    assert "第 1 号请示的答复：进修满6个月" in clerk.get(address).content.decode()


def test_saying_undecided_again_asks_once(college: College) -> None:
    ours, entry = unit(college, deployed(college), college.survey), college.add(college.survey)
    for reason in ("正在核实", "还在核实"):
        college.client("clerk").post(
            f"/units/{ours.id}/check/{entry.member_id}", {"verdict": str(Verdict.UNDECIDED.value), "reason": reason}
        )
    with college.at_work():
        assert Consultation.objects.count() == 1


def test_a_receipt_ends_the_affiliation_and_gives_the_verdict(college: College) -> None:
    ours, entry = unit(college, deployed(college), college.survey), college.add(college.survey)
    sent = {"received_on": "2023-11-30", "destination": "某社区党委", "urged": "yes"}
    shown = college.client("clerk").post(f"/units/{ours.id}/check/{entry.member_id}/receipt", sent, follow=True)
    assert "回执已记下" in shown.content.decode()
    assert verdict(college).verdict == Verdict.TRANSFERRED
    with college.at_work():
        assert Affiliation.objects.filter(until=None).count() == 0
        assert RegisterEntry.objects.filter(closed_on=None).count() == 0


def test_a_receipt_without_its_day_is_refused_in_words_and_changes_nothing(college: College) -> None:
    ours, entry = unit(college, deployed(college), college.survey), college.add(college.survey)
    address = f"/units/{ours.id}/check/{entry.member_id}/receipt"
    shown = college.client("clerk").post(address, {"destination": "某社区党委"}, follow=True).content.decode()
    assert "回执没有记下：请填写回执日期" in shown
    with college.at_work():
        assert Affiliation.objects.filter(until=None).count() == 1


def test_somebody_of_another_branch_is_not_there(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    other = member(college, college.computing, "甲一")
    assert college.client("office").get(f"/units/{ours.id}/check/{other.id}").status_code == 404
