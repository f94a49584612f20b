"""The office's review: what waits, one report beside its rows and last round's, the decision on it, the sum."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.campaigns.access import campaign_for, submission_for
from paicha.campaigns.deployment.selectors import rules_of
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.reporting.selectors import approved_sum, files_of, statistics_of
from paicha.campaigns.review import services
from paicha.campaigns.review.beside import beside
from paicha.campaigns.review.comparing import changes, marks_of
from paicha.campaigns.review.drawing import HEADINGS as COLUMN_HEADINGS
from paicha.campaigns.review.drawing import line
from paicha.campaigns.review.forms import ticked
from paicha.campaigns.review.frozen import frozen, lines_of
from paicha.campaigns.review.models import What
from paicha.campaigns.review.package import package
from paicha.campaigns.review.selectors import (
    before,
    common_faults,
    decisions_of,
    last_round,
    questions,
    queue_of,
    return_before,
)
from paicha.campaigns.review.summing import approved_of
from paicha.campaigns.review.summing import lines_of as sums_of
from paicha.domain.annex2 import HEADINGS
from paicha.domain.questions import ask_as_of
from paicha.formats.writers.annex2 import write_annex2
from paicha.organizations.permissions import Permission
from paicha.register.exporting.asking import Export, Protect, take_out
from paicha.register.exports import provenance
from paicha.register.figures.groups import sheet_of
from paicha.register.services import record_export
from paicha.web.downloads import download

LONGEST = 2000
UNFIT = 422


@login_required
@require_GET
def queue(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """等审核的上报: late first, then worst, then oldest; the list of common faults with how often each was used."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    context = {
        "campaign": campaign,
        "waiting": queue_of(campaign),
        "faults": common_faults(scope.committee_id),
    }
    return render(request, "campaigns/review/queue.html", context)


