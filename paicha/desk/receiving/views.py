"""A receipt comes in, or turns out to be wrong."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from paicha.campaigns.checking import services as checking
from paicha.campaigns.deployment.selectors import running_unit
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.register.contacts.forms import read_day
from paicha.transfers import services as transfers
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.selectors import standing_receipt
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of


class Received(NamedTuple):
    """A receipt as it is written down."""

    received_on: date
    destination: str
    number: str = ""
    urged: bool = False


@login_required
@require_POST
def receipt(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The receipt is in hand: the affiliation ends, with it the entry and the transfer, and the verdict is 已转移."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    tell_received(request, scope, entry.member_id, entry.branch_id)
    return redirect("entry-transfer", entry.id)


@login_required
@require_POST
def back(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The receipt that holds was wrong."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    found = standing_receipt(entry.committee_id, entry.member_id, entry.branch_id)
    tell_taken_back(request, scope, found, entry.branch_id)
    return redirect("entry-transfer", entry.id)


def tell_received(request: HttpRequest, scope: Scope, member_id: UUID, branch_id: UUID) -> None:
    """Write the receipt down as it was sent, and say what came of it."""
    day = read_day(request.POST.get("received_on", ""))
    destination = request.POST.get("destination", "").strip()[:120]
    number, urged = request.POST.get("number", "").strip()[:60], request.POST.get("urged") == "yes"
    try:
        if day is None:
            raise Unfit("请填写回执日期，如 2023-12-08")
        receive(scope, member_id, branch_id, Received(day, destination, number, urged), today_of(request))
    except (Unfit, checking.Unfit) as unfit:
        messages.error(request, f"回执没有记下：{unfit}。")
    else:
        messages.success(request, "回执已记下，组织关系已转出。")


def tell_taken_back(request: HttpRequest, scope: Scope, found: Receipt | None, branch_id: UUID) -> None:
    """Take a receipt back with the reason that was sent, and say what came of it."""
    reason, today = request.POST.get("reason", "").strip()[:500], today_of(request)
    unit = running_unit(scope.committee_id, branch_id)
    try:
        if found is None:
            raise Unfit("没有可以撤回的回执")
        if unit:
            checking.take_back(actor=scope.user, unit_id=unit.id, receipt_id=found.id, reason=reason, today=today)
        else:
            transfers.take_back_receipt(actor=scope.user, receipt_id=found.id, reason=reason, today=today)
    except Unfit as unfit:
        messages.error(request, f"回执没有撤回：{unfit}。")
    else:
        messages.success(request, "回执已撤回，组织关系仍在本支部，一切照旧。")


def receive(scope: Scope, member_id: UUID, branch_id: UUID, received: Received, today: date) -> None:
    """One receipt, and the verdict with it while a campaign runs. Raises Unfit, checking.Unfit."""
    unit, said = running_unit(scope.committee_id, branch_id), received._asdict()
    if unit:
        checking.receive(actor=scope.user, unit_id=unit.id, member_id=member_id, today=today, **said)
    else:
        transfers.record_receipt(actor=scope.user, member_id=member_id, branch_id=branch_id, today=today, **said)
