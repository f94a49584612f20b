"""Writes on organizations and accounts: each one transaction and one audit event. Changing the tree: structure/;
branches from the office's list: listing/; codes at sign-in: factors/; the rest of accounts: accounts/."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from axes.utils import reset
from django.contrib.auth import password_validation
from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import Invitation, Kind, Organization, Placement, RoleGrant, User
from paicha.organizations.permissions import Role
from paicha.organizations.tokens import new_token
from paicha.tenancy.current import working_for
from paicha.tenancy.models import new_id
from paicha.vault.hashing import Hashed, keyed_hash

INVITATION_DAYS = 7


class Unfit(ValueError):
    """What was asked for cannot be done; the message says why, in Chinese."""


def found_committee(*, name: str, home_code: str, today: date) -> Organization:
    """Make a committee, the root of a tree of its own: the first thing that an installation does."""
    committee_id = new_id()
    with working_for(committee_id), transaction.atomic():
        root = Organization(id=committee_id, committee_id=committee_id, home_code=home_code)
        root.save(force_insert=True)
        place(root, None, name, Kind.COMMITTEE, 0, today)
        record_change(Event.ORGANIZATION_ADDED, None, root, name=name)
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
    sector: str = "",
) -> Organization:
    """Put a general branch or a branch into the tree."""
    organization = Organization(
        committee_id=parent.committee_id,
        sector=sector,
        leader=leader,
        phone=phone,
        home_code=home_code,
        aliases=list(aliases),
    )
    organization.save(force_insert=True)
    place(organization, parent, name, kind, rank, today)
    record_change(Event.ORGANIZATION_ADDED, actor, organization, name=name, kind=kind.label)
    return organization


@transaction.atomic
def invite(*, actor: User | None, committee_id: UUID, username: str, name: str) -> tuple[User, str]:
    """Make an account without a password, and the token of the one-time link by which its owner sets one."""
    user = User(committee_id=committee_id, username=username, name=name)
    user.set_unusable_password()
    user.save(force_insert=True)
    token = _new_invitation(user)
    record_account(Event.ACCOUNT_INVITED, actor, user)
    return user, token


@transaction.atomic
def invite_again(*, actor: User, user: User) -> str:
    """A new one-time link for an account, after a forgotten password; links given before end. The old password holds
    until the new one is set. Raises Unfit for a closed account."""
    if not user.is_active:
        raise Unfit("这个账号已停用，请先恢复再发链接")
    _end_links(user)
    token = _new_invitation(user)
    record_account(Event.ACCOUNT_INVITED, actor, user, again="是")
    return token


def join(*, invitation: Invitation, password: str) -> None:
    """Set the password of an invited account and use the link up; whoever is signed in with the account is signed out,
    since a session holds for one password. Raises ValidationError (Chinese) on a weak password, Unfit where the link
    was used in the meantime. The request works for no committee yet."""
    with working_for(invitation.committee_id), transaction.atomic():
        found = Invitation.objects.select_for_update().get(committee_id=invitation.committee_id, id=invitation.id)
        user, now = found.user, timezone.now()
        if found.used_at or found.expires_at <= now or not user.is_active:
            raise Unfit("这个链接已经用过或已过期")
        password_validation.validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        found.used_at = now
        found.save(update_fields=["used_at"])
        reset(username=user.username)  # whom wrong passwords locked out: the link is the way back that the page names
        record_account(Event.ACCOUNT_JOINED, user, user)


def _end_links(user: User) -> None:
    """Links given to a person and not used open nothing any more."""
    now = timezone.now()
    links = Invitation.objects.filter(committee_id=user.committee_id, user=user, used_at=None, expires_at__gt=now)
    links.update(expires_at=now)


def _new_invitation(user: User) -> str:
    token = new_token(user.committee_id)
    Invitation(
        committee_id=user.committee_id,
        user=user,
        token_hash=keyed_hash(Hashed.TOKEN, token),
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    ).save(force_insert=True)
    return token


@transaction.atomic
def grant_role(*, actor: User | None, user: User, organization: Organization, role: Role) -> RoleGrant:
    """Give a person a role at an organization; asking twice gives it once."""
    grant, new = RoleGrant.objects.get_or_create(
        committee_id=user.committee_id, user=user, organization=organization, role=role
    )
    if new:
        record_account(Event.ROLE_GRANTED, actor, user, organization.id, role=role.label)
    return grant


@transaction.atomic
def revoke_role(*, actor: User, grant: RoleGrant) -> None:
    """Take a role from a person."""
    record_account(Event.ROLE_REVOKED, actor, grant.user, grant.organization_id, role=Role(grant.role).label)
    grant.delete()


@transaction.atomic
def set_password(*, user: User, password: str) -> None:
    """Set a person's own password; links given before end. Raises ValidationError (Chinese) on one that is too weak."""
    password_validation.validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    _end_links(user)
    record_account(Event.PASSWORD_CHANGED, user, user)


def record_sign_in(*, user: User) -> None:
    """A person signed in: the request did not yet work for the committee."""
    with working_for(user.committee_id), transaction.atomic():
        record_account(Event.SIGNED_IN, user, user)


def record_sign_out(*, user: User) -> None:
    with working_for(user.committee_id), transaction.atomic():
        record_account(Event.SIGNED_OUT, user, user)


def record_refused_sign_in(*, event: Event, username: str) -> None:
    """A sign-in failed, or locked its account out. A name that no account has belongs to no committee: it is in no
    audit, only in axes' own table."""
    user = User.objects.filter(username=username).first()
    if user is not None:
        with working_for(user.committee_id), transaction.atomic():
            record_account(event, None, user)


def place(
    organization: Organization, parent: Organization | None, name: str, kind: Kind, rank: int, since: date
) -> None:
    """Open an organization's placement in the tree, inside the transaction and event of what is done."""
    Placement(
        committee_id=organization.committee_id,
        organization=organization,
        parent=parent,
        name=name,
        kind=kind,
        rank=rank,
        since=since,
    ).save(force_insert=True)


def record_change(event: Event, actor: User | None, organization: Organization, **payload: object) -> None:
    """The event of a write on an organization."""
    record(
        event,
        actor=actor,
        committee_id=organization.committee_id,
        subject_kind="organization",
        subject_id=organization.id,
        branch_id=organization.id,
        **payload,
    )


def record_account(
    event: Event, actor: User | None, user: User, organization_id: UUID | None = None, **payload: object
) -> None:
    """The event of a write on an account."""
    record(
        event,
        actor=actor,
        committee_id=user.committee_id,
        subject_kind="account",
        subject_id=user.id,
        branch_id=organization_id,
        **payload,
    )
