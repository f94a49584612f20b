"""查看完整号码: a reason first, the numbers on that answer alone, and it is recorded why."""

from django.db import connection

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from tests.college import College
from tests.world import id_number

NUMBER, PHONE = id_number(sequence=13), "13800000006"
REASON = {"why": "1", "words": "电话核实报到情况"}


def test_the_numbers_are_shown_for_a_reason_and_kept_in_no_cache(college: College) -> None:
    entry = college.add(college.survey)
    answer = college.client("clerk").post(f"/entries/{entry.id}/numbers", REASON)
    page = answer.content.decode()
    assert NUMBER in page
    assert PHONE in page
    assert "含个人信息" in page
    assert "no-store" in answer["Cache-Control"]


def test_the_record_says_who_and_why_but_no_number_and_no_words(college: College) -> None:
    entry = college.add(college.survey)
    college.client("clerk").post(f"/entries/{entry.id}/numbers", REASON)
    with college.at_work():
        event = AuditEvent.objects.get(event=Event.UNMASKED)
        assert (event.actor_id, event.subject_id) == (college.people["clerk"].id, entry.id)
        assert event.payload == '{"reason":"核实本人身份"}'


def test_without_a_reason_nothing_is_shown_and_nothing_recorded(college: College) -> None:
    entry = college.add(college.survey)
    for sent in ({}, {"why": "1", "words": " "}, {"why": "9", "words": "核实"}):
        answer = college.client("clerk").post(f"/entries/{entry.id}/numbers", sent)
        assert answer.status_code == 422
        assert NUMBER not in answer.content.decode()
    with college.at_work():
        assert not AuditEvent.objects.filter(event=Event.UNMASKED).exists()


def test_the_page_of_the_person_stays_masked_and_offers_the_way(college: College) -> None:
    entry = college.add(college.survey)
    browser = college.client("clerk")
    browser.post(f"/entries/{entry.id}/numbers", REASON)
    page = browser.get(f"/entries/{entry.id}").content.decode()
    assert NUMBER not in page
    assert "查看完整号码" in page
    assert NUMBER not in browser.get(f"/entries/{entry.id}/numbers").content.decode()


def test_who_may_see_the_log_reads_the_words_on_the_page_of_the_person_and_nobody_else(college: College) -> None:
    entry = college.add(college.survey)
    college.client("clerk").post(f"/entries/{entry.id}/numbers", REASON)
    page = college.client("head").get(f"/entries/{entry.id}").content.decode()
    assert "查看完整号码：核实本人身份" in page
    assert "电话核实报到情况" in page
    for other in ("clerk", "office"):
        assert "电话核实报到情况" not in college.client(other).get(f"/entries/{entry.id}").content.decode()


def test_the_words_are_sealed_in_the_database(college: College) -> None:
    entry = college.add(college.survey)
    college.client("clerk").post(f"/entries/{entry.id}/numbers", REASON)
    with college.at_work(), connection.cursor() as cursor:
        cursor.execute("SELECT words FROM register_unmasking")
        [[kept]] = cursor.fetchall()
    assert "电话".encode() not in bytes(kept)
