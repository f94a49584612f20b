"""Pages of the updates since the report: a branch's, and all branches' for the office."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.deployment.selectors import branch_units
from paicha.campaigns.updating import services
from paicha.campaigns.updating.selectors import described, last_filings, updates_of
from paicha.organizations.permissions import Permission

SHOWN = 100  # of all branches on one page; a branch's own shows more
MOST = 1000


@login_required
@require_GET
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """动态更新 of one branch: day by day, person by person."""
    scope, found = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    branches, marks = updates_of(found.campaign, [found])
    filings = last_filings(found.campaign)
    context = {
        "unit": found,
        "campaign": found.campaign,
        "branch": branches[0] if branches else None,
        "updates": described(scope.committee_id, marks[:MOST], filings),
        "more": len(marks) - MOST,
        "may_file": found.organization_id in scope.branches(Permission.CAMPAIGN_REVIEW),
    }
    return render(request, "campaigns/updating/unit.html", context)


@login_required
@require_GET
def all_(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """动态更新 of every branch: how many of each, and the newest."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    units = branch_units(campaign, scope.branches(Permission.CAMPAIGN_REVIEW))
    branches, marks = updates_of(campaign, units)
    context = {
        "campaign": campaign,
        "branches": [branch for branch in branches if branch.count],
        "reported": len(branches),
        "unfiled": sum(branch.unfiled for branch in branches),
        "updates": described(scope.committee_id, marks[:SHOWN], last_filings(campaign)),
        "more": len(marks) - SHOWN,
    }
    return render(request, "campaigns/updating/all.html", context)


@login_required
@require_POST
def file(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """备案: what the office saw on the branch's page."""
    scope, found = unit_for(request, Permission.CAMPAIGN_REVIEW, unit_id)
    until = _time(request.POST.get("until", ""))
    try:
        if until is None:
            raise services.Unfit("送来的时间读不出，请刷新后再备案")
        services.file_updates(actor=scope.user, unit_id=found.id, until=until)
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
    else:
        messages.success(request, f"{found.name}到 {timezone.localtime(until):%Y-%m-%d %H:%M} 的更新已备案。")
    return redirect("unit-updates", found.id)


def _time(text: str) -> datetime | None:
    """A time with its zone as the page sends it, to the microsecond; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
