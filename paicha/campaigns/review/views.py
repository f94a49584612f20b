"""The office's review: one decision on a report, and the committee's sum of what was approved."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from paicha.campaigns.access import campaign_for, submission_for
from paicha.campaigns.deployment.selectors import rules_of
from paicha.campaigns.reporting.selectors import approved_sum
from paicha.campaigns.review import services
from paicha.campaigns.review.models import What
from paicha.formats.writers.annex2 import write_annex2
from paicha.organizations.permissions import Permission
from paicha.register.exports import provenance
from paicha.register.services import record_export
from paicha.web.downloads import download

LONGEST = 2000


@login_required
@require_POST
def decide(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Return or approve."""
    scope, found = submission_for(request, Permission.CAMPAIGN_REVIEW, submission_id)
    what = What.APPROVED if request.POST.get("what") == "approve" else What.RETURNED
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    try:
        services.decide(actor=scope.user, submission_id=found.id, what=what, reason=reason)
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
    else:
        messages.success(request, f"{found.unit.name}：{what.label}。")
    return redirect("submission", found.id)


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
    return redirect("submission", found.id)


@login_required
@require_GET
def annex2(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The committee's 附件2: the sum of what was approved."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    root, out = scope.tree.root, BytesIO()
    statistics, _ = approved_sum(campaign)
    committee = root.name if root else ""
    said = provenance(rules_of(campaign), scope.user, timezone.localtime())
    write_annex2(out, branch=committee, statistics=statistics, provenance=said)
    form = "附件2-已审核汇总"
    record_export(actor=scope.user, branch_id=scope.committee_id, form=form, people=statistics["A"])
    return download(out.getvalue(), f"{committee}-{form}.xlsx")
