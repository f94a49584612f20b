"""Pages of a branch's roster: its members, putting one on the register, the workbook to be filled in offline."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from paicha.domain.findings import Finding
from paicha.domain.identity import read_id_number
from paicha.domain.readings import CellValue
from paicha.organizations.access import require
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import organization, organizations
from paicha.organizations.tree import Node
from paicha.register import services
from paicha.register.access import branch_for
from paicha.register.belonging import NumberTaken
from paicha.register.exporting.asking import Export, Protect, take_out
from paicha.register.forms import fields, number_taken, typed
from paicha.register.records import Recorder
from paicha.register.roster.prepared import package, workbook
from paicha.register.roster.selectors import Listed, listed_member, matching, roster_of, rosters_of
from paicha.register.rules import rules_of
from paicha.vault.hashing import Hashed, keyed_hash
from paicha.web.today import today_of

UNFIT = 422
STROKES = "strokes"
PREPARED = "备好的表"
NO_HOME = "备表要知道本党委在哪里（附件2的流向区域）：请党委办公室先在“党组织”里填写所在地。"


@login_required
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """本支部党员名册. A POST looks for an ID number, which stands in no address."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    found = roster_of(scope.committee_id, branch_id)
    words, sort = request.GET.get("q", "").strip()[:60], request.GET.get("sort", "")
    shown = sorted(found.members, key=lambda member: member.keys[1]) if sort == STROKES else found.members
    context = {"sought": False, "fault": ""}
    if request.method == "POST":
        context = {"sought": True}
        shown, context["fault"] = _of_number(shown, request.POST.get("number", ""))
    elif words:
        shown = matching(shown, words)
    context |= {
        "branch": scope.tree[branch_id],
        "roster": found,
        "shown": shown,
        "words": words,
        "sort": sort,
        "may_edit": branch_id in scope.branches(Permission.REGISTER_EDIT),
        "may_export": branch_id in scope.branches(Permission.REGISTER_EXPORT),
        "may_import": scope.allows(Permission.INTAKE_COLLECT),
    }
    return render(request, "register/roster/branch.html", context)


def _of_number(members: list[Listed], number: str) -> tuple[list[Listed], str]:
    """Whoever has this ID number; what is wrong with a number that nobody can have."""
    reading = read_id_number(number)
    if reading.value is None:
        return [], next((f.message for f in reading.findings), "还没有填身份证号")
    hash_ = keyed_hash(Hashed.ID_NUMBER, reading.value)
    return [member for member in members if hash_ in member.hashes], ""


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, branch_id: UUID, member_id: UUID) -> HttpResponse:
    """登记为流出: a new entry filled with what the roster knows, to be completed."""
    scope = branch_for(request, Permission.REGISTER_EDIT, branch_id)
    member = listed_member(scope.committee_id, branch_id, member_id)
    if member is None:
        raise Http404
    if member.entry is not None:
        messages.warning(request, f"{member.name} 已在流出党员台账上。")
        return redirect("entry", member.entry.id)
    if request.method == "POST":
        cells = typed(request.POST, member.cells)
        recorder = Recorder(rules_of(scope.tree, branch_id, today_of(request)))
        try:
            entry = services.add_entry(
                actor=scope.user,
                branch_id=branch_id,
                cells=cells,
                recorder=recorder,
                today=today_of(request),
                member_id=member_id,
            )
        except NumberTaken as problem:
            return _enter(request, scope.tree[branch_id], member, cells, number_taken(problem))
        messages.success(request, f"{member.name} 已登记为流出党员。")
        return redirect("entry", entry.id)
    return _enter(request, scope.tree[branch_id], member, member.cells)


def _enter(
    request: HttpRequest, branch: Node, member: Listed, cells: Sequence[CellValue], fault: Finding | None = None
) -> HttpResponse:
    shown = fields(cells, [fault] if fault else [], member.cells)
    context = {"branch": branch, "member": member, "fields": shown, "fault": fault}
    return render(request, "register/roster/enter.html", context, status=UNFIT if fault else 200)


@login_required
@require_http_methods(["GET", "POST"])
def prepared(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """The branch's workbook to be filled in offline."""
    scope = branch_for(request, Permission.REGISTER_EXPORT, branch_id)
    found, name = roster_of(scope.committee_id, branch_id), scope.tree[branch_id].name
    rules = rules_of(scope.tree, branch_id, today_of(request))
    if rules.home is None:
        messages.error(request, NO_HOME)
        return redirect("branch-roster", branch_id)

    def make(protected: Protect) -> bytes:
        return protected(workbook(scope.tree, organization(scope.committee_id, branch_id), found, today_of(request)))

    back, of = reverse("branch-roster", args=[branch_id]), [(branch_id, len(found.members))]
    return take_out(request, scope.user, Export(name, PREPARED, of, back, make, f"{name}.xlsx"))


@login_required
@require_http_methods(["GET", "POST"])
def prepared_all(request: HttpRequest) -> HttpResponse:
    """Every branch's workbook in one package, for the office."""
    scope = require(request, Permission.INTAKE_COLLECT)
    mine = scope.branches(Permission.REGISTER_EXPORT)
    rosters = rosters_of(scope.committee_id, [node.id for node in scope.tree.branches() if node.id in mine])
    filled = {branch_id: found for branch_id, found in rosters.items() if found.members}
    if rules_of(scope.tree, scope.committee_id, today_of(request)).home is None:
        messages.error(request, NO_HOME)
        return redirect("roster")

    def make(protected: Protect) -> bytes:
        branches = organizations(scope.committee_id, filled)
        return package(scope.tree, branches, filled, today_of(request), protected)

    of = [(branch_id, len(found.members)) for branch_id, found in filled.items()]
    committee = scope.tree.root.name if scope.tree.root else ""
    export = Export(committee, PREPARED, of, reverse("roster"), make, "各党支部备好的表.zip", "application/zip")
    return take_out(request, scope.user, export)
