"""Changing the tree: each change ends a placement and opens another, in one transaction with one audit event.

Whoever changes the tree locks its root first, so that two changes see each other. A change on the day on which a
placement was opened corrects that placement: a stage of no day would be no history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from paicha.audit.events import Event
from paicha.organizations.models import How, Kind, Organization, Placement, Succession, User
from paicha.organizations.selectors import organizations
from paicha.organizations.services import Unfit, add_organization, place, record_change
from paicha.organizations.structure.closing import obstacle
from paicha.organizations.structure.naming import may_stand, names_of
from paicha.organizations.tree import Node, Tree, tree_of


@dataclass(frozen=True, slots=True)
class Details:
    """What of an organization has no history."""

    sector: str = ""
    leader: str = ""
    phone: str = ""
    home_code: str = ""
    aliases: tuple[str, ...] = ()


_LABELS = {"sector": "领域", "leader": "负责人", "phone": "电话", "home_code": "所在地", "aliases": "别名"}


@transaction.atomic
def add(
    *, actor: User, parent_id: UUID, name: str, kind: Kind, details: Details = Details(), today: date
) -> Organization:
    """A new organization. Raises Unfit for a name that is taken, or a kind that cannot stand there."""
    tree = locked_tree(actor)
    parent = standing(tree, parent_id)
    if not may_stand(parent.kind, kind):
        raise Unfit(f"{kind.label}不能设在{parent.kind.label}下面")
    _refuse_taken(actor, tree, (name, *details.aliases))
    above = organizations(actor.committee_id, [parent_id])[parent_id]
    return add_organization(
        actor=actor,
        parent=above,
        name=name,
        kind=kind,
        today=today,
        leader=details.leader,
        phone=details.phone,
        home_code=details.home_code,
        aliases=details.aliases,
        rank=next_rank(actor.committee_id, parent_id),
        sector=details.sector,
    )


@transaction.atomic
def edit(*, actor: User, organization_id: UUID, details: Details) -> list[str]:
    """Change what has no history; returns what was changed. Raises Unfit for an alias that is taken."""
    tree = locked_tree(actor)
    standing(tree, organization_id)
    _refuse_taken(actor, tree, details.aliases, (organization_id,))
    organization = organizations(actor.committee_id, [organization_id])[organization_id]
    changed = write_details(organization, details)
    if changed:
        record_change(Event.ORGANIZATION_CHANGED, actor, organization, changed=changed)
    return changed


def write_details(organization: Organization, details: Details) -> list[str]:
    """Write what differs, inside the transaction and event of what is done; returns its labels."""
    wanted = {
        "sector": details.sector,
        "leader": details.leader,
        "phone": details.phone,
        "home_code": details.home_code,
        "aliases": list(details.aliases),
    }
    differing = [name for name, value in wanted.items() if getattr(organization, name) != value]
    for name in differing:
        setattr(organization, name, wanted[name])
    if differing:
        organization.save(update_fields=differing)
    return [_LABELS[name] for name in differing]


@transaction.atomic
def rename(*, actor: User, organization_id: UUID, name: str, today: date) -> None:
    """A new name from today on; the old one stays as an alias, so that forms signed with it still find their branch.
    Raises Unfit for a name that is taken."""
    tree = locked_tree(actor)
    node = standing(tree, organization_id)
    _refuse_taken(actor, tree, (name,), (organization_id,))
    if name == node.name:
        raise Unfit("新名称和现在的一样")
    organization = organizations(actor.committee_id, [organization_id])[organization_id]
    replace_placement(organization, today, name=name)
    _add_aliases(organization, name, (node.name,))
    record_change(Event.ORGANIZATION_RENAMED, actor, organization, before=node.name, name=name)


@transaction.atomic
def move(*, actor: User, organization_id: UUID, parent_id: UUID, today: date) -> None:
    """Under another organization from today on, with all below it. Raises Unfit where it cannot stand there."""
    tree = locked_tree(actor)
    node, parent = standing(tree, organization_id), standing(tree, parent_id)
    if node.parent_id is None:
        raise Unfit("党委是最上一级，不能调整隶属")
    if parent_id in tree.within(organization_id):
        raise Unfit("不能调到它自己或它下面的组织")
    if not may_stand(parent.kind, node.kind):
        raise Unfit(f"{node.kind.label}不能设在{parent.kind.label}下面")
    if parent_id == node.parent_id:
        raise Unfit(f"它现在就属于{parent.name}")
    organization = organizations(actor.committee_id, [organization_id])[organization_id]
    replace_placement(organization, today, parent_id=parent_id, rank=next_rank(actor.committee_id, parent_id))
    record_change(
        Event.ORGANIZATION_MOVED, actor, organization, name=node.name, before=tree[node.parent_id].name, to=parent.name
    )


@transaction.atomic
def merge(
    *, actor: User, source_ids: Sequence[UUID], into_id: UUID | None = None, name: str = "", today: date
) -> Organization:
    """Merge organizations of one kind into one that stands (`into_id`) or into a new one called `name`; returns it.

    The merged are placed nowhere from today on, their names and aliases lead to the one that took over, what was below
    them is below it. Their people are the register's to move: `selectors.history` tells whereto. Raises Unfit."""
    tree = locked_tree(actor)
    sources = [standing(tree, id_) for id_ in dict.fromkeys(source_ids) if id_ != into_id]
    _refuse_merger(tree, sources, standing(tree, into_id) if into_id else None, name)
    known = organizations(actor.committee_id, {*(node.id for node in sources), into_id or actor.committee_id})
    own = {node.id for node in sources} | ({into_id} if into_id else set())
    if not into_id:
        _refuse_taken(actor, tree, (name,), own)
    for node in sources:
        end_placement(known[node.id], today)
    into = known[into_id] if into_id else _merged(actor, tree, sources, name, today)
    taken_over = [n for node in sources for n in (node.name, *known[node.id].aliases)]
    _add_aliases(into, tree[into_id].name if into_id else name, taken_over)
    for node in sources:
        for child in tree.children(node.id):
            child_organization = organizations(actor.committee_id, [child.id])[child.id]
            rank = next_rank(actor.committee_id, into.id)
            replace_placement(child_organization, today, parent_id=into.id, rank=rank)
        _succeed(known[node.id], into, How.MERGED, today)
    merged = [node.name for node in sources]
    record_change(Event.ORGANIZATION_MERGED, actor, into, merged=merged, name=tree[into_id].name if into_id else name)
    return into


