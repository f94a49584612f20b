"""Pages of graduates: the cohorts, a cohort's table, one graduate."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from paicha.domain.divisions import Direction
from paicha.domain.graduate_list import Field
from paicha.domain.letters import Stage
from paicha.intake.models import State
from paicha.intake.selectors import uploads_of
from paicha.organizations.access import Scope, require
from paicha.organizations.permissions import Permission
from paicha.organizations.tree import Node
from paicha.transfers.graduating import services
from paicha.transfers.graduating.access import cohort_for, graduate_for
from paicha.transfers.graduating.forms import ALL, IN_TABLE, CohortForm, RowForm, rows_of, typed_rows
from paicha.transfers.graduating.importing.reading import GRADUATES
from paicha.transfers.graduating.models import Cohort
from paicha.transfers.graduating.selectors import SHOWN, Person, cohorts_of, people_of, person_of
from paicha.transfers.graduating.timeline import moments_of_graduate
from paicha.transfers.tracking.forms import StepForm, offers, step_form
from paicha.transfers.tracking.selectors import urged
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of

UNFIT = 422
Left = Callable[[Scope, list[Person]], set[UUID] | None]
"""Which members of a list nobody has brought into theme education yet; None where nothing asks for it today."""


@login_required
@require_http_methods(["GET", "POST"])
def graduates(request: HttpRequest) -> HttpResponse:
    """毕业生: the cohorts, and a new one."""
    scope = require(request, Permission.REGISTER_EDIT if request.method == "POST" else Permission.REGISTER_VIEW)
    today = today_of(request)
    form = CohortForm.of(request.POST) if request.method == "POST" else CohortForm(month=f"{today.year}06")
    if request.method == "POST":
        month = form.read(today)
        try:
            if month is not None:
                made = services.add_cohort(actor=scope.user, name=form.name, month=month)
                messages.success(request, f"已建“{made.name}”，下一步传名单。")
                return redirect("cohort", made.id)
        except Unfit as unfit:
            form.fault = str(unfit)
    context = {
        "cohorts": cohorts_of(scope.committee_id, scope.branches(Permission.REGISTER_VIEW)),
        "form": form,
        "year": today.year,
        "may_edit": scope.allows(Permission.REGISTER_EDIT),
    }
    return render(request, "transfers/graduating/graduates.html", context, status=UNFIT if form.fault else 200)


@login_required
@require_http_methods(["GET", "POST"])
def cohort(request: HttpRequest, cohort_id: UUID, left: Left | None = None) -> HttpResponse:
    """One cohort's table, of all my branches or of one (`?branch=`); `?show=` keeps those of SHOWN. A POST saves the
    rows that were sent. `left` tells who takes no part in theme education: campaigns stand above."""
    permission = Permission.REGISTER_EDIT if request.method == "POST" else Permission.REGISTER_VIEW
    scope, found = cohort_for(request, permission, cohort_id)
    if request.method == "GET":
        return _table(request, scope, found, left)
    mine = scope.branches(Permission.REGISTER_EDIT)
    people = [one for one in _people(request, scope, found) if one.here and one.at in mine]
    forms = typed_rows(request.POST, people, IN_TABLE)
    _fill(forms, request.POST.get("fill_responsible", "").strip() if "fill" in request.POST else "")
    said = {form.key: (form.seen, form.values()) for form in forms}
    if any(form.faults for form in forms):
        messages.error(request, "还没有保存：有的格子填得不对，见下面红字。填好的都还在。")
        return _table(request, scope, found, left, forms, UNFIT)
    overtaken = services.revise(actor=scope.user, cohort_id=found.id, said=said)
    if overtaken:
        messages.warning(request, f"{len(overtaken)} 人在您填写时别人改过，没有保存，见下面标出的行；其他的已保存。")
        return _table(request, scope, found, left, _overtaken(request, scope, found, forms, overtaken), UNFIT)
    messages.success(request, "已保存。")
    return redirect(f"{request.path}?{urlencode(_kept(request))}" if _kept(request) else request.path)


@login_required
@require_http_methods(["GET", "POST"])
def graduate(request: HttpRequest, graduate_id: UUID) -> HttpResponse:
    """One graduate: what is known, who answers for them, what comes next; a POST saves what is known."""
    permission = Permission.REGISTER_EDIT if request.method == "POST" else Permission.REGISTER_VIEW
    scope, found = graduate_for(request, permission, graduate_id)
    person = person_of(found, _names(scope), today_of(request))
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
    person = person_of(found, _names(scope), today_of(request))
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


def _people(request: HttpRequest, scope: Scope, cohort: Cohort) -> list[Person]:
    mine = scope.branches(Permission.REGISTER_VIEW)
    return people_of(scope.committee_id, mine, _names(scope), today_of(request), cohort)


def _names(scope: Scope) -> dict[UUID, str]:
    return {node.id: node.name for node in (*scope.tree.nodes.values(), *scope.tree.former.values())}


def _kept(request: HttpRequest) -> dict[str, str]:
    """Which rows the page shows: it comes back to the same ones."""
    return {key: request.GET[key] for key in ("show", "branch") if request.GET.get(key)}


def _fill(forms: list[RowForm], responsible: str) -> None:
    """Whom nobody looks after yet is looked after by this person."""
    for form in forms if responsible else []:
        if not form.typed.get(Field.RESPONSIBLE, form.known(Field.RESPONSIBLE)):
            form.typed[Field.RESPONSIBLE] = responsible


def _overtaken(
    request: HttpRequest, scope: Scope, cohort: Cohort, forms: list[RowForm], overtaken: set[UUID]
) -> list[RowForm]:
    """The rows that somebody else has changed meanwhile, as typed, over what stands there now."""
    now = {person.graduate.id: person for person in _people(request, scope, cohort)}
    found = [form for form in forms if form.key in overtaken and form.key in now]
    for form in found:
        form.person = now[form.key]
        form.seen = form.person.version.n
        said = "，".join(f"{one.heading}：{form.known(one) or '（空）'}" for one in IN_TABLE)
        form.theirs = f"{form.person.version.actor_name} 改成了 {said}"
    return found


def _table(
    request: HttpRequest,
    scope: Scope,
    cohort: Cohort,
    left: Left | None,
    sent: list[RowForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`sent`: rows as they were typed."""
    mine, edits = scope.branches(Permission.REGISTER_VIEW), scope.branches(Permission.REGISTER_EDIT)
    people = _people(request, scope, cohort)
    held = {person.at for person in people}
    branches = [node for node in scope.tree.branches() if node.id in mine and node.id in held]
    chosen = next((node for node in branches if str(node.id) == request.GET.get("branch")), None)
    if chosen:
        people = [person for person in people if person.at == chosen.id]
    untaught = left(scope, people) if left else None
    filters = dict(SHOWN)
    if untaught is not None:
        filters["untaught"] = "没参加主题教育", lambda person: person.graduate.member_id in untaught
    show = request.GET.get("show", "all")
    show = show if show in filters else "all"
    typed = {form.key: form for form in sent or []}
    listed = [person for person in people if filters[show][1](person) or person.graduate.id in typed]
    rows = [typed.get(row.key, row) for row in rows_of(listed, IN_TABLE)]
    context = {
        "cohort": cohort,
        "branches": branches,
        "chosen": chosen,
        "show": show,
        "shown": [(key, words, sum(map(test, people))) for key, (words, test) in filters.items()],
        "rows": [(row, scope.tree[row.person.at].name, row.person.here and row.person.at in edits) for row in rows],
        "people": len(people),
        "may_edit": bool(edits),
        "may_issue": scope.allows(Permission.LETTERS_ISSUE),
        "may_export": bool(people) and scope.allows(Permission.REGISTER_EXPORT),
        "may_fill": any(not row.known(Field.RESPONSIBLE) for row in rows if row.person.here),
        "kept": _kept(request),
        "untaught": untaught,
        "senders": _senders(scope),
        "uploads": uploads_of(scope.committee_id, GRADUATES.kind, edits, everybody=_collects(scope)).filter(
            about_id=cohort.id
        )[:5],
        "State": State,
    }
    return render(request, "transfers/graduating/cohort.html", context, status=status)


