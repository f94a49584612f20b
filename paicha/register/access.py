"""The register's gate: one line at the start of each view."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.organizations.access import Scope, require_at, scope_of
from paicha.organizations.models import Kind
from paicha.organizations.permissions import Permission
from paicha.register.models import RegisterEntry


def branch_for(request: HttpRequest, permission: Permission, branch_id: UUID) -> Scope:
    """The scope of a person who holds `permission` at this branch. Raises Http404 (also where it is no branch),
    PermissionDenied."""
    scope = require_at(request, permission, branch_id)
    if scope.tree[branch_id].kind is not Kind.BRANCH:
        raise Http404
    return scope


def entry_for(request: HttpRequest, permission: Permission, entry_id: UUID) -> tuple[Scope, RegisterEntry]:
    """An entry and the scope of a person who holds `permission` at its branch. Raises Http404, PermissionDenied."""
    scope = scope_of(request)
    entry = (
        RegisterEntry.objects.filter(committee_id=scope.committee_id, id=entry_id)
        .select_related("current", "member")
        .first()
    )
    if entry is None or entry.current is None:
        raise Http404
    scope.check(permission, entry.branch_id)
    return scope, entry
