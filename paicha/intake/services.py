"""Writes of intake: an upload is received, decided on once, and expires."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.intake.models import SavedColumns, State, Upload, UploadedFile
from paicha.intake.storage import uploads
from paicha.organizations.models import User


class AlreadyDecided(Exception):
    """The upload was applied, undone or discarded by somebody in the meantime."""


class PlanChanged(Exception):
    """What was looked at is no longer what would be done: it is to be looked at again."""


@transaction.atomic
def receive(
    *,
    actor: User,
    kind: str,
    branch_id: UUID | None,
    files: Iterable[tuple[str, bytes]],
    about_id: UUID | None = None,
) -> Upload:
    """Keep files, encrypted, until they are applied or expire. `files` are (name, bytes)."""
    now = timezone.now()
    upload = Upload(
        committee_id=actor.committee_id,
        kind=kind,
        branch_id=branch_id,
        about_id=about_id,
        actor_id=actor.id,
        actor_name=actor.name,
        received_at=now,
        expires_at=now + timedelta(days=settings.UPLOAD_DAYS),
    )
    upload.save(force_insert=True)
    kept = [
        UploadedFile(
            committee_id=actor.committee_id,
            upload=upload,
            name=name,
            size=len(data),
            sha256=hashlib.sha256(data).digest(),
            blob=uploads().write(data),
        )
        for name, data in files
    ]
    UploadedFile.objects.bulk_create(kept)
    _record(Event.UPLOAD_RECEIVED, actor, upload, files=len(kept), bytes=sum(file.size for file in kept))
    return upload


@transaction.atomic
def decide(
    *, actor: User, upload_id: UUID, before: State, after: State, event: Event, counts: Mapping[str, int]
) -> Upload:
    """Bring an upload from one state into the next, in the transaction that does what the state says. Raises
    AlreadyDecided where it is no longer in the first."""
    upload = Upload.objects.select_for_update().get(committee_id=actor.committee_id, id=upload_id)
    if upload.state != before:
        raise AlreadyDecided
    upload.state, upload.decided_at = after, timezone.now()
    upload.counts = {**upload.counts, **counts}
    upload.save(update_fields=["state", "decided_at", "counts"])
    _record(event, actor, upload, **counts)
    return upload


def applied(*, actor: User, upload: Upload, event: Event, counts: Mapping[str, int], planned: str, seen: str) -> Upload:
    """An upload is applied, in the transaction that does so. `planned`: the digest of the plan as it is made now,
    `seen`: of the one that was looked at. Raises AlreadyDecided, first, so that who clicks twice is told that it was
    done; PlanChanged."""
    decided = decide(
        actor=actor, upload_id=upload.id, before=State.RECEIVED, after=State.APPLIED, event=event, counts=counts
    )
    if planned != seen:
        raise PlanChanged
    return decided


def undone(*, actor: User, upload: Upload, counts: Mapping[str, int]) -> Upload:
    """What an upload did is taken back, in the transaction that does so. Raises AlreadyDecided."""
    return decide(
        actor=actor,
        upload_id=upload.id,
        before=State.APPLIED,
        after=State.UNDONE,
        event=Event.BATCH_UNDONE,
        counts=counts,
    )


@transaction.atomic
def set_columns(*, actor: User, kind: str, called: str, columns: Mapping[str, str]) -> None:
    """Keep what each column of a kind of list is, for the next upload too."""
    kept = SavedColumns.objects.select_for_update()
    found, _ = kept.get_or_create(committee_id=actor.committee_id, kind=kind)
    found.columns = {**found.columns, **columns}
    found.save()
    read, event = sum(bool(ours) for ours in columns.values()), Event.ROSTER_COLUMNS_SET
    record(event, actor=actor, committee_id=actor.committee_id, of=called, columns=len(columns), read=read)


@transaction.atomic
def discard(*, actor: User, upload_id: UUID) -> None:
    """Leave an upload aside unapplied; its files go at once. Raises AlreadyDecided."""
    upload = decide(
        actor=actor,
        upload_id=upload_id,
        before=State.RECEIVED,
        after=State.DISCARDED,
        event=Event.UPLOAD_DISCARDED,
        counts={},
    )
    _forget(UploadedFile.objects.filter(committee_id=actor.committee_id, upload=upload))


@transaction.atomic
def expire(committee_id: UUID, now: datetime) -> int:
    """Remove the bytes of files whose time is over; what was applied from them stays. Returns how many."""
    over = _forget(UploadedFile.objects.filter(committee_id=committee_id, upload__expires_at__lte=now))
    if over:
        record(Event.UPLOAD_EXPIRED, actor=None, committee_id=committee_id, files=over)
    return over


def sweep(known: Collection[str]) -> int:
    """Remove bytes that no file of any committee (`known`) names: their upload was rolled back, or the site ended
    before it could remove them. How many."""
    return uploads().sweep(known)


def _forget(files: QuerySet[UploadedFile]) -> int:
    """Remove the bytes of files once that is committed; how many had any."""
    kept = dict(files.exclude(blob="").values_list("id", "blob"))
    files.filter(id__in=list(kept)).update(blob="")
    transaction.on_commit(partial(_remove, list(kept.values())))
    return len(kept)


def _remove(names: Iterable[str]) -> None:
    for name in names:
        uploads().delete(name)


def _record(event: Event, actor: User, upload: Upload, **payload: int) -> None:
    record(
        event,
        actor=actor,
        committee_id=upload.committee_id,
        subject_kind="upload",
        subject_id=upload.id,
        branch_id=upload.branch_id,
        **payload,
    )
