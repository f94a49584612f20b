"""Reading the audit."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from paicha.audit.events import Event, Group
from paicha.audit.models import AuditEvent, AuditSeal


def events(
    committee_id: UUID,
    *,
    branch_ids: Collection[UUID] | None = None,
    event: Event | None = None,
    group: Group | None = None,
    actor: UUID | None = None,
    subject_id: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEvent]:
    """A committee's events, newest first; of these branches only (None: all, and what is about no branch), of this
    kind, by this account, about this subject, from the day `since` to the day `until`, both included (Beijing time)."""
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
    if since is not None:
        found = found.filter(occurred_at__gte=_beginning(since))
    if until is not None:
        found = found.filter(occurred_at__lt=_beginning(until) + timedelta(days=1))
    return found.order_by("-occurred_at", "-id")


def before(found: QuerySet[AuditEvent], at: datetime, id_: UUID) -> QuerySet[AuditEvent]:
    """Those of `found` that stand below the event `id_` of the time `at`: the next page, however long the log is."""
    return found.filter(occurred_at__lte=at).filter(Q(occurred_at__lt=at) | Q(id__lt=id_))


def _beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def sealed_until(committee_id: UUID) -> datetime | None:
    """When the last event was done that a seal covers; None before the first."""
    last = AuditSeal.objects.filter(committee_id=committee_id).order_by("-number").values("event_id")[:1]
    return (
        AuditEvent.objects.filter(committee_id=committee_id, id__in=last).values_list("occurred_at", flat=True).first()
    )
