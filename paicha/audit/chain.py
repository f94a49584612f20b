"""The arithmetic of the chain: what a seal covers.

digest = sha256 of the event's plain columns and its payload's digest, as a canonical JSON list;
mac = HMAC-SHA256(audit key, mac before ‖ number, 8 bytes, big-endian ‖ digest); before number 1 stand 32 zero bytes.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from paicha.audit.models import AuditEvent, AuditSeal
from paicha.vault.keys import keyring

BEFORE_THE_FIRST = bytes(32)


@dataclass(frozen=True)
class Head:
    """The last seal of a chain at some time: with it a cut-off tail is found."""

    number: int
    mac: bytes
    at: datetime

    def is_of(self, seal: AuditSeal | None) -> bool:
        """Whether this is the very seal that was the head."""
        return seal is not None and seal.number == self.number and hmac.compare_digest(bytes(seal.mac), self.mac)


def digest_of_event(event: AuditEvent) -> bytes:
    """sha256 over everything of an event but payload and salt, which a purge takes away."""
    ids = (event.id, event.committee_id, event.actor_id, event.subject_id, event.branch_id)
    columns = [
        *(str(value) if value else None for value in ids),
        event.occurred_at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.event,
        event.actor_name,
        event.subject_kind,
        bytes(event.payload_digest).hex(),
    ]
    return hashlib.sha256(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def mac_of(previous: bytes, number: int, digest: bytes) -> bytes:
    """The MAC that binds a seal to the one before; whoever has only the database cannot make one."""
    return hmac.digest(keyring().audit_key, previous + number.to_bytes(8, "big") + digest, "sha256")
