"""A cohort's list as a workbook, to be filled in offline and sent back."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from paicha.domain.graduate_list import KEPT, Field
from paicha.formats.writers.graduates import SHEET, write_graduates
from paicha.organizations.permissions import Permission
from paicha.register.exporting.asking import Export, Protect, take_out
from paicha.register.exports import provenance
from paicha.register.rules import rules_of
from paicha.transfers.graduating.access import cohort_for
from paicha.transfers.graduating.selectors import Person, people_of
from paicha.web.today import today_of


@login_required
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The graduates of my branches, or of one (`?branch=`), with full numbers: the page asks for a password first."""
    scope, cohort = cohort_for(request, Permission.REGISTER_EXPORT, cohort_id)
    mine, today = scope.branches(Permission.REGISTER_EXPORT), today_of(request)
    names = {node.id: node.name for node in scope.tree.branches()}
    chosen = {id_ for id_ in mine if str(id_) == request.GET.get("branch")} or mine
    people = [one for one in people_of(scope.committee_id, chosen, names, today, cohort) if one.here]
    said = provenance(rules_of(scope.tree, scope.committee_id, today), scope.user, timezone.localtime())

    def make(protected: Protect) -> bytes:
        out = BytesIO()
        rows = [_row(person, names.get(person.at, "")) for person in people]
        write_graduates(out, cohort=cohort.name, people=rows, provenance=said)
        return protected(out.getvalue())

    counted: dict[UUID, int] = {}
    for person in people:
        counted[person.at] = counted.get(person.at, 0) + 1
    back, file_name = reverse("cohort", args=[cohort.id]), f"{cohort.name}{SHEET}.xlsx"
    return take_out(request, scope.user, Export(cohort.name, SHEET, list(counted.items()), back, make, file_name))


def _row(person: Person, branch: str) -> dict[Field, str]:
    member = person.graduate.member
    told = {field: person.text(field) for field in KEPT}
    return {Field.NAME: person.name, Field.ID_NUMBER: member.id_number, Field.BRANCH: branch, **told}
