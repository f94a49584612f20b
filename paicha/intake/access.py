"""Intake's gate."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.intake.models import Upload
from paicha.organizations.access import Scope, require, require_at, scope_of
from paicha.organizations.permissions import Permission


def sending_for(request: HttpRequest, branch_id: UUID | None) -> Scope:
    """The scope of a person who may send files for this branch, or (None) collect those of all."""
    if branch_id is None:
        return require(request, Permission.INTAKE_COLLECT)
    return require_at(request, Permission.INTAKE_UPLOAD, branch_id)


def upload_for(request: HttpRequest, kind: str, upload_id: UUID) -> tuple[Scope, Upload]:
    """An upload, and the scope of a person who may decide on it. Raises Http404."""
    scope = scope_of(request)
    upload = Upload.objects.filter(committee_id=scope.committee_id, kind=kind, id=upload_id).first()
    if upload is None:
        raise Http404
    if upload.branch_id is None:
        if not scope.allows(Permission.INTAKE_COLLECT):
            raise Http404
    else:
        scope.check(Permission.INTAKE_UPLOAD, upload.branch_id)
    return scope, upload
