"""Reads of the register. Callers have passed access.py; `committee_id` is named all the same."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from paicha.domain.annex1 import Column, Entry, Form, Head, RawRow
from paicha.domain.findings import Code, Finding, Severity
from paicha.domain.register import Person, duplicate_key, mark_duplicates
from paicha.domain.settings import RuleSet
from paicha.organizations.models import Organization
from paicha.organizations.tree import Tree
from paicha.register.models import EntryVersion, RegisterEntry
from paicha.register.records import SEALED_CELLS, Recorder, shown


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a branch's register: which entry and version it is of, the cells as words, what the check finds."""

    number: int
    entry_id: UUID
    member_id: UUID
    version_id: UUID
    name: str
    pinyin: str
    strokes: str
    id_hash: bytes | memoryview | None
    cells: list[str]
    read: Entry

    @classmethod
    def of(cls, number: int, entry: RegisterEntry, version: EntryVersion, read: Entry, rules: RuleSet) -> "Row":
        """The line of a version that the check has read."""
        keys = (version.name, version.pinyin, version.strokes, version.id_hash)
        return cls(number, entry.id, entry.member_id, version.id, *keys, shown(version.cells, read, rules), read)

    @property
    def findings(self) -> list[Finding]:
        """Gravest first; 序号 is the register's own, so nothing is found in it."""
        return sorted(self.read.findings, key=lambda finding: -finding.severity)

    def worst(self) -> Severity | None:
        return max((finding.severity for finding in self.read.findings), default=None)


@dataclass(frozen=True, slots=True)
class Register:
    """A branch's register as it stands."""

    rows: list[Row]

    def counts(self) -> dict[Severity, int]:
        found = [finding.severity for row in self.rows for finding in row.read.findings]
        return {severity: found.count(severity) for severity in Severity}


def open_entries(committee_id: UUID, branch_id: UUID) -> QuerySet[RegisterEntry]:
    """The open entries of a branch in the register's order, each with its newest version."""
    return (
        RegisterEntry.objects.filter(committee_id=committee_id, branch_id=branch_id, closed_on=None)
        .select_related("current")
        .order_by("rank", "id")
    )


def entries_of(committee_id: UUID, branch_id: UUID, ids: Collection[UUID]) -> dict[UUID, RegisterEntry]:
    """The entries `ids` of a branch with their newest versions. Raises LookupError where one is not this branch's."""
    found = RegisterEntry.objects.filter(committee_id=committee_id, branch_id=branch_id).select_related("current")
    entries = found.in_bulk(list(ids))
    if entries.keys() != set(ids):
        raise LookupError("not of this branch")
    return entries


def entries_within(committee_id: UUID, branch_ids: Collection[UUID], ids: Collection[UUID]) -> list[UUID]:
    """Those of the entries `ids` that stand on the registers of these branches."""
    found = RegisterEntry.objects.filter(committee_id=committee_id, branch_id__in=branch_ids, id__in=ids)
    return list(found.values_list("id", flat=True))


def current_of(entry: RegisterEntry) -> EntryVersion:
    """The newest version of an entry: it is never without one, since both come in one transaction."""
    if entry.current is None:
        raise LookupError(f"entry {entry.id} has no version")
    return entry.current


# What a row needs of an entry and its version: 500 objects of the two models take as long as their check.
OF_ROW = ("id", "member_id", "current_id", *(f"current__{x}" for x in ("name", "pinyin", "strokes", "id_hash")))


def register_of(tree: Tree, committee_id: UUID, branch_id: UUID, recorder: Recorder) -> Register:
    """A branch's register with its findings, duplicates in it and in other branches included."""
    rows, people, opened, form = [], [], SEALED_CELLS.opening(), Form("", "", Head(), (), {})
    found = open_entries(committee_id, branch_id).values_list("current__cells", *OF_ROW)
    for number, (sealed, entry_id, member_id, version_id, name, pinyin, strokes, id_hash) in enumerate(found, 1):
        cells = tuple(opened(version_id, sealed))
        read = recorder.check(cells)
        people.append(Person(form, RawRow(number, cells), read))
        words = shown(cells, read, recorder.rules)
        rows.append(Row(number, entry_id, member_id, version_id, name, pinyin, strokes, id_hash, words, read))
    mark_duplicates(people)
    _mark_elsewhere(tree, committee_id, branch_id, rows)
    return Register(rows)


