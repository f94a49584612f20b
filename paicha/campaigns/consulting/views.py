"""Pages of consultations: a branch's own, the office's, and what was published to all."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.campaigns.access import campaign_for, consultation_for, unit_for
from paicha.campaigns.consulting import services
from paicha.campaigns.consulting.selectors import is_open, of_campaign, of_unit, published
from paicha.organizations.permissions import Permission

LONGEST = 2000


@login_required
@require_http_methods(["GET", "POST"])
def of_branch(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """请示: what a branch asked, and one more question."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    fault, question = "", request.POST.get("question", "").strip()[:LONGEST]
    if request.method == "POST":
        major = request.POST.get("major") == "yes"
        try:
            asked = services.ask(actor=scope.user, unit_id=unit.id, member_id=None, question=question, major=major)
        except services.Unfit as unfit:
            fault = str(unfit)
        else:
            messages.success(request, f"已请示，编号 {asked.n}。党委办公室答复后，在这里和首页能看到。")
            return redirect("unit-consultations", unit.id)
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "consultations": of_unit(unit),
        "published": published(unit.campaign),
        "question": question,
        "fault": fault,
        "may_ask": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/consulting/branch.html", context, status=422 if fault else 200)


@login_required
@require_GET
def of_office(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """请示 of all branches: those that wait first."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    listed = of_campaign(campaign, scope.branches(Permission.CAMPAIGN_VIEW))
    context = {"campaign": campaign, "consultations": listed, "waiting": sum(is_open(one) for one in listed)}
    return render(request, "campaigns/consulting/office.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """One question: the office answers it, and may publish it to all without names."""
    scope, consultation = consultation_for(request, Permission.CAMPAIGN_REVIEW, consultation_id)
    fault, named = "", False
    if request.method == "POST":
        try:
            if "publish" in request.POST:
                services.publish(
                    actor=scope.user,
                    consultation_id=consultation.id,
                    question=_text(request, "public_question"),
                    text=_text(request, "public_answer"),
                    no_names=request.POST.get("no_names") == "yes",
                )
                messages.success(request, "已公布给各党支部。")
            else:
                services.answer(actor=scope.user, consultation_id=consultation.id, text=_text(request, "answer"))
                messages.success(request, f"已答复 {consultation.unit.name}。")
            return redirect("campaign-consultations", consultation.campaign_id)
        except services.Unfit as unfit:
            fault, named = str(unfit), isinstance(unfit, services.Named)
    context = {
        "consultation": consultation,
        "unit": consultation.unit,
        "answer": _text(request, "answer") or consultation.answer,
        "public_question": _text(request, "public_question") or consultation.public_question,
        "public_answer": _text(request, "public_answer") or consultation.public_answer or consultation.answer,
        "fault": fault,
        "named": named,
    }
    return render(request, "campaigns/consulting/one.html", context, status=422 if fault else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, consultation_id: UUID) -> HttpResponse:
    """Take back a question that needs no answer any more."""
    scope, consultation = consultation_for(request, Permission.CAMPAIGN_CHECK, consultation_id)
    try:
        services.withdraw(actor=scope.user, consultation_id=consultation.id)
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
    else:
        messages.success(request, "已撤回；它仍列在下面，不再等答复。")
    return redirect("unit-consultations", consultation.unit_id)


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()[:LONGEST]
