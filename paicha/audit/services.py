"""Writing the audit: recording an event."""

import secrets
from typing import Protocol
from uuid import UUID

from django.db import connection

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.audit.payloads import as_json, digest_of


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
