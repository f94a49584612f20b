"""重复登记: for the office, which alone sees both registers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from paicha.organizations.access import require
from paicha.organizations.permissions import Permission
from paicha.register.duplicates.selectors import MOST, duplicates_of, names_of


@login_required
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Everybody who stands on the registers of several branches, each with the ways to their pages."""
    scope = require(request, Permission.INTAKE_COLLECT)
    found = duplicates_of(scope.committee_id)
    people = [(names_of(same), [(entry, scope.tree[entry.branch_id]) for entry in same]) for same in found.people]
    return render(request, "register/duplicates/duplicates.html", {"people": people, "more": found.more, "most": MOST})
