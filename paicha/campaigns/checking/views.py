"""Pages of the check: everybody of a branch with the verdict that stands."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from paicha.campaigns.access import unit_for
from paicha.campaigns.checking import services
from paicha.campaigns.checking.forms import VerdictForm, form_of, verdict_form
from paicha.campaigns.checking.selectors import Checked, checked_of, coverage_of, has_receipt, next_of, one_of
from paicha.campaigns.consulting.selectors import answers_of, open_question, published
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.deployment.selectors import rules_of
from paicha.domain.criteria import Facts, propose
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.contacts.forms import read_day
from paicha.register.contacts.selectors import contacts_of
from paicha.transfers.services import Unfit as UnfitReceipt
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """逐人排查. Those who attend are confirmed together, their names shown; the others one by one."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    if request.method == "POST":
        try:
            members = [UUID(value) for value in request.POST.getlist("member")]
            confirmed = services.confirm_attending(actor=scope.user, unit_id=unit.id, member_ids=members)
        except (ValueError, services.Unfit) as problem:
            said = str(problem) if isinstance(problem, services.Unfit) else "送来的名单读不出，请刷新后再确认"
            messages.error(request, f"{said}。")
        else:
            messages.success(request, f"已确认 {confirmed} 人在支部参加活动。")
        return redirect("unit-check", unit.id)
    everybody = checked_of(unit)
    away = [one for one in everybody if one.away]
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "coverage": coverage_of(unit.campaign, [unit])[unit.id],
        "open": [one for one in everybody if not one.away and one.verdict is None],
        "away": away,
        "decided": [one for one in everybody if not one.away and one.verdict is not None],
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/checking/check.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, unit_id: UUID, member_id: UUID) -> HttpResponse:
    """One member: the facts, what is proposed from them, the verdict; saved, the next one comes."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    found = one_of(unit, member_id)
    if found is None:
        raise Http404
    if request.method == "GET":
        form = verdict_form(request.GET) if request.GET else form_of(found.verdict)
        return _page(request, scope, unit, found, form)
    form = verdict_form(request.POST)
    form.check(today_of(request))
    if not form.faults and "propose" not in request.POST:
        try:
            decision = form.decision(propose(_facts(unit, found, form), rules_of(unit.campaign, unit).as_of))
            services.decide(actor=scope.user, unit_id=unit.id, member_id=member_id, decision=decision)
        except services.Unfit as unfit:
            form.faults["verdict"] = str(unfit)
        else:
            messages.success(request, f"{found.name}：{decision.verdict.label}。")
            onward = next_of(unit)
            return redirect("unit-member", unit.id, onward) if onward else redirect("unit-check", unit.id)
    if "propose" in request.POST:
        form.faults.pop("verdict", None)
        form.verdict = ""
    return _page(request, scope, unit, found, form)


@login_required
@require_POST
def receipt(request: HttpRequest, unit_id: UUID, member_id: UUID) -> HttpResponse:
    """The receipt of a member is in hand: the affiliation ends, and with it the verdict is 已转移."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_CHECK, unit_id)
    day = read_day(request.POST.get("received_on", ""))
    try:
        if day is None:
            raise UnfitReceipt("请填写回执日期，如 2023-12-08")
        services.receive(
            actor=scope.user,
            unit_id=unit.id,
            member_id=member_id,
            received_on=day,
            destination=request.POST.get("destination", "").strip()[:120],
            number=request.POST.get("number", "").strip()[:60],
            urged=request.POST.get("urged") == "yes",
            today=today_of(request),
        )
    except (UnfitReceipt, services.Unfit) as unfit:
        messages.error(request, f"回执没有记下：{unfit}。")
        return redirect("unit-member", unit.id, member_id)
    messages.success(request, "回执已记下，组织关系已转出，结论是已转移组织关系。")
    return redirect("unit-check", unit.id)


def _facts(unit: CampaignUnit, found: Checked, form: VerdictForm) -> Facts:
    return form.facts(
        registered=found.listed.entry is not None,
        in_transit=found.listed.in_transit,
        received=has_receipt(unit, found.listed.member.id),
    )


def _page(request: HttpRequest, scope: Scope, unit: CampaignUnit, found: Checked, form: VerdictForm) -> HttpResponse:
    as_of, entry = rules_of(unit.campaign, unit).as_of, found.listed.entry
    proposal = propose(_facts(unit, found, form), as_of)
    known = contacts_of(scope.committee_id, entry.id, today_of(request)).records if entry else []
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "one": found,
        "form": form,
        "proposal": proposal,
        "choices": form.choices(proposal),
        "as_of": as_of,
        "contacts": [record for record in known if record.withdrawn_at is None],
        "question": open_question(unit, found.listed.member.id),
        "answers": answers_of(unit, found.listed.member.id),
        "published": published(unit.campaign),
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    status = UNFIT if form.faults else 200
    return render(request, "campaigns/checking/member.html", context, status=status)
