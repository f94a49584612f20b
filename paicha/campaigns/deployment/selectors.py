"""Reads of campaigns and their units. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models.functions import Coalesce
from django.utils import timezone

from paicha.campaigns.deployment.models import Campaign, CampaignUnit, LookBack, Phase, PhaseMove, WorkPlan
from paicha.domain.annex1 import Head
from paicha.domain.divisions import find_home
from paicha.domain.settings import RuleSet
from paicha.organizations.models import Kind
from paicha.organizations.selectors import organizations
from paicha.organizations.tree import Node, Tree
from paicha.web.days import end_of


def campaigns(committee_id: UUID) -> list[Campaign]:
    """Every campaign of a committee, the newest first."""
    return list(Campaign.objects.filter(committee_id=committee_id).order_by("-begins_on", "-id"))


def all_running(committee_id: UUID) -> list[Campaign]:
    """The campaigns that are not closed, the newest first."""
    return [campaign for campaign in campaigns(committee_id) if campaign.closed_on is None]


def running(committee_id: UUID) -> Campaign | None:
    """The newest campaign that is not closed."""
    return Campaign.objects.filter(committee_id=committee_id, closed_on=None).order_by("-begins_on", "-id").first()


def branch_units(campaign: Campaign, organizations: Collection[UUID]) -> list[CampaignUnit]:
    """The branches of a campaign among these organizations, in the office's order; each knows its campaign."""
    units = CampaignUnit.objects.filter(committee_id=campaign.committee_id, campaign=campaign, kind=Kind.BRANCH)
    found = [unit for unit in units.order_by("rank", "id") if unit.organization_id in organizations]
    for unit in found:
        unit.campaign = campaign  # or each would be asked for it by a query of its own
    return found


def unit_of(campaign: Campaign, organization_id: UUID) -> CampaignUnit | None:
    """The unit that an organization is in a campaign."""
    units = CampaignUnit.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    return units.filter(organization_id=organization_id).first()


def running_unit(committee_id: UUID, organization_id: UUID) -> CampaignUnit | None:
    """The unit that an organization is in the campaign that runs."""
    campaign = running(committee_id)
    return unit_of(campaign, organization_id) if campaign else None


def missing_branches(campaign: Campaign, tree: Tree) -> list[Node]:
    """The branches of the living tree that the campaign does not have: founded or split off after deployment."""
    units = CampaignUnit.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    there = set(units.values_list("organization_id", flat=True))
    return [node for node in tree.branches() if node.id not in there]


def heads_of(units: Collection[CampaignUnit]) -> dict[UUID, Head]:
    """Unit → its name as it was deployed, its head and telephone as they are today: whoever is called or named on a
    form now. What was never filled in since is as it was deployed. One query."""
    if not units:
        return {}
    known = organizations(next(iter(units)).committee_id, [unit.organization_id for unit in units])
    return {
        unit.id: Head(
            unit.name,
            known[unit.organization_id].leader or unit.leader,
            known[unit.organization_id].phone or unit.phone,
        )
        for unit in units
    }


def rules_of(campaign: Campaign, unit: CampaignUnit | None = None) -> RuleSet:
    """The campaign's settings as they hold for a unit: its home if it has one, else the committee's."""
    code = (unit.home_code if unit else "") or campaign.home_code
    return RuleSet(campaign.as_of, find_home(code) if code else None, campaign.rules_version)


def last_days(campaign: Campaign) -> dict[Phase, date]:
    """The last day of each phase."""
    return {
        Phase.DEPLOY: campaign.deploy_by,
        Phase.CHECK: campaign.check_by,
        Phase.REPORT: campaign.report_by,
    }


def last_days_on(campaign: Campaign, day: date) -> dict[Phase, date]:
    """The last day of each phase as it was when `day` ended: what was moved since was another."""
    later = PhaseMove.objects.filter(committee_id=campaign.committee_id, campaign=campaign, moved_at__gte=end_of(day))
    before = {Phase(move.phase): move.before for move in later.order_by("-moved_at", "-id")}
    return last_days(campaign) | before


def moves_of(campaign: Campaign) -> list[PhaseMove]:
    """The last days that were moved, the newest first."""
    return list(PhaseMove.objects.filter(committee_id=campaign.committee_id, campaign=campaign).order_by("-moved_at"))


def look_backs_of(unit: CampaignUnit) -> list[LookBack]:
    """The look-backs that are asked of a branch, the newest first."""
    asked = LookBack.objects.filter(committee_id=unit.committee_id, unit=unit, withdrawn_at=None)
    return list(asked.order_by("-asked_at", "-id"))


def asked_to_look(campaign: Campaign) -> set[UUID]:
    """The units of a campaign of which a look-back is asked."""
    asked = LookBack.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign, withdrawn_at=None)
    return set(asked.values_list("unit_id", flat=True))


def plan_of(unit: CampaignUnit) -> WorkPlan:
    """The unit's work plan: every branch was drafted one at deployment."""
    return WorkPlan.objects.get(committee_id=unit.committee_id, unit=unit)


def confirmed_plans(campaign: Campaign) -> dict[UUID, date]:
    """Unit → day on which it first confirmed its plan, of those that stand confirmed."""
    plans = WorkPlan.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign)
    first = Coalesce("first_confirmed_at", "confirmed_at")  # the first was not kept from the beginning
    found = plans.exclude(confirmed_at=None).values_list("unit_id", first)
    return {unit_id: timezone.localtime(at).date() for unit_id, at in found if at}
