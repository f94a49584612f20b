"""The gate to one report-in: a line at the start of a view."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.organizations.access import Scope, scope_of
from paicha.organizations.permissions import Permission
from paicha.transfers.reporting_in.models import ReportIn


def report_in_for(request: HttpRequest, permission: Permission, report_in_id: UUID) -> tuple[Scope, ReportIn]:
    """A report-in with its entry, and the scope of a person who holds `permission` at its branch. Raises Http404,
    PermissionDenied."""
    scope = scope_of(request)
    rows = ReportIn.objects.filter(committee_id=scope.committee_id, id=report_in_id)
    found = rows.select_related("entry__current", "entry__member").first()
    if found is None:
        raise Http404
    scope.check(permission, found.entry.branch_id)
    return scope, found
