"""Pages of the register: the list of a branch, one person, the official form."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.annex1 import Column
from paicha.domain.findings import Finding
from paicha.domain.readings import CellValue
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register import services
from paicha.register.access import branch_for, entry_for
from paicha.register.belonging import NumberTaken
from paicha.register.conflict import compare
from paicha.register.contacts.section import section_of
from paicha.register.forms import Field, fields, number_taken, typed
from paicha.register.models import Closing, EntryVersion, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.register.selectors import current_of, register_of, row_of, version_of, versions_of
from paicha.register.sheet.arranging import ORDERS, SHOWS, arrangement_of
from paicha.register.sheet.listing import LISTED, line
from paicha.register.timeline import Moments, line_of
from paicha.register.unmasking.selectors import unmaskings_of
from paicha.web.today import today_of

RECEIVED = "回执记错的，到“转接和报到”里撤回；又转回来的，点“又流出了，重新登记”。"
UNFIT = 422
NOTHING = ("",) * len(Column)  # known of somebody new: what was typed is shown as it was typed
NO_VERSION = UUID(int=0)  # a page that was made from none conflicts with every one


@login_required
@require_GET
def register(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """本支部流出党员."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    recorder = Recorder(rules_of(scope.tree, branch_id, today_of(request)))
    found = register_of(scope.tree, scope.committee_id, branch_id, recorder)
    arrangement = arrangement_of(request.GET)
    context = {
        "branch": scope.tree[branch_id],
        "arrangement": arrangement,
        "shows": SHOWS,
        "orders": ORDERS,
        "columns": LISTED,
        "lines": [line(row) for row in arrangement.of(found.rows)],
        "people": len(found.rows),
        "counts": found.counts(),
        "may_edit": branch_id in scope.branches(Permission.REGISTER_EDIT),
        "may_export": branch_id in scope.branches(Permission.REGISTER_EXPORT),
    }
    return render(request, "register/register.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """A new person on the register."""
    scope = branch_for(request, Permission.REGISTER_EDIT, branch_id)
    recorder = Recorder(rules_of(scope.tree, branch_id, today_of(request)))
    cells, fault = typed(request.POST), None
    if request.method == "POST" and any(cells):
        try:
            entry = services.add_entry(
                actor=scope.user, branch_id=branch_id, cells=cells, recorder=recorder, today=today_of(request)
            )
        except NumberTaken as problem:
            fault = number_taken(problem)
        else:
            _say_saved(request, entry.current)
            return redirect("register", branch_id)
    context = {
        "branch": scope.tree[branch_id],
        "fields": fields(cells, [fault] if fault else [], NOTHING),
        "empty": request.method == "POST" and fault is None,
        "fault": fault,
    }
    return render(request, "register/entry_new.html", context, status=UNFIT if fault else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, entry_id: UUID, line: Sequence[Moments] = ()) -> HttpResponse:
    """One person: the cells with what is found in them, and every version of them. `line`: what apps above tell on the
    line of time."""
    permission = Permission.REGISTER_EDIT if request.method == "POST" else Permission.REGISTER_VIEW
    scope, entry = entry_for(request, permission, entry_id)
    recorder = Recorder(rules_of(scope.tree, entry.branch_id, today_of(request)))
    if request.method == "POST":
        return _save(request, scope, entry, recorder, line)
    cells = current_of(entry).cells
    return _person(request, scope, entry, line, fields(cells, row_of(scope.tree, entry, recorder).findings))


def _person(
    request: HttpRequest,
    scope: Scope,
    entry: RegisterEntry,
    line: Sequence[Moments],
    shown: Sequence[Field],
    fault: Finding | None = None,
) -> HttpResponse:
    """The page of one person; with a `fault`, `shown` as it was sent over the version that still stands."""
    contacts = section_of(scope, entry, today_of(request))
    versions = versions_of(scope.committee_id, entry.id)
    seen = unmaskings_of(entry) if entry.branch_id in scope.branches(Permission.AUDIT_VIEW) else []
    context = {
        "branch": scope.tree[entry.branch_id],
        "entry": entry,
        "current": current_of(entry),
        "fields": shown,
        "fault": fault,
        "contacts": contacts,
        "moments": line_of(
            scope.tree, entry, versions, contacts.known.records, seen, [m for told in line for m in told(entry)]
        ),
        "closings": Closing.offered(),
        "transferred": entry.closing == Closing.TRANSFERRED,
        "may_move": entry.branch_id in scope.branches(Permission.ORGANIZATION_EDIT) and entry.closed_on is None,
        "may_unmask": entry.branch_id in scope.branches(Permission.REGISTER_UNMASK),
        "may_edit": entry.branch_id in scope.branches(Permission.REGISTER_EDIT) and entry.closed_on is None,
    }
    return render(request, "register/entry.html", context, status=UNFIT if fault else 200)


def _save(
    request: HttpRequest, scope: Scope, entry: RegisterEntry, recorder: Recorder, line: Sequence[Moments]
) -> HttpResponse:
    """Write what was sent over the version that the page was made from: a number left as its mask is that version's."""
    base = _base(request, scope.committee_id, entry.id)
    before = (base or current_of(entry)).cells
    cells = typed(request.POST, before)
    try:
        entry = services.revise_entry(
            actor=scope.user,
            entry_id=entry.id,
            base=base.id if base else NO_VERSION,
            cells=cells,
            recorder=recorder,
            today=today_of(request),
        )
    except NumberTaken as problem:
        fault = number_taken(problem)
        return _person(request, scope, entry, line, fields(cells, [fault], before), fault)
    except services.Conflict as conflict:
        return _in_conflict(request, entry, conflict.current, before, cells)
    except services.AlreadyClosed:
        return _in_conflict(request, entry, current_of(entry), before, cells, closed=True)
    _say_saved(request, entry.current)
    return redirect("register", entry.branch_id)


def _in_conflict(
    request: HttpRequest,
    entry: RegisterEntry,
    current: EntryVersion,
    before: Sequence[CellValue],
    cells: Sequence[CellValue],
    *,
    closed: bool = False,
) -> HttpResponse:
    """Somebody wrote over the version, or closed the entry, meanwhile: nothing typed is lost."""
    context = {"entry": entry, "current": current, "found": compare(before, current.cells, cells), "closed": closed}
    return render(request, "register/conflict.html", context, status=409)


def _base(request: HttpRequest, committee_id: UUID, entry_id: UUID) -> EntryVersion | None:
    """The version that the page says it was made from; None where it says none of this entry."""
    try:
        return version_of(committee_id, entry_id, UUID(request.POST.get("base", "")))
    except ValueError:
        return None


@login_required
@require_POST
def close(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take a person off the register, put one back who was closed by mistake, or take up one who is away again."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    name = entry.current.name if entry.current else ""
    if request.POST.get("reopen"):
        try:
            services.reopen_entry(actor=scope.user, entry_id=entry.id, today=today_of(request))
        except services.StillOpen:
            messages.error(request, f"{name} 已经重新登记，现在就在本支部的台账上，不用恢复。")
        except services.Elsewhere as elsewhere:
            messages.error(request, _elsewhere(scope, name, elsewhere))
        except services.Gone:
            messages.error(request, f"{name} 的组织关系已经转出，不能恢复。{RECEIVED}")
        else:
            messages.success(request, f"已恢复 {name}。")
        return redirect("entry", entry.id)
    if request.POST.get("again"):
        return _take_up(request, scope, entry, name)
    reason = next((one for one in Closing.offered() if str(one.value) == request.POST.get("closing")), None)
    if reason is None:
        messages.error(request, "请先选择销册的原因。")
        return redirect("entry", entry.id)
    try:
        services.close_entry(actor=scope.user, entry_id=entry.id, closing=reason, today=today_of(request))
    except services.AlreadyClosed:
        messages.error(request, f"{name} 早已销册。")
    else:
        messages.success(request, f"{name} 已销册；记录仍在，可以恢复。")
    return redirect("register", entry.branch_id)


def _take_up(request: HttpRequest, scope: Scope, entry: RegisterEntry, name: str) -> HttpResponse:
    """A new episode of somebody closed: straight to its page, to be looked through."""
    recorder = Recorder(rules_of(scope.tree, entry.branch_id, today_of(request)))
    try:
        again = services.take_up_entry(actor=scope.user, entry_id=entry.id, recorder=recorder, today=today_of(request))
    except services.StillOpen:
        messages.error(request, f"{name} 现在就在本支部的台账上，不用重新登记。")
        return redirect("entry", entry.id)
    except services.Elsewhere as elsewhere:
        messages.error(request, _elsewhere(scope, name, elsewhere))
        return redirect("entry", entry.id)
    messages.success(request, f"已按上次的内容重新登记 {name}，请逐栏核对。")
    return redirect("entry", again.id)


def _elsewhere(scope: Scope, name: str, elsewhere: services.Elsewhere) -> str:
    """Why somebody cannot stand on this register and what to do; which branch it is, to who sees that branch alone."""
    sees = elsewhere.branch_id in scope.branches(Permission.REGISTER_VIEW)
    other = scope.tree[elsewhere.branch_id].name if sees else "本党委的另一个党支部"
    return (
        f"{name} 的组织关系现在在{other}，不能登记到这里。确实转回来的，请党委办公室先把组织关系转回本支部"
        "（在那边的登记页点“转到别的党支部”，或重新导入党员名册），再来登记。"
    )


def _say_saved(request: HttpRequest, version: EntryVersion | None) -> None:
    left = (
        [f"{n} 处{word}" for n, word in ((version.errors, "错误"), (version.warnings, "提醒")) if n] if version else []
    )
    name = version.name if version and version.name else "这一行"
    messages.success(request, f"{name} 已保存" + (f"，还有 {'、'.join(left)}。" if left else "。"))
