"""Writes of theme education: each one transaction and one audit event, which holds no name."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.checking.selectors import checked_of
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.models import How, Participation
from paicha.campaigns.education.selectors import is_taught
from paicha.organizations.models import User


class Unfit(ValueError):
    """What cannot have been so; the message says why, in Chinese."""


@transaction.atomic
def record_participation(
    *,
    actor: User,
    unit_id: UUID,
    member_ids: Collection[UUID],
    how: How,
    happened_on: date,
    materials: str,
    today: date,
) -> int:
    """Members took part in theme education on a day, in one way; how many. Raises Unfit without anybody, for a day
    outside of the campaign or to come, for somebody whom the branch does not answer for."""
    unit = locked(actor, unit_id)
    check(unit, member_ids, happened_on, today)
    now = timezone.now()
    rows = [
        Participation(
            committee_id=actor.committee_id,
            unit=unit,
            member_id=member_id,
            how=how,
            happened_on=happened_on,
            materials=materials,
            recorded_at=now,
            actor_id=actor.id,
            actor_name=actor.name,
        )
        for member_id in sorted(set(member_ids))
    ]
    Participation.objects.bulk_create(rows, batch_size=500)
    record_of_unit(
        Event.PARTICIPATION_RECORDED, actor, unit, day=happened_on.isoformat(), how=how.label, people=len(rows)
    )
    return len(rows)


@transaction.atomic
def withdraw_participation(*, actor: User, unit_id: UUID, participation_id: UUID) -> None:
    """Take back what was recorded by mistake: it stays and counts for nothing. Raises Participation.DoesNotExist."""
    unit = locked(actor, unit_id)
    row = Participation.objects.get(committee_id=actor.committee_id, unit=unit, id=participation_id)
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record_of_unit(Event.PARTICIPATION_WITHDRAWN, actor, unit, day=row.happened_on.isoformat())


def check(unit: CampaignUnit, member_ids: Collection[UUID], day: date, today: date) -> None:
    """Raises Unfit without anybody, for a day outside of the campaign or to come, for somebody whom the branch does not
    answer for."""
    if not member_ids:
        raise Unfit("没有选人")
    if day > today:
        raise Unfit("日期还没有到")
    if day < unit.campaign.begins_on:
        raise Unfit(f"日期在排查开始（{unit.campaign.begins_on.isoformat()}）以前，不计入这一次")
    ours = {one.listed.member.id for one in checked_of(unit) if is_taught(one)}
    if not set(member_ids) <= ours:
        raise Unfit("名单里有人已不是本支部的流出党员或在途党员，请刷新后再记")


def locked(actor: User, unit_id: UUID) -> CampaignUnit:
    """The unit, held until the transaction ends: a report is not made up of half of what is recorded."""
    units = CampaignUnit.objects.select_for_update(of=("self",)).select_related("campaign")
    return units.get(committee_id=actor.committee_id, id=unit_id)


def record_of_unit(event: Event, actor: User, unit: CampaignUnit, **payload: int | str) -> None:
    """One event of a unit's theme education."""
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="unit",
        subject_id=unit.id,
        branch_id=unit.organization_id,
        **payload,
    )
