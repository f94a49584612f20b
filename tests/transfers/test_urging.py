"""Whom to call about transferring, and the one record that a call leaves."""

from datetime import date

from paicha.domain.advice import Course, Work
from paicha.domain.letters import Stage
from paicha.register.contacts.models import ContactRecord, Purpose, Way
from paicha.register.models import RegisterEntry
from paicha.transfers.advising.services import overrule, record_facts
from paicha.transfers.tracking.selectors import open_transfer
from paicha.transfers.urging.selectors import to_call
from tests.campaigns.world import deployed
from tests.college import TODAY, College
from tests.transfers.world import step

SINCE = date(2023, 9, 1)
SENT = {"happened_on": "2023-12-01", "way": str(Way.PHONE.value), "reached": "yes", "said": "月底办", "purposes": "1"}


def names(college: College, since: date = SINCE) -> list[str]:
    with college.at_work():
        people, more = to_call(college.root.id, [college.survey.id], since, TODAY)
    assert not more
    return [one.name for one in people]


def known(college: College, number: int, name: str, **facts: bool | Work) -> RegisterEntry:
    entry = college.add(college.survey, number, name=name)
    with college.at_work():
        record_facts(actor=college.people["clerk"], entry_id=entry.id, answers=facts)
    return entry


def test_who_must_be_urged_comes_first_and_nobody_without_grounds(college: College) -> None:
    known(college, 6, "自愿的", retired=True)
    known(college, 7, "应当的", retired=False, work=Work.STABLE)
    known(college, 8, "报到的", retired=False, work=Work.NONE, long_resident=False)
    college.add(college.survey, 9, name="没问过的")
    decided = college.add(college.survey, 10, name="支部定的")
    with college.at_work():
        clerk = college.people["clerk"]
        overrule(actor=clerk, entry_id=decided.id, course=Course.MUST_URGE, reason="已在当地安家", today=TODAY)
    assert names(college) == ["应当的", "支部定的", "自愿的"]
    shown = college.client("clerk").get("/urging").content.decode()
    assert "应当的" in shown
    assert "报到的" not in shown
    assert "应当的" not in college.client("secretary").get("/urging").content.decode()


def test_of_whom_nothing_was_answered_yet_the_page_and_home_tell(college: College) -> None:
    asked = college.add(college.survey, 9, name="没问过的")
    known(college, 7, "应当的", retired=False, work=Work.STABLE)
    clerk = college.client("clerk")
    assert "1 人还没有回答转移建议的问题" in clerk.get("/").content.decode()
    shown = clerk.get("/urging").content.decode()
    assert shown.index("还没有回答问题的") < shown.index(f'href="/entries/{asked.id}/transfer">没问过的</a>')
    with college.at_work():
        record_facts(actor=college.people["clerk"], entry_id=asked.id, answers={"retired": True})
    assert "还没有回答" not in clerk.get("/").content.decode()
    assert "还没有回答" not in clerk.get("/urging").content.decode()


def test_a_call_leaves_one_record_that_serves_all_and_the_transfer_is_urged(college: College) -> None:
    entry = known(college, 7, "应当的", retired=False, work=Work.STABLE)
    browser = college.client("clerk")
    shown = browser.get(f"/entries/{entry.id}/urge").content.decode()
    assert "应当把正式组织关系转到流入地" in shown
    assert "13800000007" not in shown
    assert browser.post(f"/entries/{entry.id}/urge", SENT).status_code == 302
    with college.at_work():
        record = ContactRecord.objects.get()
        assert record.served == [Purpose.FOLLOW_UP, Purpose.TRANSFER]
        transfer = open_transfer(college.root.id, entry.member_id)
        assert transfer is not None
        assert transfer.stage == Stage.URGED
    assert names(college) == []


def test_who_was_not_reached_is_called_again_and_nothing_typed_is_lost(college: College) -> None:
    entry = known(college, 7, "应当的", retired=False, work=Work.STABLE)
    browser = college.client("clerk")
    answer = browser.post(f"/entries/{entry.id}/urge", SENT | {"said": "", "by": "周干事"})
    assert answer.status_code == 422
    assert "周干事" in answer.content.decode()
    browser.post(f"/entries/{entry.id}/urge", SENT | {"reached": "no", "said": ""})
    assert names(college) == ["应当的"]
    assert "2023-12-01 没有联系上" in browser.get("/urging").content.decode()
    with college.at_work():
        assert open_transfer(college.root.id, entry.member_id) is None


def test_a_campaign_begins_anew_and_who_is_underway_is_not_called(college: College) -> None:
    entry = known(college, 7, "应当的", retired=False, work=Work.STABLE)
    browser = college.client("clerk")
    button = "给 应当的 打电话"
    browser.post(f"/entries/{entry.id}/urge", SENT | {"happened_on": "2023-11-20"})
    assert button not in browser.get("/urging").content.decode()
    deployed(college)  # from 28 November on
    assert button in browser.get("/urging").content.decode()
    step(college, entry, Stage.UNDERWAY)
    assert button not in browser.get("/urging").content.decode()


def test_the_first_page_tells_whom_to_call_and_which_receipts_are_overdue(college: College) -> None:
    known(college, 7, "应当的", retired=False, work=Work.STABLE)
    assert "1 人应当督促转移组织关系" in college.client("clerk").get("/").content.decode()
    entry = college.add(college.survey, 8)
    step(college, entry, Stage.UNDERWAY, date(2023, 10, 20))
    for who in ("clerk", "office"):
        assert "1 人的转接逾期没有回执" in college.client(who).get("/").content.decode()
    assert "转接逾期" not in college.client("secretary").get("/").content.decode()


def test_the_line_of_time_tells_of_the_transfer(college: College) -> None:
    entry = college.add(college.survey)
    step(college, entry, Stage.UNDERWAY)
    assert "转接：在途" in college.client("clerk").get(f"/entries/{entry.id}").content.decode()
