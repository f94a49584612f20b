"""The page of a campaign for the office, and of a branch in it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.checking.selectors import coverage_of
from paicha.campaigns.deployment.forms import MoveForm, NoticeForm, TakeInForm
from paicha.campaigns.deployment.models import Paper
from paicha.campaigns.deployment.selectors import (
    asked_to_look,
    branch_units,
    confirmed_plans,
    last_days,
    look_backs_of,
    missing_branches,
    moves_of,
)
from paicha.campaigns.reporting.selectors import approved_sum, newest_of
from paicha.campaigns.review.selectors import waiting_reports
from paicha.campaigns.steps import next_of, steps_of
from paicha.domain.masking import mask_phone
from paicha.organizations.permissions import Permission
from paicha.web.days import days_until
from paicha.web.today import today_of


@login_required
@require_GET
def campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """One campaign: its dates, and where each branch stands. Who looks after one branch is led to its page."""
    scope, found = campaign_for(request, Permission.CAMPAIGN_VIEW, campaign_id)
    units = branch_units(found, scope.branches(Permission.CAMPAIGN_VIEW))
    if len(units) == 1 and not scope.allows(Permission.CAMPAIGN_REVIEW):
        return redirect("unit", units[0].id)
    today = today_of(request)
    coverage, plans, sent = coverage_of(found, units), confirmed_plans(found), newest_of(found)
    statistics, approved = approved_sum(found)
    may_review = scope.allows(Permission.CAMPAIGN_REVIEW)
    missing = missing_branches(found, scope.tree) if may_review and found.closed_on is None else []
    context = {
        "campaign": found,
        "days": [(phase.label, day, days_until(day, today)) for phase, day in last_days(found).items()],
        "moves": moves_of(found),
        "papers": [Paper(value).label for value in found.papers],
        "looking": asked_to_look(found),
        "rows": [(unit, plans.get(unit.id), coverage[unit.id], sent.get(unit.id)) for unit in units],
        "sectors": any(unit.sector for unit in units),
        "approved": approved,
        "sum": statistics,
        "waiting": waiting_reports(found),
        "moving": MoveForm(),
        "attaching": NoticeForm(),
        "taking_in": TakeInForm(missing) if missing else None,
        "may_review": may_review,
        "may_close": scope.allows(Permission.CAMPAIGN_REOPEN),
    }
    return render(request, "campaigns/campaign.html", context)


@login_required
@require_GET
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A branch in a campaign: what is done, what comes next."""
    scope, found = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    today = today_of(request)
    steps = steps_of(found, today)
    context = {
        "unit": found,
        "campaign": found.campaign,
        "phone": mask_phone(found.phone) if found.phone else "",
        "steps": steps,
        "next": next_of(steps),
        "days_left": days_until(found.campaign.report_by, today),
        "moves": moves_of(found.campaign),
        "looks": look_backs_of(found),
        "may_review": found.organization_id in scope.branches(Permission.CAMPAIGN_REVIEW),
    }
    return render(request, "campaigns/unit.html", context)
