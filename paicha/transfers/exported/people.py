"""Whose a row of the list is, and what is known of them: among the members of branches that the uploader sees, and
nobody else. By the keyed hash of the ID number; where the list masks it, by the number of a transfer that is known
here; else a person says who it is, out of those who may be meant."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from paicha.domain.exported import Known, fits, is_masked
from paicha.domain.identity import read_id_number
from paicha.domain.letters import Stage
from paicha.domain.readings import CellValue
from paicha.formats.readers.exported import ExportedRow, Field
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.roster.models import RosterLine
from paicha.register.roster.selectors import chunks, members_of_hashes, open_affiliations
from paicha.transfers.exported.reading import text
from paicha.transfers.graduating.selectors import graduates_of
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.models import OPEN, Transfer, TransferMove
from paicha.transfers.tracking.moving import Whom
from paicha.transfers.tracking.selectors import begun
from paicha.transfers.tracking.transit import ours, whose
from paicha.vault.hashing import Hashed, keyed_hash


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant by a row."""

    member_id: UUID
    name: str
    branch_id: UUID


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a branch that the uploader sees (`whom` None: no more one of them), and what is known."""

    member_id: UUID
    whom: Whom | None
    known: Known
    urged: bool = False


class People:
    """Of the rows of one list. `branches` are those that the uploader may write in."""

    def __init__(self, committee_id: UUID, branches: Collection[UUID], rows: Iterable[ExportedRow]) -> None:
        self._committee_id, self._branches = committee_id, list(branches)
        numbers = [(row, number) for row in rows if (number := _number(row)) is not None]
        self._hashes = {id(row): keyed_hash(Hashed.ID_NUMBER, number) for row, number in numbers}
        self._by_hash = self._of_hashes(set(self._hashes.values()))
        self._by_number: dict[str, UUID] | None = None
        self._members: dict[UUID, Person | None] = {}
        self._read(set(self._by_hash.values()))

    def person(self, row: ExportedRow) -> Person | None:
        """Whose a row surely is; None where nobody here is known by its ID number, or by that of its transfer."""
        if id(row) in self._hashes:
            found = self._by_hash.get(self._hashes[id(row)])
            return self.member(found) if found else None
        found = self._numbers().get(text(row, Field.NUMBER))
        person = self.member(found) if found else None
        return person if person is not None and _agrees(row, person) else None

    def member(self, member_id: UUID) -> Person | None:
        """Somebody of whom a row may be told; None for those whom the uploader does not see."""
        if member_id not in self._members:
            self._read({member_id})
        return self._members[member_id]

    def candidates(self, row: ExportedRow) -> list[Candidate]:
        """Those of a row's name whose ID number, as far as it is known, may be the one behind the mask; nobody where
        the row has a number in full: then it is somebody else's."""
        if id(row) in self._hashes or not (name := text(row, Field.NAME)):
            return []
        members = open_affiliations(self._committee_id).filter(branch_id__in=self._branches)
        named = (
            Q(member__name=name)
            | Q(member__in=self._lines().filter(name=name).values("member"))
            | Q(member__in=self._entries().filter(current__name=name).values("member"))
        )
        found = members.filter(named).select_related("member").order_by("id")
        shown = row.cells.get(Field.ID_NUMBER)
        return [Candidate(a.member_id, name, a.branch_id) for a in found if _may_be(shown, a.member.id_number)]

    def _of_hashes(self, hashes: Collection[bytes]) -> dict[bytes, UUID]:
        known: dict[bytes, UUID] = {}
        for some in chunks(hashes):
            rows = self._lines().filter(id_hash__in=some).values_list("id_hash", "member_id")
            known |= {bytes(hash_): id_ for hash_, id_ in rows if hash_}
        return known | members_of_hashes(self._committee_id, hashes)

    def _numbers(self) -> Mapping[str, UUID]:
        """The numbers of transfers of these branches → whose they are. Numbers are sealed: each is opened, once a list,
        and only where a row needs it."""
        if self._by_number is None:
            found = ours(self._committee_id, self._branches).filter(begun())
            numbered = ((transfer.number, transfer.whose) for transfer in found)  # type: ignore[attr-defined]
            self._by_number = {number: whose_ for number, whose_ in numbered if number}
        return self._by_number

    def _read(self, members: Collection[UUID]) -> None:
        """Everything that is known of these members, in seven queries for each 5,000 of them."""
        for some in chunks(members):
            self._members |= dict.fromkeys(some)
            here = open_affiliations(self._committee_id).filter(member_id__in=some, branch_id__in=self._branches)
            affiliations = {one.member_id: one for one in here.select_related("member")}
            entries = {(one.branch_id, one.member_id): one for one in self._entries().filter(member_id__in=some)}
            transfers: dict[UUID, list[Transfer]] = {}
            begun_ = Transfer.objects.filter(begun(), committee_id=self._committee_id).annotate(whose=whose())
            for transfer in begun_.filter(whose__in=some).order_by("id"):
                transfers.setdefault(transfer.whose, []).append(transfer)
            received: dict[UUID, list[Receipt]] = {}
            for receipt in Receipt.objects.filter(
                committee_id=self._committee_id, member_id__in=some, branch_id__in=self._branches, taken_back_at=None
            ):
                received.setdefault(receipt.member_id, []).append(receipt)
            urged, graduating = self._urged(some), graduates_of(self._committee_id, some)
            for id_ in some:
                affiliation = affiliations.get(id_)
                if affiliation is None and id_ not in received:
                    continue
                entry = entries.get((affiliation.branch_id, id_)) if affiliation else None
                whom = _whom(affiliation, entry, transfers.get(id_, []))
                may_begin = entry is not None or id_ in graduating
                known = _known(whom, may_begin, transfers.get(id_, []), received.get(id_, []))
                self._members[id_] = Person(id_, whom, known, id_ in urged)

    def _urged(self, members: Collection[UUID]) -> set[UUID]:
        """Those whose open transfer was urged."""
        moves = TransferMove.objects.filter(committee_id=self._committee_id, stage=Stage.URGED, taken_back_at=None)
        urged = Exists(moves.filter(transfer=OuterRef("id")))
        theirs = Transfer.objects.filter(urged, committee_id=self._committee_id, stage__in=OPEN).annotate(whose=whose())
        return set(theirs.filter(whose__in=list(members)).values_list("whose", flat=True))

    def _lines(self) -> QuerySet[RosterLine]:
        return RosterLine.objects.filter(committee_id=self._committee_id, ended_by=None)

    def _entries(self) -> QuerySet[RegisterEntry]:
        return RegisterEntry.objects.filter(
            committee_id=self._committee_id, branch_id__in=self._branches, closed_on=None
        ).select_related("member")