@login_required
@require_GET
def review(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One report: 附件2 beside 附件1 beside last round's, what is asked, what changed, every cell to be ticked."""
    scope, submission = submission_for(request, Permission.CAMPAIGN_REVIEW, submission_id)
    campaign, found = submission.unit.campaign, frozen(submission)
    earlier, previous, decisions = last_round(submission), before(submission), decisions_of(submission.unit)
    waits = submission.state == State.SUBMITTED
    others = [each for each in queue_of(campaign) if each.submission.id != submission.id]
    asked = [*questions(submission, earlier), *ask_as_of(found.rules.as_of.isoformat(), campaign.as_of.isoformat())]
    context = {
        "submission": submission,
        "unit": submission.unit,
        "campaign": campaign,
        "earlier": earlier,
        "education": found.education,
        "groups": beside(submission, found.counted(), earlier, lambda x: _figure_at(submission, x)),
        "columns": COLUMN_HEADINGS,
        "lines": [line(row, ticks=waits) for row in found.rows],
        "questions": asked,
        "changes": changes(previous, lines_of(previous), submission, found.lines) if previous else None,
        "marks": marks_of(return_before(decisions, submission), found.standing, statistics_of(submission)),
        "decisions": decisions,
        "files": files_of(submission),
        "waits": waits,
        "may_reopen": submission.state == State.APPROVED
        and submission.unit.organization_id in scope.branches(Permission.CAMPAIGN_REOPEN),
        "next": others[0] if others else None,
        "others": len(others),
    }
    return render(request, "campaigns/review/review.html", context)


def _figure_at(submission: Submission, letter: str) -> str:
    return reverse("submission-figure", args=[submission.id, letter])


@login_required
@require_GET
def figure(request: HttpRequest, submission_id: UUID, letter: str) -> HttpResponse:
    """Who stands behind one figure of a report, as it was handed in, for the branch and the office."""
    scope, submission = submission_for(request, Permission.CAMPAIGN_VIEW, submission_id)
    if letter not in HEADINGS:
        raise Http404
    found = frozen(submission)
    context = {
        "submission": submission,
        "unit": submission.unit,
        "letter": letter,
        "heading": HEADINGS[letter],
        "people": statistics_of(submission)[letter],
        "receipts": found.transferred if letter == "Y" else [],
        "columns": COLUMN_HEADINGS,
        "lines": [line(row, ticks=False) for row in found.behind(letter)],
        "may_review": submission.unit.organization_id in scope.branches(Permission.CAMPAIGN_REVIEW),
    }
    return render(request, "campaigns/review/figure.html", context)


@login_required
@require_POST
def approve(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Approve, and back to what waits. With cells ticked nothing is approved: their reasons are asked for."""
    scope, found = submission_for(request, Permission.CAMPAIGN_REVIEW, submission_id)
    if request.POST.getlist("cell"):
        messages.error(request, "还勾着要退回的格子，没有通过。要通过的，回到上一页去掉勾。")
        return send_back(request, submission_id)
    try:
        services.decide(actor=scope.user, submission_id=found.id, what=What.APPROVED)
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
        return redirect("submission-review", found.id)
    messages.success(request, f"{found.unit.name}：{What.APPROVED.label}。")
    return redirect("campaign-review", found.unit.campaign_id)


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """退回: the ticked cells, a reason for each; nothing is decided before `decide` is sent."""
    scope, submission = submission_for(request, Permission.CAMPAIGN_REVIEW, submission_id)
    reason, fault, cells = request.POST.get("reason", "").strip()[:LONGEST], "", []
    try:
        cells = ticked(request.POST.getlist("cell"), frozen(submission), request.POST)
        if "decide" in request.POST:
            what, given = What.RETURNED, [one.cell for one in cells]
            services.decide(actor=scope.user, submission_id=submission.id, what=what, reason=reason, cells=given)
            messages.success(request, f"{submission.unit.name}：已退回，党支部会看到 {len(cells)} 处和原因。")
            return redirect("campaign-review", submission.unit.campaign_id)
    except services.Unfit as unfit:
        fault = str(unfit)
    context = {
        "submission": submission,
        "unit": submission.unit,
        "cells": cells,
        "reason": reason,
        "faults": common_faults(scope.committee_id),
        "fault": fault,
    }
    return render(request, "campaigns/review/return.html", context, status=UNFIT if fault else 200)


@login_required
@require_POST
def reopen(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The office head opens an approved report again, with a reason."""
    scope, found = submission_for(request, Permission.CAMPAIGN_REOPEN, submission_id)
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    try:
        services.decide(actor=scope.user, submission_id=found.id, what=What.REOPENED, reason=reason)
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
    else:
        messages.success(request, f"{found.unit.name}的上报已重新打开，党支部可以再报。")
    return redirect("submission-review", found.id)


@login_required
@require_GET
def sums(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """党委的附件2: the sum of what was approved; `?show=` is the figure that the units below are listed by."""
    _, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    lines, show = sums_of(campaign), request.GET.get("show", "")
    letter = show if show in HEADINGS else "A"
    address = reverse("campaign-sum", args=[campaign.id])
    context = {
        "campaign": campaign,
        "root": lines[0],
        "sheet": sheet_of(lines[0].statistics, lambda each: f"{address}?show={each}#units"),
        "letter": letter,
        "heading": HEADINGS[letter],
        "rows": [(each, each.statistics[letter]) for each in lines[1:]],
    }
    return render(request, "campaigns/review/sum.html", context)


@login_required
@require_GET
def annex2(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """附件2-上报: the committee's 附件2, the sum of what was approved."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    root, out = scope.tree.root, BytesIO()
    statistics, _ = approved_sum(campaign)
    committee = root.name if root else ""
    said = provenance(rules_of(campaign), scope.user, timezone.localtime())
    write_annex2(out, branch=committee, statistics=statistics, provenance=said)
    form = "附件2-已审核汇总"
    record_export(actor=scope.user, branch_id=scope.committee_id, form=form, people=statistics["A"])
    return download(out.getvalue(), f"{committee}-{form}.xlsx")


@login_required
@require_http_methods(["GET", "POST"])
def upward(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Everything that goes upward, with a password."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    lines = sums_of(campaign)
    approved = approved_of(lines)

    def make(protected: Protect) -> bytes:
        return package(campaign, lines, approved, scope.user, timezone.localtime(), protected)

    export = Export(
        name=lines[0].unit.name,
        form="上报材料",
        of=[(unit.organization_id, submission.figures[0]) for unit, submission in approved],
        back=reverse("campaign-sum", args=[campaign.id]),
        make=make,
        file_name=f"{lines[0].unit.name}-{campaign.name}-上报材料.zip",
        content_type="application/zip",
    )
    return take_out(request, scope.user, export)
