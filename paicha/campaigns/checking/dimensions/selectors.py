"""Counts of those who were decided to be away, by dimension, from the stored facts of their versions. Callers have
passed access.py; `committee_id` is named all the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import coverage_of
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.domain.annex2 import holds
from paicha.domain.dimensions import Band, View, dimensions
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Verdict
from paicha.register.figures.selectors import condition
from paicha.register.models import RegisterEntry

OUTFLOW = tuple(verdict for verdict in Verdict if verdict.outflow)
UNKNOWN = "unknown"  # the band of those who are in none


@dataclass(frozen=True, slots=True)
class Counted:
    """A dimension with how many are in each band, and in none of them."""

    view: View
    numbers: tuple[tuple[Band, int], ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Sector:
    """领域 (农村, 社区, 高校 …) as it was told of branches: how many they are, whom they check, who is away."""

    name: str
    branches: int
    whole: int
    decided: int
    away: int


def registered(campaign: Campaign, units: Iterable[CampaignUnit]) -> QuerySet[RegisterEntry]:
    """Everybody on the registers of these branches."""
    branches = [unit.organization_id for unit in units]
    return RegisterEntry.objects.filter(committee_id=campaign.committee_id, branch_id__in=branches, closed_on=None)


def away_of(campaign: Campaign, units: Iterable[CampaignUnit]) -> QuerySet[RegisterEntry]:
    """Those on the registers of these branches whose standing verdict in the campaign is 流出党员."""
    standing = MemberVerdict.objects.filter(committee_id=campaign.committee_id, superseded_at=None, verdict__in=OUTFLOW)
    theirs = standing.filter(unit__campaign=campaign, unit__organization=OuterRef("branch"), member=OuterRef("member"))
    return registered(campaign, units).filter(Exists(theirs))


def counted(entries: QuerySet[RegisterEntry], rules: RuleSet) -> list[Counted]:
    """Every dimension of these people: one query each, however many they are."""
    return [_count(entries, view) for view in dimensions(rules)]


def _count(entries: QuerySet[RegisterEntry], view: View) -> Counted:
    values = dict(entries.order_by().values_list(f"current__{view.fact.value}").annotate(Count("id")))
    numbers = tuple(
        (band, sum(n for value, n in values.items() if holds(band.figure, {view.fact: value}))) for band in view.bands
    )
    return Counted(view, numbers, sum(values.values()) - sum(n for _, n in numbers))


def behind(entries: QuerySet[RegisterEntry], view: View, band: str) -> QuerySet[RegisterEntry]:
    """Those of these people who are in a band of a dimension, by its key, or in none (UNKNOWN); their versions with
    them, branch by branch in the register's order. Raises KeyError for a band that the dimension has not."""
    conditions = {one.key: condition(one.figure) for one in view.bands}
    known = reduce(or_, conditions.values())
    wanted = Q((f"current__{view.fact.value}", None)) | ~known if band == UNKNOWN else conditions[band]
    return entries.filter(wanted).select_related("current").order_by("rank", "id")


def sectors_of(campaign: Campaign, units: Sequence[CampaignUnit]) -> list[Sector]:
    """The sectors of these branches, the one with most branches first; nothing before two are named."""
    names = sorted({unit.sector for unit in units})
    if len([name for name in names if name]) < 2:
        return []
    coverage, away = coverage_of(campaign, units), by_branch(away_of(campaign, units))
    found = []
    for name in names:
        ours = [unit for unit in units if unit.sector == name]
        covered = [coverage[unit.id] for unit in ours]
        whole, decided = sum(one.whole for one in covered), sum(one.decided for one in covered)
        found.append(Sector(name, len(ours), whole, decided, sum(away.get(unit.organization_id, 0) for unit in ours)))
    return sorted(found, key=lambda sector: -sector.branches)


def by_branch(entries: QuerySet[RegisterEntry]) -> dict[UUID, int]:
    """Branch → how many of these people stand on its register."""
    return dict(entries.order_by().values_list("branch_id").annotate(Count("id")))
