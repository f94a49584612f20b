"""Reads of 督办单. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import heads_of
from paicha.campaigns.supervision.chasing.lacking import ANSWER_DAYS, Standing, standings_of
from paicha.campaigns.supervision.chasing.models import Chasing, ChasingAnswer

NAMED_FROM = 2  # the turn from which on the branch is named to the office head


def is_named(chasing: Chasing) -> bool:
    """Whether its branch is named to the office head: chased before in vain."""
    return chasing.turn >= NAMED_FROM


@dataclass(frozen=True, slots=True)
class Row:
    """One branch on the page of who is late: whom to call, where it stands, the newest 督办单 (None: none yet)."""

    unit: CampaignUnit
    leader: str
    phone: str
    standing: Standing
    last: Chasing | None
    may_chase: bool

    @property
    def answer(self) -> ChasingAnswer | None:
        return newest_answer(self.last) if self.last else None


def rows_of(campaign: Campaign, units: Collection[CampaignUnit], today: date) -> list[Row]:
    """The branches that have something to do, the latest first, else in the office's order.
    Eleven queries, however many units."""
    standings, last = standings_of(campaign, units, today), newest_of(campaign)
    called = heads_of(units)
    rows = [
        Row(
            unit=unit,
            leader=called[unit.id].leader,
            phone=called[unit.id].phone,
            standing=standings[unit.id],
            last=last.get(unit.id),
            may_chase=may_chase(last.get(unit.id), today),
        )
        for unit in units
        if standings[unit.id].lacks
    ]
    return sorted(rows, key=lambda row: -row.standing.late)


def with_answers(chasings: QuerySet[Chasing]) -> QuerySet[Chasing]:
    """The same with their answers, in the order in which they came."""
    answers = ChasingAnswer.objects.order_by("answered_at", "id")
    return chasings.prefetch_related(Prefetch("answers", answers))


def newest_answer(chasing: Chasing) -> ChasingAnswer | None:
    """The newest answer of a 督办单 that came with its answers."""
    return next(reversed(chasing.answers.all()), None)


def of_unit(unit: CampaignUnit) -> list[Chasing]:
    """Every 督办单 to a branch with its answers, the newest first."""
    return list(with_answers(Chasing.objects.filter(committee_id=unit.committee_id, unit=unit)).order_by("-n"))


def of_campaign(campaign: Campaign) -> QuerySet[Chasing]:
    """Every 督办单 of a campaign by number, with answers."""
    found = Chasing.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    return with_answers(found.select_related("unit")).order_by("n")


def newest_of(campaign: Campaign) -> dict[UUID, Chasing]:
    """Unit → its newest 督办单, with answers."""
    return {chasing.unit_id: chasing for chasing in of_campaign(campaign)}


def unanswered(campaign: Campaign, units: Iterable[CampaignUnit]) -> list[Chasing]:
    """The 督办单 to these branches that have no answer yet, the oldest first."""
    answers = ChasingAnswer.objects.filter(committee_id=campaign.committee_id, chasing=OuterRef("id"))
    return list(of_campaign(campaign).filter(~Exists(answers), unit__in=[unit.id for unit in units]))


def may_chase(last: Chasing | None, today: date) -> bool:
    """Whether a branch may be chased (again): it has had its days for an answer."""
    return last is None or today >= last.issued_on + timedelta(days=ANSWER_DAYS)


def unheeded(last: Chasing | None, standing: Standing) -> bool:
    """Whether the newest 督办单 led to nothing: no answer, or one of what it names is still not done."""
    if last is None or not standing.lacks:
        return False
    still = {lack.step.value for lack in standing.lacks}
    return newest_answer(last) is None or any(said["step"] in still for said in last.lacking)


def in_vain(campaign: Campaign, units: Collection[CampaignUnit], today: date) -> list[Chasing]:
    """The newest 督办单 of those branches that have not heeded it, in the order of `units`."""
    last = newest_of(campaign)
    chased = [unit for unit in units if unit.id in last]
    if not chased:
        return []
    standings = standings_of(campaign, chased, today)
    return [last[unit.id] for unit in chased if unheeded(last[unit.id], standings[unit.id])]
