"""The page of theme education: who of a branch takes part, how and when."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.campaigns.access import participation_for, unit_for
from paicha.campaigns.deployment.selectors import rules_of
from paicha.campaigns.education import services
from paicha.campaigns.education.forms import PartForm, part_form
from paicha.campaigns.education.papers import learners_of
from paicha.campaigns.education.selectors import education_of
from paicha.formats.writers.education import TITLE, write_education
from paicha.organizations.permissions import Permission
from paicha.register.exports import provenance
from paicha.register.services import record_export
from paicha.web.downloads import download
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def education(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """主题教育. Several who took part together are recorded together, their names shown."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    today = today_of(request)
    form = part_form(request.POST) if request.method == "POST" else PartForm(today.isoformat())
    day, how = form.day, form.chosen
    if request.method == "POST" and not form.faults and day is not None and how is not None:
        try:
            people = services.record_participation(
                actor=scope.user,
                unit_id=unit.id,
                member_ids=form.member_ids,
                how=how,
                happened_on=day,
                materials=form.materials,
                today=today,
            )
        except services.Unfit as unfit:
            form.faults["members"] = str(unfit)
        except ValueError:
            form.faults["members"] = "送来的名单读不出，请刷新后再记"
        else:
            messages.success(request, f"已记下 {people} 人 {day.isoformat()} {how.label}。")
            return redirect("unit-education", unit.id)
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "education": education_of(unit, today),
        "form": form,
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
        "may_export": unit.organization_id in scope.branches(Permission.REGISTER_EXPORT),
    }
    return render(request, "campaigns/education/education.html", context, status=UNFIT if form.faults else 200)


@login_required
@require_GET
def export(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """流出党员参加主题教育情况 as it stands now, to be printed; no number of anybody is on it."""
    scope, unit = unit_for(request, Permission.REGISTER_EXPORT, unit_id)
    found, out = education_of(unit, today_of(request)), BytesIO()
    said = provenance(rules_of(unit.campaign, unit), scope.user, timezone.localtime())
    write_education(out, branch=unit.name, learners=learners_of(found), provenance=said)
    record_export(actor=scope.user, branch_id=unit.organization_id, form=TITLE, people=found.whole)
    return download(out.getvalue(), f"{unit.name}-{TITLE}.xlsx")


@login_required
@require_POST
def withdraw(request: HttpRequest, unit_id: UUID, participation_id: UUID) -> HttpResponse:
    """Take back one record."""
    scope, unit, participation = participation_for(request, Permission.CAMPAIGN_CHECK, unit_id, participation_id)
    services.withdraw_participation(actor=scope.user, unit_id=unit.id, participation_id=participation.id)
    messages.success(request, f"已撤回 {participation.happened_on.isoformat()} 的记录。")
    return redirect("unit-education", unit.id)
