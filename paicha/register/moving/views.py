"""Pages on which the office moves people: out of a branch that is no more, or one person."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import history
from paicha.organizations.tree import Node
from paicha.register.access import branch_for, entry_for
from paicha.register.moving.selectors import people_of
from paicha.register.moving.services import AlreadyThere, move_branch, move_entry
from paicha.register.selectors import current_of
from paicha.register.services import AlreadyClosed
from paicha.web.today import today_of


@login_required
@require_http_methods(["GET", "POST"])
def branch(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """Everybody of a branch to another one, after a merger above all."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    scope.check(Permission.ORGANIZATION_EDIT, branch_id)
    targets = _targets(scope, branch_id)
    people = people_of(scope.committee_id, [branch_id]).get(branch_id, 0)
    if request.method == "POST" and (to := _chosen(request, targets)):
        moved = move_branch(actor=scope.user, from_id=branch_id, to_id=to.id, today=today_of(request))
        messages.success(request, f"{moved.members} 人转到 {to.name}，流出党员的登记 {moved.entries} 份。")
        if moved.stayed:
            messages.warning(
                request, f"在 {to.name} 的台账上已有、没有转的：{'、'.join(moved.stayed)}。请销去重复的一个。"
            )
        return redirect("register", to.id)
    went_to = [turn.into[0] for turn in history(scope.committee_id, branch_id).went_to]
    context = {
        "branch": scope.tree[branch_id],
        "former": branch_id in scope.tree.former,
        "targets": targets,
        "suggested": went_to[0] if len(went_to) == 1 else None,
        "people": people,
        "unchosen": request.method == "POST",
    }
    return render(request, "register/moving/branch.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One person to another branch of the committee."""
    scope, found = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    scope.check(Permission.ORGANIZATION_EDIT, found.branch_id)
    name, fault = current_of(found).name, ""
    targets = _targets(scope, found.branch_id)
    if request.method == "POST":
        to = _chosen(request, targets)
        try:
            if to:
                move_entry(actor=scope.user, entry_id=entry_id, to_id=to.id, today=today_of(request))
                messages.success(request, f"{name} 已转到 {to.name}。")
                return redirect("entry", entry_id)
            fault = "请先选择转到哪个党支部"
        except AlreadyClosed:
            messages.error(request, f"{name} 已经销册，不用转。")
            return redirect("entry", entry_id)
        except AlreadyThere:
            fault = f"{name} 已在 {to.name if to else ''} 的台账上：请先销去重复的一个"
    context = {"entry": found, "name": name, "branch": scope.tree[found.branch_id], "targets": targets, "fault": fault}
    return render(request, "register/moving/entry.html", context, status=422 if fault else 200)


def _targets(scope: Scope, apart_from: UUID) -> list[Node]:
    """The branches that somebody may be moved to."""
    mine = scope.branches(Permission.ORGANIZATION_EDIT)
    return [node for node in scope.tree.branches() if node.id in mine and node.id != apart_from]


def _chosen(request: HttpRequest, targets: list[Node]) -> Node | None:
    return next((node for node in targets if str(node.id) == request.POST.get("to")), None)
