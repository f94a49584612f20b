"""The RuleSet that holds for a branch: ages by the report deadline, direction from the nearest home set above it."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from paicha.domain.divisions import Division, find_home
from paicha.domain.settings import RuleSet, default_deadline
from paicha.organizations.models import Organization
from paicha.organizations.tree import Tree


def rules_of(tree: Tree, branch_id: UUID, today: date) -> RuleSet:
    """The rules for one branch's register on a day."""
    homes = dict(Organization.objects.filter(id__in=_upward(tree, branch_id)).values_list("id", "home_code"))
    return RuleSet(default_deadline(today), _nearest(tree, branch_id, homes))


def homes_of(tree: Tree, committee_id: UUID, branches: Collection[UUID]) -> dict[UUID, str]:
    """The division codes from which these branches' directions are reckoned, "" where none is set. One query."""
    known = Organization.objects.filter(committee_id=committee_id).exclude(home_code="")
    homes = dict(known.values_list("id", "home_code"))
    return {branch_id: code_of(_nearest(tree, branch_id, homes)) for branch_id in branches}


def code_of(home: Division | None) -> str:
    return home.code if home else ""


def _nearest(tree: Tree, branch_id: UUID, homes: Mapping[UUID, str]) -> Division | None:
    code = next((homes[above] for above in _upward(tree, branch_id) if homes.get(above)), "")
    return _home(code) if code else None


def _upward(tree: Tree, branch_id: UUID) -> list[UUID]:
    path, node = [branch_id], tree[branch_id]
    while node.parent_id is not None:
        path.append(node.parent_id)
        node = tree[node.parent_id]
    return path


@lru_cache(maxsize=256)
def _home(code: str) -> Division:
    return find_home(code)
