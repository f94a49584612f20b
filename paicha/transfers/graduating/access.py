"""The gate of graduates: a cohort is the committee's, its people their branches'."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from paicha.intake.access import upload_for
from paicha.intake.models import Upload
from paicha.organizations.access import Scope, require, scope_of
from paicha.organizations.permissions import Permission
from paicha.transfers.graduating.importing.reading import GRADUATES
from paicha.transfers.graduating.models import Cohort, Graduate
from paicha.transfers.graduating.selectors import branch_of


def cohort_for(request: HttpRequest, permission: Permission, cohort_id: UUID) -> tuple[Scope, Cohort]:
    """A cohort of the committee, for whoever holds `permission` anywhere: of its people only those of their branches.
    Raises Http404, PermissionDenied."""
    scope = require(request, permission)
    cohort = Cohort.objects.filter(committee_id=scope.committee_id, id=cohort_id).first()
    if cohort is None:
        raise Http404
    return scope, cohort


def graduate_for(request: HttpRequest, permission: Permission, graduate_id: UUID) -> tuple[Scope, Graduate]:
    """A graduate, for whoever holds `permission` at the branch that looks after them. Raises Http404,
    PermissionDenied."""
    scope = scope_of(request)
    found = Graduate.objects.filter(committee_id=scope.committee_id, id=graduate_id)
    graduate = found.select_related("cohort", "member", "current").first()
    if graduate is None:
        raise Http404
    scope.check(permission, branch_of(graduate))
    return scope, graduate


def list_for(request: HttpRequest, upload_id: UUID) -> tuple[Scope, Upload, Cohort]:
    """An upload of a cohort's list, for whoever may decide on it. Raises Http404, PermissionDenied."""
    scope, upload = upload_for(request, GRADUATES.kind, upload_id)
    if not scope.allows(Permission.REGISTER_EDIT):
        raise PermissionDenied
    cohort = Cohort.objects.filter(committee_id=scope.committee_id, id__in=[upload.about_id]).first()
    if cohort is None:
        raise Http404
    return scope, upload, cohort
