"""Reads of graduates. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from paicha.domain.graduate_list import Field
from paicha.domain.graduates import HALF_YEAR, Destination, Known, Next, months_since, next_of, settled
from paicha.domain.letters import Outlook, Stage
from paicha.organizations.tree import Tree
from paicha.register.contacts.models import ContactPerson
from paicha.register.contacts.selectors import contact_persons
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.roster.models import RosterLine
from paicha.transfers.graduating.models import Cohort, Graduate, GraduateVersion
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.selectors import last_transfers, letter_of, outlook_of


@dataclass(frozen=True, slots=True)
class Person:
    """One graduate as the table shows them. `at` is the branch that looks after them, or did until they left (`here`:
    they have not); `entry_id` their open entry on its register, `contact` who keeps in touch with them by it, which is
    as good as being named on the list; `transfer` the newest; `receipt` what shows that they
    were received."""

    graduate: Graduate
    version: GraduateVersion
    at: UUID
    here: bool
    entry_id: UUID | None
    transfer: Transfer | None
    receipt: Receipt | None
    outlook: Outlook
    months: int
    next: Next
    contact: str = ""

    @property
    def name(self) -> str:
        """As the roster has it, which may be newer than what the member was first known by."""
        return self.graduate.called or self.graduate.member.name  # type: ignore[attr-defined]  # annotated in `_at`

    @property
    def underway(self) -> bool:
        """Whether the newest transfer is one that was sent and is not over."""
        return self.transfer is not None and Stage(self.transfer.stage) in (Stage.UNDERWAY, Stage.EXPIRED)

    @property
    def last_day(self) -> date | None:
        """The last day on which the letter of a transfer that is underway holds."""
        letter = letter_of(self.transfer) if self.transfer is not None and self.underway else None
        return letter.last_day if letter else None

    @property
    def wants_check(self) -> bool:
        """Whether half a year has gone by and they stand on no register: they may be an outflow member (notice 一)."""
        return self.here and self.entry_id is None and self.months >= HALF_YEAR

    def text(self, field: Field) -> str:
        return self.version.text(field)


Filter = tuple[str, Callable[[Person], bool]]
SHOWN: dict[str, Filter] = {
    "all": ("全部", lambda person: True),
    "destination": ("没有去向", lambda person: person.here and not settled(person.version.kind)),
    "responsible": ("没人负责", lambda person: person.here and not (person.version.looked_after or person.contact)),
    "organization": ("缺接收党组织", lambda person: person.next is Next.NAME_ORGANIZATION),
    "letter": ("没有开介绍信", lambda person: person.next is Next.SEND),
    "underway": ("在途", lambda person: person.here and person.underway),
    "expired": ("介绍信过期", lambda person: person.next is Next.SEND_AGAIN),
    "late": ("回执逾期", lambda person: person.next is Next.CHASE),
    "keep": ("留在本支部", lambda person: person.next is Next.KEEP),
    "received": ("已转出", lambda person: person.next is Next.DONE),
}
"""Filters: what they are called, and who is in them. One word in `?show=`."""


COUNTED = ("people", "unsettled", "unattended", "gone")
OF_WANTING = ("cohort_id", "cohort__name", "unsettled", "unattended")


@dataclass(frozen=True, slots=True)
class Wanting:
    """A cohort of which somebody has no destination, or nobody who looks after them: how many."""

    cohort_id: UUID
    name: str
    unsettled: int
    unattended: int


def cohorts_of(committee_id: UUID, branches: Collection[UUID]) -> list[tuple[Cohort, dict[str, int]]]:
    """Every cohort, the newest first, with how many of these branches: `people`, `unsettled`, `unattended`, `gone`."""
    rows = _counted(committee_id, branches).values_list("cohort_id", *COUNTED)
    numbers = {cohort_id: dict(zip(COUNTED, counts, strict=True)) for cohort_id, *counts in rows}
    none = dict.fromkeys(COUNTED, 0)
    found = Cohort.objects.filter(committee_id=committee_id).order_by("-month", "-id")
    return [(cohort, numbers.get(cohort.id, none)) for cohort in found]


def wanting(committee_id: UUID, branches: Collection[UUID]) -> list[Wanting]:
    """The cohorts that want something of these branches, the newest first. One query."""
    rows = _counted(committee_id, branches).order_by("-cohort__month", "-cohort_id")
    found = (Wanting(*row) for row in rows.values_list(*OF_WANTING))
    return [one for one in found if one.unsettled or one.unattended]


def _counted(committee_id: UUID, branches: Collection[UUID]) -> QuerySet[Graduate, Any]:
    """A row a cohort, with COUNTED."""
    here = Q(here__isnull=False)
    return (
        _of(committee_id, branches)
        .order_by()
        .values("cohort_id", "cohort__name", "cohort__month")
        .annotate(
            people=Count("id"),
            unsettled=Count("id", filter=_unsettled() & here),
            unattended=Count("id", filter=Q(current__looked_after=False) & ~Q(_in_touch()) & here),
            gone=Count("id", filter=~here),
        )
    )


def names_of(tree: Tree) -> dict[UUID, str]:
    """Organization → its name, those that were merged or closed among them."""
    return {node.id: node.name for node in (*tree.former.values(), *tree.nodes.values())}


def people_of(
    committee_id: UUID, branches: Collection[UUID], names: dict[UUID, str], today: date, cohort: Cohort
) -> list[Person]:
    """A cohort's graduates of these branches, by name. Five queries, however many people."""
    graduates = list(_of(committee_id, branches).filter(cohort=cohort).select_related("member", "current"))
    graduates.sort(key=lambda graduate: (graduate.pinyin, graduate.id))
    return _people(committee_id, graduates, names, today)


