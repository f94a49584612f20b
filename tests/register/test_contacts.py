"""专人联系、定期跟踪: a contact is written down once, and who is overdue is seen in time."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.register.contacts.models import ContactPerson, ContactRecord, LastContact, Purpose, Way
from paicha.register.contacts.selectors import FollowUp, contacts_of, overdue
from paicha.register.contacts.services import Unfit, record_contact, set_contact_person, withdraw_contact
from paicha.register.models import Closing, RegisterEntry
from paicha.register.services import close_entry
from tests.college import TODAY, College

SAID = "身体好，仍在原单位，下月去社区报到"


def contact(college: College, entry: RegisterEntry, day: date = TODAY, **changed: Any) -> ContactRecord:
    right: dict[str, Any] = {
        "actor": college.people["clerk"],
        "entry_id": entry.id,
        "happened_on": day,
        "way": Way.PHONE,
        "purposes": [Purpose.FOLLOW_UP],
        "reached": True,
        "said": SAID,
        "by": "李老师",
        "today": max(day, TODAY),
    }
    with college.at_work():
        return record_contact(**right | changed)


def waiting(college: College, today: date, **kwargs: Any) -> list[FollowUp]:
    with college.at_work():
        branches = [college.survey.id, college.computing.id]
        return overdue(college.root.committee_id, branches, today, **kwargs).people


def sent(**changed: Any) -> dict[str, Any]:
    """The form 记一次联系 as a browser sends it."""
    return {"happened_on": "2023-12-01", "way": "1", "purposes": ["1", "4"], "reached": "yes", "said": SAID} | changed


def test_one_contact_serves_several_purposes_and_is_entered_once(college: College) -> None:
    entry = college.add(college.survey)
    answer = college.client("clerk").post(f"/entries/{entry.id}/contacts", sent())
    assert answer.status_code == 302
    with college.at_work():
        record = ContactRecord.objects.get()
        assert record.served == [Purpose.FOLLOW_UP, Purpose.REPORT_IN]
        assert (record.said, record.by, record.actor_id) == (SAID, "党支部经", college.people["clerk"].id)
    page = college.client("clerk").get(f"/entries/{entry.id}/contacts").content.decode()
    assert "定期联系、督促报到" in page
    assert SAID in page


def test_the_event_tells_when_and_how_but_nothing_of_the_person(college: College) -> None:
    entry = college.add(college.survey)
    contact(college, entry)
    with college.at_work():
        event = AuditEvent.objects.get(event=Event.CONTACT_RECORDED)
        assert (event.subject_id, event.branch_id) == (entry.id, college.survey.id)
        assert "电话" in event.payload
        assert not any(word in event.payload for word in ("张三", "李老师", "身体"))


def test_names_phones_and_what_was_said_are_sealed(college: College) -> None:
    entry = college.add(college.survey)
    contact(college, entry)
    with college.at_work():
        actor = college.people["clerk"]
        set_contact_person(actor=actor, entry_id=entry.id, name="李老师", phone="13812345678", since=TODAY, today=TODAY)
        with connection.cursor() as cursor:
            cursor.execute("SELECT said, by FROM register_contactrecord")
            kept = [bytes(value) for value in cursor.fetchone()]
            cursor.execute("SELECT name, phone FROM register_contactperson")
            kept += [bytes(value) for value in cursor.fetchone()]
    assert not any(word.encode() in value for value in kept for word in (SAID, "李老师", "13812345678"))


def test_the_contact_person_has_a_history_and_the_phone_is_masked(college: College) -> None:
    entry = college.add(college.survey)
    browser = college.client("clerk")
    address = f"/entries/{entry.id}/contact-person"
    browser.post(address, {"name": "李老师", "phone": "13812345678", "since": "2023-11-01"})
    browser.post(address, {"name": "王老师", "phone": "", "since": "2023-12-01"})
    browser.post(address, {"name": "王老师", "phone": "", "since": "2023-12-01"})
    with college.at_work():
        persons = ContactPerson.objects.order_by("since").values_list("since", "until")
        assert list(persons) == [(date(2023, 11, 1), date(2023, 12, 1)), (date(2023, 12, 1), None)]
        assert AuditEvent.objects.filter(event=Event.CONTACT_PERSON_SET).count() == 2
    page = browser.get(f"/entries/{entry.id}/contacts").content.decode()
    assert "138****5678" in page
    assert "13812345678" not in page
    too_early = browser.post(address, {"name": "赵老师", "since": "2023-10-01"})
    assert "新的不能更早" in too_early.content.decode()


def test_what_is_wrong_with_a_record_is_said_and_nothing_typed_is_lost(college: College) -> None:
    entry = college.add(college.survey)
    form = sent(happened_on="2023-12-02", way="", purposes=[])
    answer = college.client("clerk").post(f"/entries/{entry.id}/contacts", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("日期还没有到", "请选择联系方式", "请至少选一个事由", SAID, 'value="2023-12-02"'):
        assert words in page
    with college.at_work():
        assert not ContactRecord.objects.exists()


@pytest.mark.parametrize("changed", [{"happened_on": date(2023, 12, 2), "today": TODAY}, {"purposes": []}])
def test_the_service_itself_refuses_what_cannot_have_been(college: College, changed: dict[str, Any]) -> None:
    entry = college.add(college.survey)
    with pytest.raises(Unfit):
        contact(college, entry, **changed)


def test_nothing_is_added_for_somebody_off_the_register(college: College) -> None:
    entry = college.add(college.survey)
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
    with pytest.raises(Unfit, match="已经销册"):
        contact(college, entry)


def test_contact_is_due_quarterly_and_abroad_half_yearly(college: College) -> None:
    here, abroad = college.add(college.survey), college.add(college.computing, 8, residence="日本东京")
    [only] = waiting(college, date(2024, 3, 3))
    assert (only.entry.id, only.words, only.state) == (here.id, "已逾期 2 天", "error")
    both = waiting(college, date(2024, 5, 29))
    assert [(found.entry.id, found.words) for found in both] == [(here.id, "已逾期 89 天"), (abroad.id, "还有 3 天")]
    assert [found.maybe_lost for found in waiting(college, date(2024, 6, 2))] == [True, True]


def test_who_was_reached_is_due_a_quarter_later_and_an_attempt_is_no_contact(college: College) -> None:
    entry = college.add(college.survey)
    contact(college, entry, date(2024, 2, 20), reached=False, said="没有接")
    assert [found.last_contact for found in waiting(college, date(2024, 3, 2))] == [None]
    contact(college, entry, date(2024, 3, 2))
    contact(college, entry, date(2024, 1, 5), today=date(2024, 3, 2))  # written down late
    assert waiting(college, date(2024, 3, 2)) == []
    assert [(found.last_contact, found.due) for found in waiting(college, date(2024, 6, 1))] == [
        (date(2024, 3, 2), date(2024, 6, 2))
    ]
    with college.at_work():
        assert LastContact.objects.count() == 1


def test_a_record_made_by_mistake_is_withdrawn_stays_to_be_seen_and_counts_for_nothing(college: College) -> None:
    entry = college.add(college.survey)
    contact(college, entry, date(2023, 12, 20))
    mistaken = contact(college, entry, date(2024, 3, 2), said="记到别人名下了")
    browser = college.client("clerk")
    for _ in range(2):
        assert browser.post(f"/contacts/{mistaken.id}/withdraw").status_code == 302
    page = browser.get(f"/entries/{entry.id}/contacts").content.decode()
    assert "已撤回" in page
    assert "记到别人名下了" in page
    [found] = waiting(college, date(2024, 3, 20))
    assert (found.last_contact, found.words) == (date(2023, 12, 20), "今天到期")
    with college.at_work():
        assert AuditEvent.objects.filter(event=Event.CONTACT_WITHDRAWN).count() == 1


def test_when_every_record_was_withdrawn_nobody_was_ever_reached(college: College) -> None:
    entry = college.add(college.survey)
    with college.at_work():
        withdraw_contact(actor=college.people["clerk"], contact_id=contact(college, entry, date(2024, 1, 5)).id)
    [found] = waiting(college, date(2024, 3, 3))
    assert (found.last_contact, found.days_left) == (None, -2)


def test_six_months_without_any_contact_ask_a_question_and_decide_nothing(
    college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = college.add(college.survey)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2024, 6, 2))
    page = college.client("clerk").get(f"/entries/{entry.id}/contacts").content.decode()
    assert "请核实是否失去联系" in page
    assert "系统不作认定" in page


def test_the_list_shows_my_branches_alone_and_can_be_narrowed(
    college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    college.add(college.survey, 6, name="张三")
    college.add(college.computing, 8, name="李四")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2024, 3, 3))
    clerk, office = college.client("clerk"), college.client("office")
    mine = clerk.get("/follow-ups").content.decode()
    assert "张三" in mine
    assert "李四" not in mine
    assert "李四" not in clerk.get(f"/follow-ups?branch={college.computing.id}").content.decode()
    everybody = office.get("/follow-ups").content.decode()
    assert "2 人 · 2 人已逾期" in everybody
    narrowed = office.get(f"/follow-ups?branch={college.computing.id}").content.decode()
    assert "李四" in narrowed
    assert "张三" not in narrowed


def test_of_too_many_those_who_waited_longest_are_listed(college: College) -> None:
    entries = [college.add(college.survey, number) for number in (6, 8, 10)]
    contact(college, entries[0], date(2023, 12, 5), today=date(2023, 12, 5))
    with college.at_work():
        found = overdue(college.root.committee_id, [college.survey.id], date(2024, 4, 1), most=2)
    assert [follow_up.entry.id for follow_up in found.people] == [entries[1].id, entries[2].id]
    assert found.more


def test_the_closed_are_not_waited_for(college: College) -> None:
    entry = college.add(college.survey)
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
    assert waiting(college, date(2024, 6, 1)) == []


def test_two_queries_find_the_overdue_however_many_there_are(college: College) -> None:
    for number in (6, 8, 10):
        contact(college, college.add(college.survey, number))
    with (
        college.at_work(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        found = overdue(college.root.committee_id, [college.survey.id], date(2024, 4, 1)).people
        assert [follow_up.name for follow_up in found] == ["张三"] * 3
    assert len(queries) == 2


def test_a_section_without_anything_is_empty_and_says_what_will_be_there(college: College) -> None:
    entry = college.add(college.survey)
    with college.at_work():
        assert contacts_of(college.root.committee_id, entry.id, TODAY).person is None
    page = college.client("clerk").get(f"/entries/{entry.id}/contacts").content.decode()
    assert "还没有指定联系人" in page
    assert "还有 91 天" in page
