"""The page of theme education by branch: who is not at 100 %, and who is left out there; the same as a workbook."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from paicha.campaigns.access import campaign_for
from paicha.campaigns.deployment.selectors import branch_units, rules_of
from paicha.campaigns.education.coverage.selectors import taught_of
from paicha.formats.writers.education import Line, write_education_coverage
from paicha.organizations.permissions import Permission
from paicha.register.exports import provenance
from paicha.register.services import record_export
from paicha.web.downloads import download
from paicha.web.today import today_of

FORM = "主题教育覆盖"


@login_required
@require_GET
def education(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """主题教育覆盖, of the branches that this person sees."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_VIEW, campaign_id)
    units = branch_units(campaign, scope.branches(Permission.CAMPAIGN_VIEW))
    rows = taught_of(campaign, units, today_of(request))
    context = {
        "campaign": campaign,
        "rows": rows,
        "asked": [row for row in rows if row.whole],
        "full": sum(1 for row in rows if row.whole and not row.left),
        "whole": sum(row.whole for row in rows),
        "covered": sum(row.covered for row in rows),
        "waiting": sum(row.waiting for row in rows),
        "may_export": scope.allows(Permission.CAMPAIGN_REVIEW),
    }
    return render(request, "campaigns/education/coverage.html", context)


@login_required
@require_GET
def export(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The same as a workbook to be printed; no number of anybody is on it."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    today, out = today_of(request), BytesIO()
    rows = taught_of(campaign, branch_units(campaign, scope.branches(Permission.CAMPAIGN_REVIEW)), today)
    lines = [
        Line(row.unit.name, row.whole, row.covered, tuple(one.name for one in row.left_out) if row.left else ())
        for row in rows
    ]
    name = scope.tree.root.name if scope.tree.root else ""
    said = provenance(rules_of(campaign), scope.user, timezone.localtime())
    write_education_coverage(out, committee=name, lines=lines, today=today, provenance=said)
    people = sum(row.whole for row in rows)
    record_export(actor=scope.user, branch_id=scope.committee_id, form=FORM, people=people)
    return download(out.getvalue(), f"{name}-{FORM}.xlsx")
