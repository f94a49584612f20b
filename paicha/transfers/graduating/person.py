"""The page of one graduate: what is known, the steps of the transfer of who stands on no register, off the list."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from paicha.domain.divisions import Direction
from paicha.domain.graduate_list import Field
from paicha.domain.letters import Stage
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.transfers.graduating import services
from paicha.transfers.graduating.access import graduate_for
from paicha.transfers.graduating.forms import ALL, RowForm, rows_of, typed_rows
from paicha.transfers.graduating.models import Graduate
from paicha.transfers.graduating.selectors import Person, names_of, person_of
from paicha.transfers.graduating.timeline import moments_of_graduate
from paicha.transfers.tracking.around import Around
from paicha.transfers.tracking.forms import ReceiptForm, StepForm, offers, proposed_receipt, step_form
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def graduate(request: HttpRequest, graduate_id: UUID) -> HttpResponse:
    """One graduate: what is known, who answers for them, what comes next; a POST saves what is known."""
    permission = Permission.REGISTER_EDIT if request.method == "POST" else Permission.REGISTER_VIEW
    scope, found = graduate_for(request, permission, graduate_id)
    person = person_of(found, names_of(scope.tree), today_of(request))
    if request.method == "GET":
        return _one(request, scope, person)
    form = next(iter(typed_rows(request.POST, [person], ALL)), None)
    if form is None:
        return _one(request, scope, person)
    values = form.values()
    if not form.faults:
        said = {form.key: (form.seen, values)}
        if not services.revise(actor=scope.user, cohort_id=found.cohort_id, said=said):
            messages.success(request, "已保存。")
            return redirect("graduate", found.id)
        messages.warning(request, "没有保存：您填写时别人改过这个人。下面是您填的，核对后再保存。")
        form.seen = person.version.n
    return _one(request, scope, person, form)


@login_required
@require_POST
def move(request: HttpRequest, graduate_id: UUID) -> HttpResponse:
    """The next step of the transfer of somebody who stands on no register; who does has the page of their entry."""
    scope, found = graduate_for(request, Permission.REGISTER_EDIT, graduate_id)
    form = step_form(request.POST)
    step = form.step()
    person = person_of(found, names_of(scope.tree), today_of(request))
    if step is None:
        return _one(request, scope, person, step=form)
    try:
        services.move(actor=scope.user, graduate_id=found.id, step=step, today=today_of(request))
    except Unfit as unfit:
        form.fault = str(unfit)
        return _one(request, scope, person, step=form)
    messages.success(request, f"已记下：{step.stage.label}。")
    return redirect("graduate", found.id)


@login_required
@require_POST
def take_off(request: HttpRequest, graduate_id: UUID) -> HttpResponse:
    """Somebody is on the list by mistake."""
    scope, found = graduate_for(request, Permission.REGISTER_EDIT, graduate_id)
    try:
        services.take_off(actor=scope.user, graduate_id=found.id)
    except Unfit as unfit:
        messages.error(request, f"没有移出：{unfit}。")
        return redirect("graduate", found.id)
    messages.success(request, f"{found.member.name} 已移出这一届的名单。组织关系没有动。")
    return redirect("cohort", found.cohort_id)


def with_receipt(request: HttpRequest, scope: Scope, graduate: Graduate, received: ReceiptForm) -> HttpResponse:
    """A graduate's page with a receipt as it was sent, and its fault."""
    return _one(request, scope, person_of(graduate, names_of(scope.tree), today_of(request)), received=received)


def _one(
    request: HttpRequest,
    scope: Scope,
    person: Person,
    form: RowForm | None = None,
    step: StepForm | None = None,
    received: ReceiptForm | None = None,
) -> HttpResponse:
    """`form`, `step`, `received`: as they were sent, with their faults."""
    today, graduate = today_of(request), person.graduate
    may_edit = person.at in scope.branches(Permission.REGISTER_EDIT) and graduate.taken_off_at is None
    open_ = person.transfer if person.transfer and not Stage(person.transfer.stage).over else None
    offered = offers(open_, step, today) if may_edit and person.here and not person.entry_id else []
    context = {
        "person": person,
        "graduate": graduate,
        "cohort": graduate.cohort,
        "branch": scope.tree[person.at],
        "form": form or rows_of([person], ALL)[0],
        "may_edit": may_edit and person.here,
        "transfer": open_,
        "offers": offered,
        "around": Around.of("graduate", graduate.id),
        "still_there": any(offer.sent for offer in offered),
        "step": step,
        "directions": list(Direction),
        "organization": person.text(Field.ORGANIZATION),
        "received": received or _receipt_form(scope, person, open_),
        "may_issue": may_edit and person.at in scope.branches(Permission.LETTERS_ISSUE),
        "may_take_back": may_edit,
        "moments": moments_of_graduate(graduate),
    }
    status = UNFIT if form or step or received else 200
    return render(request, "transfers/graduating/graduate.html", context, status=status)


def _receipt_form(scope: Scope, person: Person, transfer: Transfer | None) -> ReceiptForm:
    """As anybody's; where the transfer names no organisation, the list's."""
    form = proposed_receipt(scope.committee_id, person.graduate.member_id, transfer)
    form.destination = form.destination or person.text(Field.ORGANIZATION)
    return form