def person_of(graduate: Graduate, names: dict[UUID, str], today: date) -> Person:
    """One graduate."""
    found = _at(Graduate.objects.filter(committee_id=graduate.committee_id, id=graduate.id))
    return _people(graduate.committee_id, list(found.select_related("member", "current", "cohort")), names, today)[0]


def branch_of(graduate: Graduate) -> UUID:
    """The branch that looks after a graduate, or did until they left."""
    found = _at(Graduate.objects.filter(committee_id=graduate.committee_id, id=graduate.id)).get()
    return UUID(str(found.at))  # type: ignore[attr-defined]


def is_graduate(committee_id: UUID, member_id: UUID) -> bool:
    """Whether a member stands in a cohort: a new letter in place of an expired one is easier for them."""
    return Graduate.objects.filter(committee_id=committee_id, member_id=member_id, taken_off_at=None).exists()


def graduates_of(committee_id: UUID, members: Collection[UUID]) -> dict[UUID, UUID]:
    """Member → their newest place in a cohort."""
    found = Graduate.objects.filter(committee_id=committee_id, member_id__in=list(members), taken_off_at=None)
    return dict(found.order_by("id").values_list("member_id", "id"))


def places_of(committee_id: UUID, member_id: UUID) -> list[Graduate]:
    """Every place of a member in a cohort, those taken off it among them."""
    found = Graduate.objects.filter(committee_id=committee_id, member_id=member_id)
    return list(found.select_related("cohort").order_by("-id"))


def versions_of(graduate: Graduate) -> list[GraduateVersion]:
    """Every version, newest first."""
    found = GraduateVersion.objects.filter(committee_id=graduate.committee_id, graduate=graduate)
    return list(found.order_by("-n"))


def versions_seen(committee_id: UUID, seen: Mapping[UUID, int]) -> dict[UUID, GraduateVersion]:
    """Graduate → the version of that number, of those that have it."""
    found = GraduateVersion.objects.filter(
        committee_id=committee_id, graduate_id__in=list(seen), n__in=set(seen.values())
    )
    return {version.graduate_id: version for version in found if version.n == seen[version.graduate_id]}


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around graduates, by member: the newest transfer, the receipt that was not taken back, the open entry
    (by branch too), who keeps in touch by it."""

    transfers: dict[UUID, Transfer]
    receipts: dict[UUID, Receipt]
    entries: dict[tuple[UUID, UUID], UUID]
    persons: dict[UUID, ContactPerson]


def _people(committee_id: UUID, graduates: list[Graduate], names: dict[UUID, str], today: date) -> list[Person]:
    members = [graduate.member_id for graduate in graduates]
    receipts = Receipt.objects.filter(committee_id=committee_id, member_id__in=members, taken_back_at=None)
    open_ = RegisterEntry.objects.filter(committee_id=committee_id, member_id__in=members, closed_on=None)
    entries = {(member, branch): id_ for member, branch, id_ in open_.values_list("member_id", "branch_id", "id")}
    around = _Around(
        last_transfers(committee_id, members),
        {receipt.member_id: receipt for receipt in receipts.order_by("id")},
        entries,
        contact_persons(committee_id, entries.values()),
    )
    return [_person(graduate, around, names, today) for graduate in graduates]


def _person(graduate: Graduate, around: _Around, names: dict[UUID, str], today: date) -> Person:
    version = graduate.current
    if version is None:
        raise LookupError(f"graduate {graduate.id} has no version")
    here, at = graduate.here is not None, graduate.at  # type: ignore[attr-defined]
    transfer = around.transfers.get(graduate.member_id)
    receipt = None if here else around.receipts.get(graduate.member_id)
    outlook = outlook_of(transfer, receipt, names.get(at, ""), today)
    stage = Stage(transfer.stage) if transfer and not (here and transfer.stage == Stage.RECEIVED) else None
    coming = next_of(Known(version.kind, version.organized), stage, outlook, received=receipt is not None)
    if not here and receipt is None:
        coming = Next.LEFT
    entry_id = around.entries.get((graduate.member_id, at))
    contact = around.persons[entry_id].name if entry_id in around.persons else ""
    months = months_since(version.month, today)
    return Person(graduate, version, at, here, entry_id, transfer, receipt, outlook, months, coming, contact)


def _of(committee_id: UUID, branches: Collection[UUID]) -> QuerySet[Graduate]:
    """Those on a list whom these branches look after, or did until they left."""
    ours = _at(Graduate.objects.filter(committee_id=committee_id, taken_off_at=None))
    return ours.filter(Q(at__in=list(branches)))


def _at(graduates: QuerySet[Graduate]) -> QuerySet[Graduate]:
    """With `here`, the branch that they belong to now, and `at`, that or the one that they belonged to last; `called`
    as the roster has it."""
    theirs = Affiliation.objects.filter(committee_id=OuterRef("committee_id"), member=OuterRef("member"))
    here = Subquery(theirs.filter(until=None).values("branch_id")[:1], output_field=UUIDField())
    last = Subquery(theirs.order_by(F("until").desc(nulls_first=True), "-id").values("branch_id")[:1])
    lines = RosterLine.objects.filter(committee_id=OuterRef("committee_id"), member=OuterRef("member"), ended_by=None)
    called = Subquery(lines.values("name")[:1])
    return graduates.annotate(here=here, called=called, at=Coalesce(last, "branch_id", output_field=UUIDField()))


def _in_touch() -> Exists:
    """Whether a contact person is named for them on a register."""
    named = ContactPerson.objects.filter(committee_id=OuterRef("committee_id"), until=None)
    return Exists(named.filter(entry__member=OuterRef("member"), entry__closed_on=None))


def _unsettled() -> Q:
    return Q(current__destination=None) | Q(current__destination=Destination.UNKNOWN)
