"""What applying a roster would do, before anything is written: who is new, who changes and in what, who has moved to
another branch, who stays as they are, and who is in the file no more (they stay, and are named)."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from paicha.domain.annex1 import BY_HEADING, Column
from paicha.domain.branches import BranchList, ListedBranch
from paicha.domain.findings import Code, Finding, Located, Place, Severity
from paicha.domain.masking import mask_personal, quote
from paicha.domain.readings import CellValue, as_text
from paicha.formats.readers.roster import Roster, RosterMember, RosterSheet
from paicha.organizations.models import Organization
from paicha.organizations.tree import Node, Tree
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.records import RECKONED, Record, Recorder, plain_name
from paicha.register.roster.models import RosterLine
from paicha.register.roster.selectors import BLANK, members_of_hashes, open_affiliations, standing_lines
from paicha.register.selectors import current_of
from paicha.vault.hashing import Hashed, keyed_hash

KEPT = tuple(column for column in Column if column not in RECKONED)


class What(Enum):
    """What becomes of one row."""

    NEW = "新增"
    MOVED = "调到别的党支部"
    CHANGED = "有改动"
    UNCHANGED = "没有改动"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the file. `affiliation` is the member's open one, `line` what the roster says today."""

    what: What
    branch: Node
    place: Place
    record: Record
    id_hash: bytes | None
    in_transit: bool
    member_id: UUID | None = None
    affiliation: Affiliation | None = None
    line: RosterLine | None = None

    @property
    def name(self) -> str:
        return plain_name(self.record.entry)

    def differences(self) -> list[tuple[Column | None, str, str]]:
        """(column, old, new) of each cell that differs; the column None is whether they are in transit."""
        old = self.line.cells if self.line else BLANK
        told: list[tuple[Column | None, str, str]] = [
            (c, as_text(old[c]), as_text(self.record.cells[c])) for c in KEPT if old[c] != self.record.cells[c]
        ]
        if self.line and self.line.in_transit != self.in_transit:
            told.append((None, "是" if self.line.in_transit else "否", "是" if self.in_transit else "否"))
        return told


@dataclass(slots=True)
class Plan:
    """The whole upload. `absent` are (branch, name) of members whom the file names no more though it lists their
    branch; `silent` the branches that it does not list at all; `lost` the names in rows that found no branch."""

    changes: list[Change] = field(default_factory=list)
    absent: list[tuple[Node, str]] = field(default_factory=list)
    silent: list[Node] = field(default_factory=list)
    faults: list[Located] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def of(self, what: What) -> list[Change]:
        return [change for change in self.changes if change.what is what]

    @property
    def counts(self) -> dict[str, int]:
        return {what.name.lower(): len(self.of(what)) for what in What}

    @property
    def to_write(self) -> list[Change]:
        return [change for change in self.changes if change.what is not What.UNCHANGED]

    @property
    def digest(self) -> str:
        """Changes whenever applying would do something else than what was looked at."""
        told = hashlib.sha256()
        for change in self.changes:
            line, affiliation = change.line and change.line.id, change.affiliation and change.affiliation.id
            said = f"{change.branch.id}|{change.member_id}|{line}|{affiliation}|{change.in_transit}"
            told.update(f"{said}|{change.record.cells!r}\n".encode())
        return told.hexdigest()


def plan_of(roster: Roster, tree: Tree, committee_id: UUID, recorder: Recorder) -> Plan:
    """Hold a roster against what is known. A branch is found by name or alias, never made; a row whose branch is not
    known, or whose ID number stands in the file before, comes in nowhere."""
    plan = Plan()
    rows = list(_rows(roster, _Branches(tree, committee_id), recorder, plan))
    known = _Known(committee_id, [row.id_hash for row in rows if row.id_hash])
    plan.changes = [known.change(row) for row in rows]
    listed = {change.branch.id for change in plan.changes}
    unseen = (found for found in known.unseen() if found[0] in listed and found[1] not in plan.lost)
    plan.absent = [(tree[branch], name) for branch, name in unseen]
    plan.silent = [node for node in tree.branches() if node.id not in listed and node.id in known.branches]
    return plan


class _Branches:
    """The committee's branches by the names that a roster calls them."""

    def __init__(self, tree: Tree, committee_id: UUID) -> None:
        nodes = {node.id: node for node in tree.branches()}
        aliases = Organization.objects.filter(committee_id=committee_id, id__in=nodes).values_list("id", "aliases")
        self._known = dict(aliases)
        self._nodes = {node.name: node for node in nodes.values()}
        self._list = BranchList(ListedBranch(node.name, tuple(self._known[id_])) for id_, node in nodes.items())
        self._found: dict[str, Node | None] = {}

    def named(self, name: str) -> Node | None:
        if name not in self._found:
            listed = self._list.match(name) if name else None
            self._found[name] = self._nodes[listed.name] if listed else None
        return self._found[name]

    def unknown(self, name: str, people: int) -> Finding:
        nearest = self._list.nearest(name) if name else None
        message = f"{quote(name)}不在本党委的党支部里" if name else "没有写所在党支部"
        advice = f"可能是“{nearest.name}”：请改名册，或在党组织里给它加一个别名" if nearest else "请写明所在党支部"
        return Finding(Code.BRANCH_UNKNOWN, f"{message}，共 {people} 人，没有读入", advice, "所在党支部")


@dataclass(frozen=True, slots=True)
class _Row:
    branch: Node
    place: Place
    sheet: RosterSheet
    member: RosterMember
    record: Record
    id_hash: bytes | None


