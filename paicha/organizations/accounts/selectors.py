"""Reads of accounts, for the administrator."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet

from paicha.organizations.models import Invitation, RoleGrant, SecondFactor, User
from paicha.organizations.permissions import Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role that an account holds; `id` is the grant's."""

    id: UUID
    role: Role
    organization_id: UUID


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the administrator sees it. `link_until`: until when its newest link can be used, None without."""

    user: User
    roles: list[Held] = field(default_factory=list)
    link_until: datetime | None = None

    @property
    def joined(self) -> bool:
        return self.user.has_usable_password()

    @property
    def has_second_factor(self) -> bool:
        return bool(getattr(self.user, "has_second_factor", False))


def accounts(committee_id: UUID, now: datetime) -> list[Account]:
    """Every account of a committee with its roles, those that can sign in first, by login name."""
    return _with_roles(committee_id, _users(committee_id).order_by("-is_active", "username"), now)


def names(committee_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of every account of a committee, closed ones too, by login name."""
    return list(User.objects.filter(committee_id=committee_id).order_by("username").values_list("id", "name"))


def never_joined(committee_id: UUID) -> int:
    """How many accounts that may sign in have no password yet."""
    users = User.objects.filter(committee_id=committee_id, is_active=True)
    return users.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).count()


def account(user: User, now: datetime) -> Account:
    """One account with its roles."""
    return _with_roles(user.committee_id, _users(user.committee_id).filter(id=user.id), now)[0]


def _users(committee_id: UUID) -> QuerySet[User]:
    factors = SecondFactor.objects.filter(committee_id=committee_id, user=OuterRef("pk"))
    return User.objects.filter(committee_id=committee_id).annotate(has_second_factor=Exists(factors))


def _with_roles(committee_id: UUID, users: QuerySet[User], now: datetime) -> list[Account]:
    roles: dict[UUID, list[Held]] = defaultdict(list)
    for grant in RoleGrant.objects.filter(committee_id=committee_id, user__in=users).order_by("role", "id"):
        roles[grant.user_id].append(Held(grant.id, Role(grant.role), grant.organization_id))
    open_links = Invitation.objects.filter(committee_id=committee_id, used_at=None, expires_at__gt=now)
    until = dict(open_links.order_by("expires_at").values_list("user_id", "expires_at"))
    return [Account(user, roles[user.id], until.get(user.id)) for user in users]
