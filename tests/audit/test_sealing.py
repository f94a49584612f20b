"""The sealer: numbers, two at once, and the head anchored outside the database."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from paicha.audit import anchor, services
from paicha.audit.chain import Head
from paicha.audit.events import Event
from paicha.audit.models import AuditEvent, AuditSeal
from paicha.audit.services import purge_payloads, seal_events, unsealed
from paicha.audit.verification import verify
from paicha.tenancy.current import working_for
from paicha.tenancy.models import new_id

pytestmark = pytest.mark.django_db(transaction=True)
Happen = Callable[..., list[AuditEvent]]


def _numbers(committee: UUID) -> list[int]:
    with working_for(committee):
        seals = AuditSeal.objects.filter(committee_id=committee).order_by("number")
        return list(seals.values_list("number", flat=True))


def test_events_are_numbered_in_the_order_in_which_they_happened(committee: UUID, happen: Happen) -> None:
    events = happen(5)
    assert seal_events(committee, limit=3) == 3
    assert seal_events(committee, limit=3) == 2
    assert seal_events(committee) == 0
    with working_for(committee):
        seals = AuditSeal.objects.filter(committee_id=committee).order_by("number")
        assert [seal.event_id for seal in seals] == [event.id for event in events]
    assert _numbers(committee) == [1, 2, 3, 4, 5]


def test_an_event_that_was_committed_late_is_sealed_after_later_ones(committee: UUID, happen: Happen) -> None:
    early = new_id()
    happen(3)
    seal_events(committee)
    late = happen(1)[0]
    with working_for(committee):
        AuditEvent.objects.filter(id=late.id).update(id=early, occurred_at=timezone.now() - timedelta(minutes=5))
    assert verify(committee) == []
    assert seal_events(committee) == 1
    assert verify(committee) == []


def test_each_committee_has_a_chain_of_its_own(committee: UUID, happen: Happen) -> None:
    other = new_id()
    happen(2)
    happen(3, committee_id=committee)
    with working_for(other), transaction.atomic():
        services.record(Event.SIGNED_IN, actor=None, committee_id=other)
    assert (seal_events(committee), seal_events(other)) == (5, 1)
    assert (_numbers(committee), _numbers(other)) == ([1, 2, 3, 4, 5], [1])
    assert (verify(committee), verify(other)) == ([], [])


def test_ten_thousand_events_are_sealed_and_verified(committee: UUID, happen: Happen) -> None:
    happen(10)
    with working_for(committee):
        first = AuditEvent.objects.filter(committee_id=committee)[0]
        columns = {"committee_id": committee, "event": first.event, "payload": first.payload}
        secret = {"salt": first.salt, "payload_digest": first.payload_digest}
        AuditEvent.objects.bulk_create([AuditEvent(**columns, **secret) for _ in range(9_990)])
    while seal_events(committee):
        pass
    assert _numbers(committee) == list(range(1, 10_001))
    assert verify(committee) == []


def test_two_sealers_at_once_make_one_chain(committee: UUID, happen: Happen) -> None:
    if "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("a database in memory is one connection's; the two have to meet in a file or a server")
    happen(60)
    start, sealed = threading.Barrier(3), []

    def work() -> None:
        start.wait()
        try:
            while count := seal_events(committee, limit=7):
                sealed.append(count)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sealed) == 60
    assert _numbers(committee) == list(range(1, 61))
    assert verify(committee) == []


def test_a_sealer_that_lost_the_race_for_the_first_number_begins_again(
    committee: UUID, happen: Happen, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen(2)
    seal_events(committee)
    happen(2)
    real, stale = services._last_seal, [None]
    monkeypatch.setattr(services, "_last_seal", lambda of: stale.pop() if stale else real(of))
    assert seal_events(committee) == 2
    assert _numbers(committee) == [1, 2, 3, 4]
    assert verify(committee) == []


def test_the_head_is_anchored_in_a_file_that_only_its_owner_reads(
    committee: UUID, chain: list[AuditEvent], folder: Path
) -> None:
    file = folder / anchor.NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert anchor.heads()[committee].number == len(chain)
    assert json.loads(file.read_text())["heads"][str(committee)]["number"] == 10
    assert {path.name for path in folder.iterdir()} == {anchor.NAME, "audit-heads.lock"}


def test_a_sealing_that_is_rolled_back_anchors_nothing(committee: UUID, happen: Happen) -> None:
    happen(2)
    with transaction.atomic():
        seal_events(committee)
        transaction.set_rollback(True)
    assert anchor.heads() == {}
    assert _numbers(committee) == []


def test_a_sealer_whose_head_is_older_than_the_anchored_one_leaves_it(committee: UUID, chain: list[AuditEvent]) -> None:
    kept = anchor.heads()[committee]
    older = Head(4, bytes(32), kept.at)
    assert anchor.advance(committee, older, first=False, is_whole=lambda _head: True)
    assert anchor.heads()[committee] == kept


def test_a_purge_takes_payload_and_salt_and_leaves_the_chain_whole(
    committee: UUID, chain: list[AuditEvent], happen: Happen
) -> None:
    assert purge_payloads(committee, timezone.now()) == 10
    happen(2)
    seal_events(committee)
    with working_for(committee):
        assert AuditEvent.objects.filter(committee_id=committee, payload="", salt=None).count() == 10
        purge = AuditEvent.objects.get(committee_id=committee, event=Event.PAYLOADS_PURGED.value)
        assert '"purged":10' in purge.payload
        assert not unsealed(committee)
    assert verify(committee) == []


def test_a_second_purge_may_take_the_payload_of_the_first(committee: UUID, chain: list[AuditEvent]) -> None:
    purge_payloads(committee, timezone.now())
    seal_events(committee)
    assert purge_payloads(committee, timezone.now()) == 1
    seal_events(committee)
    assert verify(committee) == []


def test_a_purge_with_nothing_to_take_is_no_event(committee: UUID) -> None:
    assert purge_payloads(committee, timezone.now()) == 0
    with working_for(committee):
        assert not unsealed(committee)


def test_what_has_not_happened_yet_cannot_be_purged(committee: UUID) -> None:
    with pytest.raises(ValueError, match="已经过去"):
        purge_payloads(committee, timezone.now() + timedelta(days=1))
