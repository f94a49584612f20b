"""Pages of one person's transfer: the advice, how far it is, who is responsible today."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from paicha.domain.advice import Course
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.transfers.advising import services as advising
from paicha.transfers.advising.forms import LONGEST, answers, course_of, questions
from paicha.transfers.advising.selectors import KEPT, advised
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of


@login_required
@require_GET
def transfer(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """转接和报到 of one person."""
    scope, entry = entry_for(request, Permission.REGISTER_VIEW, entry_id)
    advice = advised(entry, today_of(request))
    context = {
        "branch": scope.tree[entry.branch_id],
        "entry": entry,
        "advised": advice,
        "courses": list(Course),
        "asked": questions(advice.facts, advice.missing),
        "all_questions": questions(advice.facts, KEPT),
        "may_edit": entry.branch_id in scope.branches(Permission.REGISTER_EDIT) and entry.closed_on is None,
    }
    return render(request, "transfers/transfer.html", context)


@login_required
@require_POST
def facts(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """What is known of the person, as far as the form asked."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    try:
        advising.record_facts(actor=scope.user, entry_id=entry.id, answers=answers(request.POST))
    except Unfit as unfit:
        messages.error(request, f"没有记下：{unfit}。")
    else:
        messages.success(request, "已记下，建议按它重新给出。")
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
