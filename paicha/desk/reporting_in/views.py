"""One person's 报到, and who of my branches has reported in, is to be urged to, or is to be completed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from paicha.campaigns.checking.selectors import changed_on
from paicha.desk.calling.selectors import calls_since
from paicha.organizations.access import require
from paicha.organizations.permissions import Permission
from paicha.transfers.reporting_in.forms import shown
from paicha.transfers.reporting_in.listing import SHOWN, lines_of, standing_of, to_urge
from paicha.transfers.reporting_in.views import report_in as page
from paicha.transfers.urging.selectors import MOST
from paicha.web.today import today_of

NOBODY = {
    "incomplete": "没有要补齐的：登记表里填了报到的，都记了从什么时候起、凭什么知道。",
    "urge": "现在没有该督促报到的人。在每个人的“转接和报到”页回答几个问题，不具备转移条件又没有报到的会列在这里。",
    "in-force": "还没有人报到。在每个人的“报到”页记下以后，会列在这里。",
    "ended": "没有已终止的报到。",
}


def report_in(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One person's page; nobody reported in before they went away, which the check of the campaign asks for."""
    return page(request, entry_id, changed_on)


@login_required
@require_GET
def report_ins(request: HttpRequest) -> HttpResponse:
    """报到情况 of my branches or of one (`?branch=`); `?show=` keeps those of SHOWN."""
    scope, today = require(request, Permission.REGISTER_VIEW), today_of(request)
    mine = scope.branches(Permission.REGISTER_VIEW)
    branches = [node for node in scope.tree.branches() if node.id in mine]
    chosen = next((node for node in branches if str(node.id) == request.GET.get("branch")), None)
    ids = [node.id for node in ([chosen] if chosen else branches)]
    found = standing_of(scope.committee_id, ids)
    urge, more = to_urge(scope.committee_id, ids, calls_since(scope.committee_id, today), today)
    number = {"urge": len(urge)} | found.number
    show = request.GET.get("show", "")
    if show not in SHOWN:
        show = next((key for key in SHOWN if number[key]), "in-force")
    lines = urge if show == "urge" else lines_of(scope.committee_id, found.first[show]())
    names = {node.id: node.name for node in branches}
    context = {
        "branches": branches,
        "chosen": chosen,
        "several": not chosen and len(branches) > 1,
        "show": show,
        "shown": [(key, words, number[key]) for key, words in SHOWN.items()],
        "lines": [(line, shown(line.where), names[line.entry.branch_id]) for line in lines],
        "more": more if show == "urge" else number[show] > MOST,
        "nobody": NOBODY[show],
        "may_edit": scope.allows(Permission.REGISTER_EDIT),
    }
    return render(request, "desk/reporting_in/report_ins.html", context)
