"""Reads of 督办单. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.supervision.chasing.lacking import ANSWER_DAYS, Standing, standings_of
from paicha.campaigns.supervision.chasing.models import Chasing, ChasingAnswer
from paicha.organizations.selectors import organizations

NAMED_FROM = 2  # the turn from which on the branch is named to the office head


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
    """The branches that have something to do, the latest first, else in the office's order; head and phone are today's.
    Eleven queries, however many units."""
    standings, last = standings_of(campaign, units, today), newest_of(campaign)
    called = organizations(campaign.committee_id, {unit.organization_id for unit in units})
    rows = [
        Row(
            unit=unit,
            leader=called[unit.organization_id].leader or unit.leader,
            phone=called[unit.organization_id].phone or unit.phone,
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


def ignored(campaign: Campaign, units: Collection[CampaignUnit], today: date) -> list[Chasing]:
    """The newest 督办单 of those branches that had their days for it and have not heeded it."""
    last = newest_of(campaign)
    ripe = [unit for unit in units if unit.id in last and may_chase(last[unit.id], today)]
    if not ripe:
        return []
    standings = standings_of(campaign, ripe, today)
    return [last[unit.id] for unit in ripe if unheeded(last[unit.id], standings[unit.id])]


def named(campaign: Campaign, units: Collection[CampaignUnit], today: date) -> list[Chasing]:
    """The newest 督办单 of branches that are named to the office head: chased at least twice in a row, not done yet."""
    last = newest_of(campaign)
    twice = [unit for unit in units if unit.id in last and last[unit.id].turn >= NAMED_FROM]
    if not twice:
        return []
    standings = standings_of(campaign, twice, today)
    return [last[unit.id] for unit in twice if unheeded(last[unit.id], standings[unit.id])]
