"""Reads of contacts. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest

from paicha.domain.annex1 import Column
from paicha.domain.divisions import Direction
from paicha.domain.followup import due, latest_start, maybe_lost
from paicha.domain.readings import as_text
from paicha.domain.residence import parse_residence
from paicha.register.contacts.models import ContactPerson, ContactRecord, Purpose
from paicha.register.models import EntryVersion, RegisterEntry

AHEAD = timedelta(days=14)  # who is due within two weeks is listed too, so that there is time to act
MOST = 500  # people that one page lists


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When somebody is to be contacted next; `maybe_lost`: nobody reached them for six months (domain.followup)."""

    entry: RegisterEntry
    name: str
    last_contact: date | None
    due: date
    abroad: bool
    maybe_lost: bool
    today: date

    @property
    def days_left(self) -> int:
        return (self.due - self.today).days

    @property
    def state(self) -> str:
        """As a class of the style sheet: error when it is overdue, warning within two weeks, else done."""
        if self.days_left < 0:
            return "error"
        return "warning" if self.days_left <= AHEAD.days else "done"

    @property
    def words(self) -> str:
        """还有 3 天, 今天到期, 已逾期 2 天."""
        if self.days_left == 0:
            return "今天到期"
        return f"已逾期 {-self.days_left} 天" if self.days_left < 0 else f"还有 {self.days_left} 天"


@dataclass(frozen=True, slots=True)
class Overdue:
    """Who is overdue or soon due, the longest overdue first. `more`: there are others, contacted later than these."""

    people: list[FollowUp]
    more: bool


def overdue(committee_id: UUID, branch_ids: Collection[UUID], today: date, *, most: int = MOST) -> Overdue:
    """People of these branches whose contact is overdue or due within two weeks; of more than `most` those who have
    waited longest. Two queries; cells are opened of those alone who may be abroad."""
    by = today + AHEAD
    people: list[FollowUp] = []
    for entry in _waiting(committee_id, branch_ids, latest_start(by)):
        follow_up = follow_up_of(entry, today)
        if follow_up.due > by:
            continue  # abroad: half a year
        if len(people) == most:
            return Overdue(_oldest_first(people), more=True)
        people.append(follow_up)
    return Overdue(_oldest_first(people), more=False)


def follow_up_of(entry: RegisterEntry, today: date) -> FollowUp:
    """One entry's; it wants `current` and `last_contact` selected with it."""
    version = entry.current
    last = entry.last_contact.happened_on if hasattr(entry, "last_contact") else None
    abroad = version is not None and is_abroad(version)
    return FollowUp(
        entry=entry,
        name=version.name if version else "",
        last_contact=last,
        due=due(last, entry.opened_on, abroad=abroad),
        abroad=abroad,
        maybe_lost=maybe_lost(last, entry.opened_on, today),
        today=today,
    )


def is_abroad(version: EntryVersion) -> bool:
    """Whether the residence is out of the country; direction says only that it is out of the province."""
    if version.direction not in (None, Direction.OUTSIDE_PROVINCE):
        return False
    return parse_residence(as_text(version.cells[Column.RESIDENCE])).abroad is not None


@dataclass(frozen=True, slots=True)
class Contacts:
    """What is known of keeping in touch with one person; persons and records newest first."""

    follow_up: FollowUp
    persons: list[ContactPerson]
    records: list[ContactRecord]

    @property
    def person(self) -> ContactPerson | None:
        """Who keeps in touch now."""
        return next((person for person in self.persons if person.until is None), None)


def contacts_of(committee_id: UUID, entry_id: UUID, today: date) -> Contacts:
    """Contacts of one entry. Raises RegisterEntry.DoesNotExist."""
    entry = RegisterEntry.objects.select_related("current", "last_contact").get(committee_id=committee_id, id=entry_id)
    persons = ContactPerson.objects.filter(committee_id=committee_id, entry_id=entry_id).order_by("-since", "-id")
    records = ContactRecord.objects.filter(committee_id=committee_id, entry_id=entry_id)
    return Contacts(follow_up_of(entry, today), list(persons), list(records.order_by("-happened_on", "-id")))


def contact_persons(committee_id: UUID, entry_ids: Collection[UUID]) -> dict[UUID, ContactPerson]:
    """Who keeps in touch with each of these entries now."""
    persons = ContactPerson.objects.filter(committee_id=committee_id, entry_id__in=list(entry_ids), until=None)
    return {person.entry_id: person for person in persons}


def education_contacts(committee_id: UUID, branch_id: UUID, first: date, last: date) -> dict[UUID, list[ContactRecord]]:
    """Member → contacts of a branch from `first` to `last` that reached them and served theme education, oldest first;
    those of an entry that was closed since among them."""
    found: dict[UUID, list[ContactRecord]] = {}
    records = taught(committee_id, first, last).filter(entry__branch_id=branch_id).select_related("entry")
    for record in records.order_by("happened_on", "id"):
        found.setdefault(record.entry.member_id, []).append(record)
    return found


def taught(committee_id: UUID, first: date, last: date = date.max) -> QuerySet[ContactRecord]:
    """The contacts from `first` to `last` that reached somebody and served theme education."""
    records = ContactRecord.objects.filter(committee_id=committee_id, happened_on__range=(first, last))
    served = records.annotate(taught=F("purposes").bitand(Purpose.EDUCATION.value))
    return served.filter(taught__gt=0, reached=True, withdrawn_at=None)


def taught_members(committee_id: UUID, members: Collection[UUID], first: date) -> set[UUID]:
    """Those of these members who were reached for theme education from `first` on."""
    found = taught(committee_id, first).filter(entry__member_id__in=list(members))
    return set(found.values_list("entry__member_id", flat=True))


def _waiting(committee_id: UUID, branch_ids: Collection[UUID], start: date) -> Iterator[RegisterEntry]:
    """Open entries not contacted after `start`, those who have waited longest first. They are sorted without their
    versions, which are then fetched of as many as are asked for: a committee has a hundred thousand."""
    keys = (
        RegisterEntry.objects.filter(committee_id=committee_id, closed_on=None, branch_id__in=list(branch_ids))
        .annotate(start=Greatest("opened_on", Coalesce("last_contact__happened_on", F("opened_on"))))
        .filter(start__lte=start)
        .order_by("start", "id")
        .values_list("id", flat=True)
        .iterator(chunk_size=MOST)
    )
    entries = RegisterEntry.objects.filter(committee_id=committee_id).select_related("current", "last_contact")
    while batch := list(islice(keys, MOST)):
        found = entries.in_bulk(batch)
        yield from (found[key] for key in batch)


def _oldest_first(people: list[FollowUp]) -> list[FollowUp]:
    return sorted(people, key=lambda follow_up: (follow_up.due, follow_up.entry.id))
