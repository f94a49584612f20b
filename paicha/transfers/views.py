"""Pages of transfers: one person's (the advice, how far it is, who is responsible today), and who is underway."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from paicha.domain.advice import Course
from paicha.domain.divisions import Direction
from paicha.domain.letters import Stage
from paicha.organizations.access import Scope, require
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.register.models import RegisterEntry
from paicha.transfers.advising import services as advising
from paicha.transfers.advising.forms import LONGEST, answers, course_of, questions
from paicha.transfers.advising.selectors import KEPT, advised
from paicha.transfers.lettering.selectors import letters_with_states, underway_without_letter
from paicha.transfers.reporting_in.forms import shown
from paicha.transfers.reporting_in.selectors import reported
from paicha.transfers.tracking import services as tracking
from paicha.transfers.tracking.around import Around
from paicha.transfers.tracking.forms import ReceiptForm, StepForm, offers, proposed_receipt, step_form
from paicha.transfers.tracking.selectors import (
    SHOWN,
    counts,
    last_transfer,
    outlook_of,
    standing_receipt,
    tracked,
)
from paicha.transfers.tracking.timeline import moments_of
from paicha.transfers.tracking.transit import marked_only
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of

UNFIT = 422
ANSWERED = tuple(name for name in KEPT if name != "retired")  # that may be told by the age alone


@login_required
@require_GET
def transfer(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """转接和报到 of one person."""
    scope, entry = entry_for(request, Permission.REGISTER_VIEW, entry_id)
    return page_of(request, scope, entry)


@login_required
@require_POST
def move(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The next step of the transfer."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    form = step_form(request.POST)
    step = form.step()
    if step is None:
        return page_of(request, scope, entry, form)
    try:
        tracking.move(actor=scope.user, entry_id=entry.id, step=step, today=today_of(request))
    except Unfit as unfit:
        form.fault = str(unfit)
        return page_of(request, scope, entry, form)
    messages.success(request, f"已记下：{step.stage.label}。")
    return redirect("entry-transfer", entry.id)


@login_required
@require_POST
def facts(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What is known of the person, as far as the form asked."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    try:
        facts = advising.record_facts(actor=scope.user, entry_id=entry.id, answers=answers(request.POST))
    except Unfit as unfit:
        messages.error(request, f"没有记下：{unfit}。")
    else:
        if any(getattr(facts, name) is not None for name in KEPT):
            messages.success(request, "已记下，建议按它重新给出。")
        else:
            messages.warning(request, "都选了“不清楚”，还给不出建议：请先问清楚，再来填。")
    return redirect("entry-transfer", entry.id)


@login_required
@require_POST
def overrule(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Another course than the advised one, with the reason; or the advice again."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    course, reason = course_of(request.POST.get("course", "")), request.POST.get("reason", "").strip()[:LONGEST]
    try:
        advising.overrule(actor=scope.user, entry_id=entry.id, course=course, reason=reason, today=today_of(request))
    except Unfit as unfit:
        messages.error(request, f"没有改：{unfit}。")
    else:
        messages.success(request, f"已定为：{course.label}。" if course else "已恢复按建议办。")
    return redirect("entry-transfer", entry.id)


@login_required
@require_GET
def transfers(request: HttpRequest) -> HttpResponse:
    """组织关系转接 of my branches or of one (`?branch=`); `?show=` keeps those of SHOWN."""
    scope = require(request, Permission.REGISTER_VIEW)
    mine = scope.branches(Permission.REGISTER_VIEW)
    branches = [node for node in scope.tree.branches() if node.id in mine]
    chosen = next((node for node in branches if str(node.id) == request.GET.get("branch")), None)
    ids = [node.id for node in ([chosen] if chosen else branches)]
    number = counts(scope.committee_id, ids, today_of(request))
    show = request.GET.get("show", "")
    if show not in SHOWN:
        show = "late" if number["late"] else "underway"
    names = {node.id: node.name for node in branches}
    rows = tracked(scope.committee_id, ids, names, show, today_of(request))
    context = {
        "branches": branches,
        "chosen": chosen,
        "show": show,
        "may_edit": scope.allows(Permission.REGISTER_EDIT),
        "shown": [(key, words, number[key]) for key, words in SHOWN.items()],
        "send_list": _sending(scope, [node.id for node in branches]),
        "marked": [(one, names[one.branch_id]) for one in marked_only(scope.committee_id, ids)]
        if show == "underway"
        else [],
        "rows": [(row, names[row.branch_id]) for row in rows],
    }
    return render(request, "transfers/transfers.html", context)


def _sending(scope: Scope, branches: Sequence[UUID]) -> str:
    """Where the national system's list is sent: of all, or of one's only branch; "" for who may send none."""
    if scope.allows(Permission.INTAKE_COLLECT):
        return reverse("exported")
    may = [branch_id for branch_id in branches if branch_id in scope.branches(Permission.INTAKE_UPLOAD)]
    return reverse("branch-exported", args=may) if len(may) == 1 else ""


def page_of(
    request: HttpRequest,
    scope: Scope,
    entry: RegisterEntry,
    form: StepForm | None = None,
    received: ReceiptForm | None = None,
) -> HttpResponse:
    """`form`, `received`: a step or a receipt as it was sent, with its fault."""
    today, branch = today_of(request), scope.tree[entry.branch_id]
    advice = advised(entry, today)
    last = last_transfer(scope.committee_id, entry.member_id)
    receipt = standing_receipt(entry.committee_id, entry.member_id, entry.branch_id)
    known = reported(entry)
    may_edit = entry.branch_id in scope.branches(Permission.REGISTER_EDIT)
    open_ = last is not None and not Stage(last.stage).over
    may_move = may_edit and receipt is None and (open_ or entry.closed_on is None)
    letters = letters_with_states(scope.committee_id, entry.member_id, today)
    offered = offers(last if open_ else None, form, today)
    context = {
        "branch": branch,
        "entry": entry,
        "advised": advice,
        "reported": known,
        "reported_to": shown(known.place) if known.place else None,
        "courses": list(Course),
        "asked": questions(advice.facts, advice.missing),
        "all_questions": questions(advice.facts, KEPT),
        "answered": not advice.missing or any(getattr(advice.facts, name) is not None for name in ANSWERED),
        "may_edit": may_edit and entry.closed_on is None,
        "may_move": may_move,
        "letters": letters,
        "may_issue": may_move and entry.branch_id in scope.branches(Permission.LETTERS_ISSUE),
        "can_be_issued": not underway_without_letter(scope.committee_id, entry.member_id, today),
        "may_take_back": may_edit and receipt is not None,
        "receipt": receipt,
        "transfer": last if open_ else None,
        "outlook": outlook_of(last, receipt, branch.name, today),
        "moments": moments_of(entry),
        "received": received or proposed_receipt(scope.committee_id, entry.member_id, last if open_ else None),
        "offers": offered,
        "still_there": any(offer.sent for offer in offered),
        "around": Around.of("entry", entry.id, move="transfer-move"),
        "directions": list(Direction),
        "form": form,
    }
    return render(request, "transfers/transfer.html", context, status=UNFIT if form or received else 200)
