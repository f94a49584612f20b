"""Reads of the roster. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from paicha.domain.annex1 import Column
from paicha.domain.masking import mask_id
from paicha.domain.readings import as_text
from paicha.domain.vocabulary import Sex
from paicha.register.models import Affiliation, EntryVersion, Member, RegisterEntry
from paicha.register.records import Cells
from paicha.register.roster.models import RosterLine
from paicha.register.selectors import current_of
from paicha.register.sorting import sort_keys

T = TypeVar("T")
CHUNK = 5_000  # ids in one query: below SQLite's limit of parameters
BLANK: Cells = ("",) * len(Column)


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some


def standing_lines(committee_id: UUID) -> QuerySet[RosterLine]:
    """What the roster says today."""
    return RosterLine.objects.filter(committee_id=committee_id, ended_by=None)


def open_affiliations(committee_id: UUID) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(committee_id=committee_id, until=None)


def members_of_hashes(committee_id: UUID, hashes: Iterable[bytes]) -> dict[bytes, UUID]:
    """Members by the keyed hash of their ID number."""
    known: dict[bytes, UUID] = {}
    for some in chunks(hashes):
        rows = Member.objects.filter(committee_id=committee_id, id_hash__in=some).values_list("id_hash", "id")
        known |= {bytes(hash_ or b""): id_ for hash_, id_ in rows}
    return known


@dataclass(frozen=True, slots=True)
class Listed:
    """One member of a branch: what the roster says (`line`, None for somebody known from the register alone) and the
    open entry on the branch's register, if there is one."""

    member: Member
    line: RosterLine | None
    entry: RegisterEntry | None

    @property
    def version(self) -> EntryVersion | None:
        return current_of(self.entry) if self.entry else None

    @property
    def _said(self) -> RosterLine | EntryVersion | None:
        return self.line or self.version

    @property
    def cells(self) -> Cells:
        """The 17 cells that are known: the register's where the member stands on it, blanks filled from the roster."""
        roster: Cells = tuple(self.line.cells) if self.line else BLANK
        own: Cells = tuple(self.version.cells) if self.version else BLANK
        return tuple(mine or theirs for mine, theirs in zip(own, roster, strict=True))

    @property
    def name(self) -> str:
        return self._said.name if self._said else self.member.name

    @property
    def sex(self) -> str:
        sex = self._said.sex if self._said else None
        return Sex(sex).label if sex is not None else ""

    @property
    def masked_id(self) -> str:
        written = as_text(self._said.cells[Column.ID_NUMBER]) if self._said else self.member.id_number
        return mask_id(written)

    @property
    def in_transit(self) -> bool:
        return self.line is not None and self.line.in_transit

    @property
    def hashes(self) -> set[bytes]:
        kept = (self.member.id_hash, self.line.id_hash if self.line else None)
        return {bytes(hash_) for hash_ in kept if hash_}

    @property
    def keys(self) -> tuple[str, str]:
        """(by pinyin, by strokes)."""
        return (self._said.pinyin, self._said.strokes) if self._said else sort_keys(self.member.name)


@dataclass(frozen=True, slots=True)
class BranchRoster:
    """The members of a branch, sorted; `outflow` of them stand on its register, `in_transit` are underway elsewhere."""

    members: list[Listed]

    @property
    def outflow(self) -> int:
        return sum(member.entry is not None for member in self.members)

    @property
    def in_transit(self) -> int:
        return sum(member.in_transit for member in self.members)


def rosters_of(committee_id: UUID, branches: Iterable[UUID]) -> Mapping[UUID, BranchRoster]:
    """The rosters of branches, each sorted by pinyin: three queries, however many people."""
    wanted = list(branches)
    affiliations = open_affiliations(committee_id).filter(branch_id__in=wanted)
    lines = {
        line.member_id: line for line in standing_lines(committee_id).filter(member__in=affiliations.values("member"))
    }
    entries = RegisterEntry.objects.filter(committee_id=committee_id, branch_id__in=wanted, closed_on=None)
    registered = {(entry.branch_id, entry.member_id): entry for entry in entries.select_related("current")}
    found: dict[UUID, list[Listed]] = {branch_id: [] for branch_id in wanted}
    for affiliation in affiliations.select_related("member").order_by("id"):
        member_id, branch_id = affiliation.member_id, affiliation.branch_id
        listed = Listed(affiliation.member, lines.get(member_id), registered.get((branch_id, member_id)))
        found[branch_id].append(listed)
    return {branch_id: BranchRoster(sorted(members, key=lambda m: m.keys[0])) for branch_id, members in found.items()}


def roster_of(committee_id: UUID, branch_id: UUID) -> BranchRoster:
    return rosters_of(committee_id, [branch_id])[branch_id]


def listed_member(committee_id: UUID, branch_id: UUID, member_id: UUID) -> Listed | None:
    """One member of a branch; None for somebody who is none."""
    affiliation = (
        open_affiliations(committee_id)
        .filter(branch_id=branch_id, member_id=member_id)
        .select_related("member")
        .first()
    )
    if affiliation is None:
        return None
    entries = RegisterEntry.objects.filter(committee_id=committee_id, branch_id=branch_id, closed_on=None)
    entry = entries.filter(member_id=member_id).select_related("current").first()
    return Listed(affiliation.member, standing_lines(committee_id).filter(member_id=member_id).first(), entry)


def counts_of(committee_id: UUID, branches: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """(on the roster, of these on the register) of each branch that has members."""
    wanted = list(branches)
    away = open_affiliations(committee_id).filter(
        Exists(RegisterEntry.objects.filter(member=OuterRef("member"), branch=OuterRef("branch"), closed_on=None)),
        branch_id__in=wanted,
    )
    registered = dict(away.values_list("branch_id").annotate(Count("id")))
    return {branch_id: (n, registered.get(branch_id, 0)) for branch_id, n in members_of(committee_id, wanted).items()}


def members_of(committee_id: UUID, branches: Iterable[UUID]) -> dict[UUID, int]:
    """How many members each branch has that has any."""
    members = open_affiliations(committee_id).filter(branch_id__in=list(branches))
    return dict(members.values_list("branch_id").annotate(Count("id")))


def matching(members: Iterable[Listed], words: str) -> list[Listed]:
    """Those whose name holds the words, or whose pinyin does, in full or by initials."""
    plain = "".join(words.split())
    latin = plain.casefold()
    return [member for member in members if plain in member.name or any(latin in way for way in _ways(member.keys[0]))]


def _ways(pinyin: str) -> tuple[str, str]:
    parts = pinyin.split()
    return "".join(parts), "".join(part[0] for part in parts)
