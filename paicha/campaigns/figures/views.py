"""Pages of a branch's 附件2 in a campaign: the sheet to be signed, the change since the report, the people behind."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from paicha.campaigns.access import unit_for
from paicha.campaigns.figures.selectors import behind, breakers_of, standing_of
from paicha.campaigns.reporting.services import OPEN
from paicha.domain.annex2 import HEADINGS
from paicha.formats.writers.annex2 import write_annex2
from paicha.formats.writers.annex2_change import write_annex2_change
from paicha.organizations.permissions import Permission
from paicha.register.exports import provenance
from paicha.register.figures.groups import sheet_of
from paicha.register.services import record_export
from paicha.web.downloads import download
from paicha.web.today import today_of


@login_required
@require_GET
def annex2(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """附件2 as it would be reported now, and what changed since it was."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    standing = standing_of(scope.tree, unit, today_of(request))
    draft, before, change = standing.draft, standing.reported, standing.change()
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "draft": draft,
        "sheet": sheet_of(
            standing.now, lambda letter: reverse("unit-annex2-people", args=[unit.id, letter]), breakers_of(draft)
        ),
        "submission": standing.submission,
        "open": standing.submission is None or standing.submission.state in OPEN,
        "columns": [
            (letter, HEADINGS[letter], before[letter], standing.now[letter], change[letter]) for letter in change
        ]
        if before
        else [],
        "changed": any(change.values()),
        "remarks": (before.remark if before else "", standing.now.remark),
        "home": draft.rules.home.full_name if draft.rules.home else "",
        "may_export": unit.organization_id in scope.branches(Permission.REGISTER_EXPORT),
    }
    return render(request, "campaigns/figures/annex2.html", context)


@login_required
@require_GET
def people(request: HttpRequest, unit_id: UUID, letter: str) -> HttpResponse:
    """Who stands behind one figure, now and in the report. No number of anybody is on this page."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    if letter not in HEADINGS:
        raise Http404
    standing = standing_of(scope.tree, unit, today_of(request))
    found = behind(standing, unit, letter)
    context = {
        "unit": unit,
        "letter": letter,
        "heading": HEADINGS[letter],
        "people": found,
        "now": sum(one.now for one in found),
        "submission": standing.submission,
        "reported": standing.reported[letter] if standing.reported else None,
    }
    return render(request, "campaigns/figures/people.html", context)


@login_required
@require_GET
def export(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The official 附件2 as it would be reported now: what is printed and signed. Figures only, nobody's number."""
    scope, unit = unit_for(request, Permission.REGISTER_EXPORT, unit_id)
    draft, out = standing_of(scope.tree, unit, today_of(request)).draft, BytesIO()
    said = provenance(draft.rules, scope.user, timezone.localtime())
    write_annex2(out, branch=unit.name, statistics=draft.statistics, provenance=said)
    record_export(
        actor=scope.user, branch_id=unit.organization_id, form="附件2（待签字）", people=draft.statistics["A"]
    )
    return download(out.getvalue(), f"{unit.name}-附件2.xlsx")


@login_required
@require_GET
def export_change(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """附件2 as reported, as it stands now, and the difference, in the columns of the notice."""
    scope, unit = unit_for(request, Permission.REGISTER_EXPORT, unit_id)
    standing = standing_of(scope.tree, unit, today_of(request))
    if standing.reported is None or standing.submission is None:
        raise Http404
    out, now = BytesIO(), timezone.localtime()
    write_annex2_change(
        out,
        branch=unit.name,
        reported=standing.reported,
        reported_on=standing.submission.submitted_on,
        now=standing.now,
        on=today_of(request),
        provenance=provenance(standing.draft.rules, scope.user, now),
    )
    form = "附件2-上报后变化"
    record_export(actor=scope.user, branch_id=unit.organization_id, form=form, people=standing.now["A"])
    return download(out.getvalue(), f"{unit.name}-{form}.xlsx")
