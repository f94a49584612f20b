"""The gate of supervision: one line at the start of each view."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.campaigns.supervision.chasing.models import Chasing
from paicha.campaigns.supervision.circulating.models import Circular
from paicha.campaigns.supervision.inspecting.models import Inspection
from paicha.campaigns.supervision.visiting.models import Visit
from paicha.organizations.access import Scope, require, scope_of
from paicha.organizations.permissions import Permission


def chasing_for(request: HttpRequest, permission: Permission, chasing_id: UUID) -> tuple[Scope, Chasing]:
    """A 督办单 and the scope of a person who holds `permission` at its branch. Raises Http404, PermissionDenied."""
    scope = scope_of(request)
    found = Chasing.objects.filter(committee_id=scope.committee_id, id=chasing_id)
    chasing = found.select_related("unit", "campaign").first()
    if chasing is None:
        raise Http404
    scope.check(permission, chasing.unit.organization_id)
    return scope, chasing


def inspection_for(request: HttpRequest, permission: Permission, inspection_id: UUID) -> tuple[Scope, Inspection]:
    """A list and the scope of a person who holds `permission` anywhere: lists reach over all branches. Raises Http404,
    PermissionDenied."""
    scope = require(request, permission)
    found = Inspection.objects.filter(committee_id=scope.committee_id, id=inspection_id)
    inspection = found.select_related("campaign").first()
    if inspection is None:
        raise Http404
    return scope, inspection


def visit_for(request: HttpRequest, permission: Permission, visit_id: UUID) -> tuple[Scope, Visit]:
    """A visit and the scope of a person who holds `permission` at its branch. Raises Http404, PermissionDenied."""
    scope = scope_of(request)
    visit = Visit.objects.filter(committee_id=scope.committee_id, id=visit_id).select_related("unit").first()
    if visit is None:
        raise Http404
    scope.check(permission, visit.unit.organization_id)
    return scope, visit


def circular_for(request: HttpRequest, permission: Permission, circular_id: UUID) -> tuple[Scope, Circular]:
    """A circular and the scope of a person who holds `permission` anywhere; a draft is the office's alone. Raises
    Http404, PermissionDenied."""
    scope = require(request, permission)
    found = Circular.objects.filter(committee_id=scope.committee_id, id=circular_id)
    circular = found.select_related("campaign").first()
    if circular is None or (circular.sent_at is None and not scope.allows(Permission.CAMPAIGN_REVIEW)):
        raise Http404
    return scope, circular
