"""Pages of a cohort's list: the file, which column is what, what it would do, apply, undo."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.findings import Severity
from paicha.domain.graduate_list import Field
from paicha.domain.masking import mask_personal, mask_phone
from paicha.formats.readers.graduates import ListProblem, read_graduates
from paicha.formats.readers.source import Source
from paicha.intake import services
from paicha.intake.access import sending_for
from paicha.intake.asking import GONE, Around, ask_columns, opened
from paicha.intake.columns import Refused, asked_of, is_answered
from paicha.intake.models import State, Upload
from paicha.intake.selectors import saved_columns
from paicha.intake.services import AlreadyDecided, PlanChanged, receive
from paicha.intake.storage import FilesGone
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.organizations.tree import Node
from paicha.register.importing.plan import shown_file
from paicha.transfers.graduating.access import cohort_for, list_for
from paicha.transfers.graduating.importing.plan import Change, Plan, What, plan_of
from paicha.transfers.graduating.importing.reading import GRADUATES
from paicha.transfers.graduating.importing.services import apply_list, undo_list
from paicha.transfers.graduating.models import Cohort

MOST_BYTES = 16 * 1024 * 1024
DECIDED = "这一批已经处理过了。"


@login_required
@require_POST
def send(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """A list in, of all branches (the office) or of one (`branch`)."""
    scope, cohort = cohort_for(request, Permission.REGISTER_EDIT, cohort_id)
    branch = next((node for node in scope.tree.branches() if str(node.id) == request.POST.get("branch")), None)
    scope = sending_for(request, branch.id if branch else None)
    file = request.FILES.get("file")
    if file is None or not 0 < (file.size or 0) <= MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        messages.error(request, f"文件是空的，或超过 {limit} MB。" if file else "还没有选择文件。")
        return redirect("cohort", cohort.id)
    upload = receive(
        actor=scope.user,
        kind=GRADUATES.kind,
        branch_id=branch.id if branch else None,
        files=[(file.name or "毕业生名单", file.read())],
        about_id=cohort.id,
    )
    return redirect("graduates-upload", upload.id)


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Which column is what."""
    scope, upload, cohort = list_for(request, upload_id)
    back, preview, discard = (
        reverse("cohort", args=[cohort.id]),
        reverse("graduates-upload", args=[upload_id]),
        reverse("graduates-discard", args=[upload_id]),
    )
    around = Around(f"{cohort.name}毕业生", back, preview, discard)
    return ask_columns(request, scope, upload, GRADUATES, around)


@login_required
@require_GET
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What the list would do; nothing is written yet. Columns that nobody has spoken of are asked for first."""
    scope, upload, cohort = list_for(request, upload_id)
    context: dict[str, object] = {"upload": upload, "cohort": cohort, "State": State}
    if upload.state != State.RECEIVED:
        return render(request, "transfers/graduating/decided.html", context)
    try:
        with opened(upload) as source:
            known = saved_columns(scope.committee_id, GRADUATES.kind)
            if not is_answered(asked_of(GRADUATES, source, known), known):
                return redirect("graduates-columns", upload_id)
            context |= _of_plan(_plan(scope, upload, cohort, source), scope)
    except FilesGone:
        context["problem"] = GONE
    except (Refused, ListProblem) as problem:
        context["problem"] = f"{problem}。"
    return render(request, "transfers/graduating/preview.html", context)


@login_required
@require_POST
def apply(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Write what was looked at, all of it or nothing."""
    scope, upload, cohort = list_for(request, upload_id)
    try:
        with opened(upload) as source:
            plan = _plan(scope, upload, cohort, source)
        apply_list(actor=scope.user, upload=upload, plan=plan, digest=request.POST.get("digest", ""))
    except PlanChanged:
        messages.error(request, "名单在您核对时有了改动，请按下面新的对比再核对一次。还没有写入。")
    except AlreadyDecided:
        messages.error(request, DECIDED)
    except FilesGone:
        messages.error(request, GONE)
    except (Refused, ListProblem) as problem:
        messages.error(request, f"{problem}。")
    else:
        messages.success(request, f"已写入 {len(plan.to_write)} 人。不对的话可以整批撤销。")
    return redirect("graduates-upload", upload_id)


@login_required
@require_POST
def undo(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take a whole batch back; who was changed since is kept and named."""
    scope, upload, _ = list_for(request, upload_id)
    try:
        undone = undo_list(actor=scope.user, upload=upload)
    except AlreadyDecided:
        messages.error(request, "这一批没有写入过，或已经撤销。")
        return redirect("graduates-upload", upload_id)
    messages.success(request, f"已撤销：移出 {undone.taken_off} 人，恢复 {undone.put_back} 人原来的内容。")
    if undone.kept:
        messages.warning(request, f"{len(undone.kept)} 人在导入后又有改动，没有动：{'、'.join(undone.kept)}。")
    return redirect("graduates-upload", upload_id)


@login_required
@require_POST
def discard(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Leave an upload aside unapplied."""
    scope, upload, cohort = list_for(request, upload_id)
    try:
        services.discard(actor=scope.user, upload_id=upload.id)
    except AlreadyDecided:
        messages.error(request, DECIDED)
    else:
        messages.success(request, "已放弃，名单没有改动。")
    return redirect("cohort", cohort.id)


def _plan(scope: Scope, upload: Upload, cohort: Cohort, source: Source) -> Plan:
    found = read_graduates(source, saved_columns(scope.committee_id, GRADUATES.kind))
    names = {node.id: node.name for node in scope.tree.branches()}
    mine = [upload.branch_id] if upload.branch_id else [*names]
    return plan_of(found, cohort, mine, names)


def _of_plan(plan: Plan, scope: Scope) -> dict[str, object]:
    faults = sorted(plan.faults, key=lambda item: (-item.finding.severity, item.place.row))
    return {
        "plan": plan,
        "counts": plan.counts,
        "new": _by_branch([(change, scope.tree[change.branch_id]) for change in plan.of(What.NEW)], scope),
        "changed": [(change, scope.tree[change.branch_id], _differences(change)) for change in plan.of(What.CHANGED)],
        "errors": [(shown_file(i.place), i) for i in faults if i.finding.severity is Severity.ERROR],
        "warnings": [(shown_file(i.place), i) for i in faults if i.finding.severity is not Severity.ERROR],
    }


def _by_branch(found: list[tuple[Change, Node]], scope: Scope) -> list[tuple[Change, Node]]:
    order = {node.id: place for place, node in enumerate(scope.tree.branches())}
    return sorted(found, key=lambda one: order.get(one[1].id, len(order)))


def _differences(change: Change) -> list[tuple[str, str, str]]:
    """(heading, old, new), numbers masked."""
    return [(field.heading, shown(field, old), shown(field, new)) for field, old, new in change.differences()]


def shown(field: Field, text: str) -> str:
    """A value as a page may show it."""
    return mask_phone(text) if field is Field.PHONE else mask_personal(text)
