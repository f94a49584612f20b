"""The gate: what a signed-in person may see and do. Every view begins with one line from here or from its own app's
access.py.

404 for what is not theirs, 403 for what is theirs but not allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from paicha.organizations.models import RoleGrant, User
from paicha.organizations.permissions import OF_FORMER, Permission, Role
from paicha.organizations.tree import Tree, tree_of


@dataclass(frozen=True, slots=True)
class Scope:
    """One person's reach: for each permission the branches it covers. `tree` is the committee's own as it stands."""

    user: User
    committee_id: UUID
    tree: Tree
    roles: tuple[tuple[Role, UUID], ...]
    reach: Mapping[Permission, frozenset[UUID]] = field(repr=False)

    def branches(self, permission: Permission) -> frozenset[UUID]:
        """The organizations within which `permission` holds."""
        return self.reach.get(permission, frozenset())

    def allows(self, permission: Permission) -> bool:
        return bool(self.reach.get(permission))

    def visible(self) -> frozenset[UUID]:
        """Every organization that some permission covers."""
        return frozenset().union(*self.reach.values())

    def check(self, permission: Permission, organization_id: UUID) -> None:
        """Raises Http404 for an organization that is not theirs, PermissionDenied for one without the right."""
        if organization_id not in self.visible():
            raise Http404
        if organization_id not in self.branches(permission):
            raise PermissionDenied


def scope_of(request: HttpRequest) -> Scope:
    """The reach of the person who is signed in. Raises PermissionDenied where nobody is."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    scope = getattr(request, "_scope", None)
    if scope is None:
        scope = scope_of_user(request.user)
        request._scope = scope  # type: ignore[attr-defined]  # reckoned once a request
    return scope


def scope_of_user(user: User) -> Scope:
    tree = tree_of(user.committee_id)
    grants = RoleGrant.objects.filter(committee_id=user.committee_id, user=user).values_list("role", "organization_id")
    roles = tuple((Role(role), organization) for role, organization in grants)
    reach: dict[Permission, frozenset[UUID]] = {}
    for role, organization in roles:
        within = tree.within(organization)
        former = frozenset(tree.former) if tree.root and tree.root.id == organization else frozenset()
        for permission in role.permissions:
            reached = within | former if permission in OF_FORMER else within
            reach[permission] = reach.get(permission, frozenset()) | reached
    return Scope(user, user.committee_id, tree, roles, reach)


def require(request: HttpRequest, permission: Permission) -> Scope:
    """The scope of a person who holds `permission` anywhere. Raises PermissionDenied."""
    scope = scope_of(request)
    if not scope.allows(permission):
        raise PermissionDenied
    return scope


def require_at(request: HttpRequest, permission: Permission, organization_id: UUID) -> Scope:
    """The scope of a person who holds `permission` at this organization. Raises Http404, PermissionDenied."""
    scope = scope_of(request)
    scope.check(permission, organization_id)
    return scope
