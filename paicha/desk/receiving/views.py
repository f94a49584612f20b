"""A receipt comes in, or turns out to be wrong."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from paicha.desk.receiving import recording
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.transfers.models import Receipt
from paicha.transfers.off_register.access import member_for
from paicha.transfers.off_register.views import page_of as member_page
from paicha.transfers.tracking.forms import ReceiptForm, receipt_form, received_day
from paicha.transfers.tracking.selectors import standing_receipt
from paicha.transfers.unfit import Unfit
from paicha.transfers.views import page_of
from paicha.web.today import today_of

RECEIVED = "回执已记下，组织关系已转出。"


@login_required
@require_POST
def receipt(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The receipt is in hand: the affiliation ends, with it the entry and the transfer, and the verdict is 已转移."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    refused = refused_receipt(request, scope, entry.member_id, entry.branch_id)
    if refused:
        return page_of(request, scope, entry, received=refused)
    return redirect("entry-transfer", entry.id)


@login_required
@require_POST
def back(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The receipt that holds was wrong."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    found = standing_receipt(entry.committee_id, entry.member_id, entry.branch_id)
    tell_taken_back(request, scope, found)
    return redirect("entry-transfer", entry.id)


@login_required
@require_POST
def member_receipt(request: HttpRequest, branch_id: UUID, member_id: UUID) -> HttpResponse:
    """The receipt of a member who stands on no register."""
    scope, found = member_for(request, Permission.REGISTER_EDIT, branch_id, member_id)
    refused = refused_receipt(request, scope, member_id, branch_id)
    if refused:
        return member_page(request, scope, found, received=refused)
    return redirect("member-transfer", branch_id, member_id)


@login_required
@require_POST
def member_back(request: HttpRequest, branch_id: UUID, member_id: UUID) -> HttpResponse:
    """It was wrong."""
    scope, found = member_for(request, Permission.REGISTER_EDIT, branch_id, member_id)
    tell_taken_back(request, scope, found.receipt)
    return redirect("member-transfer", branch_id, member_id)


def refused_receipt(request: HttpRequest, scope: Scope, member_id: UUID, branch_id: UUID) -> ReceiptForm | None:
    """Write down the receipt that was sent, and say so; the form with its fault where it does not fit."""
    form, today = receipt_form(request.POST), today_of(request)
    try:
        recording.receive(
            actor=scope.user,
            member_id=member_id,
            branch_id=branch_id,
            received_on=received_day(scope.committee_id, member_id, form.received_on),
            destination=form.destination,
            number=form.number,
            urged=form.urged,
            today=today,
        )
    except Unfit as unfit:
        form.fault = str(unfit)
        return form
    messages.success(request, RECEIVED)
    return None


def tell_taken_back(request: HttpRequest, scope: Scope, found: Receipt | None) -> None:
    """Take a receipt back with the reason that was sent, and say what came of it."""
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        if found is None:
            raise Unfit("没有可以撤回的回执")
        recording.take_back(actor=scope.user, receipt=found, reason=reason, today=today_of(request))
    except Unfit as unfit:
        messages.error(request, f"回执没有撤回：{unfit}。")
    else:
        messages.success(request, "回执已撤回，组织关系仍在本支部，一切照旧。")