def _rows(roster: Roster, branches: _Branches, recorder: Recorder, plan: Plan) -> Iterator[_Row]:
    """The rows that come in; what is wrong, and with which, goes into the plan's faults."""
    lost: dict[str, list[Place]] = {}
    first: dict[bytes, int] = {}
    for sheet in roster.sheets:
        plan.faults += [Located(p, finding) for p, finding in sheet.findings if finding.severity > Severity.NOTICE]
        for member in sheet.members:
            branch = branches.named(member.branch)
            if branch is None:
                row = member.row.number
                lost.setdefault(member.branch, []).append(Place(sheet.file, sheet.sheet, row, f"第{row}行"))
                plan.lost.append(mask_personal(as_text(member.row.values[Column.NAME])))
                continue
            record = recorder.read(member.row.values)
            plan.faults += _faults(record, sheet, member)
            number = record.entry.id_number
            id_hash = keyed_hash(Hashed.ID_NUMBER, number) if number else None
            if id_hash and id_hash in first:
                plan.faults.append(Located(sheet.place(member, Column.ID_NUMBER), _twice(first[id_hash])))
                continue
            if id_hash:
                first[id_hash] = member.row.number
            yield _Row(branch, sheet.place(member), sheet, member, record, id_hash)
    for name, places in lost.items():
        plan.faults.append(Located(places[0], branches.unknown(name, len(places))))


def _twice(row: int) -> Finding:
    message = f"与第{row}行是同一个身份证号，只读入前面一行"
    return Finding(Code.ID_DUPLICATE, message, "请核实是不是重复，或身份证号抄错", Column.ID_NUMBER.heading)


def _faults(record: Record, sheet: RosterSheet, member: RosterMember) -> list[Located]:
    """Not what a roster has no column for, nor how a value was read where it could be, nor an age, which is reckoned
    (collation.preparing has the same for the command line)."""
    return [
        Located(sheet.place(member, column), finding)
        for finding in record.entry.findings
        if finding.severity > Severity.NOTICE
        and finding.code is not Code.AGE
        and not ((column := BY_HEADING.get(finding.column)) not in sheet.letters and finding.code is Code.REQUIRED)
    ]


class _Known:
    """Who is known: by the ID number; where one side has none that is right, by branch, name and month of birth."""

    def __init__(self, committee_id: UUID, hashes: Sequence[bytes]) -> None:
        self._affiliations = {a.member_id: a for a in open_affiliations(committee_id).select_related("member")}
        self._lines = {line.member_id: line for line in standing_lines(committee_id)}
        self._by_hash = members_of_hashes(committee_id, hashes)
        self._by_hash |= {bytes(line.id_hash): line.member_id for line in self._lines.values() if line.id_hash}
        self._by_name = dict(self._names(committee_id))
        self._seen = set[UUID]()

    @property
    def branches(self) -> set[UUID]:
        return {affiliation.branch_id for affiliation in self._affiliations.values()}

    def _names(self, committee_id: UUID) -> Iterator[tuple[tuple[UUID, str, int | None], UUID]]:
        entries = RegisterEntry.objects.filter(committee_id=committee_id, closed_on=None).select_related("current")
        said: Iterable[tuple[UUID, str, int | None]] = (
            *((e.member_id, current_of(e).name, current_of(e).birth) for e in entries.filter(member__id_hash=None)),
            *((line.member_id, line.name, line.birth) for line in self._lines.values()),
        )
        for member_id, name, birth in said:
            if member_id in self._affiliations:
                yield (self._affiliations[member_id].branch_id, name, birth), member_id

    def change(self, row: _Row) -> Change:
        member_id = self._by_hash.get(row.id_hash) if row.id_hash else None
        if member_id is None:
            member_id = self._namesake(row)
        if member_id in self._seen:
            member_id = None
        if member_id is not None:
            self._seen.add(member_id)
        affiliation = self._affiliations.get(member_id) if member_id else None
        line = self._lines.get(member_id) if member_id and affiliation else None
        record = Record(_cells(row, line), row.record.entry)
        made = (row.branch, row.place, record, row.id_hash, row.member.in_transit, member_id, affiliation, line)
        return Change(_what(row, record, affiliation, line), *made)

    def _namesake(self, row: _Row) -> UUID | None:
        entry = row.record.entry
        found = self._by_name.get((row.branch.id, plain_name(entry), entry.birth))
        if found is None:
            return None
        has_number = self._affiliations[found].member.id_hash is not None
        return None if row.id_hash and has_number else found  # two people of one name and month

    def unseen(self) -> Iterator[tuple[UUID, str]]:
        for member_id, affiliation in self._affiliations.items():
            if member_id not in self._seen:
                line = self._lines.get(member_id)
                yield affiliation.branch_id, line.name if line else affiliation.member.name


def _cells(row: _Row, line: RosterLine | None) -> tuple[CellValue, ...]:
    """What is to be kept: a column that the file does not have stays as it was."""
    if line is None:
        return row.record.cells
    new, letters = row.record.cells, row.sheet.letters
    return tuple(new[column] if column in letters else line.cells[column] for column in Column)


def _what(row: _Row, record: Record, affiliation: Affiliation | None, line: RosterLine | None) -> What:
    if affiliation is not None and affiliation.branch_id != row.branch.id:
        return What.MOVED
    if line is None:
        return What.NEW
    same = tuple(line.cells) == tuple(record.cells) and line.in_transit == row.member.in_transit
    return What.UNCHANGED if same else What.CHANGED
