"""Pages of 收表: send files, look at what they would do, apply, undo, take home what is to be mended."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.findings import Code, Located, Severity
from paicha.intake import services
from paicha.intake.access import sending_for, upload_for
from paicha.intake.models import State, Upload
from paicha.intake.selectors import file_names, files_of, uploads_of
from paicha.intake.services import AlreadyDecided, PlanChanged, receive
from paicha.intake.storage import FilesGone, in_the_clear
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.exporting.asking import Export, take_out
from paicha.register.forms import masked
from paicha.register.importing.apply import apply_plan
from paicha.register.importing.packing import packed
from paicha.register.importing.plan import Change, Plan, What, plan_of, shown_file
from paicha.register.importing.undo import Busy, undo_batch
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.web.today import today_of

KIND = "register"
MOST_FILES, MOST_BYTES = 200, 64 * 1024 * 1024


@login_required
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, branch_id: UUID | None = None) -> HttpResponse:
    """收表: a branch's own files, or (without a branch) those of all."""
    scope = sending_for(request, branch_id)
    if request.method == "POST":
        files = request.FILES.getlist("files")
        problem = _refused([file.size or 0 for file in files])
        if not problem:
            named = ((file.name or "", file.read()) for file in files)
            upload = receive(actor=scope.user, kind=KIND, branch_id=branch_id, files=named)
            return redirect("upload", upload.id)
        messages.error(request, problem)
    earlier = uploads_of(
        scope.committee_id,
        KIND,
        frozenset({branch_id}) if branch_id else scope.branches(Permission.INTAKE_UPLOAD),
        everybody=branch_id is None,
    )
    branch = scope.tree[branch_id] if branch_id else None
    shown = list(earlier[:20])
    names = file_names(scope.committee_id, shown)
    lines = [
        _Earlier(upload, scope.tree[upload.branch_id].name if upload.branch_id else "", names.get(upload.id, []))
        for upload in shown
    ]
    return render(request, "register/importing/send.html", {"branch": branch, "uploads": lines})


@dataclass(frozen=True, slots=True)
class _Earlier:
    """One upload as its line says it: whose, and by which file one knows it again."""

    upload: Upload
    branch: str
    names: list[str]

    @property
    def files(self) -> str:
        return f"{self.names[0]} 等 {len(self.names)} 个文件" if len(self.names) > 1 else "".join(self.names)


def _refused(sizes: list[int]) -> str:
    if not sizes:
        return "还没有选择文件。"
    if len(sizes) > MOST_FILES:
        return f"一次最多收 {MOST_FILES} 个文件，这次有 {len(sizes)} 个，请分几次。"
    if sum(sizes) > MOST_BYTES:
        return f"文件一共 {sum(sizes) // 1024 // 1024} MB，一次最多 {MOST_BYTES // 1024 // 1024} MB，请分几次。"
    return ""


