"""The page 学习材料 of a branch: what was sent to whom, who confirmed it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from paicha.campaigns.access import sending_for, unit_for
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.selectors import education_of
from paicha.campaigns.education.sending import services
from paicha.campaigns.education.sending.forms import SendForm, send_form
from paicha.campaigns.education.services import Unfit
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.contacts.forms import read_day
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def materials(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """学习材料. The same material sent to several is recorded at once, their names shown."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    today = today_of(request)
    if request.method == "GET":
        return _page(request, scope, unit, SendForm(today.isoformat()))
    form = send_form(request.POST)
    day, channel = form.day, form.chosen
    if form.faults or day is None or channel is None:
        return _page(request, scope, unit, form)
    try:
        people = services.send_material(
            actor=scope.user,
            unit_id=unit.id,
            member_ids=form.member_ids,
            material=form.material,
            channel=channel,
            sent_on=day,
            today=today,
        )
    except Unfit as unfit:
        form.faults["members"] = str(unfit)
    except ValueError:
        form.faults["members"] = "送来的名单读不出，请刷新后再记"
    if form.faults:
        return _page(request, scope, unit, form)
    messages.success(request, f"已记下：{day.isoformat()} 送给 {people} 人，等他们确认。")
    return redirect("unit-materials", unit.id)


@login_required
@require_POST
def acknowledge(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Several confirmed what was sent to them."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_CHECK, unit_id)
    day = read_day(request.POST.get("happened_on", "").strip())
    try:
        if day is None:
            raise Unfit("请填写确认的日期，如 2023-12-15")
        count = services.acknowledge(
            actor=scope.user,
            unit_id=unit.id,
            sending_ids=[UUID(value) for value in request.POST.getlist("sending")],
            happened_on=day,
            today=today_of(request),
        )
    except Unfit as unfit:
        messages.error(request, f"没有记下：{unfit}。")
    except ValueError:
        messages.error(request, "没有记下：送来的名单读不出，请刷新后再记。")
    else:
        messages.success(request, f"已记下 {count} 份材料的确认，算参加主题教育。")
    return redirect("unit-materials", unit.id)


@login_required
@require_POST
def withdraw(request: HttpRequest, unit_id: UUID, sending_id: UUID) -> HttpResponse:
    """It was never sent."""
    scope, unit, sending = sending_for(request, Permission.CAMPAIGN_CHECK, unit_id, sending_id)
    services.withdraw_sending(actor=scope.user, unit_id=unit.id, sending_id=sending.id)
    messages.success(request, f"已撤回 {sending.sent_on.isoformat()} 送材料的记录。")
    return redirect("unit-materials", unit.id)


@login_required
@require_POST
def unacknowledge(request: HttpRequest, unit_id: UUID, sending_id: UUID) -> HttpResponse:
    """It is not confirmed after all."""
    scope, unit, sending = sending_for(request, Permission.CAMPAIGN_CHECK, unit_id, sending_id)
    services.withdraw_acknowledgement(actor=scope.user, unit_id=unit.id, sending_id=sending.id)
    messages.success(request, "已撤回这份材料的确认，仍等他确认。")
    return redirect("unit-materials", unit.id)


def _page(request: HttpRequest, scope: Scope, unit: CampaignUnit, form: SendForm) -> HttpResponse:
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "education": education_of(unit, today_of(request)),
        "form": form,
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/education/materials.html", context, status=UNFIT if form.faults else 200)
