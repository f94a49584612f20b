"""接续 of all branches for the office, and of one branch."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.carrying_over.selectors import carried_over
from paicha.campaigns.deployment.selectors import branch_units
from paicha.organizations.permissions import Permission

MOST = 1000  # people that one page names


@login_required
@require_GET
def all_(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """How each branch's register went on from the last round."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    lines, _ = carried_over(campaign, branch_units(campaign, scope.branches(Permission.CAMPAIGN_REVIEW)))
    context = {"campaign": campaign, "lines": lines, "known": sum(line.earlier is not None for line in lines)}
    return render(request, "campaigns/carrying_over/all.html", context)


@login_required
@require_GET
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """One branch: who came and who left since the last round, and why."""
    scope, found = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    lines, marks = carried_over(found.campaign, [found])
    context = {
        "unit": found,
        "campaign": found.campaign,
        "line": lines[0],
        "marks": marks[:MOST],
        "more": len(marks) - MOST,
        "may_review": found.organization_id in scope.branches(Permission.CAMPAIGN_REVIEW),
    }
    return render(request, "campaigns/carrying_over/unit.html", context)
