"""Which names and aliases are taken: each means one organization in a committee, or a form could not be told whose it
is."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from paicha.domain.branches import branch_key
from paicha.domain.masking import mask_personal, quote
from paicha.organizations.models import Kind, Organization
from paicha.organizations.selectors import organizations
from paicha.organizations.tree import Node, Tree


class Names:
    """Every name and alias of the standing organizations, found in the form in which they are compared."""

    def __init__(self, tree: Tree, known: Mapping[UUID, Organization]) -> None:
        self._taken: dict[str, Node] = {}
        for node in tree.nodes.values():
            for alias in known[node.id].aliases:
                self._taken.setdefault(branch_key(alias), node)
        for node in tree.nodes.values():
            self._taken[branch_key(node.name)] = node

    def who(self, name: str) -> Node | None:
        return self._taken.get(branch_key(name))

    def clash(self, names: Iterable[str], but: Iterable[UUID] = ()) -> str:
        """Why one of these names cannot be given, "" where all can; `but`: those whose own names do not count."""
        own, seen = frozenset(but), set[str]()
        for name in names:
            if mask_personal(name) != name:
                return f"{quote(name)}像是号码，不能作名称"
            other = self.who(name)
            if other is not None and other.id not in own:
                return f"“{name}”已经是“{other.name}”的名称或别名。每个名称只能指一个组织，请改一下"
            if branch_key(name) in seen:
                return f"“{name}”写了两次"
            seen.add(branch_key(name))
        return ""


def names_of(committee_id: UUID, tree: Tree) -> Names:
    return Names(tree, organizations(committee_id, tree.nodes))


def may_stand(above: Kind, kind: Kind) -> bool:
    """Whether an organization of this kind may belong to one of that: to a greater one, and a committee to a
    committee."""
    return above < kind or above == kind == Kind.COMMITTEE
