"""Writing the audit: recording events, sealing them, purging their payloads, anchoring a chain again."""

import logging
import secrets
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from paicha.audit import anchor
from paicha.audit.chain import BEFORE_THE_FIRST, Head, digest_of_event, mac_of
from paicha.audit.events import Event
from paicha.audit.models import AuditEvent, AuditSeal
from paicha.audit.payloads import as_json, digest_of
from paicha.tenancy.current import working_for

log = logging.getLogger(__name__)


class Actor(Protocol):
    """Who does something: an account."""

    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> str: ...


def record(
    event: Event,
    *,
    actor: Actor | None,
    committee_id: UUID,
    subject_kind: str = "",
    subject_id: UUID | None = None,
    branch_id: UUID | None = None,
    **payload: object,
) -> AuditEvent:
    """Record that `actor` (None: the system) did something, in the transaction that does it: both or neither.

    Raises RuntimeError outside a transaction, ValueError for a payload that is not fit (payloads.py)."""
    if not connection.in_atomic_block:
        raise RuntimeError("操作记录要和所记的操作写在同一个事务里")
    text = as_json(payload)
    salt = secrets.token_bytes(32)
    return AuditEvent.objects.create(
        committee_id=committee_id,
        event=event.value,
        actor_id=actor.id if actor else None,
        actor_name=actor.name[:150] if actor else "",
        subject_kind=subject_kind,
        subject_id=subject_id,
        branch_id=branch_id,
        payload=text,
        salt=salt,
        payload_digest=digest_of(salt, text),
    )


def seal_events(committee_id: UUID, *, limit: int = 1000) -> int:
    """Seal up to `limit` of a committee's unsealed events, oldest first, and anchor the new head; how many were sealed.

    Any number of sealers may run: on PostgreSQL the first seal is their lock, on SQLite the transaction (IMMEDIATE)."""
    try:
        return _seal(committee_id, limit)
    except IntegrityError:
        # Two began a chain at once, when there was no first seal to lock: now there is.
        return _seal(committee_id, limit)


def unsealed(committee_id: UUID) -> QuerySet[AuditEvent]:
    """Events that wait for the sealer, oldest first."""
    seals = AuditSeal.objects.filter(committee_id=committee_id, event_id=OuterRef("id"))
    return AuditEvent.objects.filter(~Exists(seals), committee_id=committee_id).order_by("id")


def purge_payloads(committee_id: UUID, before: datetime, *, actor: Actor | None = None) -> int:
    """Take payload and salt of events that happened before a time; how many. The purge is an event itself, and
    without it verify() calls a missing payload a fault.

    Raises ValueError for a time to come."""
    if before > timezone.now():
        raise ValueError("只能清除已经过去的操作明细")
    with working_for(committee_id), transaction.atomic():
        old = AuditEvent.objects.filter(committee_id=committee_id, occurred_at__lt=before, salt__isnull=False)
        purged = old.update(payload="", salt=None)
        if purged:
            time = before.isoformat()
            record(Event.PAYLOADS_PURGED, actor=actor, committee_id=committee_id, before=time, purged=purged)
    return purged


def anchor_again(committee_id: UUID, *, actor: Actor | None) -> None:
    """Take the chain as it stands for whole and anchor its head: after a database was restored from an older backup,
    or the file was lost. To be done by a person who knows why; it is an event itself."""
    with working_for(committee_id), transaction.atomic():
        head = _head_of(_last_seal(committee_id))
        number = head.number if head else 0
        record(Event.HEAD_ANCHORED_AGAIN, actor=actor, committee_id=committee_id, number=number)
        transaction.on_commit(lambda: anchor.replace(committee_id, head))


def _seal(committee_id: UUID, limit: int) -> int:
    with working_for(committee_id), transaction.atomic():
        AuditSeal.objects.select_for_update().filter(committee_id=committee_id, number=1).first()
        last = _last_seal(committee_id)
        seals = _next_seals(last, list(unsealed(committee_id)[:limit]))
        AuditSeal.objects.bulk_create(seals)
        head = _head_of(seals[-1] if seals else last)
        if head:
            transaction.on_commit(lambda: _anchor(committee_id, head, first=last is None))
    return len(seals)


def _last_seal(committee_id: UUID) -> AuditSeal | None:
    return AuditSeal.objects.filter(committee_id=committee_id).order_by("-number").first()


def _next_seals(last: AuditSeal | None, events: list[AuditEvent]) -> list[AuditSeal]:
    number, mac = (last.number, bytes(last.mac)) if last else (0, BEFORE_THE_FIRST)
    seals = []
    for event in events:
        number, digest = number + 1, digest_of_event(event)
        mac = mac_of(mac, number, digest)
        seals.append(
            AuditSeal(committee_id=event.committee_id, number=number, event_id=event.id, digest=digest, mac=mac)
        )
    return seals


def _head_of(seal: AuditSeal | None) -> Head | None:
    return Head(seal.number, bytes(seal.mac), timezone.now()) if seal else None


def _anchor(committee_id: UUID, head: Head, *, first: bool) -> None:
    """After the commit: an anchored head that was rolled back would look like a cut-off tail."""

    def is_whole(kept: Head) -> bool:
        with working_for(committee_id):
            return kept.is_of(AuditSeal.objects.filter(committee_id=committee_id, number=kept.number).first())

    if not anchor.advance(committee_id, head, first=first, is_whole=is_whole):
        log.error("党委 %s 的操作记录与锚定不符，锚定保持不动；请运行 paicha audit verify", committee_id)
