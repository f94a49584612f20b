"""Writes of the register: each one transaction, one version or state, one audit event."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.domain.annex1 import Column
from paicha.domain.readings import CellValue
from paicha.organizations.models import User
from paicha.register.belonging import affiliate, belongs, belongs_elsewhere, forget, leave, person_meant
from paicha.register.holding import write_on
from paicha.register.models import Closing, EntryVersion, Member, RegisterEntry, Reopening
from paicha.register.records import Record, Recorder
from paicha.register.tallies.services import recount


class Conflict(Exception):
    """Somebody else changed the entry since the page was opened; `current` is what stands there now."""

    def __init__(self, current: EntryVersion) -> None:
        super().__init__("conflict")
        self.current = current


class StillOpen(Exception):
    """The person stands on this register already."""


class Gone(Exception):
    """The person left the branch after the entry was closed: the closing was no mistake."""


class Elsewhere(Exception):
    """The person belongs to another branch of the committee by now, `branch_id`: only the office may be told which."""

    def __init__(self, branch_id: UUID) -> None:
        super().__init__("belongs to another branch")
        self.branch_id = branch_id


class AlreadyClosed(Exception):
    """The entry is closed and cannot be changed."""


@transaction.atomic
def add_entry(
    *,
    actor: User,
    branch_id: UUID,
    cells: Sequence[CellValue],
    recorder: Recorder,
    today: date,
    member_id: UUID | None = None,
) -> RegisterEntry:
    """Put a person on a branch's register; `member_id` is somebody on its roster, whose ID number may be unknown.
    Raises belonging.NumberTaken."""
    write_on([branch_id])
    read = recorder.read(cells)
    known = Member.objects.get(committee_id=actor.committee_id, id=member_id) if member_id else None
    member = person_meant(actor.committee_id, recorder, read, known)
    entry = _open(actor, branch_id, member.id, today)
    _add_version(actor, entry, 1, recorder, read)
    _record(Event.ENTRY_ADDED, actor, entry, today)
    return entry


@transaction.atomic
def revise_entry(
    *, actor: User, entry_id: UUID, base: UUID, cells: Sequence[CellValue], recorder: Recorder, today: date
) -> RegisterEntry:
    """Write new cells over the version `base`, which the writer had before their eyes.

    Raises Conflict where another version has come since, AlreadyClosed on a closed entry, belonging.NumberTaken. Cells
    that say the same as before make no version."""
    entry = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    write_on([entry.branch_id])
    current = EntryVersion.objects.get(committee_id=actor.committee_id, id=entry.current_id or base)
    if entry.closed_on is not None:
        raise AlreadyClosed
    if current.id != base:
        raise Conflict(current)
    read = recorder.read(cells)
    changed = [column.heading for column in Column if current.cells[column] != read.cells[column]]
    if not changed:
        return entry
    before = entry.member
    entry.member = person_meant(actor.committee_id, recorder, read, before, entry.id)
    _add_version(actor, entry, current.n + 1, recorder, read)
    if entry.member_id != before.id:  # the number is somebody else's: the entry is theirs
        affiliate(actor.committee_id, entry.member_id, entry.branch_id, today)
        forget(actor.committee_id, [before.id])
    _record(Event.ENTRY_REVISED, actor, entry, today, version=current.n + 1, columns=changed)
    return entry


@transaction.atomic
def close_entry(*, actor: User, entry_id: UUID, closing: Closing, today: date) -> RegisterEntry:
    """Take a person off the register, with the reason; what was recorded stays. Who left the Party belongs to the
    branch no more. Raises ValueError for TRANSFERRED: that comes by the receipt alone (notice 二.2)."""
    if closing is Closing.TRANSFERRED:
        raise ValueError("a receipt closes it")
    entry = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    if entry.closed_on is not None:
        raise AlreadyClosed
    write_on([entry.branch_id])
    entry.closed_on, entry.closed_at, entry.closing = today, timezone.now(), closing
    entry.save(update_fields=["closed_on", "closed_at", "closing"])
    if closing is Closing.LEFT_PARTY:
        leave(actor.committee_id, entry.member_id, entry.branch_id, today)
    elif closing is Closing.IMPORT_UNDONE:
        forget(actor.committee_id, [entry.member_id])
    _record(Event.ENTRY_CLOSED, actor, entry, today, reason=closing.label)
    return entry


@transaction.atomic
def reopen_entry(*, actor: User, entry_id: UUID, today: date) -> RegisterEntry:
    """Put a closed entry back on the register: a closing by mistake, which is kept. Raises StillOpen where the person
    stands on this register by another entry, Gone where the affiliation has ended otherwise than by this closing, or by
    a receipt, which is taken back itself, Elsewhere."""
    entry = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    if entry.closed_on is None:
        return entry
    if _stands(entry):
        raise StillOpen
    gone = entry.closing != Closing.LEFT_PARTY and not belongs(actor.committee_id, entry.member_id)
    if gone or entry.closing == Closing.TRANSFERRED:
        raise Gone
    _check_belonging(entry)
    write_on([entry.branch_id])
    affiliate(actor.committee_id, entry.member_id, entry.branch_id, entry.closed_on)
    put_back(actor=actor, entry=entry)
    _record(Event.ENTRY_REOPENED, actor, entry, today)
    return entry


def put_back(*, actor: User, entry: RegisterEntry) -> None:
    """Open a closed entry again, inside the transaction and event of what is done; that it was closed is kept."""
    if entry.closed_on is None or entry.closing is None:
        return
    write_on([entry.branch_id])
    Reopening(
        committee_id=actor.committee_id,
        entry=entry,
        closed_on=entry.closed_on,
        closing=entry.closing,
        reopened_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    ).save(force_insert=True)
    entry.closed_on = entry.closed_at = entry.closing = None
    entry.save(update_fields=["closed_on", "closed_at", "closing"])


@transaction.atomic
def take_up_entry(*, actor: User, entry_id: UUID, recorder: Recorder, today: date) -> RegisterEntry:
    """A person who left the register is away again: a new entry, filled from the last version of the closed one, which
    stays as it was. Raises StillOpen where the person stands on this register, by this entry or another, Elsewhere."""
    old = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    if _stands(old):
        raise StillOpen
    _check_belonging(old)
    write_on([old.branch_id])
    last = EntryVersion.objects.filter(committee_id=actor.committee_id, entry=old).latest("n")
    entry = _open(actor, old.branch_id, old.member_id, today)
    _add_version(actor, entry, 1, recorder, recorder.read(last.cells))
    _record(Event.ENTRY_ADDED, actor, entry, today, taken_up=str(old.id))
    return entry


@transaction.atomic
def record_export(*, actor: User, branch_id: UUID, form: str, people: int, **said: bool) -> None:
    """A form with ID numbers in full left the house: who, which, how many people (notice 四.3)."""
    record(
        Event.EXPORTED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="branch",
        subject_id=branch_id,
        branch_id=branch_id,
        form=form,
        people=people,
        **said,
    )


def _stands(entry: RegisterEntry) -> bool:
    """Whether the person of an entry is open on its register, by this entry or another."""
    here = RegisterEntry.objects.filter(committee_id=entry.committee_id, branch_id=entry.branch_id, closed_on=None)
    return here.filter(member_id=entry.member_id).exists()


def _open(actor: User, branch_id: UUID, member_id: UUID, today: date) -> RegisterEntry:
    """A new entry at the end of a branch's register, not saved yet: its first version comes with it. Its member belongs
    to the branch from now on, unless to another."""
    affiliate(actor.committee_id, member_id, branch_id, today)
    last = RegisterEntry.objects.filter(committee_id=actor.committee_id, branch_id=branch_id).aggregate(Max("rank"))
    rank = (last["rank__max"] or 0) + 1
    return RegisterEntry(
        committee_id=actor.committee_id, branch_id=branch_id, member_id=member_id, rank=rank, opened_on=today
    )


def _check_belonging(entry: RegisterEntry) -> None:
    """Raises Elsewhere for the entry of somebody who belongs to another branch by now."""
    other = belongs_elsewhere(entry.committee_id, entry.member_id, entry.branch_id)
    if other:
        raise Elsewhere(other)


def _add_version(actor: User, entry: RegisterEntry, n: int, recorder: Recorder, read: Record) -> None:
    """The newest version of an entry. Each refers to the other, which the database looks at when all is written."""
    version = EntryVersion(
        committee_id=actor.committee_id,
        entry=entry,
        n=n,
        recorded_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    entry.current = recorder.fill(version, read)
    entry.save(update_fields=None if entry._state.adding else ["current", "member"])
    version.save(force_insert=True)


def _record(event: Event, actor: User, entry: RegisterEntry, today: date, **payload: int | str | list[str]) -> None:
    """The end of every write: its branch counted anew, its event."""
    recount(actor.committee_id, [entry.branch_id], today)
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry",
        subject_id=entry.id,
        branch_id=entry.branch_id,
        **payload,
    )
