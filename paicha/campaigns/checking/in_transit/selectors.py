"""The members in transit of a campaign's branches. Callers have passed access.py; `committee_id` is named all the
same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import Checked
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.domain.letters import Outlook
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.roster.selectors import Listed, standing_lines
from paicha.transfers.tracking.selectors import outlook_of
from paicha.transfers.tracking.transit import in_transit, underway_by_member


@dataclass(frozen=True, slots=True)
class Underway:
    """A member in transit, with the branch that still answers for them; `outlook` tells until when, and what next."""

    unit: CampaignUnit
    one: Checked
    outlook: Outlook

    @property
    def counted(self) -> bool:
        """Whether the member stands in 附件1 and in A, by verdict 1 or 2 (domain.md); else in this list alone."""
        verdict = self.one.verdict
        return verdict is not None and Verdict(verdict.verdict).outflow

    @property
    def tracked(self) -> bool:
        """Whether somebody wrote down whither; else the roster alone calls them in transit."""
        return self.one.transfer is not None


def underway_of(campaign: Campaign, units: Sequence[CampaignUnit], today: date) -> list[Underway]:
    """Everybody in transit of these branches: the overdue first, then branch by branch, by pinyin. Five queries for
    however many units."""
    branches = {unit.organization_id: unit for unit in units}
    members = in_transit(campaign.committee_id, branches)
    who = members.values("member")
    lines = {line.member_id: line for line in standing_lines(campaign.committee_id).filter(member__in=who)}
    entries = {
        entry.member_id: entry
        for entry in RegisterEntry.objects.filter(
            committee_id=campaign.committee_id, closed_on=None, branch_id__in=branches, member__in=who
        ).select_related("current")
    }
    verdicts = _verdicts(campaign, who)
    moving = underway_by_member(campaign.committee_id, branches)
    found = []
    for affiliation in members.select_related("member"):
        id_, unit = affiliation.member_id, branches[affiliation.branch_id]
        listed = Listed(affiliation.member, lines.get(id_), entries.get(id_))
        transfer = moving.get(id_)
        one = Checked(listed, verdicts.get((unit.id, id_)), transfer)
        found.append(Underway(unit, one, outlook_of(transfer, None, unit.name, today)))
    order = {unit.id: n for n, unit in enumerate(units)}
    return sorted(found, key=lambda one: (not one.outlook.late, order[one.unit.id], one.one.listed.keys[0]))


def _verdicts(campaign: Campaign, who: QuerySet[Affiliation, Any]) -> dict[tuple[UUID, UUID], MemberVerdict]:
    """(unit, member) → the verdict that stands, of these members."""
    standing = MemberVerdict.objects.filter(committee_id=campaign.committee_id, superseded_at=None)
    found = standing.filter(unit__campaign=campaign, member__in=who)
    return {(verdict.unit_id, verdict.member_id): verdict for verdict in found}
