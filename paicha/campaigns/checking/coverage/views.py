"""The page of coverage: which branch is not at 100 %, and who is missing there."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from paicha.campaigns.access import campaign_for
from paicha.campaigns.checking.coverage.selectors import covered_of
from paicha.campaigns.deployment.selectors import branch_units
from paicha.organizations.permissions import Permission


@login_required
@require_GET
def coverage(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """排查覆盖, of the branches that this person sees."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_VIEW, campaign_id)
    rows = covered_of(campaign, branch_units(campaign, scope.branches(Permission.CAMPAIGN_VIEW)))
    context = {
        "campaign": campaign,
        "rows": rows,
        "full": sum(1 for row in rows if row.coverage.whole and not row.uncovered),
        "whole": sum(row.coverage.whole for row in rows),
        "decided": sum(row.coverage.decided for row in rows),
    }
    return render(request, "campaigns/checking/coverage.html", context)
