"""Writes of the sheet: all rows of a request in one transaction, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from paicha.domain.annex1 import Column
from paicha.organizations.models import User
from paicha.register.models import Closing, EntryVersion, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.selectors import current_of, entries_of
from paicha.register.services import AlreadyClosed, Conflict, add_entry, close_entry, revise_entry
from paicha.register.sheet.rows import Saved, Undone
from paicha.register.tallies.services import counted_once

EMPTY = [""] * len(Column)


@dataclass(frozen=True, slots=True)
class Written:
    """One row that was written: from version `before` (None: it is new) to version `after`."""

    entry: UUID
    before: UUID | None
    after: UUID


class RowsConflict(Exception):
    """Somebody else changed some of the rows first, or closed them; `entries` are those. Nothing was written."""

    def __init__(self, entries: Sequence[UUID]) -> None:
        super().__init__("conflict")
        self.entries = list(entries)


@transaction.atomic
@counted_once()
def save_rows(*, actor: User, branch_id: UUID, rows: Sequence[Saved], recorder: Recorder, today: date) -> list[Written]:
    """Write changed and new rows of a branch's register. A row that says nothing new makes no version. Raises
    RowsConflict; LookupError for an entry that is not this branch's."""
    known = entries_of(actor.committee_id, branch_id, [row.entry for row in rows if row.entry])
    written, stale = list[Written](), list[UUID]()
    for row in rows:
        if row.entry is None:
            if any(row.cells.values()):
                entry = add_entry(
                    actor=actor, branch_id=branch_id, cells=row.over(EMPTY), recorder=recorder, today=today
                )
                written.append(Written(entry.id, None, current_of(entry).id))
            continue
        current = current_of(known[row.entry])
        after = _revised(actor, known[row.entry], row.base, row.over(current.cells), recorder, today)
        if after is None:
            stale.append(row.entry)
        elif after != current.id:
            written.append(Written(row.entry, current.id, after))
    if stale:
        raise RowsConflict(stale)
    return written


@transaction.atomic
@counted_once()
def undo_rows(
    *, actor: User, branch_id: UUID, rows: Sequence[Undone], recorder: Recorder, today: date
) -> list[Written]:
    """Take rows back to what stood there: what was before comes as a new version; a new row is closed. Raises
    RowsConflict where a row was changed since; LookupError for what is not this branch's."""
    known = entries_of(actor.committee_id, branch_id, [row.entry for row in rows])
    earlier = EntryVersion.objects.filter(
        committee_id=actor.committee_id, entry__in=known, id__in=[row.to for row in rows if row.to]
    ).in_bulk()
    if any(row.to and (row.to not in earlier or earlier[row.to].entry_id != row.entry) for row in rows):
        raise LookupError("no version of this entry")
    written, stale = list[Written](), list[UUID]()
    for row in rows:
        if row.to is None:
            if not _withdrawn(actor, known[row.entry], row.base, today):
                stale.append(row.entry)
            continue
        after = _revised(actor, known[row.entry], row.base, earlier[row.to].cells, recorder, today)
        if after is None:
            stale.append(row.entry)
        else:
            written.append(Written(row.entry, row.base, after))
    if stale:
        raise RowsConflict(stale)
    return written


def _revised(
    actor: User, entry: RegisterEntry, base: UUID | None, cells: Sequence[object], recorder: Recorder, today: date
) -> UUID | None:
    """The version that stands after writing `cells` over `base`; None where somebody else was first."""
    try:
        revised = revise_entry(
            actor=actor,
            entry_id=entry.id,
            base=base or entry.id,
            cells=cells,  # type: ignore[arg-type]  # cells of a version
            recorder=recorder,
            today=today,
        )
    except (Conflict, AlreadyClosed):
        return None
    return revised.current_id


def _withdrawn(actor: User, entry: RegisterEntry, base: UUID, today: date) -> bool:
    """Whether a new row could be taken off again: it still stands as it was written."""
    if entry.current_id != base:
        return False
    try:
        close_entry(actor=actor, entry_id=entry.id, closing=Closing.IMPORT_UNDONE, today=today)
    except AlreadyClosed:
        return False
    return True
