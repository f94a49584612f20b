"""Writes of inspections: each one transaction and one audit event, which holds no word of what was found."""

import secrets
from collections.abc import Collection, Iterable
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
from paicha.campaigns.supervision.inspecting.models import Inspection, InspectionPerson, InspectionUnit, Result, Whom
from paicha.campaigns.supervision.inspecting.selectors import Person
from paicha.domain.sampling import drawn, size_of
from paicha.organizations.models import User
from paicha.register.roster.selectors import Listed, rosters_of

MOST = 50  # people of one branch: more is a second check and no inspection


class Unfit(ValueError):
    """What is to be written cannot be so; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How many of each branch are drawn, and from whom: `share` in percent, or `number`, one of the two."""

    whom: Whom
    share: int | None = None
    number: int | None = None

    def check(self) -> None:
        """Raises Unfit."""
        if (self.share is None) == (self.number is None):
            raise Unfit("比例和人数填一个")
        if self.share is not None and not 1 <= self.share <= 100:
            raise Unfit("比例要在 1 到 100 之间")
        if self.number is not None and not 1 <= self.number <= MOST:
            raise Unfit(f"每个党支部抽 1 到 {MOST} 人")


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says of one person; `revision` as it was when the page was opened."""

    person_id: UUID
    result: Result | None
    words: str
    revision: int


@transaction.atomic
def draw(
    *, actor: User, campaign_id: UUID, organization_ids: Collection[UUID], terms: Terms, today: date
) -> Inspection:
    """Draw a list from these branches, and keep seed and whole list so that it can be drawn again. Raises Unfit where
    nobody can be drawn."""
    terms.check()
    # The campaign is held, so that two who draw at once get two numbers.
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=campaign_id)
    units = branch_units(campaign, organization_ids)
    listed = {unit.id: whole for unit, whole in _listed(campaign, units, terms.whom)}
    if not any(listed.values()):
        raise Unfit("没有可以抽的人：台账和名册都是空的" if units else "请选择党支部")
    inspection = Inspection(
        committee_id=campaign.committee_id,
        campaign=campaign,
        n=_highest(campaign) + 1,
        whom=terms.whom,
        share=terms.share,
        number=terms.number,
        seed=secrets.token_hex(8),
        drawn_on=today,
        drawn_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    inspection.save(force_insert=True)
    wholes = [_whole(inspection, unit, listed[unit.id]) for unit in units if listed[unit.id]]
    people = [row for of in wholes for row in _drawn(inspection, of, listed[of.unit_id])]
    InspectionUnit.objects.bulk_create(wholes, batch_size=500)
    InspectionPerson.objects.bulk_create(people, batch_size=500)
    _record(Event.INSPECTION_DRAWN, actor, inspection, units=len(wholes), people=len(people), seed=inspection.seed)
    return inspection


@transaction.atomic
def record_results(*, actor: User, inspection_id: UUID, said: Iterable[Said]) -> int:
    """Write the results that differ from what is kept; how many. Raises Unfit for 不属实 without words, for somebody
    whose result was changed since the page was opened; then nothing is written."""
    inspection = Inspection.objects.get(committee_id=actor.committee_id, id=inspection_id)
    held = InspectionPerson.objects.select_for_update(of=("self",)).select_related("member", "version", "line")
    people = {row.id: row for row in held.filter(committee_id=actor.committee_id, inspection=inspection)}
    changed = []
    for one in said:
        row = people.get(one.person_id)
        if row is None or (row.result, row.words) == (one.result, one.words):
            continue
        name = Person(row).name
        if row.revision != one.revision:
            raise Unfit(f"{name}的结果刚由{row.asker_name}改过，请看清再保存")
        if one.result == Result.UNTRUE and not one.words:
            raise Unfit(f"{name}：请写明哪里不属实")
        if one.words and one.result is None:
            raise Unfit(f"{name}：写了说明，还没有选结果")
        row.result, row.words, row.revision = one.result, one.words, row.revision + 1
        row.asked_at, row.asker_name = timezone.now(), actor.name
        changed.append(row)
    for row in changed:
        row.save(update_fields=["result", "words", "revision", "asked_at", "asker_name"])
    if changed:
        _record(Event.INSPECTION_RECORDED, actor, inspection, people=len(changed))
    return len(changed)


def _listed(
    campaign: Campaign, units: Collection[CampaignUnit], whom: Whom
) -> Iterable[tuple[CampaignUnit, list[Listed]]]:
    rosters = rosters_of(campaign.committee_id, [unit.organization_id for unit in units])
    for unit in units:
        members = rosters[unit.organization_id].members
        yield unit, [one for one in members if whom == Whom.EVERYBODY or one.entry]


def _whole(inspection: Inspection, unit: CampaignUnit, listed: list[Listed]) -> InspectionUnit:
    whole = sorted(str(one.member.id) for one in listed)
    return InspectionUnit(committee_id=inspection.committee_id, inspection=inspection, unit=unit, whole=whole)


def _drawn(inspection: Inspection, of: InspectionUnit, listed: list[Listed]) -> list[InspectionPerson]:
    by_id = {str(one.member.id): one for one in listed}
    size = size_of(len(of.whole), share=inspection.share, number=inspection.number)
    return [
        InspectionPerson(
            committee_id=inspection.committee_id,
            inspection=inspection,
            unit=of.unit,
            member=by_id[id_].member,
            version=by_id[id_].version,
            line=by_id[id_].line,
            rank=rank,
        )
        for rank, id_ in enumerate(drawn(inspection.seed, of.whole, size))
    ]


def _highest(campaign: Campaign) -> int:
    given = Inspection.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    return given.aggregate(Max("n"))["n__max"] or 0


def _record(event: Event, actor: User, inspection: Inspection, **payload: int | str) -> None:
    record(
        event,
        actor=actor,
        committee_id=inspection.committee_id,
        subject_kind="inspection",
        subject_id=inspection.id,
        branch_id=None,
        number=inspection.n,
        **payload,
    )
