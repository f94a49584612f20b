"""Pages of graduates: the cohorts, and a cohort's table."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from paicha.domain.graduate_list import Field
from paicha.intake.selectors import uploads_of
from paicha.organizations.access import Scope, require
from paicha.organizations.permissions import Permission
from paicha.organizations.tree import Node
from paicha.transfers.graduating import services
from paicha.transfers.graduating.access import cohort_for
from paicha.transfers.graduating.forms import IN_TABLE, CohortForm, RowForm, over_what_stands, rows_of, typed_rows
from paicha.transfers.graduating.importing.reading import GRADUATES
from paicha.transfers.graduating.models import Cohort
from paicha.transfers.graduating.selectors import SHOWN, Filter, Person, cohorts_of, names_of, people_of
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
    said = {form.key: (form.seen, form.values()) for form in forms if form.typed}
    if any(form.faults for form in forms):
        messages.error(request, "还没有保存：有的格子填得不对，见下面红字。填好的都还在。")
        return _table(request, scope, found, left, forms, UNFIT)
    overtaken = services.revise(actor=scope.user, cohort_id=found.id, said=said)
    if overtaken:
        messages.warning(
            request, f"{len(overtaken)} 人在您填写时别人改过，没有保存，您填的还在下面标出的行里；其他的已保存。"
        )
        again = over_what_stands((form for form in forms if form.key in overtaken), _people(request, scope, found))
        return _table(request, scope, found, left, again, UNFIT)
    if "fill" in request.POST and not request.POST.get("fill_responsible", "").strip():
        messages.warning(request, "没有写由谁联系：先在“都由谁联系”里写上名字，再点“填上并保存”。表里填的已保存。")
    else:
        messages.success(request, "已保存。")
    return redirect(f"{request.path}?{urlencode(_kept(request))}" if _kept(request) else request.path)


def _people(request: HttpRequest, scope: Scope, cohort: Cohort) -> list[Person]:
    mine = scope.branches(Permission.REGISTER_VIEW)
    return people_of(scope.committee_id, mine, names_of(scope.tree), today_of(request), cohort)


def _kept(request: HttpRequest) -> dict[str, str]:
    """Which rows the page shows: it comes back to the same ones."""
    return {key: request.GET[key] for key in ("show", "branch") if request.GET.get(key)}


def _fill(forms: list[RowForm], responsible: str) -> None:
    """Whom nobody looks after yet is looked after by this person."""
    for form in forms if responsible else []:
        if form.unattended and not form.typed.get(Field.RESPONSIBLE):
            form.typed[Field.RESPONSIBLE] = responsible


def _table(
    request: HttpRequest,
    scope: Scope,
    cohort: Cohort,
    left: Left | None,
    sent: list[RowForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`sent`: rows as they were typed."""
    edits = scope.branches(Permission.REGISTER_EDIT)
    people, branches, chosen = _chosen(request, scope, _people(request, scope, cohort))
    untaught = left(scope, people) if left else None
    filters = _filters(untaught)
    show = request.GET.get("show", "all")
    show = show if show in filters else "all"
    typed = {form.key: form for form in sent or []}
    listed = [person for person in people if filters[show][1](person) or person.graduate.id in typed]
    rows = [typed.get(row.key, row) for row in rows_of(listed, IN_TABLE)]
    sent_before = uploads_of(scope.committee_id, GRADUATES.kind, edits, everybody=_collects(scope))
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
        "may_fill": any(row.person.here and row.unattended for row in rows),
        "senders": _senders(scope),
        "uploads": sent_before.filter(about_id=cohort.id)[:5],
    }
    return render(request, "transfers/graduating/cohort.html", context, status=status)


def _chosen(request: HttpRequest, scope: Scope, people: list[Person]) -> tuple[list[Person], list[Node], Node | None]:
    """Those of the branch that was chosen, the branches that can be, and which one it is."""
    mine, held = scope.branches(Permission.REGISTER_VIEW), {person.at for person in people}
    branches = [node for node in scope.tree.branches() if node.id in mine and node.id in held]
    chosen = next((node for node in branches if str(node.id) == request.GET.get("branch")), None)
    return [person for person in people if chosen is None or person.at == chosen.id], branches, chosen


def _filters(untaught: set[UUID] | None) -> dict[str, Filter]:
    if untaught is None:
        return SHOWN
    return {**SHOWN, "untaught": ("没参加主题教育", lambda person: person.graduate.member_id in untaught)}


def _senders(scope: Scope) -> list[Node]:
    """The branches for which one may send a list; the office sends for all at once."""
    mine = scope.branches(Permission.INTAKE_UPLOAD)
    return [] if _collects(scope) else [node for node in scope.tree.branches() if node.id in mine]


def _collects(scope: Scope) -> bool:
    return scope.allows(Permission.INTAKE_COLLECT)