@login_required
@require_GET
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What the files would do; nothing is written yet."""
    scope, upload = upload_for(request, KIND, upload_id)
    return _preview(request, scope, upload)


def _preview(request: HttpRequest, scope: Scope, upload: Upload, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {
        "upload": upload,
        "branch": scope.tree[upload.branch_id] if upload.branch_id else None,
        "State": State,
    }
    try:
        if upload.state != State.DISCARDED:
            with _planned(scope, upload, today_of(request)) as plan:
                context |= _of_plan(plan)
    except FilesGone:
        context["gone"] = True
    return render(request, "register/importing/preview.html", context, status=status)


def _of_plan(plan: Plan) -> dict[str, object]:
    found = sorted((item for item in plan.result.findings if item.finding.severity > Severity.NOTICE), key=_by_file)
    faults = [item for item in found if item.finding.code is not Code.AGE]
    return {
        "plan": plan,
        "new": plan.count(What.NEW),
        "changed": plan.count(What.CHANGED),
        "unchanged": plan.count(What.UNCHANGED),
        "errors": [(shown_file(i.place), i) for i in faults if i.finding.severity is Severity.ERROR],
        "warnings": [(shown_file(i.place), i) for i in faults if i.finding.severity is not Severity.ERROR],
        "ages": len(found) - len(faults),  # the register reckons ages itself and keeps none
        "counts": [(b, len(b.of(What.NEW)), len(b.of(What.CHANGED)), len(b.of(What.UNCHANGED))) for b in plan.branches],
        "branches": [
            (b, b.of(What.NEW), [(change, _differences(change)) for change in b.of(What.CHANGED)])
            for b in plan.branches
            if b.absent or len(b.of(What.UNCHANGED)) < len(b.changes)
        ],
        "to_write": plan.count(What.NEW) + plan.count(What.CHANGED),
    }


def _by_file(item: Located) -> tuple[str, int, int]:
    return item.place.file, -item.finding.severity, item.place.row


def _differences(change: Change) -> list[tuple[str, str, str]]:
    """(heading, old, new), numbers masked."""
    return [(c.heading, masked(c, old), masked(c, new)) for c, old, new in change.differences()]


@contextmanager
def _planned(scope: Scope, upload: Upload, today: date, *, keep: bool = False) -> Iterator[Plan]:
    """The plan of an upload, with its files in the clear for as long as the block lasts. Raises FilesGone."""
    place = upload.branch_id or scope.committee_id
    with in_the_clear(files_of(upload)) as paths:
        rules = rules_of(scope.tree, place, today)
        yield plan_of(paths, scope.tree, scope.committee_id, rules, upload.branch_id, keep=keep)


@login_required
@require_POST
def apply(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Write what was looked at, all of it or nothing."""
    scope, upload = upload_for(request, KIND, upload_id)
    today = today_of(request)
    try:
        with _planned(scope, upload, today) as plan:
            recorders = {b.branch.id: Recorder(rules_of(scope.tree, b.branch.id, today)) for b in plan.branches}
            digest = request.POST.get("digest", "")
            apply_plan(actor=scope.user, upload=upload, plan=plan, digest=digest, recorders=recorders, today=today)
            new, changed = plan.count(What.NEW), plan.count(What.CHANGED)
    except PlanChanged:
        messages.error(request, "台账在您核对时有了改动，请按下面新的对比再核对一次。还没有写入。")
        return redirect("upload", upload_id)
    except AlreadyDecided:
        messages.error(request, "这一批已经处理过了。")
        return redirect("upload", upload_id)
    except FilesGone:
        messages.error(request, "文件已过保存期，请重新上传。")
        return redirect("upload", upload_id)
    messages.success(request, f"已写入：新增 {new} 人，改动 {changed} 人。不对的话可以整批撤销。")
    return redirect("upload", upload_id)


@login_required
@require_POST
def undo(request: HttpRequest, upload_id: UUID, busy: Busy) -> HttpResponse:
    """Take a whole batch back; who was changed since is kept and named. `busy`: what apps above know is underway."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        undone = undo_batch(actor=scope.user, upload=upload, busy=busy, today=today_of(request))
    except AlreadyDecided:
        messages.error(request, "这一批没有写入过，或已经撤销。")
        return redirect("upload", upload_id)
    messages.success(request, f"已撤销：退出 {undone.closed} 人，恢复 {undone.put_back} 人原来的内容。")
    if undone.kept:
        names = "、".join(entry.current.name if entry.current else "" for entry in undone.kept)
        messages.warning(request, f"{len(undone.kept)} 人在导入后又改过或正在转接，没有动：{names}。")
    return redirect("upload", upload_id)


@login_required
@require_POST
def discard(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Leave an upload aside unapplied."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        services.discard(actor=scope.user, upload_id=upload.id)
    except AlreadyDecided:
        messages.error(request, "这一批已经处理过了。")
        return redirect("upload", upload_id)
    messages.success(request, "已放弃，台账没有改动。")
    return redirect("branch-send", upload.branch_id) if upload.branch_id else redirect("send")


@login_required
@require_http_methods(["GET", "POST"])
def returns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Returned files, problem list, messages and sums in one package, as `paicha collate` writes them."""
    scope, upload = upload_for(request, KIND, upload_id)
    now = timezone.localtime()
    whose = upload.branch_id or scope.committee_id
    try:
        with _planned(scope, upload, today_of(request), keep=request.method == "POST") as plan:
            people = sum(len(branch.changes) for branch in plan.branches) + len(plan.result.unassigned)
            export = Export(
                name=scope.tree[whose].name,
                form="收表结果",
                of=[(whose, people)],
                back=reverse("upload", args=[upload_id]),
                make=lambda protected: packed(plan, now, protected),
                file_name=f"收表结果 {now:%Y-%m-%d %H%M}.zip",
                content_type="application/zip",
            )
            return take_out(request, scope.user, export)
    except FilesGone:
        messages.error(request, "文件已过保存期，请重新上传。")
        return redirect("upload", upload_id)
