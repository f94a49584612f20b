"""Pages of report-ins: one person's, and who of my branches has reported in."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from paicha.domain.advice import Route
from paicha.domain.reporting_in import ENDINGS, EVIDENCE
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.register.contacts.forms import read_day
from paicha.register.models import RegisterEntry
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.register.selectors import current_of
from paicha.transfers.advising.selectors import advised
from paicha.transfers.reporting_in import services
from paicha.transfers.reporting_in.access import report_in_for
from paicha.transfers.reporting_in.forms import (
    EndForm,
    ReportInForm,
    choices,
    end_form,
    filled_form,
    report_in_form,
    shown,
)
from paicha.transfers.reporting_in.listing import next_incomplete
from paicha.transfers.reporting_in.selectors import Earlier, earlier_of, reported
from paicha.transfers.reporting_in.timeline import moments_of
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of

UNFIT = 422
NONE = UUID(int=0)  # a page that was made from no version conflicts with every one
Left = Callable[[RegisterEntry], date | None]


@login_required
@require_http_methods(["GET", "POST"])
def report_in(request: HttpRequest, entry_id: UUID, left_on: Left) -> HttpResponse:
    """报到 of one person, and one more. `left_on`: what an app above knows of the day on which the person went away."""
    permission = Permission.REGISTER_EDIT if request.method == "POST" else Permission.REGISTER_VIEW
    scope, entry = entry_for(request, permission, entry_id)
    if request.method != "POST":
        return _page(request, scope, entry)
    form, known = report_in_form(request.POST), _earlier(scope, entry)
    chosen = next((one for one in known if str(one.version_id) == request.POST.get("take", form.like)), None)
    if "take" in request.POST:  # an earlier organisation was pressed: nothing is written yet
        if chosen:
            form.take_over(chosen)
        return _page(request, scope, entry, form, status=200)
    places = [chosen.place] if chosen else []
    said = form.said([*places, *(place for place in (reported(entry).place,) if place)])
    if said is None:
        return _page(request, scope, entry, form)
    try:
        services.record_report_in(
            actor=scope.user,
            entry_id=entry.id,
            said=said,
            recorder=_recorder(request, scope, entry),
            seen=_version(form.seen),
            today=today_of(request),
            left=left_on(entry),
        )
    except services.Changed as changed:
        scope, entry = entry_for(request, permission, entry_id)  # as it stands by now
        form.faults["organization"], form.seen = str(changed), str(current_of(entry).id)
        return _page(request, scope, entry, form)
    except Unfit as unfit:
        form.faults["since"] = str(unfit)
        return _page(request, scope, entry, form)
    messages.success(request, f"已记下 {current_of(entry).name} 的报到，计入附件2的Z。")
    return redirect("entry-report-in", entry.id)


@login_required
@require_POST
def end(request: HttpRequest, report_in_id: UUID) -> HttpResponse:
    """A report-in is over."""
    scope, found = report_in_for(request, Permission.REGISTER_EDIT, report_in_id)
    form, recorder = end_form(request.POST), _recorder(request, scope, found.entry)
    day = read_day(form.day)
    try:
        if day is None:
            raise Unfit("请填写终止日期，如 2023-12-08")
        services.end_report_in(
            actor=scope.user,
            report_in_id=found.id,
            until=day,
            why=form.why,
            recorder=recorder,
            today=today_of(request),
        )
    except Unfit as unfit:
        form.fault = str(unfit)
        return _page(request, scope, found.entry, ended=form)
    messages.success(request, "已记下：报到终止，不再计入附件2的Z。")
    return redirect("entry-report-in", found.entry_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, report_in_id: UUID) -> HttpResponse:
    """A report-in was written down by mistake."""
    scope, found = report_in_for(request, Permission.REGISTER_EDIT, report_in_id)
    form, recorder = end_form(request.POST), _recorder(request, scope, found.entry)
    try:
        services.withdraw_report_in(
            actor=scope.user, report_in_id=found.id, why=form.why, recorder=recorder, today=today_of(request)
        )
    except Unfit as unfit:
        form.fault = str(unfit)
        return _page(request, scope, found.entry, withdrawn=form)
    messages.success(request, "已撤回这次报到的记录；它仍列在经过里，不再作数。")
    return redirect("entry-report-in", found.entry_id)


def _page(
    request: HttpRequest,
    scope: Scope,
    entry: RegisterEntry,
    form: ReportInForm | None = None,
    ended: EndForm | None = None,
    withdrawn: EndForm | None = None,
    status: int = UNFIT,
) -> HttpResponse:
    """`form`, `ended`, `withdrawn`: a form as it was sent, with its fault."""
    known, version = reported(entry), current_of(entry)
    earlier, today = _earlier(scope, entry), today_of(request)
    advice = advised(entry, today)
    sent = form or ended or withdrawn
    waiting = next_incomplete(scope.committee_id, entry.branch_id) if known.in_force and not sent else (None, 0)
    context = {
        "branch": scope.tree[entry.branch_id],
        "entry": entry,
        "known": known,
        "place": shown(known.place) if known.place else None,
        "recorded": shown(known.record.place) if known.record else None,
        "record": known.record,
        "route": Route(known.record.route) if known.record else None,
        "advised": advice,
        "choices": choices(advice.ways),
        "form": form or filled_form(known.place, known.record, version.id),
        "ended": ended or EndForm(today.isoformat()),
        "withdrawn": withdrawn or EndForm(),
        "sent": form is not None,
        "earlier": [(one, shown(one.place)) for one in earlier],
        "filling": [(str(one.version_id), *shown(one.place)) for one in earlier],
        "evidence": EVIDENCE,
        "endings": ENDINGS,
        "moments": moments_of(entry),
        "next_one": waiting[0],
        "left_over": waiting[1],
        # of somebody closed meanwhile the forms are shown as they were sent: nothing typed is lost
        "may_edit": entry.branch_id in scope.branches(Permission.REGISTER_EDIT) and (sent or not entry.closed_on),
    }
    return render(request, "transfers/reporting_in/person.html", context, status=status if sent else 200)


def _earlier(scope: Scope, entry: RegisterEntry) -> Sequence[Earlier]:
    return earlier_of(entry, scope.branches(Permission.REGISTER_EDIT))


def _recorder(request: HttpRequest, scope: Scope, entry: RegisterEntry) -> Recorder:
    return Recorder(rules_of(scope.tree, entry.branch_id, today_of(request)))


def _version(text: str) -> UUID:
    """The version that the page says it was made from."""
    try:
        return UUID(text)
    except ValueError:
        return NONE
