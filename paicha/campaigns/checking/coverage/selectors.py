"""Who is missing from the coverage of branches. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import COVERED, Coverage, coverage_of
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.domain.vocabulary import Verdict
from paicha.register.roster.selectors import open_affiliations, standing_lines

NAMED = 20  # beyond these a branch has hardly begun: how many is said, and its own page names them


@dataclass(frozen=True, slots=True)
class Missing:
    """A member who counts in no coverage: `label` is 待定 or 失去联系, "" without any verdict."""

    member_id: UUID
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A branch with its coverage; `missing` are named where they are `NAMED` or fewer."""

    unit: CampaignUnit
    coverage: Coverage
    missing: list[Missing]

    @property
    def uncovered(self) -> int:
        return self.coverage.whole - self.coverage.decided


def covered_of(campaign: Campaign, units: Sequence[CampaignUnit]) -> list[Covered]:
    """Every branch, those with most people missing first. Five queries, however many branches."""
    coverage = coverage_of(campaign, units)
    few = [unit for unit in units if 0 < coverage[unit.id].whole - coverage[unit.id].decided <= NAMED]
    missing = _missing(campaign, few)
    found = [Covered(unit, coverage[unit.id], missing.get(unit.organization_id, [])) for unit in units]
    return sorted(found, key=lambda one: (-one.uncovered, bool(one.coverage.whole)))


def _missing(campaign: Campaign, units: Sequence[CampaignUnit]) -> dict[UUID, list[Missing]]:
    """Branch → its members without a verdict that covers them."""
    standing = MemberVerdict.objects.filter(committee_id=campaign.committee_id, superseded_at=None)
    theirs = standing.filter(unit__campaign=campaign, unit__organization=OuterRef("branch"), member=OuterRef("member"))
    line = standing_lines(campaign.committee_id).filter(member=OuterRef("member"))
    members = open_affiliations(campaign.committee_id).filter(branch_id__in=[unit.organization_id for unit in units])
    uncovered = members.exclude(Exists(theirs.filter(verdict__in=COVERED))).annotate(
        called=Coalesce(Subquery(line.values("name")[:1]), F("member__name")),
        given=Subquery(theirs.values("verdict")[:1]),
    )
    found: dict[UUID, list[Missing]] = {}
    for branch_id, member_id, name, given in uncovered.order_by("id").values_list(
        "branch_id", "member_id", "called", "given"
    ):
        label = Verdict(given).label if given else ""
        found.setdefault(branch_id, []).append(Missing(member_id, name or "（没有姓名）", label))
    return found