def _whom(affiliation: Affiliation | None, entry: RegisterEntry | None, transfers: list[Transfer]) -> Whom | None:
    if affiliation is None:
        return None
    open_ = next((one.entry for one in transfers if one.stage in OPEN), None)
    return Whom(affiliation.member, affiliation.branch_id, entry or open_)


def _known(whom: Whom | None, may_begin: bool, transfers: list[Transfer], receipts: list[Receipt]) -> Known:
    open_ = next((one for one in transfers if one.stage in OPEN), None)
    ended = [one for one in transfers if one.stage not in OPEN]
    over = {one.number: Stage(one.stage) for one in ended if one.number}
    over |= {one.number: Stage.RECEIVED for one in receipts if one.number}
    return Known(
        here=whom is not None,
        may_begin=may_begin,
        stage=Stage(open_.stage) if open_ else None,
        number=open_.number if open_ else "",
        destination=open_.destination if open_ else "",
        moved_on=open_.moved_on if open_ else None,
        over=over,
        last=Stage(ended[-1].stage) if ended and open_ is None else None,
        received_on=max((one.received_on for one in receipts), default=None),
    )


def _number(row: ExportedRow) -> str | None:
    return read_id_number(row.cells.get(Field.ID_NUMBER)).value


def _agrees(row: ExportedRow, person: Person) -> bool:
    """Whether a row whose transfer's number is known may be that person's: other units number their letters as we do.
    The digits that are shown must be theirs; where there are none to compare, the name."""
    shown, member = row.cells.get(Field.ID_NUMBER), person.whom.member if person.whom else None
    if member is None:
        return False
    if is_masked(shown) and member.id_number:
        return fits(shown, member.id_number)
    return text(row, Field.NAME) == member.name


def _may_be(shown: CellValue, number: str) -> bool:
    return not number or not is_masked(shown) or fits(shown, number)
