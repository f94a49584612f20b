"""Pages of a branch's 附件2: the figures, the people behind one, the official sheet."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from paicha.domain.annex2 import HEADINGS
from paicha.formats.writers.annex2 import write_annex2
from paicha.organizations.permissions import Permission
from paicha.register import services
from paicha.register.access import branch_for
from paicha.register.exports import provenance
from paicha.register.figures.groups import sheet_of
from paicha.register.figures.selectors import figures_of, people_behind
from paicha.register.rules import rules_of
from paicha.web.downloads import download
from paicha.web.today import today_of


@login_required
@require_GET
def annex2(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """本支部附件2, as it stands now."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    rules = rules_of(scope.tree, branch_id, today_of(request))
    found = figures_of(scope.committee_id, branch_id, rules)
    context = {
        "branch": scope.tree[branch_id],
        "sheet": sheet_of(
            found.statistics, lambda letter: reverse("annex2-people", args=[branch_id, letter]), found.breakers
        ),
        "as_of": rules.as_of,
        "home": rules.home.full_name if rules.home else "",
    }
    return render(request, "register/figures/annex2.html", context)


@login_required
@require_GET
def people(request: HttpRequest, branch_id: UUID, letter: str) -> HttpResponse:
    """Who stands behind one figure. No number of anybody is on this page."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    if letter not in HEADINGS:
        raise Http404
    rules = rules_of(scope.tree, branch_id, today_of(request))
    context = {
        "branch": scope.tree[branch_id],
        "letter": letter,
        "heading": HEADINGS[letter],
        "entries": list(people_behind(scope.committee_id, branch_id, letter, rules)),
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
