"""Reads of intake."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from paicha.intake.models import SavedColumns, State, Upload, UploadedFile


def uploads_of(committee_id: UUID, kind: str, branches: frozenset[UUID], *, everybody: bool) -> QuerySet[Upload]:
    """Uploads of a kind, newest first: those of these branches, and with `everybody` the office's own."""
    found = Upload.objects.filter(committee_id=committee_id, kind=kind).order_by("-received_at")
    return found if everybody else found.filter(branch_id__in=branches)


def undecided(committee_id: UUID, branches: frozenset[UUID], now: datetime, *, everybody: bool) -> QuerySet[Upload]:
    """Uploads that were received and neither applied nor discarded, newest first, as long as their files are there."""
    found = Upload.objects.filter(committee_id=committee_id, state=State.RECEIVED, expires_at__gt=now)
    whose = Q(branch_id__in=branches) | Q(branch_id=None) if everybody else Q(branch_id__in=branches)
    return found.filter(whose).order_by("-received_at")


def blobs(committee_id: UUID) -> set[str]:
    """The names of the bytes that a committee's files still have."""
    return set(UploadedFile.objects.filter(committee_id=committee_id).exclude(blob="").values_list("blob", flat=True))


def files_of(upload: Upload) -> list[UploadedFile]:
    return list(UploadedFile.objects.filter(committee_id=upload.committee_id, upload=upload).order_by("id"))


def file_names(committee_id: UUID, uploads: Iterable[Upload]) -> dict[UUID, list[str]]:
    """Upload → the names of its files, as they were sent."""
    names: dict[UUID, list[str]] = {}
    for file in UploadedFile.objects.filter(committee_id=committee_id, upload__in=list(uploads)).order_by("id"):
        names.setdefault(file.upload_id, []).append(file.name)
    return names


def saved_columns(committee_id: UUID, kind: str) -> dict[str, str]:
    """What was said last time of the columns of this kind of list; empty where nothing was."""
    found = SavedColumns.objects.filter(committee_id=committee_id, kind=kind).first()
    return dict(found.columns) if found else {}
