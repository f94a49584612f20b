"""Pages of reporting: what a branch hands in, and one report as it was frozen."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.campaigns.access import submission_for, unit_for
from paicha.campaigns.deployment.models import Paper
from paicha.campaigns.deployment.selectors import moves_of
from paicha.campaigns.kept import LARGEST, bytes_of
from paicha.campaigns.reporting import services
from paicha.campaigns.reporting.drafting import draft_of
from paicha.campaigns.reporting.models import Submission
from paicha.campaigns.reporting.papers import summary
from paicha.campaigns.reporting.selectors import files_of, newest, statistics_of, submissions_of, told_in
from paicha.campaigns.reporting.services import OPEN, Signed
from paicha.campaigns.review.comparing import marks_now
from paicha.campaigns.review.selectors import decisions_of, returned_of
from paicha.domain.questions import ask
from paicha.formats.writers.report import Told
from paicha.organizations.permissions import Permission
from paicha.register.exporting.asking import Export, take_out
from paicha.register.figures.groups import sheet_of
from paicha.register.services import record_export
from paicha.web.days import days_until
from paicha.web.downloads import DOCX, download
from paicha.web.today import today_of

UNFIT = 422
LONGEST_TOLD = 1000  # characters of one answer
NOT_WRITTEN = "【还没有写】"
# Field of the summary → what is asked, an example, whether it has to be answered.
TOLD = {
    "deployed": (
        "怎样安排部署的（时间、方式、分工）",
        "如 11月29日召开支部会议学习通知，书记负责，委员分组联系",
        True,
    ),
    "contacts": ("专人联系、定期跟踪怎样安排的", "如 每名流出党员由一名委员联系，每季度联系一次", True),
    "problems": ("排查中发现的其他问题（没有的写“无”）", "", True),
    "plans": ("其他工作打算（可不写）", "", False),
}


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """上报: what still hinders, what will be handed in, who signed."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    fault = ""
    if request.method == "POST":
        try:
            submission = services.submit(
                actor=scope.user,
                tree=scope.tree,
                unit_id=unit.id,
                signed=_signed(request),
                today=today_of(request),
            )
        except services.Unfit as unfit:
            fault = str(unfit)
        else:
            late = f"，逾期 {submission.late_days} 天" if submission.late_days else ""
            messages.success(request, f"已上报（第 {submission.n} 次）{late}。上报的内容已封存，台账可以继续更新。")
            return redirect("unit-report", unit.id)
    last, decisions = newest(unit), decisions_of(unit)
    sent = request.POST or _signed_before(last)
    draft = draft_of(scope.tree, unit, today_of(request))
    context = {
        "unit": unit,
        "campaign": unit.campaign,
        "draft": draft,
        "marks": marks_now(returned_of(decisions, last), draft.statistics) if last else [],
        "last": last,
        "open": last is None or last.state in OPEN,
        "submissions": submissions_of(unit),
        "decisions": decisions,
        "days_left": days_until(unit.campaign.report_by, today_of(request)),
        "moves": moves_of(unit.campaign),
        "told": [(name, *asked, sent.get(name, "")) for name, asked in TOLD.items()]
        if Paper.SUMMARY in unit.campaign.papers
        else [],
        "wants_scan": Paper.SIGNED in unit.campaign.papers,
        "sent": sent,
        "fault": fault,
        "choose_again": bool(fault and request.FILES),
        "may_report": unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/reporting/report.html", context, status=UNFIT if fault else 200)


@login_required
@require_POST
def draft_summary(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The summary as it would be handed in now, with what is typed so far: to be read, and to be signed, before."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_CHECK, unit_id)
    today = today_of(request)
    draft = draft_of(scope.tree, unit, today)
    people = draft.statistics.figures["A"]
    record_export(actor=scope.user, branch_id=unit.organization_id, form="排查情况报告（未上报）", people=people)
    deployed, contacts, problems, plans = _told(request)
    told = Told(deployed or NOT_WRITTEN, contacts or NOT_WRITTEN, problems or NOT_WRITTEN, plans)
    content = summary(unit, draft, told, today)
    return download(content, f"{unit.name}-排查情况报告（未上报）.docx", DOCX)


def _told(request: HttpRequest) -> tuple[str, str, str, str]:
    deployed, contacts, problems, plans = (request.POST.get(field, "").strip()[:LONGEST_TOLD] for field in TOLD)
    return deployed, contacts, problems, plans


def _signed_before(last: Submission | None) -> dict[str, str]:
    """Who signed the last time, and what was written: mostly it is the same again."""
    if last is None:
        return {}
    return {"reviewer": last.reviewer, "filler": last.filler, "phone": last.filler_phone, **told_in(last)}


def _signed(request: HttpRequest) -> Signed:
    """Raises services.Unfit for a scan that is no scan."""
    scan = request.FILES.get("scan")
    if scan and (scan.size or 0) > LARGEST:
        raise services.Unfit("扫描件超过10 MB，请压缩后再传")
    return Signed(
        reviewer=request.POST.get("reviewer", "").strip()[:60],
        filler=request.POST.get("filler", "").strip()[:60],
        phone=request.POST.get("phone", "").strip()[:40],
        scan=(scan.name or "", scan.read()) if scan else None,
        nil_confirmed=request.POST.get("nil") == "yes",
        told=Told(*_told(request)),
    )


@login_required
@require_GET
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One report as it was frozen, for the branch and the office."""
    scope, found = submission_for(request, Permission.CAMPAIGN_VIEW, submission_id)
    statistics = statistics_of(found)
    decisions = [one for one in decisions_of(found.unit) if one.submission_id == found.id]
    context = {
        "submission": found,
        "unit": found.unit,
        "campaign": found.unit.campaign,
        "sheet": sheet_of(statistics, lambda letter: reverse("submission-figure", args=[found.id, letter])),
        "questions": [] if found.nil else list(ask(statistics)),  # a nil return was confirmed: asked about once
        "files": files_of(found),
        "decisions": decisions,
        "marks": marks_now(returned_of(decisions, found), statistics),
        "may_review": found.unit.organization_id in scope.branches(Permission.CAMPAIGN_REVIEW),
    }
    return render(request, "campaigns/reporting/submission.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, submission_id: UUID, paper: int) -> HttpResponse:
    """One paper of a report, byte for byte; 附件1, which has full numbers, with a password."""
    scope, found = submission_for(request, Permission.REGISTER_EXPORT, submission_id)
    kept = next((one.file for one in files_of(found) if one.paper == paper), None)
    if kept is None:
        raise Http404
    form, branch_id = f"上报的{Paper(paper).label}", found.unit.organization_id
    if paper != Paper.ANNEX1:
        record_export(actor=scope.user, branch_id=branch_id, form=form, people=found.figures[0])
        return download(bytes_of(kept), kept.name, "application/octet-stream")
    export = Export(
        name=found.unit.name,
        form=form,
        of=[(branch_id, found.figures[0])],
        back=reverse("submission", args=[found.id]),
        make=lambda protected: protected(bytes_of(kept)),
        file_name=kept.name,
    )
    return take_out(request, scope.user, export)
