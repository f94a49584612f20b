"""Writes of the administrator on accounts, and of a person on their own password."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth import password_validation
from django.db import transaction

from paicha.audit.events import Event
from paicha.organizations.models import Kind, Organization, RoleGrant, SignInRule, User
from paicha.organizations.permissions import Role
from paicha.organizations.services import Unfit, grant_role, invite, record_account, revoke_role
from paicha.organizations.tree import Tree, tree_of


@transaction.atomic
def invite_with_roles(*, actor: User, username: str, name: str, roles: Sequence[tuple[Role, UUID]]) -> tuple[User, str]:
    """Make an account that holds these roles; returns it and the token of its link. Raises Unfit for a login name that
    is taken, no role, or a role at an organization that it is not held at."""
    if User.objects.filter(username=username).exists():
        raise Unfit("这个登录名已经有人用了，请换一个，如加上支部的简称")
    if not roles:
        raise Unfit("请至少选一个角色和它所在的组织")
    user, token = invite(actor=actor, committee_id=actor.committee_id, username=username, name=name)
    for role, organization_id in roles:
        _grant(actor, user, role, organization_id)
    return user, token


@transaction.atomic
def grant(*, actor: User, user: User, role: Role, organization_id: UUID) -> None:
    """Give an account a role. Raises Unfit where the role is not held at such an organization."""
    _grant(actor, user, role, organization_id)


def _grant(actor: User, user: User, role: Role, organization_id: UUID) -> None:
    if problem := misplaced(tree_of(actor.committee_id), role, organization_id):
        raise Unfit(problem)
    organization = Organization.objects.get(committee_id=actor.committee_id, id=organization_id)
    grant_role(actor=actor, user=user, organization=organization, role=role)


def misplaced(tree: Tree, role: Role, organization_id: UUID) -> str:
    """Why a role cannot be held at an organization, "" where it can."""
    if organization_id not in tree:
        return "没有这个组织，或它已撤销"
    if role.of_branch:
        return "" if tree[organization_id].kind is not Kind.COMMITTEE else f"“{role.label}”要选一个党支部或党总支"
    return "" if tree.root and tree.root.id == organization_id else f"“{role.label}”只能设在党委"


@transaction.atomic
def revoke(*, actor: User, user: User, grant_id: UUID) -> str:
    """Take a role from an account; returns the role's name. Raises Unfit for the administrator's own or the last
    administrator's."""
    found = RoleGrant.objects.filter(committee_id=actor.committee_id, user=user, id=grant_id).first()
    if found is None:
        raise Unfit("这个角色已经收回了")
    if found.role == Role.ADMINISTRATOR:
        _keep_an_administrator(actor, user)
    label = str(Role(found.role).label)
    revoke_role(actor=actor, grant=found)
    return label


@transaction.atomic
def close(*, actor: User, user: User) -> None:
    """Let an account sign in no more; whoever is signed in with it is out at the next click. Raises Unfit for one's
    own or the last administrator's."""
    _keep_an_administrator(actor, user)
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        record_account(Event.ACCOUNT_CLOSED, actor, user)


@transaction.atomic
def reopen(*, actor: User, user: User) -> None:
    """Let a closed account sign in again, with the roles that it still holds."""
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record_account(Event.ACCOUNT_REOPENED, actor, user)


def _keep_an_administrator(actor: User, user: User) -> None:
    """The administrators are locked while one is taken away, so that two cannot take away each other."""
    if actor.id == user.id:
        raise Unfit("不能停用自己，也不能收回自己的管理员角色，请让另一位系统管理员来做")
    grants = RoleGrant.objects.select_for_update().filter(committee_id=actor.committee_id, role=Role.ADMINISTRATOR)
    holders = {grant.user_id for grant in grants}
    left = User.objects.filter(committee_id=actor.committee_id, id__in=holders - {user.id}, is_active=True)
    if user.id in holders and not left.exists():
        raise Unfit("这是最后一位系统管理员，请先设另一位")


@transaction.atomic
def change_password(*, user: User, old: str, new: str) -> None:
    """Change one's own password. Raises Unfit where the old one is wrong, ValidationError on a weak new one."""
    if not user.check_password(old):
        raise Unfit("现在的密码不对")
    password_validation.validate_password(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])
    record_account(Event.PASSWORD_CHANGED, user, user)


@transaction.atomic
def require_second_factor(*, actor: User, required: bool) -> None:
    """Ask every account of the committee for a code at sign-in, or no longer."""
    rule, _ = SignInRule.objects.get_or_create(committee_id=actor.committee_id)
    if rule.second_factor != required:
        rule.second_factor = required
        rule.save(update_fields=["second_factor"])
        record_account(Event.SIGN_IN_RULE_CHANGED, actor, actor, required=required)
