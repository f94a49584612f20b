"""Reads of introduction letters. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField, When
from django.db.models.functions import Coalesce

from paicha.domain.annex1 import Column
from paicha.domain.introduction import LetterState, Person, Void, state_of
from paicha.domain.letters import Stage, missing_numbers, written
from paicha.domain.readings import as_text
from paicha.register.models import RegisterEntry
from paicha.register.roster.selectors import open_affiliations
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook, LetterOrigin, LetterPrint
from paicha.transfers.tracking.models import OPEN, TransferMove
from paicha.transfers.tracking.selectors import last_transfer, open_transfer


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a book and what stands for it: a letter and its state, or nothing."""

    year: int
    number: int
    state: LetterState
    letter: IntroductionLetter | None = None

    @property
    def written(self) -> str:
        return written(self.year, self.number)


def letters(committee_id: UUID) -> QuerySet[IntroductionLetter]:
    """The letters of a committee with what tells their state: `came_after`, whether another letter or a sending in the
    national system came after it; and `at`, the branch that answers for it (`held_by`)."""
    mine = {"committee_id": committee_id, "transfer": OuterRef("transfer"), "taken_back_at": None}
    later = TransferMove.objects.filter(stage=Stage.UNDERWAY, n__gt=OuterRef("move__n"), **mine)
    in_place = IntroductionLetter.objects.filter(committee_id=committee_id, cites=OuterRef("pk"), voided_at=None)
    found = IntroductionLetter.objects.filter(committee_id=committee_id).select_related("transfer", "cites", "entry")
    here = open_affiliations(committee_id).filter(member=Coalesce(OuterRef("entry__member_id"), OuterRef("member_id")))
    open_ = Case(When(transfer__stage__in=OPEN, then=Subquery(here.values("branch_id")[:1])), output_field=UUIDField())
    at = Coalesce(open_, "entry__branch_id", "branch_id", output_field=UUIDField())
    return found.annotate(came_after=Exists(later) | Exists(in_place), at=at)


def held_by(letter: IntroductionLetter) -> UUID:
    """The branch that answers for one of `letters`: while it is underway, the member's own; else the one on whose
    register they stand or stood. `branch_id` is the one that it was issued from."""
    return UUID(str(letter.at))  # type: ignore[attr-defined]  # annotated in `letters`


def of_members(members: Collection[UUID]) -> Q:
    """Letters of these members. The entry tells whose it is, where there is one: an ID number that was mended may have
    told that somebody else is meant."""
    return Q(entry__member_id__in=members) | Q(entry=None, member_id__in=members)


def state(letter: IntroductionLetter, today: date) -> LetterState:
    """How one of `letters` stands."""
    void, replaced = letter.voided_at is not None, came_after(letter)
    return state_of(letter.validity, Stage(letter.transfer.stage), today, void=void, replaced=replaced)


def came_after(letter: IntroductionLetter) -> bool:
    """Whether something came after one of `letters`."""
    return bool(letter.came_after)  # type: ignore[attr-defined]  # annotated in `letters`


def book(committee_id: UUID, year: int) -> LetterBook | None:
    return LetterBook.objects.filter(committee_id=committee_id, year=year).first()


def next_number(committee_id: UUID, year: int) -> int:
    """The number that the next letter of a year gets, if nobody is quicker."""
    found = book(committee_id, year)
    return found.last + 1 if found else 1


def years(committee_id: UUID) -> list[int]:
    """The years that have a book, the newest first."""
    return list(LetterBook.objects.filter(committee_id=committee_id).order_by("-year").values_list("year", flat=True))


def lines(committee_id: UUID, year: int, branches: Collection[UUID] | None, today: date) -> list[Line]:
    """The book of a year, number by number, those that are missing among them; with `branches` only theirs, and
    nothing of what is missing, since the others' numbers would look so."""
    found = letters(committee_id).filter(year=year)
    if branches is not None:
        found = found.filter(Q(at__in=list(branches)))
    given = {letter.number: Line(year, letter.number, state(letter, today), letter) for letter in found}
    if branches is None:
        given |= {number: Line(year, number, LetterState.MISSING) for number in gaps(committee_id, year, given)}
    return [given[number] for number in sorted(given)]


def gaps(committee_id: UUID, year: int, given: Collection[int]) -> Iterator[int]:
    """The numbers of a book from its first to its last for which no letter stands."""
    found = book(committee_id, year)
    if found is not None:
        before = range(1, found.began_after + 1)
        yield from missing_numbers({*given, *before, found.last + 1})


def letter_of(committee_id: UUID, letter_id: UUID) -> IntroductionLetter | None:
    return letters(committee_id).filter(id=letter_id).first()


def letters_with_states(committee_id: UUID, member_id: UUID, today: date) -> list[Line]:
    """Every letter of a member and how it stands, newest first."""
    found = letters(committee_id).filter(of_members([member_id])).order_by("-id")
    return [Line(letter.year, letter.number, state(letter, today), letter) for letter in found]