def _senders(scope: Scope) -> list[Node]:
    """The branches for which one may send a list; the office sends for all at once."""
    mine = scope.branches(Permission.INTAKE_UPLOAD)
    return [] if _collects(scope) else [node for node in scope.tree.branches() if node.id in mine]


def _collects(scope: Scope) -> bool:
    return scope.allows(Permission.INTAKE_COLLECT)


def _one(
    request: HttpRequest, scope: Scope, person: Person, form: RowForm | None = None, step: StepForm | None = None
) -> HttpResponse:
    """`form`, `step`: as they were sent, with their faults."""
    today, graduate = today_of(request), person.graduate
    may_edit = person.at in scope.branches(Permission.REGISTER_EDIT) and graduate.taken_off_at is None
    open_ = person.transfer if person.transfer and not Stage(person.transfer.stage).over else None
    context = {
        "person": person,
        "graduate": graduate,
        "cohort": graduate.cohort,
        "branch": scope.tree[person.at],
        "form": form or rows_of([person], ALL)[0],
        "may_edit": may_edit and person.here,
        "transfer": open_,
        "offers": offers(open_, step, today) if may_edit and person.here and not person.entry_id else [],
        "step": step,
        "directions": list(Direction),
        "organization": person.text(Field.ORGANIZATION),
        "urged": urged(scope.committee_id, graduate.member_id),
        "may_issue": may_edit and person.at in scope.branches(Permission.LETTERS_ISSUE),
        "may_take_back": may_edit,
        "moments": moments_of_graduate(graduate),
    }
    return render(request, "transfers/graduating/graduate.html", context, status=UNFIT if form or step else 200)
