"""Undoing a batch: everybody that it brought in leaves, everybody that it changed is as before. Rows that were changed
since are kept, and named."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from paicha.intake import services
from paicha.intake.models import Upload
from paicha.organizations.models import User
from paicha.register.belonging import forget
from paicha.register.holding import write_on
from paicha.register.models import Closing, EntryVersion, RegisterEntry
from paicha.register.selectors import current_of
from paicha.register.tallies.services import recount
from paicha.tenancy.models import new_id

KEPT_FIELDS = (
    *("name", "pinyin", "strokes", "id_hash", "phone_hash"),
    *EntryVersion.FACTS,
    *("errors", "warnings"),
)


Busy = Callable[[UUID, Collection[UUID]], set[UUID]]
"""Of these members of a committee, those of whom an app above has something underway: they do not go with a batch."""


@dataclass(slots=True)
class Undone:
    """How many entries were closed and put back, and who was changed since and stays."""

    closed: int = 0
    put_back: int = 0
    kept: list[RegisterEntry] = field(default_factory=list)


@transaction.atomic
def undo_batch(*, actor: User, upload: Upload, busy: Busy, today: date) -> Undone:
    """Take back what applying `upload` did. Versions are never changed: what was before comes back as a new one. Who
    was changed since stays, who the office moved away from the branch that sent the upload, and of whom something is
    underway (`busy`). Raises intake.services.AlreadyDecided where it is not applied (any more)."""
    written = EntryVersion.objects.filter(committee_id=actor.committee_id, batch_id=upload.id)
    versions = {version.entry_id: version for version in written.order_by("n")}
    # without their versions: of an entry that is being edited, PostgreSQL would give none
    entries = RegisterEntry.objects.select_for_update()
    undone = Undone()
    closed, put_back = [], []
    brought = list(entries.filter(committee_id=actor.committee_id, id__in=written.values("entry_id")))
    write_on(entry.branch_id for entry in brought)
    underway = busy(actor.committee_id, [entry.member_id for entry in brought])
    for entry in brought:
        version = versions[entry.id]
        elsewhere = upload.branch_id is not None and entry.branch_id != upload.branch_id  # moved there by the office
        stays = version.n == 1 and entry.member_id in underway
        if elsewhere or stays or entry.closed_on is not None or entry.current_id != version.id:
            undone.kept.append(entry)
            continue
        entry.current = version
        if version.n == 1:
            entry.closed_on, entry.closed_at, entry.closing = today, timezone.now(), Closing.IMPORT_UNDONE
            closed.append(entry)
        else:
            put_back.append(entry)
    RegisterEntry.objects.bulk_update(closed, ["closed_on", "closed_at", "closing"], batch_size=1000)
    forget(actor.committee_id, [entry.member_id for entry in closed])
    _put_back(actor, put_back)
    undone.closed, undone.put_back = len(closed), len(put_back)
    prefetch_related_objects(undone.kept, "current")  # they are named
    recount(actor.committee_id, {entry.branch_id for entry in (*closed, *put_back)}, today)
    services.undone(
        actor=actor,
        upload=upload,
        counts={"closed": undone.closed, "put_back": undone.put_back, "kept": len(undone.kept)},
    )
    return undone


def _put_back(actor: User, entries: list[RegisterEntry]) -> None:
    """A new version of each entry that says what the one before the batch said."""
    before = _versions_before(actor.committee_id, entries)
    now = timezone.now()
    restored = []
    for entry in entries:
        old, current = before[entry.id], current_of(entry)
        version = EntryVersion(
            id=new_id(),
            committee_id=actor.committee_id,
            entry=entry,
            n=current.n + 1,
            recorded_at=now,
            actor_id=actor.id,
            actor_name=actor.name,
            cells=old.cells,
            **{name: getattr(old, name) for name in KEPT_FIELDS},
        )
        restored.append(version)
        entry.current = version
    EntryVersion.objects.bulk_create(restored, batch_size=500)
    RegisterEntry.objects.bulk_update(entries, ["current"], batch_size=1000)


def _versions_before(committee_id: UUID, entries: list[RegisterEntry]) -> dict[UUID, EntryVersion]:
    wanted = {entry.id: current_of(entry).n - 1 for entry in entries}
    found = EntryVersion.objects.filter(committee_id=committee_id, entry_id__in=list(wanted))
    return {version.entry_id: version for version in found if version.n == wanted[version.entry_id]}