def _refuse_merger(tree: Tree, sources: Sequence[Node], into: Node | None, name: str) -> None:
    if not sources or (into is None and len(sources) < 2):
        raise Unfit("请至少选两个要合并的组织")
    if into is None and not name:
        raise Unfit("请选合并到哪个组织，或填写新组织的名称")
    if into is not None and name:
        raise Unfit("“合并到”和“新组织的名称”只能填一个")
    involved = [*sources, into] if into else list(sources)
    if any(node.parent_id is None for node in involved):
        raise Unfit("党委不能合并")
    if len({node.kind for node in involved}) > 1:
        raise Unfit("只能合并同一级的组织：党支部和党支部，党总支和党总支")
    for node in sources:
        if any(other.id != node.id and other.id in tree.within(node.id) for other in involved):
            raise Unfit(f"“{node.name}”和它下面的组织不能合并")


def _merged(actor: User, tree: Tree, sources: Sequence[Node], name: str, today: date) -> Organization:
    """The new organization of a merger: below what all the merged were below, else below the committee."""
    above = {node.parent_id for node in sources}
    parent_id = above.pop() if len(above) == 1 else actor.committee_id
    into = Organization(committee_id=actor.committee_id)
    into.save(force_insert=True)
    parent = organizations(actor.committee_id, [parent_id or actor.committee_id])[parent_id or actor.committee_id]
    place(into, parent, name, sources[0].kind, next_rank(actor.committee_id, parent.id), today)
    return into


