"""Writes of visits: each one transaction and one audit event, which holds no word of what was seen."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.supervision.visiting.models import Visit
from paicha.organizations.models import User


class Unfit(ValueError):
    """What is to be written cannot be so; the message says why, in Chinese."""


@transaction.atomic
def note(*, actor: User, unit_id: UUID, visited_on: date, who: str, seen: str, follow_up: str, today: date) -> Visit:
    """Note a visit. Raises Unfit for a day to come, without who went or what was seen."""
    unit = CampaignUnit.objects.get(committee_id=actor.committee_id, id=unit_id)
    if visited_on > today:
        raise Unfit("调研的日期还没有到")
    if not who or not seen:
        raise Unfit("请写明谁去的、看到了什么")
    visit = Visit(
        committee_id=unit.committee_id,
        unit=unit,
        visited_on=visited_on,
        who=who,
        seen=seen,
        follow_up=follow_up,
        noted_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    visit.save(force_insert=True)
    _record(Event.VISIT_NOTED, actor, visit)
    return visit


@transaction.atomic
def settle(*, actor: User, visit_id: UUID, outcome: str) -> Visit:
    """Say what became of what was to be followed up. Raises Unfit without words, where nothing is open."""
    visits = Visit.objects.select_for_update(of=("self",)).select_related("unit")
    visit = visits.get(committee_id=actor.committee_id, id=visit_id)
    if not visit.follow_up or visit.settled_at is not None:
        raise Unfit("这次调研没有要跟进的，或已经办结")
    if not outcome:
        raise Unfit("请写明办得怎样")
    visit.outcome, visit.settled_at, visit.settler_name = outcome, timezone.now(), actor.name
    visit.save(update_fields=["outcome", "settled_at", "settler_name"])
    _record(Event.VISIT_SETTLED, actor, visit)
    return visit


def _record(event: Event, actor: User, visit: Visit) -> None:
    record(
        event,
        actor=actor,
        committee_id=visit.committee_id,
        subject_kind="visit",
        subject_id=visit.id,
        branch_id=visit.unit.organization_id,
        visited_on=visit.visited_on.isoformat(),
    )
