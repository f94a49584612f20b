"""Every way to tamper with the audit is found; what the tamperer has is the database, not the key."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from paicha.audit import anchor
from paicha.audit.events import Event
from paicha.audit.models import AuditEvent, AuditSeal
from paicha.audit.payloads import digest_of
from paicha.audit.services import anchor_again, seal_events
from paicha.audit.verification import Fault, FaultKind, verify
from paicha.tenancy.current import working_for
from paicha.tenancy.models import new_id

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("chain")]
Happen = Callable[..., list[AuditEvent]]


def _seals(committee: UUID, *numbers: int) -> Any:
    return AuditSeal.objects.filter(committee_id=committee, number__in=numbers)


def _event(committee: UUID, number: int) -> Any:
    return AuditEvent.objects.filter(id=_seals(committee, number).get().event_id)


def _cut(committee: UUID, first: int, *, events: bool = True) -> None:
    """Delete the chain from a number to its end."""
    with working_for(committee):
        seals = AuditSeal.objects.filter(committee_id=committee, number__gte=first)
        ids = list(seals.values_list("event_id", flat=True))
        seals.delete()
        if events:
            AuditEvent.objects.filter(id__in=ids).delete()


def _kinds(committee: UUID) -> list[tuple[FaultKind, int]]:
    return [(fault.kind, fault.number) for fault in verify(committee)]


def test_a_clean_chain_has_no_faults(committee: UUID, happen: Happen) -> None:
    assert verify(committee) == []
    happen(3)
    assert verify(committee) == []


def test_a_committee_without_events_has_no_faults() -> None:
    assert verify(new_id()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"actor_name": "别人"},
        {"actor_id": new_id()},
        {"event": Event.SIGNED_IN.value},
        {"subject_kind": "account"},
        {"subject_id": new_id()},
        {"branch_id": new_id()},
    ],
)
def test_a_changed_event_is_found(committee: UUID, change: dict[str, Any]) -> None:
    with working_for(committee):
        _event(committee, 4).update(**change)
    assert _kinds(committee) == [(FaultKind.EVENT_CHANGED, 4)]


def test_a_changed_time_is_found(committee: UUID) -> None:
    with working_for(committee):
        _event(committee, 4).update(occurred_at=timezone.now() - timedelta(seconds=9))
    assert _kinds(committee) == [(FaultKind.EVENT_CHANGED, 4)]


def test_a_missing_event_is_found(committee: UUID) -> None:
    with working_for(committee):
        _event(committee, 4).delete()
    assert _kinds(committee) == [(FaultKind.EVENT_MISSING, 4)]


def test_an_event_that_was_given_to_another_committee_is_found(committee: UUID) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL row-level security refuses it")
    _event(committee, 4).update(committee_id=new_id())
    assert _kinds(committee) == [(FaultKind.EVENT_MISSING, 4)]


def test_a_changed_payload_is_found(committee: UUID) -> None:
    with working_for(committee):
        _event(committee, 4).update(payload='{"row":8}')
    assert _kinds(committee) == [(FaultKind.PAYLOAD_CHANGED, 4)]


def test_a_payload_that_was_changed_with_its_digest_is_found(committee: UUID) -> None:
    salt = bytes(32)
    with working_for(committee):
        _event(committee, 4).update(payload="{}", salt=salt, payload_digest=digest_of(salt, "{}"))
    assert _kinds(committee) == [(FaultKind.EVENT_CHANGED, 4)]


def test_a_payload_without_its_salt_is_found(committee: UUID) -> None:
    with working_for(committee):
        _event(committee, 4).update(salt=None)
    assert _kinds(committee) == [(FaultKind.PAYLOAD_CHANGED, 4)]


def test_a_payload_that_went_without_a_purge_is_found(committee: UUID) -> None:
    with working_for(committee):
        _event(committee, 4).update(payload="", salt=None)
    assert _kinds(committee) == [(FaultKind.PAYLOAD_MISSING, 4)]


@pytest.mark.parametrize(
    "payload", ["{}", "[1]", '{"before":"x"}', '{"before":3}', '{"before":"2999-01-01T00:00+08:00"}']
)
def test_a_purge_that_says_what_no_purge_says_excuses_nothing(committee: UUID, happen: Happen, payload: str) -> None:
    forged = happen(1, Event.PAYLOADS_PURGED)[0]
    with working_for(committee):
        _event(committee, 4).update(payload="", salt=None)
        AuditEvent.objects.filter(id=forged.id).update(
            payload=payload, payload_digest=digest_of(bytes(forged.salt or b""), payload)
        )
    assert _kinds(committee) == [(FaultKind.PAYLOAD_MISSING, 4)]


def test_missing_seals_are_found(committee: UUID) -> None:
    with working_for(committee):
        _seals(committee, 4, 5).delete()
    assert verify(committee) == [Fault(FaultKind.SEAL_MISSING, 4, 5)]
    assert verify(committee)[0].message == "第4至5号：封存不见了"


def test_a_missing_beginning_is_found(committee: UUID) -> None:
    with working_for(committee):
        _seals(committee, 1).delete()
    assert verify(committee) == [Fault(FaultKind.SEAL_MISSING, 1, 1)]


def test_a_missing_event_whose_place_was_closed_up_is_found(committee: UUID) -> None:
    with working_for(committee):
        _event(committee, 4).delete()
        _seals(committee, 4).delete()
        for number in range(5, 11):
            _seals(committee, number).update(number=number - 1)
    assert (FaultKind.SEAL_WRONG, 4) in _kinds(committee)


def test_reordered_seals_are_found(committee: UUID) -> None:
    with working_for(committee):
        _seals(committee, 4).update(number=99)
        _seals(committee, 5).update(number=4)
        _seals(committee, 99).update(number=5)
    assert {(FaultKind.SEAL_WRONG, 4), (FaultKind.SEAL_WRONG, 5)} <= set(_kinds(committee))


def test_seals_whose_events_were_swapped_are_found(committee: UUID) -> None:
    with working_for(committee):
        fourth, fifth = _seals(committee, 4).get().event_id, _seals(committee, 5).get().event_id
        _seals(committee, 4).update(event_id=new_id())
        _seals(committee, 5).update(event_id=fourth)
        _seals(committee, 4).update(event_id=fifth)
    assert _kinds(committee) == [(FaultKind.EVENT_CHANGED, 4), (FaultKind.EVENT_CHANGED, 5)]


def test_an_inserted_seal_is_found(committee: UUID, happen: Happen) -> None:
    forged = happen(1)[0]
    with working_for(committee):
        for number in range(10, 4, -1):
            _seals(committee, number).update(number=number + 1)
        AuditSeal.objects.create(committee_id=committee, number=5, event_id=forged.id, digest=bytes(32), mac=bytes(32))
    assert (FaultKind.SEAL_WRONG, 5) in _kinds(committee)


@pytest.mark.parametrize("column", ["mac", "digest"])
def test_a_changed_seal_is_found(committee: UUID, column: str) -> None:
    with working_for(committee):
        _seals(committee, 4).update(**{column: bytes(32)})
    assert (FaultKind.SEAL_WRONG, 4) in _kinds(committee)


def test_a_seal_made_without_the_key_is_found(committee: UUID, happen: Happen, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(1)
    with monkeypatch.context() as patched:
        patched.setattr("paicha.audit.chain.keyring", lambda: type("Other", (), {"audit_key": b"guessed"}))
        seal_events(committee)
    assert (FaultKind.SEAL_WRONG, 11) in _kinds(committee)


def test_a_cut_off_tail_is_found(committee: UUID) -> None:
    _cut(committee, 9)
    assert verify(committee) == [Fault(FaultKind.TAIL_CUT, 9, 10)]


def test_a_chain_that_was_cut_off_wholly_is_found(committee: UUID) -> None:
    _cut(committee, 1)
    assert verify(committee) == [Fault(FaultKind.TAIL_CUT, 1, 10)]


def test_a_cut_off_tail_is_still_found_when_the_chain_has_grown_again(committee: UUID, happen: Happen) -> None:
    _cut(committee, 9)
    happen(1)
    seal_events(committee)
    assert verify(committee) == [Fault(FaultKind.TAIL_CUT, 10, 10)]
    happen(5)
    seal_events(committee)
    assert verify(committee) == [Fault(FaultKind.HEAD_REPLACED, 10)]


def test_seals_alone_that_were_cut_off_are_made_again_as_they_were(committee: UUID) -> None:
    _cut(committee, 9, events=False)
    assert verify(committee) == [Fault(FaultKind.TAIL_CUT, 9, 10)]
    seal_events(committee)
    assert verify(committee) == []


def test_an_anchor_that_was_taken_away_is_found_and_no_sealing_covers_it(
    committee: UUID, happen: Happen, folder: Path
) -> None:
    (folder / anchor.NAME).unlink()
    _cut(committee, 9)
    assert _kinds(committee) == [(FaultKind.ANCHOR_MISSING, 8)]
    happen(3)
    seal_events(committee)
    assert _kinds(committee) == [(FaultKind.ANCHOR_MISSING, 11)]


@pytest.mark.parametrize("damage", ["changed", "emptied", "cut", "no-mac", "list"])
def test_an_anchor_that_was_changed_is_found_and_no_sealing_covers_it(
    committee: UUID, happen: Happen, folder: Path, damage: str
) -> None:
    file = folder / anchor.NAME
    written = json.loads(file.read_text())
    written["heads"][str(committee)]["number"] = 8
    whole = json.dumps(written)
    file.write_text(
        {"changed": whole, "emptied": "", "cut": whole[:-9], "no-mac": '{"heads": {}}', "list": "[]"}[damage]
    )
    happen(1)
    seal_events(committee)
    assert _kinds(committee) == [(FaultKind.ANCHOR_DAMAGED, 11)]


def test_an_event_put_in_with_an_old_date_is_found_before_it_is_sealed_and_after(
    committee: UUID, happen: Happen
) -> None:
    with working_for(committee):
        late = happen(1)[0]
        AuditEvent.objects.filter(id=late.id).update(occurred_at=timezone.now() - timedelta(days=30))
    assert _kinds(committee) == [(FaultKind.UNSEALED_BEFORE_A_SEAL, 1)]
    seal_events(committee)
    assert _kinds(committee) == [(FaultKind.OUT_OF_TIME, 11)]


def test_what_can_no_longer_be_read_is_a_fault_and_not_a_crash(committee: UUID) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps a word in a column of times")
    key = _event(committee, 4).get().id
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET occurred_at = 'x' WHERE id = %s", [key.hex])
    assert FaultKind.UNREADABLE in [fault.kind for fault in verify(committee)]


def test_a_chain_restored_from_a_backup_is_anchored_again_by_a_person(committee: UUID, happen: Happen) -> None:
    _cut(committee, 9)
    anchor_again(committee, actor=None)
    assert verify(committee) == []
    happen(2)
    assert seal_events(committee) == 3
    assert verify(committee) == []
    assert anchor.heads()[committee].number == 11


def test_a_damaged_anchor_begins_anew_when_a_person_says_so(committee: UUID, folder: Path) -> None:
    (folder / anchor.NAME).write_text("")
    anchor_again(committee, actor=None)
    assert verify(committee) == []


def test_a_chain_that_begins_anew_is_anchored_by_its_first_sealing(committee: UUID) -> None:
    _cut(committee, 1)
    anchor_again(committee, actor=None)
    assert anchor.heads() == {}
    assert seal_events(committee) == 1
    assert verify(committee) == []


def test_every_message_is_chinese_and_names_its_number() -> None:
    for kind in FaultKind:
        assert "12" in Fault(kind, 12).message
        assert "{" not in Fault(kind, 12, 13).message
