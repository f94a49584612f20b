"""What applying a list would do to the tree: which branches are new, which change and in what, which stay as they are,
which stand in the tree and not in the list (they stay; to close one is a decision of its own)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from paicha.domain.branches import branch_key
from paicha.domain.masking import mask_phone
from paicha.organizations.listing.reading import Line
from paicha.organizations.models import Kind, Organization
from paicha.organizations.structure.naming import Names
from paicha.organizations.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Change:
    """A branch that the list changes. What is None stays as it is; `above` "" is the committee itself."""

    node: Node
    name: str | None = None
    leader: str | None = None
    phone: str | None = None
    aliases: tuple[str, ...] | None = None
    above: str | None = None
    told: tuple[tuple[str, str, str], ...] = ()  # what: old, new; phones masked


@dataclass(frozen=True, slots=True)
class ListPlan:
    """The whole list. `founded` are general branches that it names and the tree does not have; `problems` keep it from
    being applied."""

    new: list[Line] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Node] = field(default_factory=list)
    absent: list[Node] = field(default_factory=list)
    founded: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        return bool((self.new or self.changed) and not self.problems)

    @property
    def digest(self) -> str:
        """Changes whenever the preview would tell something else than what was looked at."""
        changed = [(c.node, c.name, c.leader, c.phone, c.aliases, c.above, c.told) for c in self.changed]
        return hashlib.sha256(repr((self.new, changed, self.founded, self.problems)).encode()).hexdigest()


def plan_of(lines: Sequence[Line], tree: Tree, known: Mapping[UUID, Organization]) -> ListPlan:
    """Hold the list against the tree: a line is the branch that bears its name, else the one that bears its alias."""
    names, plan = Names(tree, known), ListPlan()
    matched: dict[UUID, Line] = {}
    for line in lines:
        node = _match(line, names, plan)
        if plan.problems and node is None and line not in plan.new:
            continue
        _note_above(line, names, plan)
        if node is None:
            continue
        if node.id in matched:
            plan.problems.append(f"“{matched[node.id].name}”和“{line.name}”都是现有的“{node.name}”，请在名单里只留一行")
            continue
        matched[node.id] = line
        change = _change(line, node, known[node.id], tree, names)
        if change.told:
            plan.changed.append(change)
        else:
            plan.unchanged.append(node)
    founded = {branch_key(name) for name in plan.founded}
    for line in plan.new:
        if branch_key(line.name) in founded:
            plan.problems.append(f"“{line.name}”在名单里又是党支部又是党总支，请改掉一处")
    plan.absent.extend(node for node in tree.branches() if node.id not in matched)
    return plan


def _match(line: Line, names: Names, plan: ListPlan) -> Node | None:
    """The branch of a line; None for a new one, and where a problem was noted."""
    found = names.who(line.name) or next((node for alias in line.aliases if (node := names.who(alias))), None)
    if found is None:
        plan.new.append(line)
        return None
    others = {node.id for name in (line.name, *line.aliases) if (node := names.who(name))} - {found.id}
    if found.kind is not Kind.BRANCH:
        plan.problems.append(f"“{line.name}”现在是{found.kind.label}，不是党支部")
        return None
    if others:
        plan.problems.append(f"“{line.name}”一行的名称和别名指着几个不同的组织，请先改名单，或先合并它们")
        return None
    return found


def _note_above(line: Line, names: Names, plan: ListPlan) -> None:
    if not line.above:
        return
    above = names.who(line.above)
    if above is None:
        if branch_key(line.above) not in {branch_key(name) for name in plan.founded}:
            plan.founded.append(line.above)
    elif above.kind is Kind.BRANCH:
        problem = f"“{line.above}”是党支部，不能作“{line.name}”的党总支"
        if problem not in plan.problems:
            plan.problems.append(problem)


def _change(line: Line, node: Node, known: Organization, tree: Tree, names: Names) -> Change:
    """What a line changes of its branch. A blank cell changes nothing; aliases are added, never taken."""
    renamed = line.name if any(branch_key(alias) == branch_key(node.name) for alias in line.aliases) else None
    if renamed is None and branch_key(line.name) == branch_key(node.name) and line.name != node.name:
        renamed = line.name  # the same name, written otherwise
    name = renamed or node.name
    more = [alias for alias in (*line.aliases, *((node.name,) if renamed else ())) if alias not in known.aliases]
    aliases = tuple(alias for alias in dict.fromkeys([*known.aliases, *more]) if branch_key(alias) != branch_key(name))
    above = _moved(line, node, tree, names)
    told = [
        ("名称", node.name, name),
        ("负责人", known.leader, line.leader or known.leader),
        ("电话", mask_phone(known.phone), mask_phone(line.phone or known.phone)),
        ("别名", "、".join(known.aliases), "、".join(aliases)),
        ("上级", tree[node.parent_id].name if node.parent_id else "", above or _name_above(node, tree)),
    ]
    phone = line.phone if line.phone and line.phone != known.phone else None
    return Change(
        node,
        renamed if renamed != node.name else None,
        line.leader if line.leader and line.leader != known.leader else None,
        phone,
        aliases if list(aliases) != known.aliases else None,
        above,
        tuple(item for item in told if item[1] != item[2] or (item[0] == "电话" and phone)),
    )


def _moved(line: Line, node: Node, tree: Tree, names: Names) -> str | None:
    """The organization that the list puts a branch under, where that is another than now."""
    if not line.above:
        return None
    found = names.who(line.above)
    if found is not None and found.id == node.parent_id:
        return None
    return found.name if found else line.above


def _name_above(node: Node, tree: Tree) -> str:
    return tree[node.parent_id].name if node.parent_id else ""
