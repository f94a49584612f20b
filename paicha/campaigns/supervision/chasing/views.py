"""Pages of chasing: who is late, all 督办单, those of one branch, one and its answers."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.deployment.selectors import branch_units
from paicha.campaigns.supervision.access import chasing_for
from paicha.campaigns.supervision.chasing import services
from paicha.campaigns.supervision.chasing.lacking import ANSWER_DAYS
from paicha.campaigns.supervision.chasing.models import Chasing
from paicha.campaigns.supervision.chasing.papers import file_name, paper_of, zip_of
from paicha.campaigns.supervision.chasing.selectors import NAMED_FROM, is_named, of_campaign, of_unit, rows_of
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.contacts.forms import read_day
from paicha.web.days import days_until
from paicha.web.downloads import DOCX, download
from paicha.web.today import today_of

LONGEST = 2000
UNFIT = 422
ZIP = "application/zip"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def chase(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """督办: which branches are late or have people without a verdict, whom to call; ticked ones are chased in one
    step. The telephone is the branch's own, given at the head of 附件1 for this: in full (decision 0016)."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    mine, today = scope.branches(Permission.CAMPAIGN_REVIEW), today_of(request)
    fault = ""
    if request.method == "POST":
        try:
            issued = services.issue(
                actor=scope.user,
                campaign_id=campaign.id,
                organization_ids=mine & _ticked(request),
                answer_by=_day(request, "answer_by"),
                today=today,
            )
        except services.Unfit as unfit:
            fault = str(unfit)
        else:
            _tell(request, issued)
            return redirect("campaign-chasings", campaign.id)
    rows = rows_of(campaign, branch_units(campaign, mine), today)
    context = {
        "campaign": campaign,
        "late": [row for row in rows if row.standing.late],
        "open": [row for row in rows if not row.standing.late],
        "answer_by": request.POST.get("answer_by") or (today + timedelta(days=ANSWER_DAYS)).isoformat(),
        "ticked": {str(id_) for id_ in _ticked(request)} if fault else None,
        "answer_days": ANSWER_DAYS,
        "named_from": NAMED_FROM,
        "fault": fault,
    }
    return render(request, "campaigns/supervision/chase.html", context, status=UNFIT if fault else 200)


@login_required
@require_GET
def of_office(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Every 督办单 of a campaign, the newest first, with its newest answer."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    context = {"campaign": campaign, "chasings": _mine(scope, campaign)[::-1], "today": today_of(request)}
    return render(request, "campaigns/supervision/chasings.html", context)


@login_required
@require_GET
def documents(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """督办单 as a .zip: all of a campaign, or (`?batch=`) those issued in one step."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    batch = request.GET.get("batch", "")
    chasings = [one for one in _mine(scope, campaign) if not batch or str(one.batch_id) == batch]
    if not chasings:
        raise Http404
    return download(zip_of(chasings, _committee(scope)), f"{campaign.name}-督办单.zip", ZIP)


@login_required
@require_GET
def of_branch(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """督办单 to one branch."""
    _, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    context = {"unit": unit, "campaign": unit.campaign, "chasings": of_unit(unit), "today": today_of(request)}
    return render(request, "campaigns/supervision/unit_chasings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, chasing_id: UUID) -> HttpResponse:
    """One 督办单: what was lacking, until when; what the branch answered, and one more answer."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, chasing = chasing_for(request, permission, chasing_id)
    fault, words = "", request.POST.get("words", "").strip()[:LONGEST]
    if request.method == "POST":
        try:
            done_by = _day(request, "done_by") if request.POST.get("done_by") else None
            services.answer(
                actor=scope.user, chasing_id=chasing.id, words=words, done_by=done_by, today=today_of(request)
            )
        except services.Unfit as unfit:
            fault = str(unfit)
        else:
            messages.success(request, "已答复，党委办公室马上能看到。")
            return redirect("unit", chasing.unit_id)
    context = {
        "chasing": chasing,
        "unit": chasing.unit,
        "campaign": chasing.campaign,
        "answers": chasing.answers.order_by("answered_at", "id"),
        "days": days_until(chasing.answer_by, today_of(request)),
        "named": is_named(chasing),
        "words": words,
        "fault": fault,
        "may_answer": chasing.unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK),
    }
    return render(request, "campaigns/supervision/chasing.html", context, status=UNFIT if fault else 200)


@login_required
@require_GET
def document(request: HttpRequest, chasing_id: UUID) -> HttpResponse:
    """One 督办单 as a .docx."""
    scope, chasing = chasing_for(request, Permission.CAMPAIGN_VIEW, chasing_id)
    return download(paper_of(chasing, _committee(scope)), file_name(chasing), DOCX)


def _mine(scope: Scope, campaign: Campaign) -> list[Chasing]:
    mine = scope.branches(Permission.CAMPAIGN_REVIEW)
    return [one for one in of_campaign(campaign) if one.unit.organization_id in mine]


def _committee(scope: Scope) -> str:
    return scope.tree.root.name if scope.tree.root else ""


def _ticked(request: HttpRequest) -> frozenset[UUID]:
    """The organizations that were ticked; what is no id of one is nobody's."""
    found = set()
    for value in request.POST.getlist("unit"):
        try:
            found.add(UUID(value))
        except ValueError:
            continue
    return frozenset(found)


def _day(request: HttpRequest, name: str) -> date:
    """Raises services.Unfit."""
    day = read_day(request.POST.get(name, ""))
    if day is None:
        raise services.Unfit("日期要写成 2023-12-15 这样")
    return day


def _tell(request: HttpRequest, issued: services.Issued) -> None:
    messages.success(request, f"已督办 {len(issued.chasings)} 个党支部，它们的首页和排查页面上都能看到。")
    for name, why in issued.left_out:
        messages.warning(request, f"没有督办：{name}{why}。")
