"""Writes of material that was sent and confirmed: each one transaction and one audit event, which holds no name."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.campaigns.education.models import Acknowledgement, Channel, Sending
from paicha.campaigns.education.selectors import sendings_of
from paicha.campaigns.education.services import Unfit, check, locked, record_of_unit
from paicha.organizations.models import User


@transaction.atomic
def send_material(
    *,
    actor: User,
    unit_id: UUID,
    member_ids: Collection[UUID],
    material: str,
    channel: Channel,
    sent_on: date,
    today: date,
) -> int:
    """The same material went to members on a day; to how many. Raises Unfit without material or anybody, for a day
    outside of the campaign or to come, for somebody whom the branch does not answer for."""
    unit = locked(actor, unit_id)
    if not material:
        raise Unfit("没有写送了什么材料")
    check(unit, member_ids, sent_on, today)
    now = timezone.now()
    rows = [
        Sending(
            committee_id=actor.committee_id,
            unit=unit,
            member_id=member_id,
            material=material,
            channel=channel,
            sent_on=sent_on,
            recorded_at=now,
            actor_id=actor.id,
            actor_name=actor.name,
        )
        for member_id in sorted(set(member_ids))
    ]
    Sending.objects.bulk_create(rows, batch_size=500)
    record_of_unit(Event.MATERIAL_SENT, actor, unit, day=sent_on.isoformat(), way=channel.label, people=len(rows))
    return len(rows)


@transaction.atomic
def acknowledge(*, actor: User, unit_id: UUID, sending_ids: Collection[UUID], happened_on: date, today: date) -> int:
    """Members confirmed on a day what was sent to them; how many sendings, those that are confirmed already left as
    they are. Raises Unfit without any, for a day to come or before one of them was sent."""
    unit = locked(actor, unit_id)
    found = sendings_of(unit, sending_ids)
    if not sending_ids:
        raise Unfit("请先勾上已经确认的人")
    if len(found) != len(set(sending_ids)):
        raise Unfit("勾选的里有的已经撤回，请刷新后再记")
    if happened_on > today:
        raise Unfit("日期还没有到")
    if late := [one for one in found if one.sent_on > happened_on]:
        raise Unfit(f"材料是 {late[0].sent_on.isoformat()} 才送的，确认不能更早")
    known = Acknowledgement.objects.filter(committee_id=actor.committee_id, sending__in=found, withdrawn_at=None)
    confirmed, now = set(known.values_list("sending_id", flat=True)), timezone.now()
    rows = [
        Acknowledgement(
            committee_id=actor.committee_id,
            sending=sending,
            happened_on=happened_on,
            recorded_at=now,
            actor_id=actor.id,
            actor_name=actor.name,
        )
        for sending in found
        if sending.id not in confirmed
    ]
    Acknowledgement.objects.bulk_create(rows, batch_size=500)
    record_of_unit(Event.MATERIAL_ACKNOWLEDGED, actor, unit, day=happened_on.isoformat(), people=len(rows))
    return len(rows)


@transaction.atomic
def withdraw_sending(*, actor: User, unit_id: UUID, sending_id: UUID) -> None:
    """It was never sent: it stays to be seen, with its acknowledgement, and counts for nothing. Raises
    Sending.DoesNotExist."""
    unit = locked(actor, unit_id)
    sending = Sending.objects.get(committee_id=actor.committee_id, unit=unit, id=sending_id)
    if sending.withdrawn_at is None:
        sending.withdrawn_at = timezone.now()
        sending.save(update_fields=["withdrawn_at"])
        record_of_unit(Event.MATERIAL_WITHDRAWN, actor, unit, day=sending.sent_on.isoformat())


@transaction.atomic
def withdraw_acknowledgement(*, actor: User, unit_id: UUID, sending_id: UUID) -> None:
    """It is not confirmed after all: the acknowledgement that stands is taken back, and stays to be seen."""
    unit = locked(actor, unit_id)
    found = Acknowledgement.objects.filter(
        committee_id=actor.committee_id, sending_id=sending_id, sending__unit=unit, withdrawn_at=None
    ).first()
    if found is not None:
        found.withdrawn_at = timezone.now()
        found.save(update_fields=["withdrawn_at"])
        record_of_unit(Event.ACKNOWLEDGEMENT_WITHDRAWN, actor, unit, day=found.happened_on.isoformat())
