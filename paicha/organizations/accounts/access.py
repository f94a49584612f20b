"""The gate of accounts."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.organizations.access import Scope, require
from paicha.organizations.models import User
from paicha.organizations.permissions import Permission


def account_for(request: HttpRequest, user_id: UUID) -> tuple[Scope, User]:
    """An account of the administrator's own committee. Raises PermissionDenied, Http404."""
    scope = require(request, Permission.ACCOUNT_MANAGE)
    user = User.objects.filter(committee_id=scope.committee_id, id=user_id).first()
    if user is None:
        raise Http404
    return scope, user
