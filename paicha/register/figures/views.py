"""Pages of a branch's 附件2: the figures, the people behind one, the official sheet."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from paicha.domain.annex2 import HEADINGS, NIL
from paicha.formats.writers.annex2 import write_annex2
from paicha.organizations.permissions import Permission
from paicha.register import services
from paicha.register.access import branch_for
from paicha.register.exports import provenance
from paicha.register.figures.groups import sheet_of
from paicha.register.figures.past import figures_on, people_on
from paicha.register.figures.selectors import BranchFigures, figures_of, people_behind
from paicha.register.rules import rules_of
from paicha.register.selectors import current_of
from paicha.web.downloads import download
from paicha.web.today import asked_day, today_of


@login_required
@require_GET
def annex2(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """本支部附件2, as it stands now or, by `?at=`, as it stood on a past day."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    at, today = asked_day(request), today_of(request)
    rules = rules_of(scope.tree, branch_id, at)
    if at == today:
        found = figures_of(scope.committee_id, branch_id, rules)
    else:
        then = figures_on(scope.committee_id, [branch_id], rules, at).get(branch_id, NIL)
        found = BranchFigures(then, {})
    query = "" if at == today else f"?at={at}"
    context = {
        "branch": scope.tree[branch_id],
        "sheet": sheet_of(
            found.statistics, lambda letter: reverse("annex2-people", args=[branch_id, letter]) + query, found.breakers
        ),
        "at": at,
        "as_of": rules.as_of,
        "home": rules.home.full_name if rules.home else "",
    }
    return render(request, "register/figures/annex2.html", context)


@login_required
@require_GET
def people(request: HttpRequest, branch_id: UUID, letter: str) -> HttpResponse:
    """Who stands behind one figure, now or on a past day (`?at=`). No number of anybody is on this page."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    if letter not in HEADINGS:
        raise Http404
    at, today = asked_day(request), today_of(request)
    rules = rules_of(scope.tree, branch_id, at)
    if at == today:
        entries = people_behind(scope.committee_id, branch_id, letter, rules)
        lines = [(entry, current_of(entry).name) for entry in entries]
    else:
        versions = people_on(scope.committee_id, branch_id, letter, rules, at)
        lines = [(version.entry, version.name) for version in versions]
    context = {
        "branch": scope.tree[branch_id],
        "letter": letter,
        "heading": HEADINGS[letter],
        "lines": lines,
        "at": at,
    }
    return render(request, "register/figures/people.html", context)


@login_required
@require_GET
def export_annex2(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """The official 附件2: figures only, nobody's number."""
    scope = branch_for(request, Permission.REGISTER_EXPORT, branch_id)
    rules = rules_of(scope.tree, branch_id, today_of(request))
    found, name, out = figures_of(scope.committee_id, branch_id, rules), scope.tree[branch_id].name, BytesIO()
    said = provenance(rules, scope.user, timezone.localtime())
    write_annex2(out, branch=name, statistics=found.statistics, provenance=said)
    services.record_export(actor=scope.user, branch_id=branch_id, form="附件2", people=found.statistics["A"])
    return download(out.getvalue(), f"{name}-附件2.xlsx")
