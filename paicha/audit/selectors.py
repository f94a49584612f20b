"""Reading the audit."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from paicha.audit.events import Event, Group
from paicha.audit.models import AuditEvent


def events(
    committee_id: UUID,
    *,
    branch_ids: Collection[UUID] | None = None,
    event: Event | None = None,
    group: Group | None = None,
    actor: UUID | None = None,
    subject_id: UUID | None = None,
    day: date | None = None,
) -> QuerySet[AuditEvent]:
    """A committee's events, newest first; of these branches only (None: all, and what is about no branch), of this
    kind, by this account, about this subject, on this day (Beijing time)."""
    found = AuditEvent.objects.filter(committee_id=committee_id)
    if branch_ids is not None:
        found = found.filter(branch_id__in=branch_ids)
    if event is not None:
        found = found.filter(event=event.value)
    if group is not None:
        found = found.filter(event__in=[kind.value for kind in Event if kind.group is group])
    if actor is not None:
        found = found.filter(actor_id=actor)
    if subject_id is not None:
        found = found.filter(subject_id=subject_id)
    if day is not None:
        start = timezone.make_aware(datetime.combine(day, time.min))
        found = found.filter(occurred_at__gte=start, occurred_at__lt=start + timedelta(days=1))
    return found.order_by("-occurred_at", "-id")