@transaction.atomic
def split(*, actor: User, organization_id: UUID, names: Sequence[str], ends: bool, today: date) -> list[Organization]:
    """Found new organizations out of one, beside it; `ends`: the old one is no more. Raises Unfit, also where
    something keeps the old one from ending (closing.py)."""
    tree = locked_tree(actor)
    node = standing(tree, organization_id)
    if node.parent_id is None:
        raise Unfit("党委不能拆分")
    if len(names) < (2 if ends else 1):
        raise Unfit("请填写拆分出来的组织名称，每行一个；原组织撤销的，至少两个")
    _refuse_taken(actor, tree, names, (organization_id,) if ends else ())
    known = organizations(actor.committee_id, [organization_id, node.parent_id])
    old = known[organization_id]
    if ends:
        _refuse_closing(tree, node, actor.committee_id)
        end_placement(old, today)
    made = []
    for name in names:
        new = Organization(committee_id=actor.committee_id, sector=old.sector, home_code=old.home_code)
        new.save(force_insert=True)
        place(new, known[node.parent_id], name, node.kind, next_rank(actor.committee_id, node.parent_id), today)
        _succeed(old, new, How.SPLIT, today)
        made.append(new)
    record_change(Event.ORGANIZATION_SPLIT, actor, old, name=node.name, into=list(names), ends=ends)
    return made


@transaction.atomic
def close(*, actor: User, organization_id: UUID, today: date) -> None:
    """Place an organization nowhere from today on; it stays to be read by the office. Raises Unfit for the committee,
    for one with others below it, and where something keeps it from being closed (closing.py)."""
    tree = locked_tree(actor)
    node = standing(tree, organization_id)
    _refuse_closing(tree, node, actor.committee_id)
    organization = organizations(actor.committee_id, [organization_id])[organization_id]
    end_placement(organization, today)
    record_change(Event.ORGANIZATION_CLOSED, actor, organization, name=node.name)


def _refuse_closing(tree: Tree, node: Node, committee_id: UUID) -> None:
    if node.parent_id is None:
        raise Unfit("党委不能撤销")
    if below := tree.children(node.id):
        raise Unfit(f"下面还有{len(below)}个组织，请先调整或撤销它们")
    if reason := obstacle(committee_id, node.id):
        raise Unfit(reason)


def locked_tree(actor: User) -> Tree:
    """The tree of the actor's committee, which nobody else changes until the transaction ends."""
    Organization.objects.select_for_update().get(committee_id=actor.committee_id, id=actor.committee_id)
    return tree_of(actor.committee_id)


def standing(tree: Tree, organization_id: UUID) -> Node:
    """An organization that stands. Raises Unfit."""
    if organization_id not in tree:
        raise Unfit("这个组织已经合并、拆分或撤销，不能再改")
    return tree[organization_id]


def next_rank(committee_id: UUID, parent_id: UUID) -> int:
    """The place after the last of those below an organization."""
    below = Placement.objects.filter(committee_id=committee_id, parent_id=parent_id, until=None)
    last = below.order_by("-rank").values_list("rank", flat=True).first()
    return 0 if last is None else last + 1


def end_placement(organization: Organization, today: date) -> Placement:
    """End where an organization stands; returns the placement that ended."""
    placement = Placement.objects.get(
        committee_id=organization.committee_id, organization_id=organization.id, until=None
    )
    placement.until = today
    placement.save(update_fields=["until"])
    return placement


def replace_placement(
    organization: Organization,
    today: date,
    *,
    name: str | None = None,
    parent_id: UUID | None = None,
    rank: int | None = None,
) -> None:
    """Put an organization elsewhere or under another name from today on."""
    old = end_placement(organization, today)
    new = Placement(
        committee_id=organization.committee_id,
        organization=organization,
        parent_id=parent_id or old.parent_id,
        name=name or old.name,
        kind=old.kind,
        rank=old.rank if rank is None else rank,
        since=today,
    )
    if old.since == today:
        old.delete()
    new.save(force_insert=True)


def _succeed(predecessor: Organization, successor: Organization, how: How, today: date) -> None:
    Succession(
        committee_id=predecessor.committee_id,
        predecessor=predecessor,
        successor=successor,
        how=how,
        happened_on=today,
    ).save(force_insert=True)


def _add_aliases(organization: Organization, name: str, aliases: Sequence[str]) -> None:
    """Add what the organization is also called, its own name apart."""
    kept = [alias for alias in dict.fromkeys([*organization.aliases, *aliases]) if alias != name]
    if kept != organization.aliases:
        organization.aliases = kept
        organization.save(update_fields=["aliases"])


def _refuse_taken(actor: User, tree: Tree, names: Sequence[str], but: Sequence[UUID] | set[UUID] = ()) -> None:
    if problem := names_of(actor.committee_id, tree).clash(names, but):
        raise Unfit(problem)