def row_of(tree: Tree, entry: RegisterEntry, recorder: Recorder) -> Row:
    """One person's line with the same findings as in the register, read without the others of the branch: only those
    who share the ID number or the phone are looked up. A closed entry is compared with nobody."""
    version = current_of(entry)
    read = recorder.check(version.cells)
    row = Row.of(0, entry, version, read, recorder.rules)
    if entry.closed_on is None:
        mark_duplicates(_sharing(entry, version, read, recorder))
        _mark_elsewhere(tree, entry.committee_id, entry.branch_id, [row])
    return row


def _sharing(entry: RegisterEntry, version: EntryVersion, read: Entry, recorder: Recorder) -> list[Person]:
    """Who on the same register has this person's ID number or phone, the person among them, in the register's order."""
    same = Q(current__phone_hash=version.phone_hash) if version.phone_hash else Q(pk__in=[])
    if version.id_hash:
        same |= Q(current__id_hash=version.id_hash)
    elif duplicate_key(read):
        same |= Q(current__id_hash=None)  # a faulty number has no hash: those with faulty ones are opened
    register = open_entries(entry.committee_id, entry.branch_id)
    others = list(register.filter(same).exclude(id=entry.id))
    if not others:
        return []
    numbers = {id_: number for number, id_ in enumerate(register.values_list("id", flat=True), 1)}
    form = Form("", "", Head(), (), {})
    people = [Person(form, RawRow(numbers[entry.id], tuple(version.cells)), read)]
    for other in others:
        cells = tuple(current_of(other).cells)
        people.append(Person(form, RawRow(numbers[other.id], cells), recorder.check(cells)))
    return sorted(people, key=lambda person: person.row.number)


def _mark_elsewhere(tree: Tree, committee_id: UUID, branch_id: UUID, rows: Sequence[Row]) -> None:
    """A person on another branch's register too: this branch learns only that, and whom to call."""
    others = duplicates_elsewhere(committee_id, branch_id, (row.id_hash for row in rows))
    called = {
        branch.id: branch
        for branch in Organization.objects.filter(id__in={b for found in others.values() for b in found})
    }
    for row in rows:
        for other in others.get(bytes(row.id_hash or b""), []):
            name, branch = tree[other].name if other in tree else "另一个党支部", called.get(other)
            whom = "，".join(filter(None, (branch.leader, branch.phone))) if branch else ""
            message = f"{name}也登记了同一个身份证号"
            advice = f"请与该支部核实（{whom}）" if whom else "请与该支部核实"
            row.read.findings.append(Finding(Code.ID_DUPLICATE, message, advice, Column.ID_NUMBER.heading))


def duplicates_elsewhere(
    committee_id: UUID, branch_id: UUID, hashes: "Iterable[bytes | memoryview[int] | None]"
) -> dict[bytes, list[UUID]]:
    """For each keyed hash of an ID number, the other branches whose open entries hold it."""
    wanted = [bytes(hash_) for hash_ in hashes if hash_]
    found: dict[bytes, list[UUID]] = defaultdict(list)
    entries = RegisterEntry.objects.filter(
        committee_id=committee_id, closed_on=None, current__id_hash__in=wanted, current__committee_id=committee_id
    ).exclude(branch_id=branch_id)
    for hash_, other in entries.values_list("current__id_hash", "branch_id").distinct():
        found[bytes(hash_ or b"")].append(other)
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """A branch's counts for a list of branches."""

    people: int = 0
    errors: int = 0
    warnings: int = 0


def tallies(committee_id: UUID, branches: Iterable[UUID]) -> dict[UUID, Tally]:
    """People, errors and warnings of each branch's open entries."""
    rows = (
        RegisterEntry.objects.filter(committee_id=committee_id, closed_on=None, branch_id__in=list(branches))
        .values("branch_id")
        .annotate(people=Count("id"), errors=Sum("current__errors"), warnings=Sum("current__warnings"))
    )
    return {row["branch_id"]: Tally(row["people"], row["errors"] or 0, row["warnings"] or 0) for row in rows}


def versions_of(committee_id: UUID, entry_id: UUID) -> list[EntryVersion]:
    """Every version of an entry, newest first."""
    return list(EntryVersion.objects.filter(committee_id=committee_id, entry_id=entry_id).order_by("-n"))


def version_of(committee_id: UUID, entry_id: UUID, version_id: UUID) -> EntryVersion | None:
    """One version of an entry; None for one that it does not have."""
    return EntryVersion.objects.filter(committee_id=committee_id, entry_id=entry_id, id=version_id).first()
