"""Pages of a member who stands on no register: how far the transfer is, the next step, a letter."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.divisions import Direction
from paicha.domain.letters import Stage
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.transfers.graduating.selectors import graduates_of
from paicha.transfers.lettering.listed import person_listed
from paicha.transfers.lettering.selectors import letters_with_states
from paicha.transfers.lettering.services import issue_to
from paicha.transfers.lettering.views import Asked, issued, letter_form, proposed_for
from paicha.transfers.off_register.access import Found, member_for
from paicha.transfers.tracking import services as tracking
from paicha.transfers.tracking.around import Around
from paicha.transfers.tracking.forms import ReceiptForm, StepForm, offers, proposed_receipt, step_form
from paicha.transfers.tracking.moving import Whom
from paicha.transfers.tracking.selectors import last_transfer, outlook_of
from paicha.transfers.tracking.timeline import moments_of_member
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_GET
def transfer(request: HttpRequest, branch_id: UUID, member_id: UUID) -> HttpResponse:
    """The transfer of a member; who stands on the register or in a cohort has the page there."""
    scope, found = member_for(request, Permission.REGISTER_VIEW, branch_id, member_id)
    if found.listed and found.listed.entry:
        return redirect("entry-transfer", found.listed.entry.id)
    if place := graduates_of(scope.committee_id, [member_id]).get(member_id):
        return redirect("graduate", place)
    return page_of(request, scope, found)


@login_required
@require_POST
def move(request: HttpRequest, branch_id: UUID, member_id: UUID) -> HttpResponse:
    """The next step of the transfer."""
    scope, found = member_for(request, Permission.REGISTER_EDIT, branch_id, member_id)
    form = step_form(request.POST)
    step = form.step()
    if step is None:
        return page_of(request, scope, found, step=form)
    try:
        whom = Whom(found.member, branch_id, found.listed.entry if found.listed else None)
        tracking.move_member(actor=scope.user, whom=whom, step=step, today=today_of(request))
    except Unfit as unfit:
        form.fault = str(unfit)
        return page_of(request, scope, found, step=form)
    messages.success(request, f"已记下：{step.stage.label}。")
    return redirect("member-transfer", branch_id, member_id)


@login_required
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, branch_id: UUID, member_id: UUID) -> HttpResponse:
    """开介绍信."""
    scope, found = member_for(request, Permission.LETTERS_ISSUE, branch_id, member_id)
    if found.listed is None:
        raise Http404
    if found.listed.entry:
        return redirect("entry-letter", found.listed.entry.id)
    today = today_of(request)
    person = person_listed(found.listed, "", today)
    back = reverse("member-transfer", args=[branch_id, member_id])
    mend = reverse("branch-roster", args=[branch_id])
    asked = Asked(person, member_id, scope.tree[branch_id].name, back, mend, "党员名册")
    if request.method == "GET":
        return letter_form(request, scope, asked, proposed_for(scope, asked, None, today))
    whom = Whom(found.member, branch_id)
    return issued(request, scope, asked, partial(issue_to, actor=scope.user, whom=whom, today=today))


def page_of(
    request: HttpRequest,
    scope: Scope,
    found: Found,
    step: StepForm | None = None,
    received: ReceiptForm | None = None,
) -> HttpResponse:
    """`step`, `received`: as they were sent, with their faults."""
    today, branch = today_of(request), scope.tree[found.branch_id]
    last = last_transfer(scope.committee_id, found.member.id)
    open_ = last if last and not Stage(last.stage).over else None
    may_edit = found.branch_id in scope.branches(Permission.REGISTER_EDIT)
    offered = offers(open_, step, today) if may_edit and found.listed else []
    context = {
        "found": found,
        "branch": branch,
        "transfer": open_,
        "outlook": outlook_of(last, found.receipt, branch.name, today),
        "offers": offered,
        "still_there": any(offer.sent for offer in offered),
        "step": step,
        "received": received or proposed_receipt(scope.committee_id, found.member.id, open_),
        "around": Around.of("member", found.branch_id, found.member.id, move="transfer-move"),
        "directions": list(Direction),
        "organization": "",
        "letters": letters_with_states(scope.committee_id, found.member.id, today),
        "may_issue": may_edit and found.branch_id in scope.branches(Permission.LETTERS_ISSUE),
        "may_take_back": may_edit and found.receipt is not None,
        "may_edit": may_edit,
        "moments": moments_of_member(scope.committee_id, found.member.id),
    }
    status = UNFIT if step or received else 200
    return render(request, "transfers/off_register/member.html", context, status=status)
