"""Pages of deployment: all campaigns, a new one, its dates; a branch's work plan."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.campaigns.access import campaign_for, unit_for
from paicha.campaigns.deployment import services
from paicha.campaigns.deployment.drafting import SECTIONS
from paicha.campaigns.deployment.forms import DeployForm, MoveForm, NoticeForm, PlanForm, TakeInForm
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import campaigns, plan_of
from paicha.campaigns.kept import bytes_of
from paicha.formats.writers.plan import write_work_plan
from paicha.organizations.access import require
from paicha.organizations.permissions import Permission
from paicha.web.downloads import DOCX, download
from paicha.web.today import today_of

UNFIT = 422
LONGEST_REASON = 200


@login_required
@require_GET
def all_(request: HttpRequest) -> HttpResponse:
    """集中排查: every campaign of the committee."""
    scope = require(request, Permission.CAMPAIGN_VIEW)
    context = {"campaigns": campaigns(scope.committee_id), "may_deploy": scope.allows(Permission.CAMPAIGN_REVIEW)}
    return render(request, "campaigns/deployment/campaigns.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """部署: a new campaign."""
    scope = require(request, Permission.CAMPAIGN_REVIEW)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DeployForm(scope.tree.branches(), *given, today=today_of(request))
    if form.is_valid():
        notice = form.cleaned_data["notice"]
        try:
            campaign = services.deploy(
                actor=scope.user,
                terms=form.terms,
                notice=(notice.name, notice.read()) if notice else None,
                looked_before=form.looked,
            )
        except services.Unfit as unfit:
            form.add_error(None, f"{unfit}。")
        else:
            messages.success(request, "已部署。每个党支部都有一份起草好的工作方案，等它确认。")
            return redirect("campaign", campaign.id)
    if request.FILES and not form.has_error("notice"):
        form.add_error("notice", "请把通知文件再选一次：浏览器不保留选过的文件。")
    status = UNFIT if form.is_bound else 200
    return render(request, "campaigns/deployment/new.html", {"form": form}, status=status)


@login_required
@require_POST
def move(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Another last day for a phase."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"日期没有改：{_faults(form)}。")
        return redirect("campaign", campaign.id)
    data = form.cleaned_data
    try:
        services.move_phase(
            actor=scope.user, campaign_id=campaign.id, phase=data["phase"], to=data["to"], reason=data["reason"]
        )
    except services.Unfit as unfit:
        messages.error(request, f"日期没有改：{unfit}。")
    else:
        messages.success(request, f"{data['phase'].label}的截止日改到 {data['to'].isoformat()}，各党支部都会看到。")
    return redirect("campaign", campaign.id)


@login_required
@require_POST
def close(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The office head says that a campaign is over, or that it goes on after all."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REOPEN, campaign_id)
    if request.POST.get("go_on"):
        services.go_on(actor=scope.user, campaign_id=campaign.id)
        messages.success(request, f"{campaign.name}继续进行。")
    else:
        services.close(actor=scope.user, campaign_id=campaign.id, today=today_of(request))
        messages.success(request, f"{campaign.name}已结束：首页不再提醒，上报的内容都在；可以继续。")
    return redirect("campaign", campaign.id)


@login_required
@require_POST
def attach_notice(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The notice, attached after deployment."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    form = NoticeForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["notice"]
        services.attach_notice(actor=scope.user, campaign_id=campaign.id, name=file.name, content=file.read())
        messages.success(request, "已附上通知文件，各党支部都能下载。")
    else:
        messages.error(request, f"没有附上：{_faults(form)}。")
    return redirect("campaign", campaign.id)


@login_required
@require_POST
def take_in(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Branches that were founded after deployment take part as well."""
    scope, campaign = campaign_for(request, Permission.CAMPAIGN_REVIEW, campaign_id)
    form = TakeInForm(scope.tree.branches(), request.POST)
    if not form.is_valid():
        messages.error(request, f"没有补入：{_faults(form)}。")
        return redirect("campaign", campaign.id)
    try:
        new = services.take_in(actor=scope.user, campaign_id=campaign.id, branch_ids=form.chosen)
    except services.Unfit as unfit:
        messages.error(request, f"没有补入：{unfit}。")
    else:
        messages.success(request, f"已补入 {len(new)} 个党支部，每个都有一份起草好的工作方案，等它确认。")
    return redirect("campaign", campaign.id)


@login_required
@require_GET
def notice(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The notice as it was attached."""
    _, campaign = campaign_for(request, Permission.CAMPAIGN_VIEW, campaign_id)
    if campaign.notice is None:
        raise Http404
    return download(bytes_of(campaign.notice), campaign.notice.name, "application/octet-stream")


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """工作方案: drafted for the branch, edited and confirmed by it."""
    permission = Permission.CAMPAIGN_CHECK if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, unit = unit_for(request, permission, unit_id)
    kept = plan_of(unit)
    initial = {name: getattr(kept, name) for name in SECTIONS}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        confirm = "confirm" in request.POST
        try:
            services.save_plan(actor=scope.user, unit_id=unit.id, texts=form.cleaned_data, confirm=confirm)
        except services.Unfit as unfit:
            form.add_error(None, f"{unfit}。")
        else:
            messages.success(request, "工作方案已确认。" if confirm else "已保存，还没有确认。")
            return redirect("unit", unit.id) if confirm else redirect("unit-plan", unit.id)
    may_edit = unit.organization_id in scope.branches(Permission.CAMPAIGN_CHECK)
    context = {"unit": unit, "campaign": unit.campaign, "plan": kept, "form": form, "may_edit": may_edit}
    return render(request, "campaigns/deployment/plan.html", context, status=UNFIT if form.errors else 200)


@login_required
@require_GET
def plan_document(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The work plan as a .docx."""
    _, unit = unit_for(request, Permission.CAMPAIGN_VIEW, unit_id)
    kept = plan_of(unit)
    sections = {heading: getattr(kept, name) for name, heading in SECTIONS.items()}
    content = write_work_plan(branch=unit.name, sections=sections, as_of=_campaign(unit).as_of)
    return download(content, f"{unit.name}-工作方案.docx", DOCX)


@login_required
@require_POST
def ask_look_back(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """回头看: a branch is to go over each entry again."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_REVIEW, unit_id)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    try:
        services.ask_look_back(actor=scope.user, unit_id=unit.id, reason=reason)
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
    else:
        messages.success(request, f"已要求{unit.name}回头看：台账上的每个人都要逐人重新核对。")
    return redirect("unit", unit.id)


@login_required
@require_POST
def withdraw_look_back(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A branch need not look back."""
    scope, unit = unit_for(request, Permission.CAMPAIGN_REVIEW, unit_id)
    services.withdraw_look_back(actor=scope.user, unit_id=unit.id)
    messages.success(request, f"{unit.name}不用回头看。")
    return redirect("unit", unit.id)


def _faults(form: Form) -> str:
    return "；".join(str(problem) for found in form.errors.values() for problem in found)


def _campaign(unit: CampaignUnit) -> Campaign:
    return unit.campaign
