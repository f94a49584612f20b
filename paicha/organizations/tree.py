"""The tree of a committee as it stands on a day, from its placements: read once, walked in memory (a committee has
some thousands of organizations at most)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from paicha.organizations.models import Kind, Placement, TreeStamp

COLUMNS = ("organization_id", "parent_id", "name", "kind")


@dataclass(frozen=True, slots=True)
class Node:
    """One organization as it stands in the tree."""

    id: UUID
    parent_id: UUID | None
    name: str
    kind: Kind


class Tree:
    """Organizations by id, and the ways down; `root` is the committee's own, None while there is none. `former` are
    those that were merged, split up or closed, as they last stood: found by id, in no walk. Never changed: it serves
    many requests (`tree_of`)."""

    def __init__(self, nodes: list[Node], former: Iterable[Node] = ()) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.former = {node.id: node for node in former}
        self._below: dict[UUID | None, list[Node]] = defaultdict(list)
        for node in nodes:
            self._below[node.parent_id].append(node)
        self._within: dict[UUID, frozenset[UUID]] = {}

    @cached_property
    def root(self) -> Node | None:
        return next(iter(self._below[None]), None)

    def __getitem__(self, organization_id: UUID) -> Node:
        return self.nodes.get(organization_id) or self.former[organization_id]

    def __contains__(self, organization_id: UUID) -> bool:
        return organization_id in self.nodes

    def children(self, organization_id: UUID) -> list[Node]:
        return self._below.get(organization_id, [])

    def walk(self, organization_id: UUID) -> Iterator[Node]:
        """An organization and all below it, parents first, in the office's order."""
        waiting = [self.nodes[organization_id]]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(self._below.get(node.id, ()))

    def depth(self, organization_id: UUID) -> int:
        """How many organizations stand above one."""
        above = self.nodes[organization_id].parent_id
        return 0 if above is None or above not in self.nodes else 1 + self.depth(above)

    def within(self, organization_id: UUID) -> frozenset[UUID]:
        """The ids of an organization and all below it; empty where it is not in the tree."""
        if organization_id not in self:
            return frozenset()
        if organization_id not in self._within:
            self._within[organization_id] = frozenset(node.id for node in self.walk(organization_id))
        return self._within[organization_id]

    def branches(self) -> list[Node]:
        """Every branch, in the office's order."""
        return list(self._branches)

    @cached_property
    def _branches(self) -> tuple[Node, ...]:
        return tuple(node for node in self.walk(self.root.id) if node.kind is Kind.BRANCH) if self.root else ()


def tree_of(committee_id: UUID, on: date | None = None) -> Tree:
    """The tree as it stands now, or as it stood on a day."""
    if on is not None:
        rows = _placements(committee_id).filter(Q(until=None) | Q(until__gt=on), since__lte=on)
        return Tree([_node(*row) for row in rows.values_list(*COLUMNS)])
    stamp = TreeStamp.objects.filter(committee_id=committee_id).values_list("stamp", flat=True).first()
    return _stamped(committee_id, stamp) if stamp else _standing(committee_id)


@lru_cache(maxsize=64)
def _stamped(committee_id: UUID, stamp: UUID) -> Tree:
    """The tree, read once for each stamp (models.TreeStamp): 2,000 branches take 20 ms, which is more than most pages.
    The stamp was read first, so that a tree which is changed just then is newer than its stamp and never older."""
    return _standing(committee_id)


def _standing(committee_id: UUID) -> Tree:
    standing = Placement.objects.filter(committee_id=committee_id, organization=OuterRef("organization"), until=None)
    found = _placements(committee_id).filter(Q(until=None) | ~Exists(standing))
    nodes, former = [], dict[UUID, tuple[date, Node]]()
    for *row, until in found.values_list(*COLUMNS, "until"):
        node = _node(*row)
        if until is None:
            nodes.append(node)
        elif node.id not in former or former[node.id][0] <= until:
            former[node.id] = (until, node)
    return Tree(nodes, (node for _, node in former.values()))


def _placements(committee_id: UUID) -> QuerySet[Placement]:
    """In the office's order."""
    return Placement.objects.filter(committee_id=committee_id).order_by("rank", "id")


def _node(id_: UUID, parent: UUID | None, name: str, kind: int) -> Node:
    return Node(id_, parent, name, Kind(kind))
