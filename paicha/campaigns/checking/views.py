"""Pages of the check: everybody of a branch with the verdict that stands."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from paicha.campaigns.access import unit_for
from paicha.campaigns.checking import services
from paicha.campaigns.checking.forms import VerdictForm, dates_of, form_of, shown, verdict_form
from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import (
    Checked,
    checked_of,
    coverage_of,
    earlier_of,
    has_receipt,
    moved_of,
    one_of,
    waiting_of,
    was_confirmed,
)
from paicha.campaigns.consulting.selectors import answers_of, open_question, published
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.deployment.selectors import rules_of
from paicha.domain.criteria import Proposal, propose
from paicha.domain.findings import Finding
from paicha.domain.readings import CellValue
from paicha.domain.vocabulary import Verdict
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.belonging import NumberTaken
from paicha.register.contacts.selectors import contacts_of
from paicha.register.forms import fields, number_taken, typed
from paicha.register.records import Recorder
from paicha.register.rules import rules_of as register_rules
from paicha.transfers.tracking.forms import ReceiptForm, proposed_receipt, receipt_form, received_day
from paicha.transfers.tracking.selectors import outlook_of
from paicha.transfers.unfit import Unfit as UnfitReceipt
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """逐人排查. Those who attend are confirmed together, their names shown; the others one by one."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    if request.method == "POST":
        return _confirm(request, scope, unit)
    everybody = checked_of(unit)
    away = [one for one in everybody if one.away]
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "coverage": coverage_of(unit.campaign, [unit])[unit.id],
        "open": [one for one in everybody if not one.away and one.verdict is None],
        "away": away,
        "moved": moved_of(unit),
        "first": next((one for one in away if one.verdict is None), None),
        "together": not was_confirmed(everybody),
        "decided": [one for one in everybody if not one.away and one.verdict is not None],
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/checking/check.html", context)


def _confirm(request: HttpRequest, scope: Scope, unit: CampaignUnit) -> HttpResponse:
    """Those whose names were shown and left ticked attend; the first of the others comes."""
    try:
        members = [UUID(value) for value in request.POST.getlist("member")]
        confirmed = services.confirm_attending(actor=scope.user, unit_id=unit.id, member_ids=members)
    except (ValueError, services.Unfit) as problem:
        said = str(problem) if isinstance(problem, services.Unfit) else "送来的名单读不出，请刷新后再确认"
        messages.error(request, f"{said}。")
        return redirect("unit-check", unit.id)
    messages.success(request, f"已确认 {confirmed} 人在支部参加活动。")
    return _next(unit)


@login_required
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, unit_id: UUID, member_id: UUID) -> HttpResponse:
    """One member: the facts, what is proposed from them, the verdict; saved, the next one comes."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    found = _found(unit, member_id)
    if request.method == "GET":
        return _page(request, scope, unit, found, *_known(unit, found))
    form = verdict_form(request.POST)
    proposal = _proposal(unit, found, form)
    if "propose" in request.POST:
        form.check(today_of(request))
        form.faults.pop("verdict", None)
        form.verdict = ""
        return _page(request, scope, unit, found, form)
    form.take(proposal)
    form.check(today_of(request))
    if form.faults:
        return _page(request, scope, unit, found, form)
    try:
        decision = form.decision(proposal)
        if decision.verdict.outflow and found.listed.entry is None:
            decision.check()
            return _entry_page(request, unit, found, form, decision.verdict, found.listed.cells)
        services.decide(actor=scope.user, unit_id=unit.id, member_id=member_id, decision=decision)
    except services.Unfit as unfit:
        form.faults["verdict"] = str(unfit)
        return _page(request, scope, unit, found, form)
    return _decided(request, unit, found, decision.verdict)


@login_required
@require_POST
def enter(request: HttpRequest, unit_id: UUID, member_id: UUID) -> HttpResponse:
    """流出 of somebody who is not on the register: what 附件1 asks for, and the verdict with it."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_CHECK, unit_id)
    found, form = _found(unit, member_id), verdict_form(request.POST)
    form.check(today_of(request))
    if form.faults:
        return _page(request, scope, unit, found, form)
    decision, cells = form.decision(_proposal(unit, found, form)), typed(request.POST, found.listed.cells)
    try:
        services.enter_and_decide(
            actor=scope.user,
            unit_id=unit.id,
            member_id=member_id,
            decision=decision,
            cells=cells,
            recorder=Recorder(register_rules(scope.tree, unit.organization_id, today_of(request))),
            today=today_of(request),
        )
    except services.Unfit as unfit:
        form.faults["verdict"] = str(unfit)
        return _page(request, scope, unit, _found(unit, member_id), form)
    except NumberTaken as problem:
        return _entry_page(request, unit, found, form, decision.verdict, cells, number_taken(problem))
    return _decided(request, unit, _found(unit, member_id), decision.verdict)


