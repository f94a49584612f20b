"""What may be recorded, and how it is read again."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import transaction

from paicha.audit.events import Event, Group
from paicha.audit.models import AuditEvent
from paicha.audit.payloads import as_json
from paicha.audit.selectors import events
from paicha.audit.services import record
from paicha.tenancy.current import working_for
from paicha.tenancy.models import new_id

ID_NUMBER = "110101199003078515"
Happen = Callable[..., list[AuditEvent]]


@pytest.mark.django_db(transaction=True)
def test_an_event_is_recorded_in_the_transaction_of_what_it_records(committee: UUID) -> None:
    with pytest.raises(RuntimeError, match="事务"):
        record(Event.SIGNED_IN, actor=None, committee_id=committee)


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_whom(committee: UUID) -> None:
    zhou = SimpleNamespace(id=new_id(), name="周敏")
    entry, branch = new_id(), new_id()
    with working_for(committee), transaction.atomic():
        written = record(
            Event.ENTRY_REVISED,
            actor=zhou,
            committee_id=committee,
            subject_kind="entry",
            subject_id=entry,
            branch_id=branch,
            version=3,
            columns=["住址", "电话"],
        )
        event = AuditEvent.objects.get(committee_id=committee)
    assert (event.id, event.event) == (written.id, "register.entry-revised")
    assert (event.actor_id, event.actor_name) == (zhou.id, "周敏")
    assert (event.subject_kind, event.subject_id, event.branch_id) == ("entry", entry, branch)
    assert event.payload == '{"columns":["住址","电话"],"version":3}'


@pytest.mark.django_db
def test_an_event_is_neither_saved_again_nor_deleted(happen: Happen) -> None:
    event = happen(1)[0]
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


@pytest.mark.parametrize(
    "value",
    [
        ID_NUMBER,
        "证件" + ID_NUMBER,
        "110101 19900307 8515",
        "１１０１０１１９９００３０７８５１５",
        "11010119900307851x",
        int(ID_NUMBER),
        "130503670401001",
        "13800005678",
        13800005678,
        "电话138-0000-5678。",
        "+86 138 0000 5678",
        "tel13800005678",
        ["住址", "13800005678"],
    ],
)
def test_a_payload_with_an_id_number_or_a_phone_is_refused_without_repeating_it(value: object) -> None:
    with pytest.raises(ValueError, match="身份证号或手机号") as refused:
        as_json({"note": value})
    assert "note" in str(refused.value)
    assert "5678" not in str(refused.value)
    assert "199003" not in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        "0192f3a1-1234-7123-8123-138000056781",
        "b" * 20 + "13800005678" + "c" * 33,
        "2026-07-01T08:30:00.123456+08:00",
        "2026-07-01 15:30",
        "110101********8515",
        1_234_567,
        True,
        [1, 2, 3],
        "第一党支部 2026 年 7 月",
    ],
)
def test_keys_checksums_times_and_masked_numbers_are_no_personal_data(value: object) -> None:
    assert as_json({"note": value})


@pytest.mark.parametrize("value", [1.5, None, {"a": 1}, new_id(), b"x", date(2026, 7, 1)])
def test_a_payload_holds_plain_values_only(value: object) -> None:
    with pytest.raises(ValueError, match="文字、整数"):
        as_json({"note": value})


@pytest.mark.django_db
def test_events_are_read_newest_first_and_by_what_they_are_about(committee: UUID, happen: Happen) -> None:
    branch, entry, zhou = new_id(), new_id(), SimpleNamespace(id=new_id(), name="周敏")
    added = happen(1, branch_id=branch, subject_id=entry)[0]
    signed_in = happen(1, Event.SIGNED_IN, actor=zhou)[0]
    with working_for(committee):
        assert [event.id for event in events(committee)] == [signed_in.id, added.id]
        assert events(committee, branch_ids=[branch]).get().id == added.id
        assert not events(committee, branch_ids=[])
        assert events(committee, event=Event.SIGNED_IN).get().id == signed_in.id
        assert events(committee, group=Group.REGISTER).get().id == added.id
        assert events(committee, actor=zhou.id).get().id == signed_in.id
        assert events(committee, subject_id=entry).get().id == added.id
        assert not events(new_id())


@pytest.mark.django_db
def test_a_day_is_a_day_in_beijing(committee: UUID, happen: Happen) -> None:
    before, after = happen(2)
    with working_for(committee):
        AuditEvent.objects.filter(id=before.id).update(occurred_at=datetime(2026, 6, 30, 15, 59, tzinfo=UTC))
        AuditEvent.objects.filter(id=after.id).update(occurred_at=datetime(2026, 6, 30, 16, 0, tzinfo=UTC))
        assert events(committee, until=date(2026, 6, 30)).get().id == before.id
        assert events(committee, since=date(2026, 7, 1)).get().id == after.id


def test_every_event_has_a_code_of_its_own_that_fits_its_column_and_a_chinese_label() -> None:
    longest = AuditEvent._meta.get_field("event").max_length
    assert longest
    assert all(len(event.value) <= longest and event.label and event.group in Group for event in Event)
    assert len({event.label for event in Event}) == len(Event)
