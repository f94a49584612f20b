"""Pages of accounts: the administrator's, and a person's own (joining, the password)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.organizations.access import Scope, require, scope_of
from paicha.organizations.accounts import services
from paicha.organizations.accounts.access import account_for
from paicha.organizations.accounts.forms import ChangePasswordForm, InviteForm, RoleForm, RoleRows, TwicePasswordForm
from paicha.organizations.accounts.selectors import Account, account, accounts
from paicha.organizations.factors.selectors import requires_second_factor
from paicha.organizations.factors.services import reset
from paicha.organizations.models import Invitation, User
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import invitation_of
from paicha.organizations.services import INVITATION_DAYS, Unfit, invite_again, join

UNFIT, GONE = 422, 410


@login_required
@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account with its roles."""
    scope = require(request, Permission.ACCOUNT_MANAGE)
    rows = [(found, _held(scope, found)) for found in accounts(scope.committee_id, timezone.now())]
    context = {"rows": rows, "required": requires_second_factor(scope.committee_id)}
    return render(request, "organizations/accounts/accounts.html", context)


def _held(scope: Scope, found: Account) -> list[tuple[UUID, str, str, bool]]:
    """(grant, role, organization, whether that stands) for each role."""
    tree = scope.tree
    return [
        (held.id, str(held.role.label), tree[held.organization_id].name, held.organization_id in tree)
        for held in found.roles
    ]


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account; its link is shown in the answer and never again."""
    scope = require(request, Permission.ACCOUNT_MANAGE)
    data = request.POST if request.method == "POST" else None
    form, rows = InviteForm(data), RoleRows(scope.tree, data)
    if data is not None and all([form.is_valid(), rows.is_valid()]):
        try:
            user, token = services.invite_with_roles(actor=scope.user, **form.cleaned_data, roles=rows.roles)
            return _link(request, user, token)
        except Unfit as unfit:
            form.add_error("username" if "登录名" in str(unfit) else None, str(unfit))
    context = {"form": form, "rows": rows.forms}
    return render(request, "organizations/accounts/invite.html", context, status=UNFIT if data is not None else 200)


def _link(request: HttpRequest, user: User, token: str) -> HttpResponse:
    link = request.build_absolute_uri(f"/join/{token}")
    return render(request, "organizations/accounts/link.html", {"account": user, "link": link, "days": INVITATION_DAYS})


@login_required
@require_GET
def one_account(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One account: its roles, and what can be done with it."""
    scope, user = account_for(request, user_id)
    return _account(request, scope, user, RoleForm(scope.tree))


def _account(request: HttpRequest, scope: Scope, user: User, form: RoleForm) -> HttpResponse:
    found = account(user, timezone.now())
    context = {"account": found, "held": _held(scope, found), "form": form, "own": user.id == scope.user.id}
    return render(request, "organizations/accounts/account.html", context, status=UNFIT if form.is_bound else 200)


@login_required
@require_POST
def reinvite(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """A new link for who forgot the password."""
    scope, user = account_for(request, user_id)
    try:
        return _link(request, user, invite_again(actor=scope.user, user=user))
    except Unfit as unfit:
        messages.error(request, f"{unfit}。")
        return redirect("account", user.id)


@login_required
@require_POST
def set_active(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close an account, or open it again."""
    scope, user = account_for(request, user_id)
    try:
        if "reopen" in request.POST:
            services.reopen(actor=scope.user, user=user)
            messages.success(request, f"{user.name}可以登录了。")
        else:
            services.close(actor=scope.user, user=user)
            messages.success(request, f"{user.name}的账号已停用，不能再登录。需要时可以恢复。")
    except Unfit as unfit:
        messages.error(request, f"{unfit}。")
    return redirect("account", user.id)


@login_required
@require_POST
def grant(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give an account one more role."""
    scope, user = account_for(request, user_id)
    form = RoleForm(scope.tree, request.POST)
    if form.is_valid():
        role, place = form.cleaned_data["role"], form.cleaned_data["organization"]
        services.grant(actor=scope.user, user=user, role=role, organization_id=place)
        messages.success(request, f"{user.name}现在是{scope.tree[place].name}的{role.label}。")
        return redirect("account", user.id)
    return _account(request, scope, user, form)


@login_required
@require_POST
def revoke(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Take a role from an account."""
    scope, user = account_for(request, user_id)
    try:
        label = services.revoke(actor=scope.user, user=user, grant_id=_uuid(request.POST.get("grant", "")))
        messages.success(request, f"已收回{user.name}的角色：{label}。")
    except Unfit as unfit:
        messages.error(request, f"{unfit}。")
    return redirect("account", user.id)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unfit("这个角色已经收回了") from None


@login_required
@require_POST
def reset_factor(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Forget the authenticator of who lost it."""
    scope, user = account_for(request, user_id)
    reset(actor=scope.user, user=user)
    messages.success(request, f"已重置{user.name}的动态口令，以前的验证器和备用码都作废了。")
    return redirect("account", user.id)


@login_required
@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    """Whether everybody is asked for a code at sign-in."""
    scope = require(request, Permission.ACCOUNT_MANAGE)
    required = request.POST.get("required") == "yes"
    services.require_second_factor(actor=scope.user, required=required)
    told = "登录要求动态口令；还没有设的人下次登录时先设。" if required else "登录不再要求动态口令；已经设的人照常用。"
    messages.success(request, told)
    return redirect("accounts")


@require_http_methods(["GET", "POST"])
def joining(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link: set the password. Opened by somebody who is not signed in."""
    if request.user.is_authenticated:
        return render(request, "organizations/accounts/join_signed_in.html")
    invitation = invitation_of(token)
    problem = _ended(invitation)
    if invitation is None or problem:
        return render(request, "organizations/accounts/join_ended.html", {"problem": problem}, status=GONE)
    form = TwicePasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            join(invitation=invitation, password=form.cleaned_data["new"])
            messages.success(request, "密码设好了，请登录。")
            return redirect("sign-in")
        except ValidationError as weak:
            form.add_error("new", weak)
        except Unfit as unfit:
            form.add_error(None, f"{unfit}。请联系系统管理员。")
    context = {"form": form, "account": invitation.user}
    return render(request, "organizations/accounts/join.html", context, status=UNFIT if form.is_bound else 200)


def _ended(invitation: Invitation | None) -> str:
    """Why a link cannot be used, in plain words; "" where it can."""
    if invitation is None:
        return "地址不完整，或这个链接从来没有发过。请把收到的链接整个复制到地址栏再试。"
    if invitation.used_at:
        return "这个链接已经用过了，只能用一次。如果是您自己用的，直接登录就行；如果不是您，请马上告诉系统管理员。"
    if invitation.expires_at <= timezone.now():
        return f"这个链接已经过期（有效期 {INVITATION_DAYS} 天），或者管理员又发了新的。请用新的链接，或请管理员重发。"
    return "" if invitation.user.is_active else "这个账号已停用，请联系系统管理员。"


@login_required
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end."""
    user = scope_of(request).user
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.change_password(user=user, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
            update_session_auth_hash(request, user)
            messages.success(request, "密码改好了。这个账号在别处的登录都已退出。")
            return redirect("home")
        except Unfit as unfit:
            form.add_error("old", str(unfit))
        except ValidationError as weak:
            form.add_error("new", weak)
    context = {"form": form}
    return render(request, "organizations/accounts/password.html", context, status=UNFIT if form.is_bound else 200)
