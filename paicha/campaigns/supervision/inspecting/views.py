"""Pages of inspections: all lists and a new one, one list with results, its phone sheet; what a branch has to mend."""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.deployment.selectors import rules_of
from paicha.campaigns.supervision.access import inspection_for
from paicha.campaigns.supervision.inspecting import services
from paicha.campaigns.supervision.inspecting.forms import said_of, terms_of
from paicha.campaigns.supervision.inspecting.models import Result, Whom
from paicha.campaigns.supervision.inspecting.selectors import (
    Person,
    Rate,
    inspections_of,
    is_as_drawn,
    people_of,
    units_of,
    untrue_of,
)
from paicha.campaigns.supervision.inspecting.services import MOST, Said
from paicha.formats.writers.phone_sheet import Call, write_phone_sheet
from paicha.organizations.permissions import Permission
from paicha.register.exporting.asking import Export, Protect, take_out
from paicha.register.exports import provenance
from paicha.web.today import today_of

FEW = 60  # people that one page asks about; of a longer list, one branch at a time
UNFIT = 422


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the page: what is kept, or what was typed and not taken."""

    person: Person
    result: int | None
    words: str


@login_required
@require_http_methods(["GET", "POST"])
def all_(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """检查: every list of a campaign, and a new one."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    fault = ""
    if request.method == "POST":
        try:
            inspection = services.draw(
                actor=scope.user,
                campaign_id=campaign.id,
                organization_ids=scope.branches(Permission.CAMPAIGN_REVIEW),
                terms=terms_of(request.POST),
                today=today_of(request),
            )
        except services.Unfit as unfit:
            fault = str(unfit)
        else:
            messages.success(request, f"第 {inspection.n} 次检查的名单已抽好。")
            return redirect("inspection", inspection.id)
    context = {
        "campaign": campaign,
        "inspections": inspections_of(campaign),
        "choices": Whom.choices,
        "sent": request.POST,
        "most": MOST,
        "fault": fault,
    }
    return render(request, "campaigns/supervision/inspections.html", context, status=UNFIT if fault else 200)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """One list: whom to call, what was found, the rate by branch and in all."""
    scope, inspection = inspection_for(request, Permission.CAMPAIGN_REVIEW, inspection_id)
    units, fault, typed = units_of(inspection), "", {}
    shown = next((of for of, _ in units if str(of.unit_id) == request.GET.get("unit", "")), None)
    if request.method == "POST":
        said = said_of(request.POST)
        try:
            written = services.record_results(actor=scope.user, inspection_id=inspection.id, said=said)
        except services.Unfit as unfit:
            fault, typed = str(unfit), {one.person_id: one for one in said}
        else:
            messages.success(request, f"已记下 {written} 人的结果。")
            return redirect(f"{reverse('inspection', args=[inspection.id])}?{request.GET.urlencode()}")
    rate = sum((rate for _, rate in units), Rate())
    whole = rate.drawn <= FEW or shown is not None
    people = people_of(inspection, shown.unit_id if shown else None) if whole else []
    context = {
        "inspection": inspection,
        "campaign": inspection.campaign,
        "units": units,
        "rate": rate,
        "shown": shown,
        "lines": [_line(person, typed.get(person.row.id)) for person in people],
        "results": Result.choices,
        "as_drawn": is_as_drawn(inspection),
        "fault": fault,
    }
    return render(request, "campaigns/supervision/inspection.html", context, status=UNFIT if fault else 200)


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """电话核实表: whom to call with the numbers in full, with a password."""
    scope, inspection = inspection_for(request, Permission.CAMPAIGN_REVIEW, inspection_id)
    people, campaign = people_of(inspection), inspection.campaign
    branches = Counter(person.row.unit.organization_id for person in people)

    def make(protected: Protect) -> bytes:
        out, said = BytesIO(), provenance(rules_of(campaign), scope.user, timezone.localtime())
        title = f"{campaign.name}第{inspection.n}次检查"
        write_phone_sheet(out, title=title, calls=[_call(person) for person in people], provenance=said)
        return protected(out.getvalue())

    form, back = f"第{inspection.n}次检查电话核实表", reverse("inspection", args=[inspection.id])
    export = Export(campaign.name, form, sorted(branches.items()), back, make, f"{campaign.name}-{form}.xlsx")
    return take_out(request, scope.user, export)


@login_required
@require_GET
def of_branch(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """What inspections found in one branch that is not mended yet."""
    _, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    context = {"unit": unit, "campaign": unit.campaign, "people": untrue_of(unit.campaign, unit)}
    return render(request, "campaigns/supervision/unit_inspections.html", context)


def _line(person: Person, typed: Said | None) -> Line:
    said = typed or person.row
    return Line(person, said.result, said.words)


def _call(person: Person) -> Call:
    return Call(
        branch=person.row.unit.name,
        name=person.name,
        phone=person.phone,
        residence=person.residence,
        employer=person.employer,
        reported_to=person.reported_to,
    )
