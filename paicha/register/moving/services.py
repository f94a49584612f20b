"""Moving people within the committee: one transaction, one event. Entries keep their versions; the affiliation with the
old branch ends and one with the new begins, which a person's line of time tells."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import User
from paicha.organizations.tree import tree_of
from paicha.register.holding import write_on
from paicha.register.models import Affiliation, EntryVersion, Member, RegisterEntry
from paicha.register.roster.selectors import chunks
from paicha.register.rules import rules_of
from paicha.register.services import AlreadyClosed
from paicha.register.tallies.directions import reckon
from paicha.register.tallies.services import recount


@dataclass(frozen=True, slots=True)
class Moved:
    """How many members and entries moved, and who stayed because they stand on the other register already."""

    members: int
    entries: int
    stayed: list[str]


class AlreadyThere(Exception):
    """The person stands on the register of the branch they are to move to."""


@transaction.atomic
def move_branch(*, actor: User, from_id: UUID, to_id: UUID, today: date) -> Moved:
    """Everybody of a branch to another one: who is open on both registers stays, and is named."""
    write_on([from_id, to_id])
    here = RegisterEntry.objects.select_for_update(of=("self",)).select_related("member").order_by("rank", "id")
    entries = here.filter(committee_id=actor.committee_id, branch_id=from_id, closed_on=None)
    there = _standing(actor.committee_id, to_id)
    moving = [entry for entry in entries if entry.member_id not in there]
    staying = [entry for entry in entries if entry.member_id in there]
    _move(actor.committee_id, moving, to_id, today)
    open_here = Affiliation.objects.filter(committee_id=actor.committee_id, branch_id=from_id, until=None)
    leaving = open_here.exclude(member_id__in=[entry.member_id for entry in staying])
    members = list(leaving.values_list("member_id", flat=True))
    _affiliate(actor.committee_id, members, to_id, today)
    recount(actor.committee_id, [from_id, to_id], today)
    _record(actor, from_id, to_id, len(members), len(moving))
    return Moved(len(members), len(moving), [entry.member.name for entry in staying])


@transaction.atomic
def move_entry(*, actor: User, entry_id: UUID, to_id: UUID, today: date) -> RegisterEntry:
    """One person, with the open entry, to another branch. Raises AlreadyThere, AlreadyClosed."""
    entry = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    if entry.closed_on is not None:
        raise AlreadyClosed
    if entry.member_id in _standing(actor.committee_id, to_id):
        raise AlreadyThere
    from_id = entry.branch_id
    write_on([from_id, to_id])
    _move(actor.committee_id, [entry], to_id, today)
    _affiliate(actor.committee_id, [entry.member_id], to_id, today)
    recount(actor.committee_id, [from_id, to_id], today)
    _record(actor, from_id, to_id, 1, 1, entry)
    return entry


def _standing(committee_id: UUID, branch_id: UUID) -> set[UUID]:
    """The members open on a branch's register."""
    entries = RegisterEntry.objects.filter(committee_id=committee_id, branch_id=branch_id, closed_on=None)
    return set(entries.values_list("member_id", flat=True))


def _move(committee_id: UUID, entries: list[RegisterEntry], to_id: UUID, today: date) -> None:
    """Entries to the end of the other register, in their order."""
    last = RegisterEntry.objects.filter(committee_id=committee_id, branch_id=to_id).aggregate(Max("rank"))
    for rank, entry in enumerate(entries, (last["rank__max"] or 0) + 1):
        entry.branch_id, entry.rank = to_id, rank
    RegisterEntry.objects.bulk_update(entries, ["branch", "rank"], batch_size=1000)
    _look_from_there(committee_id, entries, to_id, today)


def _look_from_there(committee_id: UUID, entries: list[RegisterEntry], to_id: UUID, today: date) -> None:
    """The other branch may lie elsewhere: directions are from there."""
    rules = rules_of(tree_of(committee_id), to_id, today)
    for some in chunks(entry.id for entry in entries):
        reckon(EntryVersion.objects.filter(committee_id=committee_id, entry_id__in=some), rules)


def _affiliate(committee_id: UUID, members: list[UUID], to_id: UUID, today: date) -> None:
    """From today on these members belong to the branch."""
    Affiliation.objects.filter(committee_id=committee_id, member_id__in=members, until=None).update(until=today)
    known = Member.objects.filter(committee_id=committee_id, id__in=members).values_list("id", flat=True)
    new = [Affiliation(committee_id=committee_id, member_id=id_, branch_id=to_id, since=today) for id_ in known]
    Affiliation.objects.bulk_create(new, batch_size=500)


def _record(
    actor: User, from_id: UUID, to_id: UUID, members: int, entries: int, entry: RegisterEntry | None = None
) -> None:
    record(
        Event.PEOPLE_MOVED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry" if entry else "branch",
        subject_id=entry.id if entry else from_id,
        branch_id=to_id,
        from_branch=str(from_id),
        people=members,
        entries=entries,
    )
