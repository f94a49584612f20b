"""The pages on which 附件1 is taken out: what is in it, and the password that it opens with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from paicha.domain.annex1 import Head
from paicha.formats.writers.annex1 import Marks, write_annex1, write_annex1_summary
from paicha.formats.writers.protected import fault_of, new_password, protect
from paicha.organizations.access import Scope, require
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import organizations
from paicha.register import services
from paicha.register.access import branch_for
from paicha.register.exports import provenance
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.register.selectors import register_of
from paicha.register.tallies.selectors import counts_of
from paicha.web.downloads import download
from paicha.web.today import today_of


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be taken out: whose, which form, how many people, the page to go back to, and how it is written."""

    organization_id: UUID
    name: str
    form: str
    people: int
    back: str
    write: Callable[[IO[bytes]], None]


@login_required
@require_http_methods(["GET", "POST"])
def annex1(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """A branch's official 附件1."""
    scope = branch_for(request, Permission.REGISTER_EXPORT, branch_id)
    name, people = scope.tree[branch_id].name, _people(scope, [branch_id])

    def write(out: IO[bytes]) -> None:
        head, cells = _branch(request, scope, branch_id)
        said = provenance(rules_of(scope.tree, branch_id, today_of(request)), scope.user, timezone.localtime())
        write_annex1(out, head=head, entries=cells, provenance=said)

    export = Export(branch_id, name, "附件1", people, reverse("register", args=[branch_id]), write)
    return _take_out(request, scope, export)


@login_required
@require_http_methods(["GET", "POST"])
def annex1_all(request: HttpRequest) -> HttpResponse:
    """附件1-汇总: everybody of every branch, for the office's own work."""
    scope = require(request, Permission.INTAKE_COLLECT)
    mine = scope.branches(Permission.REGISTER_EXPORT)
    branches = [node.id for node in scope.tree.branches() if node.id in mine]
    committee = scope.tree.root.name if scope.tree.root else ""

    def write(out: IO[bytes]) -> None:
        said = provenance(rules_of(scope.tree, scope.committee_id, today_of(request)), scope.user, timezone.localtime())
        parts = (_branch(request, scope, branch_id) for branch_id in branches)
        unmarked: Iterator[tuple[Head, list[list[str]], Marks]] = ((head, cells, {}) for head, cells in parts)
        write_annex1_summary(out, committee=committee, branches=unmarked, provenance=said)

    people = _people(scope, branches)
    export = Export(scope.committee_id, committee, "附件1-汇总", people, reverse("overview"), write)
    return _take_out(request, scope, export)


def _take_out(request: HttpRequest, scope: Scope, export: Export) -> HttpResponse:
    """Ask for the password, then give the file. The password is kept nowhere."""
    wants_password = request.POST.get("protected", "yes") == "yes"
    password = request.POST.get("password", "").strip()
    fault = fault_of(password) if request.method == "POST" and wants_password else ""
    if request.method == "GET" or fault:
        context = {
            "export": export,
            "password": password if fault else new_password(),
            "fault": fault,
            "wants_password": wants_password,
        }
        answer = render(request, "register/exporting/export.html", context, status=422 if fault else 200)
        answer["Cache-Control"] = "no-store"
        return answer
    out = BytesIO()
    export.write(out)
    content = protect(out.getvalue(), password) if wants_password else out.getvalue()
    services.record_export(
        actor=scope.user,
        branch_id=export.organization_id,
        form=export.form,
        people=export.people,
        protected=wants_password,
    )
    return download(content, f"{export.name}-{export.form}.xlsx")


def _branch(request: HttpRequest, scope: Scope, branch_id: UUID) -> tuple[Head, list[list[str]]]:
    """The head of a branch's form and its people's 17 texts each."""
    branch = organizations(scope.committee_id, [branch_id])[branch_id]
    recorder = Recorder(rules_of(scope.tree, branch_id, today_of(request)))
    rows = register_of(scope.tree, scope.committee_id, branch_id, recorder).rows
    return Head(scope.tree[branch_id].name, branch.leader, branch.phone), [row.cells for row in rows]


def _people(scope: Scope, branches: list[UUID]) -> int:
    counts = counts_of(scope.committee_id, branches)
    return sum(count.statistics["A"] for count in counts.values())
