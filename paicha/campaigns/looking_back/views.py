"""The page of a look-back: each entry of the register, one by one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from paicha.campaigns.access import unit_for
from paicha.campaigns.checking.services import Unfit as UnfitVerdict
from paicha.campaigns.looking_back import services
from paicha.campaigns.looking_back.selectors import looking_of
from paicha.organizations.permissions import Permission


@login_required
@require_http_methods(["GET", "POST"])
def look_back(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """回头看: who is still to be gone over; found as before, one press confirms one person."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    if request.method == "POST":
        try:
            member_id = UUID(request.POST.get("member", ""))
            verdict = services.confirm_again(actor=scope.user, unit_id=unit.id, member_id=member_id)
        except (ValueError, services.Unfit, UnfitVerdict) as problem:
            known = isinstance(problem, services.Unfit | UnfitVerdict)
            messages.error(request, f"{problem}。" if known else "送来的人读不出，请刷新后再核对。")
        else:
            messages.success(request, f"{verdict.member.name or '（没有姓名）'}：已重新核对。")
        return redirect("unit-look-back", unit.id)
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "looking": looking_of(unit),
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/looking_back/look_back.html", context)
