"""Pages of visits: what was noted, one more, what became of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from paicha.campaigns.access import campaign_for
from paicha.campaigns.deployment.selectors import branch_units
from paicha.campaigns.supervision.access import visit_for
from paicha.campaigns.supervision.visiting import services
from paicha.campaigns.supervision.visiting.selectors import is_open, visits_of
from paicha.organizations.permissions import Permission
from paicha.register.contacts.forms import read_day
from paicha.web.today import today_of

LONGEST = 2000
UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def all_(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """调研: every visit of a campaign, and one more."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    units, fault, today = branch_units(campaign, scope.branches(Permission.CAMPAIGN_REVIEW)), "", today_of(request)
    if request.method == "POST":
        unit = next((unit for unit in units if str(unit.id) == request.POST.get("unit", "")), None)
        day = read_day(request.POST.get("visited_on", ""))
        try:
            if unit is None or day is None:
                raise services.Unfit("请选择党支部，填写日期，如 2023-12-05")
            services.note(
                actor=scope.user,
                unit_id=unit.id,
                visited_on=day,
                who=request.POST.get("who", "").strip()[:120],
                seen=request.POST.get("seen", "").strip()[:LONGEST],
                follow_up=request.POST.get("follow_up", "").strip()[:LONGEST],
                today=today,
            )
        except services.Unfit as unfit:
            fault = str(unfit)
        else:
            messages.success(request, f"已记下到{unit.name}的调研。")
            return redirect("campaign-visits", campaign.id)
    context = {
        "campaign": campaign,
        "units": units,
        "visits": [(visit, is_open(visit)) for visit in visits_of(campaign)],
        "sent": request.POST,
        "today": today,
        "fault": fault,
    }
    return render(request, "campaigns/supervision/visits.html", context, status=UNFIT if fault else 200)


@login_required
@require_POST
def settle(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What became of what a visit found."""
    scope, visit = visit_for(request, Permission.CAMPAIGN_REVIEW, visit_id)
    try:
        outcome = request.POST.get("outcome", "").strip()[:LONGEST]
        services.settle(actor=scope.user, visit_id=visit.id, outcome=outcome)
    except services.Unfit as unfit:
        messages.error(request, f"没有记下：{unfit}。")
    else:
        messages.success(request, "已办结。")
    return redirect("campaign-visits", visit.unit.campaign_id)
