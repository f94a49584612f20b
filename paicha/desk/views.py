"""The first page: what is there to be done today."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paicha.organizations.access import scope_of
from paicha.organizations.permissions import Permission
from paicha.register.selectors import Tally, tallies


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The branches that a person looks after, and what is to be mended in each."""
    scope = scope_of(request)
    mine = scope.branches(Permission.REGISTER_VIEW)
    branches = [node for node in scope.tree.branches() if node.id in mine]
    counted = tallies(scope.committee_id, [node.id for node in branches])
    rows = [(node, counted.get(node.id, Tally())) for node in branches]
    root = scope.tree.root
    return render(request, "desk/home.html", {"rows": rows, "committee": root.name if root else ""})
