"""The first page, what is there to be done today; and all branches at once."""

from datetime import date
from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from paicha.campaigns.deployment.selectors import running_unit
from paicha.campaigns.education.timeline import moments_of as education_moments
from paicha.desk.listing import rows
from paicha.desk.overview import FILTERS, Line, lines_of, lines_on, total
from paicha.desk.todo import todos
from paicha.domain.annex2 import HEADINGS
from paicha.domain.settings import RuleSet, default_deadline
from paicha.formats.writers.annex2 import write_annex2
from paicha.formats.writers.annex2_summary import Unit, write_annex2_summary
from paicha.formats.writers.notes import Provenance
from paicha.organizations.access import Scope, require, scope_of
from paicha.organizations.permissions import Permission
from paicha.organizations.tree import tree_of
from paicha.register import services
from paicha.register.access import branch_for
from paicha.register.exports import provenance
from paicha.register.figures.groups import sheet_of
from paicha.register.figures.views import annex2 as register_annex2
from paicha.register.rules import rules_of
from paicha.register.views import edit
from paicha.transfers.graduating.timeline import moments_of as graduate_moments
from paicha.transfers.reporting_in.timeline import moments_of as report_in_moments
from paicha.transfers.tracking.timeline import moments_of as transfer_moments
from paicha.transfers.tracking.transit import in_transit_counts
from paicha.web.downloads import download
from paicha.web.today import asked_day, today_of

FEW = 12  # branches that the first page lists itself

# What a person's line of time holds beside the register's own.
LINE = (transfer_moments, report_in_moments, graduate_moments, education_moments)


def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One person's page, the line of time told by all apps."""
    return edit(request, entry_id, LINE)


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is there to be done today, and the branches that a person looks after."""
    scope = scope_of(request)
    lines = _lines(scope)
    root = scope.tree.root
    context = {
        "committee": root.name if root else "",
        "todos": todos(scope, lines, today_of(request)),
        "in_transit": sum(in_transit_counts(scope.committee_id, scope.branches(Permission.REGISTER_VIEW)).values()),
        "rows": rows(lines) if len(lines) <= FEW else "",
        "branches": len(lines),
        "has_role": bool(scope.roles),
    }
    return render(request, "desk/home.html", context)


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """各党支部: a line a branch, the sum; `?show=` keeps those of a filter or of a figure, `?at=` shows a past day."""
    scope = require(request, Permission.REGISTER_VIEW)
    at, today, show = asked_day(request), today_of(request), request.GET.get("show", "")
    lines, past = (_lines(scope), "") if at == today else (_lines_on(scope, at), f"at={at}")
    letter = show if show in HEADINGS else ""
    shown = [line for line in lines if line.shows(show)]
    also = f"&{past}" if past else ""
    context = {
        "sheet": sheet_of(total(lines), lambda letter: f"{reverse('overview')}?show={letter}{also}#branches"),
        "rows": rows(shown, letter, f"?{past}" if past else ""),
        "at": at,
        "past": past,
        "also": also,
        "kept": {"show": show} if show else {},
        "all": len(lines),
        "shown": len(shown),
        "show": show,
        "letter": letter,
        "heading": HEADINGS[letter or "A"],
        "filters": FILTERS,
        "may_export": scope.allows(Permission.INTAKE_COLLECT),
    }
    return render(request, "desk/overview.html", context)


@login_required
@require_GET
def annex2(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """A branch's 附件2. While a campaign runs it is the campaign's: Y by its receipts, who is 待定 left out; a past day
    (`?at=`) is the register's own."""
    scope = branch_for(request, Permission.REGISTER_VIEW, branch_id)
    unit = running_unit(scope.committee_id, branch_id)
    if unit is None or "at" in request.GET:
        return register_annex2(request, branch_id)
    return redirect("unit-annex2", unit.id)


@login_required
@require_GET
def annex2_all(request: HttpRequest) -> HttpResponse:
    """附件2-汇总: the office's working sheet, a row a branch."""
    scope = require(request, Permission.INTAKE_COLLECT)
    lines, out = _lines(scope), BytesIO()
    units = [Unit(line.branch.name, line.statistics, "", _problems(line)) for line in lines]
    committee, said = _committee(scope), _provenance(request, scope)
    write_annex2_summary(out, committee=committee, units=units, total=total(lines), provenance=said)
    return _sent(scope, out, "附件2-汇总", lines)


@login_required
@require_GET
def annex2_report(request: HttpRequest) -> HttpResponse:
    """附件2-上报: the committee's own, the single official row."""
    scope = require(request, Permission.INTAKE_COLLECT)
    lines, out = _lines(scope), BytesIO()
    write_annex2(out, branch=_committee(scope), statistics=total(lines), provenance=_provenance(request, scope))
    return _sent(scope, out, "附件2-上报", lines)


def _lines(scope: Scope) -> list[Line]:
    return lines_of(scope.tree, scope.committee_id, scope.branches(Permission.REGISTER_VIEW))


def _lines_on(scope: Scope, day: date) -> list[Line]:
    tree = tree_of(scope.committee_id, day)
    rules = RuleSet(default_deadline(day), None)  # directions are stored: nothing here asks for the home
    return lines_on(tree, scope.committee_id, scope.branches(Permission.REGISTER_VIEW), rules, day)


def _problems(line: Line) -> list[str]:
    found = [f"{dimension.heading}不平衡" for dimension in line.statistics.unbalanced()]
    return found + [f"{n} 处{word}" for n, word in ((line.errors, "错误"), (line.warnings, "提醒")) if n]


def _committee(scope: Scope) -> str:
    return scope.tree.root.name if scope.tree.root else ""


def _provenance(request: HttpRequest, scope: Scope) -> Provenance:
    rules = rules_of(scope.tree, scope.committee_id, today_of(request))
    return provenance(rules, scope.user, timezone.localtime())


def _sent(scope: Scope, out: BytesIO, form: str, lines: list[Line]) -> HttpResponse:
    people = sum(line.people for line in lines)
    services.record_export(actor=scope.user, branch_id=scope.committee_id, form=form, people=people)
    return download(out.getvalue(), f"{_committee(scope)}-{form}.xlsx")
