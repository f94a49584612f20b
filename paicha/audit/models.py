"""Events, and the seals that chain them. Actor, subject and branch are plain columns: an event outlives what it names.

An event is written unsealed, so that nobody who writes waits; the sealer numbers events afterwards (services.py).
"""

from typing import Any

from django.db import models
from django.utils import timezone

from paicha.tenancy.models import ScopedModel


class AppendOnly(ScopedModel):
    """Rows that are added, never changed or deleted one by one; a purge of payloads is the one exception."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises TypeError for a row that is there already."""
        if not self._state.adding:
            raise TypeError("操作记录只增不改")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises TypeError."""
        raise TypeError("操作记录只增不删")


class AuditEvent(AppendOnly):
    """One thing that was done. `payload` is canonical JSON without personal data, blank after a purge, as is `salt`;
    `payload_digest`, sha256(salt ‖ payload), stays, and the seal covers it: a purge leaves the chain whole."""

    occurred_at = models.DateTimeField(default=timezone.now, editable=False)
    event = models.CharField(max_length=40, editable=False)
    actor_id = models.UUIDField(null=True, editable=False)
    actor_name = models.CharField(max_length=150, blank=True, editable=False)
    subject_kind = models.CharField(max_length=40, blank=True, editable=False)
    subject_id = models.UUIDField(null=True, editable=False)
    branch_id = models.UUIDField(null=True, editable=False)
    payload = models.TextField(blank=True, editable=False)
    salt = models.BinaryField(max_length=32, null=True, editable=False)
    payload_digest = models.BinaryField(max_length=32, editable=False)

    class Meta:
        indexes = (
            models.Index(fields=["committee_id", "occurred_at"], name="audit_time"),
            models.Index(fields=["committee_id", "subject_id", "occurred_at"], name="audit_subject"),
            models.Index(fields=["committee_id", "branch_id", "occurred_at"], name="audit_branch"),
            models.Index(fields=["committee_id", "actor_id", "occurred_at"], name="audit_actor"),
        )


class AuditSeal(AppendOnly):
    """The place of one event in its committee's chain: 1, 2, 3…. `digest` covers the event (chain.py), `mac` the seal
    before, the number and the digest, under a key that is not in the database."""

    number = models.PositiveBigIntegerField(editable=False)
    event_id = models.UUIDField(editable=False)
    digest = models.BinaryField(max_length=32, editable=False)
    mac = models.BinaryField(max_length=32, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "number"], name="one_seal_of_a_number"),
            models.UniqueConstraint(fields=["committee_id", "event_id"], name="one_seal_of_an_event"),
        )
