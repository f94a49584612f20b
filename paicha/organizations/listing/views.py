"""The office's list of branches: send it, look at what it would do, apply it."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from paicha.domain.masking import mask_phone
from paicha.formats.readers.branches import ListProblem
from paicha.organizations.access import Scope, require
from paicha.organizations.listing.plan import plan_of
from paicha.organizations.listing.reading import Line, opened, read_lines, sealed
from paicha.organizations.listing.services import apply_list
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import organizations
from paicha.organizations.services import Unfit
from paicha.web.today import today_of

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 5000
UNFIT, CONFLICT = 422, 409


@login_required
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """One file in, its preview out; nothing is written."""
    scope = require(request, Permission.ORGANIZATION_EDIT)
    if request.method != "POST":
        return render(request, "organizations/listing/send.html")
    file = request.FILES.get("file")
    if file is None:
        problem = "还没有选择文件。"
    elif (file.size or 0) > MOST_BYTES:
        problem = f"文件超过 {MOST_BYTES // 1024 // 1024} MB，不像是党支部名单。"
    else:
        try:
            lines = read_lines(file.name or "名单", file.read())
        except ListProblem as refused:
            problem = f"{refused}。"
        else:
            if len(lines) <= MOST_LINES:
                return _preview(request, scope, lines)
            problem = f"名单有 {len(lines)} 行，一次最多 {MOST_LINES} 行。"
    return render(request, "organizations/listing/send.html", {"problem": problem}, status=UNFIT)


def _preview(request: HttpRequest, scope: Scope, lines: Sequence[Line], status: int = 200) -> HttpResponse:
    plan = plan_of(lines, scope.tree, organizations(scope.committee_id, scope.tree.nodes))
    context = {
        "plan": plan,
        "new": [(line, mask_phone(line.phone)) for line in plan.new],
        "sealed": sealed(lines, scope.user.id),
    }
    return render(request, "organizations/listing/preview.html", context, status=status)


@login_required
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """Write what was looked at, all of it or nothing."""
    scope = require(request, Permission.ORGANIZATION_EDIT)
    lines = opened(request.POST.get("lines", ""), scope.user.id)
    if lines is None:
        messages.error(request, "没有收到核对过的名单，请重新上传。")
        return redirect("branch-list")
    try:
        plan = apply_list(actor=scope.user, lines=lines, digest=request.POST.get("digest", ""), today=today_of(request))
    except Unfit as unfit:
        messages.error(request, f"{unfit}。")
        return _preview(request, scope, lines, status=CONFLICT)
    messages.success(request, f"已写入：新增党支部 {len(plan.new)} 个，改动 {len(plan.changed)} 个。")
    return redirect("organizations")
