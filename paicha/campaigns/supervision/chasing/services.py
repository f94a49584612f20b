"""Writes of chasing: each one transaction and one audit event."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import branch_units
from paicha.campaigns.supervision.chasing.lacking import ANSWER_DAYS, Standing, standings_of
from paicha.campaigns.supervision.chasing.models import Chasing, ChasingAnswer
from paicha.campaigns.supervision.chasing.selectors import may_chase, newest_of, unheeded
from paicha.organizations.models import User
from paicha.tenancy.models import new_id


class Unfit(ValueError):
    """What is to be written cannot be so; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of one step: the 督办单, and for each branch that got none, its name and why."""

    chasings: list[Chasing]
    left_out: list[tuple[str, str]]


@transaction.atomic
def issue(
    *, actor: User, campaign_id: UUID, organization_ids: Collection[UUID], answer_by: date, today: date
) -> Issued:
    """A 督办单 each to the branches of these organizations. A branch that has nothing to do, or whose newest 督办单 is
    less than ANSWER_DAYS old, gets none and is named. Raises Unfit where none is left, for an answer in the past."""
    # The campaign is held, so that two who chase at once give no number twice and no branch two notices.
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=campaign_id)
    units = branch_units(campaign, organization_ids)
    if not units:
        raise Unfit("请勾选要督办的党支部")
    if answer_by < today:
        raise Unfit("答复的截止日已经过去")
    standings, last = standings_of(campaign, units, today), newest_of(campaign)
    why = {unit.id: _why_not(standings[unit.id], last.get(unit.id), today) for unit in units}
    chased = [unit for unit in units if not why[unit.id]]
    left_out = [(unit.name, why[unit.id]) for unit in units if why[unit.id]]
    if not chased:
        raise Unfit("；".join(f"{name}{words}" for name, words in left_out))
    number, batch_id, now = _highest(campaign), new_id(), timezone.now()
    chasings = [
        Chasing(
            committee_id=campaign.committee_id,
            campaign=campaign,
            unit=unit,
            n=number + place,
            turn=last[unit.id].turn + 1 if unheeded(last.get(unit.id), standings[unit.id]) else 1,
            lacking=[lack.frozen for lack in standings[unit.id].to_chase],
            answer_by=answer_by,
            issued_on=today,
            issued_at=now,
            actor_id=actor.id,
            actor_name=actor.name,
            batch_id=batch_id,
        )
        for place, unit in enumerate(chased, 1)
    ]
    Chasing.objects.bulk_create(chasings, batch_size=500)
    _record_issue(actor, campaign, chasings)
    return Issued(chasings, left_out)


@transaction.atomic
def answer(*, actor: User, chasing_id: UUID, words: str, done_by: date | None, today: date) -> ChasingAnswer:
    """A branch says what is done, and until when the rest will be. Raises Unfit without words, for a day gone by."""
    chasing = Chasing.objects.select_related("unit").get(committee_id=actor.committee_id, id=chasing_id)
    if not words:
        raise Unfit("请写明办了什么")
    if done_by and done_by < today:
        raise Unfit("办完的日期已经过去；已经办完的，日期不用填")
    said = ChasingAnswer(
        committee_id=chasing.committee_id,
        chasing=chasing,
        words=words,
        done_by=done_by,
        answered_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    said.save(force_insert=True)
    record(
        Event.CHASING_ANSWERED,
        actor=actor,
        committee_id=chasing.committee_id,
        subject_kind="chasing",
        subject_id=chasing.id,
        branch_id=chasing.unit.organization_id,
        number=chasing.n,
    )
    return said


def _why_not(standing: Standing, last: Chasing | None, today: date) -> str:
    if not standing.lacks:
        return "没有要督办的"
    if last and not may_chase(last, today):
        return f"的第{last.n}号督办单发出不到{ANSWER_DAYS}天，等它答复"
    return ""


def _highest(campaign: Campaign) -> int:
    given = Chasing.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    return given.aggregate(Max("n"))["n__max"] or 0


def _record_issue(actor: User, campaign: Campaign, chasings: list[Chasing]) -> None:
    only: CampaignUnit | None = chasings[0].unit if len(chasings) == 1 else None
    record(
        Event.CHASINGS_ISSUED,
        actor=actor,
        committee_id=campaign.committee_id,
        subject_kind="campaign",
        subject_id=campaign.id,
        branch_id=only.organization_id if only else None,
        first=chasings[0].n,
        last=chasings[-1].n,
        units=len(chasings),
    )
