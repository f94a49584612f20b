"""The living tree, copied into a campaign: at deployment as it stands, later what was founded since."""

from collections.abc import Collection, Iterable
from uuid import UUID

from paicha.campaigns.deployment.drafting import draft
from paicha.campaigns.deployment.models import Campaign, CampaignUnit, WorkPlan
from paicha.organizations.models import Kind, Organization
from paicha.organizations.tree import Node, Tree


def copy_units(campaign: Campaign, nodes: Iterable[Node], looked_before: Collection[UUID] = ()) -> list[CampaignUnit]:
    """A unit for each of these organizations that has none yet, parents first as given, each branch with its drafted
    work plan; the new branches. Each new unit stands last below its parent."""
    known = Organization.objects.filter(committee_id=campaign.committee_id).in_bulk()
    ordered = list(CampaignUnit.objects.filter(committee_id=campaign.committee_id, campaign=campaign).order_by("rank"))
    units = {unit.organization_id: unit for unit in ordered}
    new = []
    for node in nodes:
        if node.id not in units:
            above = units.get(node.parent_id) if node.parent_id else None
            units[node.id] = unit = _unit(campaign, node, known[node.id], above, node.id in looked_before)
            ordered.insert(_place(ordered, above), unit)
            new.append(unit)
    _rank(ordered)
    CampaignUnit.objects.bulk_create(new, batch_size=500)
    branches = [unit for unit in new if unit.kind == Kind.BRANCH]
    plans = [WorkPlan(committee_id=campaign.committee_id, unit=unit, **draft(campaign, unit)) for unit in branches]
    WorkPlan.objects.bulk_create(plans, batch_size=500)
    return branches


def lines_to(tree: Tree, branch_ids: Collection[UUID]) -> list[Node]:
    """These branches and all that stands above them, parents first."""
    if tree.root is None:
        return []
    return [node for node in tree.walk(tree.root.id) if not tree.within(node.id).isdisjoint(branch_ids)]


def _place(ordered: list[CampaignUnit], above: CampaignUnit | None) -> int:
    """The index after the last unit below `above`, in an order where parents stand before all that is below them."""
    if above is None:
        return len(ordered)
    below = {above.id}
    last = 0
    for index, unit in enumerate(ordered):
        if unit.id in below or unit.parent_id in below:
            below.add(unit.id)
            last = index
    return last + 1


def _rank(ordered: list[CampaignUnit]) -> None:
    """Number the units in their order; those kept already that moved are written."""
    moved = []
    for rank, unit in enumerate(ordered):
        if unit.rank != rank and not unit._state.adding:
            moved.append(unit)
        unit.rank = rank
    CampaignUnit.objects.bulk_update(moved, ["rank"], batch_size=500)


def _unit(
    campaign: Campaign, node: Node, known: Organization, above: CampaignUnit | None, looked: bool
) -> CampaignUnit:
    return CampaignUnit(
        committee_id=campaign.committee_id,
        campaign=campaign,
        organization=known,
        parent=above,
        kind=node.kind,
        name=node.name,
        sector=known.sector,
        leader=known.leader,
        phone=known.phone,
        home_code=known.home_code or (above.home_code if above else ""),
        looked_before=looked,
    )
