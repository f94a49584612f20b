"""附件1 taken out: a branch's official form, the office's sheet of everybody."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from paicha.domain.annex1 import Head
from paicha.formats.writers.annex1 import Marks, write_annex1, write_annex1_summary
from paicha.formats.writers.notes import Provenance
from paicha.organizations.access import Scope, require
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import organizations
from paicha.register.access import branch_for
from paicha.register.exporting.asking import Export, Protect, take_out
from paicha.register.exports import provenance
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.register.selectors import register_of
from paicha.register.tallies.selectors import counts_of
from paicha.web.today import today_of


@login_required
@require_http_methods(["GET", "POST"])
def annex1(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """A branch's official 附件1."""
    scope = branch_for(request, Permission.REGISTER_EXPORT, branch_id)
    name = scope.tree[branch_id].name

    def make(protected: Protect) -> bytes:
        out, (head, cells) = BytesIO(), _branch(request, scope, branch_id)
        write_annex1(out, head=head, entries=cells, provenance=_said(request, scope, branch_id))
        return protected(out.getvalue())

    back, file_name = reverse("register", args=[branch_id]), f"{name}-附件1.xlsx"
    return take_out(request, scope.user, Export(name, "附件1", _people(scope, [branch_id]), back, make, file_name))


@login_required
@require_http_methods(["GET", "POST"])
def annex1_all(request: HttpRequest) -> HttpResponse:
    """附件1-汇总: everybody of every branch, for the office's own work."""
    scope = require(request, Permission.INTAKE_COLLECT)
    mine = scope.branches(Permission.REGISTER_EXPORT)
    branches = [node.id for node in scope.tree.branches() if node.id in mine]
    committee = scope.tree.root.name if scope.tree.root else ""

    def make(protected: Protect) -> bytes:
        out, parts = BytesIO(), (_branch(request, scope, branch_id) for branch_id in branches)
        unmarked: Iterator[tuple[Head, list[list[str]], Marks]] = ((head, cells, {}) for head, cells in parts)
        said = _said(request, scope, scope.committee_id)
        write_annex1_summary(out, committee=committee, branches=unmarked, provenance=said)
        return protected(out.getvalue())

    everybody = [(scope.committee_id, sum(people for _, people in _people(scope, branches)))]
    file_name = f"{committee}-附件1-汇总.xlsx"
    return take_out(
        request, scope.user, Export(committee, "附件1-汇总", everybody, reverse("overview"), make, file_name)
    )


def _said(request: HttpRequest, scope: Scope, organization_id: UUID) -> Provenance:
    return provenance(rules_of(scope.tree, organization_id, today_of(request)), scope.user, timezone.localtime())


def _branch(request: HttpRequest, scope: Scope, branch_id: UUID) -> tuple[Head, list[list[str]]]:
    """The head of a branch's form and its people's 17 texts each."""
    branch = organizations(scope.committee_id, [branch_id])[branch_id]
    recorder = Recorder(rules_of(scope.tree, branch_id, today_of(request)))
    rows = register_of(scope.tree, scope.committee_id, branch_id, recorder).rows
    return Head(scope.tree[branch_id].name, branch.leader, branch.phone), [row.cells for row in rows]


def _people(scope: Scope, branches: list[UUID]) -> list[tuple[UUID, int]]:
    """(branch, people on its register) of each."""
    counts = counts_of(scope.committee_id, branches)
    return [(branch, counts[branch].statistics["A"] if branch in counts else 0) for branch in branches]