def letters_of(committee_id: UUID, members: Collection[UUID]) -> dict[UUID, IntroductionLetter]:
    """Member → their newest letter. One query."""
    found = letters(committee_id).filter(of_members(list(members))).order_by("id")
    return {letter.whose: letter for letter in found}


def to_cite(committee_id: UUID, member_id: UUID, today: date) -> IntroductionLetter | None:
    """The letter in place of which a new one of this member comes: one that expired, or that was void as written
    wrongly or lost, with nothing after it. One that was void as not wanted any more replaces nothing and leaves the one
    before it as it was."""
    wanted = letters(committee_id).filter(of_members([member_id])).exclude(void=Void.UNUSED)
    last = wanted.order_by("-id").first()
    if last is None or came_after(last):
        return None
    if last.voided_at is not None:
        return last if _is_last(last, member_id) else None
    return last if state(last, today) is LetterState.EXPIRED else None


def void_before_it_expired(letter: IntroductionLetter) -> Void | None:
    """Why a letter was void; None for one that had expired by then, and is replaced as one that expired."""
    if letter.void is None or letter.voided_on is None or letter.validity.expired(letter.voided_on):
        return None
    return Void(letter.void)


def in_force(committee_id: UUID, member_id: UUID, today: date) -> IntroductionLetter | None:
    """The letter with which a member is underway."""
    last = letters(committee_id).filter(of_members([member_id]), transfer__stage__in=OPEN).order_by("-id").first()
    return last if last is not None and state(last, today) is LetterState.VALID else None


def underway_without_letter(committee_id: UUID, member_id: UUID, today: date) -> bool:
    """Whether a member is underway by no letter that could be replaced: in the national system, or by one that
    holds."""
    transfer = open_transfer(committee_id, member_id)
    underway = transfer is not None and transfer.stage == Stage.UNDERWAY
    return underway and to_cite(committee_id, member_id, today) is None


def first_of_line(letter: IntroductionLetter) -> IntroductionLetter:
    """The first letter of those of which each came in place of the one before."""
    while letter.cites is not None:
        letter = letter.cites
    return letter


def in_place_of(letter: IntroductionLetter) -> IntroductionLetter | None:
    """The letter that came in place of one."""
    found = IntroductionLetter.objects.filter(committee_id=letter.committee_id, cites=letter, voided_at=None)
    return found.first()


def prints_of(letter: IntroductionLetter) -> list[LetterPrint]:
    """When a letter was printed, the newest first; without the papers themselves."""
    found = LetterPrint.objects.filter(committee_id=letter.committee_id, letter=letter)
    return list(found.order_by("-printed_at", "-id"))


def printed_before(letter: IntroductionLetter, today: date) -> bool:
    """Whether a letter was printed on an earlier day, so that what is printed now is a copy."""
    found = LetterPrint.objects.filter(committee_id=letter.committee_id, letter=letter, mark="")
    return found.filter(printed_on__lt=today).exists()


def origin_of(committee_id: UUID) -> LetterOrigin | None:
    return LetterOrigin.objects.filter(committee_id=committee_id).first()


def person_of(entry: RegisterEntry, today: date) -> Person:
    """A member as the register names them; what it does not know is empty."""
    version = entry.current
    if version is None:
        return Person()
    cells = [as_text(cell).strip() for cell in version.cells]
    month = today.year * 12 + today.month - 1
    return Person(
        name=cells[Column.NAME],
        sex=cells[Column.SEX],
        age=None if version.birth is None else (month - version.birth) // 12,
        ethnic_group=cells[Column.ETHNIC_GROUP],
        id_number=cells[Column.ID_NUMBER],
        phone=cells[Column.PHONE],
    )


def places_before(committee_id: UUID, most: int = 200) -> tuple[list[str], list[str]]:
    """Whom the newest letters were addressed to and where they went, each once: offered where the next is typed."""
    newest = IntroductionLetter.objects.filter(committee_id=committee_id).order_by("-id")[:most]
    facts = [letter.facts for letter in newest]
    return sorted({one["抬头"] for one in facts}), sorted({one["去"] for one in facts})


def _is_last(letter: IntroductionLetter, member_id: UUID) -> bool:
    """Whether the transfer of a letter is the member's last, and brought no receipt."""
    last = last_transfer(letter.committee_id, member_id)
    return last is not None and last.id == letter.transfer_id and last.stage != Stage.RECEIVED


def people_named(committee_id: UUID, branch_id: UUID, name: str) -> list[RegisterEntry]:
    """Those of this name who stand on a branch's register."""
    found = RegisterEntry.objects.filter(committee_id=committee_id, branch_id=branch_id, closed_on=None)
    return list(found.filter(current__name=name).select_related("current", "member").order_by("id"))
