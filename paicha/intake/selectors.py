"""Reads of intake."""

from uuid import UUID

from django.db.models import QuerySet

from paicha.intake.models import Upload, UploadedFile


def uploads_of(committee_id: UUID, kind: str, branches: frozenset[UUID], *, everybody: bool) -> QuerySet[Upload]:
    """Uploads of a kind, newest first: those of these branches, and with `everybody` the office's own."""
    found = Upload.objects.filter(committee_id=committee_id, kind=kind).order_by("-received_at")
    return found if everybody else found.filter(branch_id__in=branches)


def files_of(upload: Upload) -> list[UploadedFile]:
    return list(UploadedFile.objects.filter(committee_id=upload.committee_id, upload=upload).order_by("id"))
