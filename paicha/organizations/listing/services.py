"""Applying a list of branches: all of it or nothing, one event."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from paicha.audit.events import Event
from paicha.domain.branches import branch_key
from paicha.organizations.listing.plan import Change, ListPlan, plan_of
from paicha.organizations.listing.reading import Line
from paicha.organizations.models import Kind, Organization, User
from paicha.organizations.selectors import organizations
from paicha.organizations.services import Unfit, place, record_change
from paicha.organizations.structure.services import Details, locked_tree, next_rank, replace_placement, write_details
from paicha.organizations.tree import Tree


@transaction.atomic
def apply_list(*, actor: User, lines: Sequence[Line], digest: str, today: date) -> ListPlan:
    """Write what was looked at; returns it. Raises Unfit where the tree was changed since, or the list has problems."""
    tree = locked_tree(actor)
    known = organizations(actor.committee_id, tree.nodes)
    plan = plan_of(lines, tree, known)
    if plan.digest != digest:
        raise Unfit("您核对的时候组织有了改动，请按下面新的对比再核对一次。还没有写入")
    if plan.problems:
        raise Unfit(plan.problems[0])
    above = _Above(actor, tree, known, today)
    for line in plan.new:
        _found_branch(actor, line, above, today)
    for change in plan.changed:
        _write_change(change, known[change.node.id], above, today)
    record_change(
        Event.LIST_IMPORTED,
        actor,
        known[actor.committee_id],
        new=len(plan.new),
        changed=len(plan.changed),
        founded=len(plan.founded),
    )
    return plan


class _Above:
    """The organizations that branches are put under, by name; general branches that are not there are founded. Ranks
    are counted here: one question to the database for each organization above, not for each branch."""

    def __init__(self, actor: User, tree: Tree, known: dict[UUID, Organization], today: date) -> None:
        self._actor, self._today = actor, today
        self._root = known[actor.committee_id]
        self._by_key = {branch_key(a): known[id_] for id_ in tree.nodes for a in known[id_].aliases}
        self._by_key |= {branch_key(node.name): known[id_] for id_, node in tree.nodes.items()}
        self._ranks: dict[UUID, int] = {}

    def find(self, name: str) -> Organization:
        """By name; the committee itself for ""."""
        if not name:
            return self._root
        found = self._by_key.get(branch_key(name))
        if found is None:
            found = Organization(committee_id=self._actor.committee_id)
            found.save(force_insert=True)
            place(found, self._root, name, Kind.GENERAL_BRANCH, self.rank(self._root), self._today)
            self._by_key[branch_key(name)] = found
        return found

    def rank(self, above: Organization) -> int:
        """The next place below an organization."""
        rank = self._ranks.get(above.id)
        rank = next_rank(above.committee_id, above.id) if rank is None else rank + 1
        self._ranks[above.id] = rank
        return rank


def _found_branch(actor: User, line: Line, above: _Above, today: date) -> None:
    branch = Organization(
        committee_id=actor.committee_id, leader=line.leader, phone=line.phone, aliases=list(line.aliases)
    )
    branch.save(force_insert=True)
    parent = above.find(line.above)
    place(branch, parent, line.name, Kind.BRANCH, above.rank(parent), today)


def _write_change(change: Change, branch: Organization, above: _Above, today: date) -> None:
    write_details(
        branch,
        Details(
            branch.sector,
            branch.leader if change.leader is None else change.leader,
            branch.phone if change.phone is None else change.phone,
            branch.home_code,
            tuple(branch.aliases) if change.aliases is None else change.aliases,
        ),
    )
    if change.name is None and change.above is None:
        return
    parent = above.find(change.above) if change.above else None
    rank = above.rank(parent) if parent else None
    replace_placement(branch, today, name=change.name, parent_id=parent.id if parent else None, rank=rank)