@login_required
@require_POST
def receipt(request: HttpRequest, unit_id: UUID, member_id: UUID) -> HttpResponse:
    """The receipt of a member is in hand: the affiliation ends, and with it the verdict is 已转移."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_CHECK, unit_id)
    sent = receipt_form(request.POST)
    try:
        services.receive(
            actor=scope.user,
            unit_id=unit.id,
            member_id=member_id,
            received_on=received_day(unit.committee_id, member_id, sent.received_on),
            destination=sent.destination,
            number=sent.number,
            urged=sent.urged,
            today=today_of(request),
        )
    except (UnfitReceipt, services.Unfit) as unfit:
        sent.fault = str(unfit)
        found = _found(unit, member_id)
        return _page(request, scope, unit, found, *_known(unit, found), sent)
    for moved in moved_of(unit, member_id):
        said = f"{moved.receipt.member.name}：回执已记下，组织关系已转出，结论是已转移组织关系；{moved.counted}。"
        messages.success(request, said)
    return _next(unit, member_id)


def _found(unit: CampaignUnit, member_id: UUID) -> Checked:
    found = one_of(unit, member_id)
    if found is None:
        raise Http404
    return found


def _known(unit: CampaignUnit, found: Checked) -> tuple[VerdictForm, MemberVerdict | None]:
    """The form before anything is typed, and the last round's verdict that it was filled from."""
    if found.verdict:
        return form_of(found.verdict), None
    earlier = earlier_of(unit, found.listed.member.id)
    return dates_of(earlier), earlier


def _proposal(unit: CampaignUnit, found: Checked, form: VerdictForm) -> Proposal:
    facts = form.facts(
        registered=found.listed.entry is not None,
        in_transit=found.in_transit,
        received=has_receipt(unit, found.listed.member.id),
    )
    return propose(facts, rules_of(unit.campaign, unit).as_of)


def _decided(request: HttpRequest, unit: CampaignUnit, found: Checked, verdict: Verdict) -> HttpResponse:
    """Say it, with the way back to it and what is left to mend on the register; then the next one."""
    member_id, version = found.listed.member.id, found.listed.version
    change = format_html('<a href="{}">改结论</a>', reverse("unit-member", args=[unit.id, member_id]))
    said = format_html("{}：{}。{}", found.name, verdict.label, change)
    if verdict.outflow and version and version.errors and found.listed.entry:
        address = reverse("entry", args=[found.listed.entry.id])
        said = format_html('{}，台账上还有 {} 处错误，<a href="{}">去补</a>', said, version.errors, address)
    messages.success(request, said)
    return _next(unit, member_id)


def _next(unit: CampaignUnit, after: UUID | None = None) -> HttpResponse:
    waiting = waiting_of(unit, after)
    return redirect("unit-member", unit.id, waiting[0]) if waiting else redirect("unit-check", unit.id)


def _entry_page(
    request: HttpRequest,
    unit: CampaignUnit,
    found: Checked,
    form: VerdictForm,
    verdict: Verdict,
    cells: Sequence[CellValue],
    fault: Finding | None = None,
) -> HttpResponse:
    """The form of 附件1, filled with what the roster knows; the verdict goes with it and is written when it is sent.
    With a `fault`, `cells` as they were sent."""
    context = {
        "unit": unit,
        "one": found,
        "form": form,
        "verdict": verdict,
        "fields": fields(cells, [fault] if fault else [], found.listed.cells),
        "fault": fault,
    }
    return render(request, "campaigns/checking/enter.html", context, status=UNFIT if fault else 200)


def _page(
    request: HttpRequest,
    scope: Scope,
    unit: CampaignUnit,
    found: Checked,
    form: VerdictForm,
    earlier: MemberVerdict | None = None,
    received: ReceiptForm | None = None,
) -> HttpResponse:
    """`received`: a receipt as it was sent, with its fault."""
    entry, proposal = found.listed.entry, _proposal(unit, found, form)
    known = contacts_of(scope.committee_id, entry.id, today_of(request)).records if entry else []
    contacts = [record for record in known if record.withdrawn_at is None]
    if contacts and found.verdict is None and request.method == "GET":
        form.contact = str(contacts[0].id)  # the newest is offered; whoever sees it may choose another, or none
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "one": found,
        "form": form,
        "earlier": earlier,
        "proposal": proposal,
        "shown": shown(proposal),
        "choices": form.choices(proposal),
        "as_of": rules_of(unit.campaign, unit).as_of,
        "contacts": contacts,
        "waiting": len(waiting_of(unit)),
        "question": open_question(unit, found.listed.member.id),
        "outlook": outlook_of(found.transfer, None, unit.name, today_of(request)),
        "received": received or proposed_receipt(scope.committee_id, found.listed.member.id, found.transfer),
        "answers": answers_of(unit, found.listed.member.id),
        "published": published(unit.campaign),
        "may_check": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    status = UNFIT if form.faults or received else 200
    return render(request, "campaigns/checking/member.html", context, status=status)
