"""Pages of circulars: all of a campaign, one as draft or as it was sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.campaigns.access import campaign_for
from paicha.campaigns.kept import bytes_of
from paicha.campaigns.supervision.access import circular_for
from paicha.campaigns.supervision.circulating import services
from paicha.campaigns.supervision.circulating.drafting import SECTIONS, headed
from paicha.campaigns.supervision.circulating.figures import HEADINGS
from paicha.campaigns.supervision.circulating.models import Circular
from paicha.campaigns.supervision.circulating.papers import paper_of
from paicha.campaigns.supervision.circulating.selectors import circulars_of
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.web.downloads import DOCX, download
from paicha.web.today import today_of

LONGEST = 4000
FULL_LINE = 48  # characters of a line of the page
UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def all_(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """通报: what was sent; the office begins a new one."""
    permission = Permission.CAMPAIGN_REVIEW if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, campaign = campaign_for(request, permission, campaign_id)
    if request.method == "POST":
        begun = services.begin(actor=scope.user, campaign_id=campaign.id, today=today_of(request))
        messages.success(request, "已按今天的数字起草。改好、填好【请填写】的地方，再发给各党支部。")
        return redirect("circular", begun.id)
    office = scope.allows(Permission.CAMPAIGN_REVIEW)
    context = {"campaign": campaign, "circulars": circulars_of(campaign, drafts=office), "may_write": office}
    return render(request, "campaigns/supervision/circulars.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, circular_id: UUID) -> HttpResponse:
    """One circular: edited and sent by the office, read by all."""
    permission = Permission.CAMPAIGN_REVIEW if request.method == "POST" else Permission.CAMPAIGN_VIEW
    scope, circular = circular_for(request, permission, circular_id)
    if request.method == "GET":
        return _page(request, scope, circular, circular.sections)
    texts = {name: _text(request, name) for name in SECTIONS}
    try:
        said = _write(request, scope, circular, texts)
    except services.Unfit as unfit:
        named = isinstance(unfit, services.Named)
        return _page(request, scope, circular, texts, fault=str(unfit), named=named)
    messages.success(request, said)
    return redirect("circular", circular.id)


@login_required
@require_POST
def redraft(request: HttpRequest, circular_id: UUID) -> HttpResponse:
    """The draft anew from the figures of today."""
    scope, circular = circular_for(request, Permission.CAMPAIGN_REVIEW, circular_id)
    try:
        services.redraft(actor=scope.user, circular_id=circular.id, today=today_of(request))
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
    else:
        messages.success(request, "已按今天的数字重新起草；好的做法和下一步要求照旧。")
    return redirect("circular", circular.id)


@login_required
@require_GET
def document(request: HttpRequest, circular_id: UUID) -> HttpResponse:
    """A circular as a .docx: what was sent byte for byte, a draft as it stands."""
    scope, circular = circular_for(request, Permission.CAMPAIGN_VIEW, circular_id)
    if circular.file:
        return download(bytes_of(circular.file), circular.file.name, DOCX)
    return download(paper_of(circular, _committee(scope)), f"{circular.campaign.name}-通报草稿.docx", DOCX)


def _write(request: HttpRequest, scope: Scope, circular: Circular, texts: dict[str, str]) -> str:
    """What was done, in words. Raises services.Unfit."""
    revision = request.POST.get("revision", "")
    common: dict[str, Any] = {
        "actor": scope.user,
        "circular_id": circular.id,
        "texts": texts,
        "revision": int(revision) if revision.isdigit() else -1,
    }
    if "send" not in request.POST:
        services.edit(**common)
        return "已保存，还没有发出。"
    no_names = request.POST.get("no_names") == "yes"
    sent = services.send(**common, committee=_committee(scope), no_names=no_names, today=today_of(request))
    return f"第 {sent.n} 号通报已发出，各党支部都能看到。"


def _page(
    request: HttpRequest, scope: Scope, circular: Circular, texts: dict[str, str], fault: str = "", named: bool = False
) -> HttpResponse:
    context = {
        "circular": circular,
        "campaign": circular.campaign,
        "fields": [(name, title, texts[name], _rows(texts[name])) for name, title in SECTIONS.items()],
        "sections": [(heading, text.splitlines()) for heading, text in headed(circular.sections)],
        "headings": HEADINGS,
        "may_write": scope.allows(Permission.CAMPAIGN_REVIEW),
        "fault": fault,
        "named": named,
    }
    return render(request, "campaigns/supervision/circular.html", context, status=UNFIT if fault else 200)


def _rows(text: str) -> int:
    """Rows of a field in which the text is seen whole."""
    return max(3, sum(len(line) // FULL_LINE + 1 for line in text.splitlines()))


def _committee(scope: Scope) -> str:
    return scope.tree.root.name if scope.tree.root else ""


def _text(request: HttpRequest, name: str) -> str:
    lines = request.POST.get(name, "")[:LONGEST].splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
