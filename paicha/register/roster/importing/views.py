"""Pages of 导入党员名册: the file, which column is what, what it would do, apply, undo."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.findings import Severity
from paicha.formats.readers.roster import RosterProblem
from paicha.formats.readers.source import Source
from paicha.intake import services
from paicha.intake.access import sending_for, upload_for
from paicha.intake.asking import GONE, Around, ask_columns, opened
from paicha.intake.columns import Refused, asked_of, is_answered
from paicha.intake.models import State
from paicha.intake.selectors import saved_columns, uploads_of
from paicha.intake.services import AlreadyDecided, PlanChanged, receive
from paicha.intake.storage import FilesGone
from paicha.organizations.access import Scope
from paicha.organizations.tree import Tree
from paicha.register.forms import masked
from paicha.register.importing.plan import shown_file
from paicha.register.importing.undo import Busy
from paicha.register.records import Recorder
from paicha.register.roster.importing.plan import Change, Plan, What, plan_of
from paicha.register.roster.importing.reading import ROSTER, members_of
from paicha.register.roster.importing.services import apply_roster, undo_roster
from paicha.register.roster.selectors import counts_of
from paicha.register.rules import rules_of
from paicha.web.today import today_of

KIND = ROSTER.kind
MOST_BYTES = 64 * 1024 * 1024
DECIDED = "这一批已经处理过了。"


@login_required
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """党员名册: one file in; how many each branch has, and what came in before."""
    scope = sending_for(request, None)
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is not None and 0 < (file.size or 0) <= MOST_BYTES:
            named = [(file.name or "名册", file.read())]
            upload = receive(actor=scope.user, kind=KIND, branch_id=None, files=named)
            return redirect("roster-upload", upload.id)
        limit = MOST_BYTES // 1024 // 1024
        messages.error(request, f"文件是空的，或超过 {limit} MB。" if file else "还没有选择文件。")
    branches = scope.tree.branches()
    counts = counts_of(scope.committee_id, [node.id for node in branches])
    listed = [(node, *counts.get(node.id, (0, 0))) for node in branches]
    uploads = uploads_of(scope.committee_id, KIND, frozenset(), everybody=True)
    context = {"uploads": uploads[:20], "listed": listed, "people": sum(people for _, people, _ in listed)}
    return render(request, "register/roster/send.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Which column is what."""
    scope, upload = upload_for(request, KIND, upload_id)
    back, preview, discard = (
        reverse("roster"),
        reverse("roster-upload", args=[upload_id]),
        reverse("roster-discard", args=[upload_id]),
    )
    return ask_columns(request, scope, upload, ROSTER, Around("党员名册", back, preview, discard))


@login_required
@require_GET
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What the roster would do; nothing is written yet. Columns that nobody has spoken of are asked for first."""
    scope, upload = upload_for(request, KIND, upload_id)
    context: dict[str, object] = {"upload": upload, "State": State}
    if upload.state != State.RECEIVED:
        return render(request, "register/roster/decided.html", context)
    try:
        with opened(upload) as source:
            known = saved_columns(scope.committee_id, KIND)
            if not is_answered(asked_of(ROSTER, source, known), known):
                return redirect("roster-columns", upload_id)
            context |= _of_plan(_plan(request, scope, source), scope.tree)
    except FilesGone:
        context["problem"] = GONE
    except (Refused, RosterProblem) as problem:
        context["problem"] = f"{problem}。"
    return render(request, "register/roster/preview.html", context)


def _plan(request: HttpRequest, scope: Scope, source: Source) -> Plan:
    found = members_of(source, saved_columns(scope.committee_id, KIND))
    recorder = Recorder(rules_of(scope.tree, scope.committee_id, today_of(request)))
    return plan_of(found, scope.tree, scope.committee_id, recorder)


def _of_plan(plan: Plan, tree: Tree) -> dict[str, object]:
    changed = [(change, _differences(change)) for what in (What.CHANGED, What.MOVED) for change in plan.of(what)]
    faults = sorted(plan.faults, key=lambda item: (-item.finding.severity, item.place.row))
    return {
        "plan": plan,
        "new": plan.of(What.NEW),
        "moved": [(c, tree[c.affiliation.branch_id]) for c in plan.of(What.MOVED) if c.affiliation],
        "changed": [(change, told) for change, told in changed if told],
        "counts": plan.counts,
        "errors": [(shown_file(i.place), i) for i in faults if i.finding.severity is Severity.ERROR],
        "warnings": [(shown_file(i.place), i) for i in faults if i.finding.severity is not Severity.ERROR],
    }


def _differences(change: Change) -> list[tuple[str, str, str]]:
    """(heading, old, new) of what the roster said before, numbers masked."""
    if change.line is None:
        return []
    return [
        ("是否在途", old, new) if column is None else (column.heading, masked(column, old), masked(column, new))
        for column, old, new in change.differences()
    ]


@login_required
@require_POST
def apply(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Write what was looked at, all of it or nothing."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        with opened(upload) as source:
            plan = _plan(request, scope, source)
        digest = request.POST.get("digest", "")
        apply_roster(actor=scope.user, upload=upload, plan=plan, digest=digest, today=today_of(request))
    except PlanChanged:
        messages.error(request, "名册在您核对时有了改动，请按下面新的对比再核对一次。还没有写入。")
    except AlreadyDecided:
        messages.error(request, DECIDED)
    except FilesGone:
        messages.error(request, GONE)
    except (Refused, RosterProblem) as problem:
        messages.error(request, f"{problem}。")
    else:
        messages.success(request, f"已写入 {len(plan.to_write)} 人。不对的话可以整批撤销。")
    return redirect("roster-upload", upload_id)


@login_required
@require_POST
def undo(request: HttpRequest, upload_id: UUID, busy: Busy) -> HttpResponse:
    """Take a whole batch back; who was changed since is kept and named. `busy`: what apps above know is underway."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        undone = undo_roster(actor=scope.user, upload=upload, busy=busy)
    except AlreadyDecided:
        messages.error(request, "这一批没有写入过，或已经撤销。")
        return redirect("roster-upload", upload_id)
    messages.success(request, f"已撤销：退出 {undone.taken_out} 人，恢复 {undone.put_back} 人原来的内容。")
    if undone.kept:
        messages.warning(
            request, f"{len(undone.kept)} 人在导入后又有改动或正在转接，没有动：{'、'.join(undone.kept)}。"
        )
    return redirect("roster-upload", upload_id)


@login_required
@require_POST
def discard(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Leave an upload aside unapplied."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        services.discard(actor=scope.user, upload_id=upload.id)
    except AlreadyDecided:
        messages.error(request, DECIDED)
    else:
        messages.success(request, "已放弃，名册没有改动。")
    return redirect("roster")
