"""Writes on organizations and accounts: each one transaction and one audit event."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth import password_validation
from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import Invitation, Kind, Organization, Placement, RoleGrant, User
from paicha.organizations.permissions import Role
from paicha.tenancy.current import working_for
from paicha.tenancy.models import new_id
from paicha.vault.hashing import Hashed, keyed_hash

INVITATION_DAYS = 7


def found_committee(*, name: str, home_code: str, today: date) -> Organization:
    """Make a committee, the root of a tree of its own: the first thing that an installation does."""
    committee_id = new_id()
    with working_for(committee_id), transaction.atomic():
        root = Organization(id=committee_id, committee_id=committee_id, home_code=home_code)
        root.save(force_insert=True)
        _place(root, None, name, Kind.COMMITTEE, 0, today)
        _record(Event.ORGANIZATION_ADDED, None, root, name=name)
    return root


@transaction.atomic
def add_organization(
    *,
    actor: User | None,
    parent: Organization,
    name: str,
    kind: Kind,
    today: date,
    leader: str = "",
    phone: str = "",
    home_code: str = "",
    aliases: Sequence[str] = (),
    rank: int = 0,
) -> Organization:
    """Put a general branch or a branch into the tree."""
    organization = Organization(
        committee_id=parent.committee_id, leader=leader, phone=phone, home_code=home_code, aliases=list(aliases)
    )
    organization.save(force_insert=True)
    _place(organization, parent, name, kind, rank, today)
    _record(Event.ORGANIZATION_ADDED, actor, organization, name=name, kind=kind.label)
    return organization


@transaction.atomic
def invite(*, actor: User | None, committee_id: UUID, username: str, name: str) -> tuple[User, str]:
    """Make an account without a password, and the token of the one-time link by which its owner sets one."""
    user = User(committee_id=committee_id, username=username, name=name)
    user.set_unusable_password()
    user.save(force_insert=True)
    token = secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(days=INVITATION_DAYS)
    Invitation(
        committee_id=committee_id, user=user, token_hash=keyed_hash(Hashed.TOKEN, token), expires_at=expires
    ).save(force_insert=True)
    _record_account(Event.ACCOUNT_INVITED, actor, user)
    return user, token


@transaction.atomic
def grant_role(*, actor: User | None, user: User, organization: Organization, role: Role) -> RoleGrant:
    """Give a person a role at an organization; asking twice gives it once."""
    grant, new = RoleGrant.objects.get_or_create(
        committee_id=user.committee_id, user=user, organization=organization, role=role
    )
    if new:
        _record_account(Event.ROLE_GRANTED, actor, user, organization.id, role=role.label)
    return grant


@transaction.atomic
def revoke_role(*, actor: User, grant: RoleGrant) -> None:
    """Take a role from a person."""
    _record_account(Event.ROLE_REVOKED, actor, grant.user, grant.organization_id, role=Role(grant.role).label)
    grant.delete()


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Set a person's own password. Raises ValidationError (Chinese) on one that is too weak."""
    password_validation.validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    _record_account(Event.PASSWORD_CHANGED, user, user)


def record_sign_in(*, user: User) -> None:
    """A person signed in: the request did not yet work for the committee."""
    with working_for(user.committee_id), transaction.atomic():
        _record_account(Event.SIGNED_IN, user, user)


def record_sign_out(*, user: User) -> None:
    with working_for(user.committee_id), transaction.atomic():
        _record_account(Event.SIGNED_OUT, user, user)


def _place(
    organization: Organization, parent: Organization | None, name: str, kind: Kind, rank: int, since: date
) -> None:
    Placement(
        committee_id=organization.committee_id,
        organization=organization,
        parent=parent,
        name=name,
        kind=kind,
        rank=rank,
        since=since,
    ).save(force_insert=True)


def _record(event: Event, actor: User | None, organization: Organization, **payload: str) -> None:
    record(
        event,
        actor=actor,
        committee_id=organization.committee_id,
        subject_kind="organization",
        subject_id=organization.id,
        branch_id=organization.id,
        **payload,
    )


def _record_account(
    event: Event, actor: User | None, user: User, organization_id: UUID | None = None, **payload: str
) -> None:
    record(
        event,
        actor=actor,
        committee_id=user.committee_id,
        subject_kind="account",
        subject_id=user.id,
        branch_id=organization_id,
        **payload,
    )
