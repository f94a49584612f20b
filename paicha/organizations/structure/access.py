"""The gate of the tree's pages."""

from uuid import UUID

from django.http import HttpRequest

from paicha.organizations.access import Scope, require_at
from paicha.organizations.models import Organization
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import organization


def organization_for(request: HttpRequest, organization_id: UUID) -> tuple[Scope, Organization]:
    """An organization, standing or former, that this person may edit. Raises Http404, PermissionDenied."""
    scope = require_at(request, Permission.ORGANIZATION_EDIT, organization_id)
    return scope, organization(scope.committee_id, organization_id)
