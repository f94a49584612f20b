"""The day's list of whom to call about transferring."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from paicha.desk.calling.selectors import calls_since
from paicha.organizations.access import require
from paicha.organizations.permissions import Permission
from paicha.transfers.urging.selectors import MOST, to_call, unanswered
from paicha.web.today import today_of


@login_required
@require_GET
def urging(request: HttpRequest) -> HttpResponse:
    """该督促转移的人, of all my branches or of one (`?branch=`)."""
    scope = require(request, Permission.REGISTER_EDIT)
    mine, today = scope.branches(Permission.REGISTER_EDIT), today_of(request)
    branches = [node for node in scope.tree.branches() if node.id in mine]
    chosen = next((node for node in branches if str(node.id) == request.GET.get("branch")), None)
    since = calls_since(scope.committee_id, today)
    ids = [node.id for node in ([chosen] if chosen else branches)]
    people, more = to_call(scope.committee_id, ids, since, today)
    asked = unanswered(scope.committee_id, ids).select_related("current")[: MOST + 1]
    context = {
        "unanswered": [(entry, scope.tree[entry.branch_id]) for entry in asked[:MOST]],
        "more_unanswered": len(asked) > MOST,
        "branches": branches,
        "chosen": chosen,
        "since": since,
        "people": [(one, scope.tree[one.entry.branch_id]) for one in people],
        "more": more,
    }
    return render(request, "desk/calling/urging.html", context)
