"""Pages of the check: everybody of a branch with the verdict that stands."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from paicha.campaigns.access import unit_for
from paicha.campaigns.checking import services
from paicha.campaigns.checking.selectors import checked_of, coverage_of
from paicha.organizations.permissions import Permission


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """逐人排查. Those who attend are confirmed together, their names shown; the others one by one."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    if request.method == "POST":
        try:
            members = [UUID(value) for value in request.POST.getlist("member")]
            confirmed = services.confirm_attending(actor=scope.user, unit_id=unit.id, member_ids=members)
        except (ValueError, services.Unfit) as problem:
            said = str(problem) if isinstance(problem, services.Unfit) else "送来的名单读不出，请刷新后再确认"
            messages.error(request, f"{said}。")
        else:
            messages.success(request, f"已确认 {confirmed} 人在支部参加活动。")
        return redirect("unit-check", unit.id)
    everybody = checked_of(unit)
    away = [one for one in everybody if one.away]
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "coverage": coverage_of(unit.campaign, [unit])[unit.id],
        "open": [one for one in everybody if not one.away and one.verdict is None],
        "away": away,
        "decided": [one for one in everybody if not one.away and one.verdict is not None],
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/checking/check.html", context)
