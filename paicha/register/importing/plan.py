"""What applying an upload would do, before anything is written: who is new, who changes and in what, who stays as they
are, who is faulty, who is on the register and in no file, and which branch sent nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from paicha.collation.collect import Collected, collect
from paicha.collation.engine import collate
from paicha.collation.result import BranchResult, Result
from paicha.domain.annex1 import Column
from paicha.domain.branches import BranchList, ListedBranch
from paicha.domain.findings import Place, Severity
from paicha.domain.readings import CellValue, as_text
from paicha.domain.register import Person
from paicha.domain.settings import RuleSet
from paicha.organizations.models import Organization
from paicha.organizations.tree import Node, Tree
from paicha.register.models import EntryVersion, RegisterEntry
from paicha.register.records import Cells, Record, kept, plain_name
from paicha.register.selectors import current_of, open_entries
from paicha.tenancy.bulk import uncollected
from paicha.vault.hashing import Hashed, hasher


class What(Enum):
    """What becomes of one row."""

    NEW = "新增"
    CHANGED = "有改动"
    UNCHANGED = "没有改动"


class Change(NamedTuple):
    """One row of a file against the register. `version` is the one that stands there, None for a new person."""

    what: What
    place: Place
    record: Record
    id_hash: bytes | None
    entry: RegisterEntry | None = None
    version: EntryVersion | None = None

    @property
    def name(self) -> str:
        return plain_name(self.record.entry)

    @property
    def faulty(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.record.entry.findings)

    def differences(self) -> list[tuple[Column, str, str]]:
        """(column, old, new) of each cell that differs."""
        if self.version is None:
            return []
        old: Cells = tuple(self.version.cells)
        return [(c, as_text(old[c]), as_text(self.record.cells[c])) for c in _differing(old, self.record.cells)]


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """What applying would do to one branch; `absent` are on its register and in none of its files: they stay. The plan
    stands on these newest versions of everybody (`standing`), and holds as long as no other is there."""

    branch: Node
    changes: list[Change]
    absent: list[EntryVersion]
    standing: frozenset[UUID]

    def of(self, what: What) -> list[Change]:
        return [change for change in self.changes if change.what is what]

    @property
    def faulty(self) -> list[Change]:
        return [change for change in self.changes if change.faulty]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole upload. `missing` are branches that sent nothing, where the office collects from all."""

    branches: list[BranchPlan]
    result: Result
    collected: Collected
    missing: list[Node] = field(default_factory=list)

    def count(self, what: What) -> int:
        return sum(len(branch.of(what)) for branch in self.branches)

    @property
    def faulty(self) -> int:
        return sum(len(branch.faulty) for branch in self.branches)

    @property
    def digest(self) -> str:
        """Changes whenever applying would do something else than what was looked at."""
        told = hashlib.sha256()
        for branch in self.branches:
            for change in branch.changes:
                base = change.version.id if change.version else ""
                told.update(f"{branch.branch.id}|{base}|{change.record.cells!r}\n".encode())
        return told.hexdigest()


@uncollected()
def plan_of(
    paths: Sequence[str], tree: Tree, committee_id: UUID, rules: RuleSet, branch_id: UUID | None, *, keep: bool = False
) -> Plan:
    """Read files and hold them against the register. For one branch (`branch_id`), a form that names no branch is its
    own; a form that names another is a finding and its people come in nowhere."""
    collected = collect(paths, rules, keep=keep)
    expected = [tree[branch_id]] if branch_id else tree.branches()
    listed, by_name = _listed(expected, committee_id)
    if branch_id:
        _name_blank_heads(collected, tree[branch_id].name)
    root = tree.root
    result = collate(collected, rules, listed, root.name if root else "")
    plans = [_branch_plan(by_name[b.branch], b, committee_id) for b in result.branches if b.branch in by_name]
    missing = [] if branch_id else [by_name[branch.name] for branch in result.missing]
    return Plan([plan for plan in plans if plan.changes or plan.absent], result, collected, missing)


def shown_file(place: Place) -> str:
    """The name of a finding's file as its sender knows it."""
    return Path(place.file).name


def _listed(expected: Iterable[Node], committee_id: UUID) -> tuple[BranchList, dict[str, Node]]:
    nodes = {node.id: node for node in expected}
    known = Organization.objects.filter(committee_id=committee_id, id__in=nodes).in_bulk()
    lines = [
        ListedBranch(node.name, tuple(known[id_].aliases), known[id_].leader, known[id_].phone)
        for id_, node in nodes.items()
    ]
    return BranchList(lines), {node.name: node for node in nodes.values()}


def _name_blank_heads(collected: Collected, name: str) -> None:
    for n, (form, people) in enumerate(collected.annex1):
        if not form.head.branch:
            named = replace(form, head=replace(form.head, branch=name))
            collected.annex1[n] = (named, [person._replace(form=named) for person in people])


def _branch_plan(branch: Node, found: BranchResult, committee_id: UUID) -> BranchPlan:
    """Match people with the register: by the ID number; where one side has none that is right, by name and month of
    birth."""
    entries = list(open_entries(committee_id, branch.id))
    by_hash = {bytes(v.id_hash): e for e in entries if (v := current_of(e)).id_hash}
    by_name = {(current_of(e).name, current_of(e).birth): e for e in entries}
    changes, matched, hash_number = [], set[UUID](), hasher(Hashed.ID_NUMBER)
    for person in found.people:
        number = person.entry.id_number
        change = _change(person, hash_number(number) if number else None, by_hash, by_name, matched)
        changes.append(change)
        if change.entry is not None:
            matched.add(change.entry.id)
    absent = [current_of(entry) for entry in entries if entry.id not in matched] if found.has_register else []
    return BranchPlan(branch, changes, absent, frozenset(current_of(entry).id for entry in entries))


def _change(
    person: Person,
    id_hash: bytes | None,
    by_hash: dict[bytes, RegisterEntry],
    by_name: dict[tuple[str, int | None], RegisterEntry],
    matched: set[UUID],
) -> Change:
    entry = person.entry
    record = Record(kept(person.row.values, entry), entry)
    known = by_hash.get(id_hash) if id_hash else None
    if known is None:
        known = by_name.get((plain_name(entry), entry.birth))
        if known is not None and id_hash and current_of(known).id_hash:
            known = None  # two people of one name and month
    if known is None or known.id in matched:
        return Change(What.NEW, person.place(), record, id_hash)
    version = current_of(known)
    what = What.CHANGED if _differing(tuple(version.cells), record.cells) else What.UNCHANGED
    return Change(what, person.place(), record, id_hash, known, version)


def _differing(old: Sequence[CellValue], new: Sequence[CellValue]) -> list[Column]:
    return [column for column in Column if old[column] != new[column]]
