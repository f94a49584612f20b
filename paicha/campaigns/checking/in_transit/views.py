"""The pages of 在途名单: of a branch, and of all branches."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.checking.in_transit.selectors import underway_of
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import branch_units
from paicha.organizations.permissions import Permission
from paicha.web.today import today_of


@login_required
@require_GET
def of_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """在途名单 of a branch."""
    _, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    return _page(request, unit.campaign, [unit], unit)


@login_required
@require_GET
def of_campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """在途名单 of the branches that this person sees; `?show=late` keeps those whose receipt is overdue."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_VIEW, campaign_id)
    return _page(request, campaign, branch_units(campaign, scope.branches(Permission.CAMPAIGN_VIEW)))


def _page(
    request: HttpRequest, campaign: Campaign, units: list[CampaignUnit], unit: CampaignUnit | None = None
) -> HttpResponse:
    found = underway_of(campaign, units, today_of(request))
    late = [row for row in found if row.outlook.late]
    show = request.GET.get("show", "")
    context = {
        "campaign": campaign,
        "unit": unit,
        "rows": late if show == "late" else found,
        "show": show,
        "all": len(found),
        "late": len(late),
    }
    return render(request, "campaigns/checking/in_transit.html", context)
