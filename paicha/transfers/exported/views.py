"""Pages of 系统转接名单: the file, which column and which word is what, what it would do. Applying and undoing lie in
desk/receiving, since the campaign's verdict goes with a receipt."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.exported import Status
from paicha.formats.readers.exported import ExportProblem, Field, read_export
from paicha.formats.readers.listed import Listed
from paicha.formats.readers.source import Source
from paicha.intake import services
from paicha.intake.access import sending_for, upload_for
from paicha.intake.asking import GONE, Around, ask_columns, opened
from paicha.intake.columns import Refused, asked_of, is_answered
from paicha.intake.models import State, Upload
from paicha.intake.selectors import saved_columns, uploads_of
from paicha.intake.services import AlreadyDecided, receive, set_columns
from paicha.intake.storage import FilesGone
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.organizations.tree import Tree
from paicha.register.importing.plan import shown_file
from paicha.register.rules import rules_of
from paicha.transfers.exported.plan import SOMEBODY_ELSE, Asking, Plan, What, plan_of
from paicha.transfers.exported.reading import CALLED, KIND, WANTED, WORDS, saved_words, unknown_words
from paicha.web.today import today_of

MOST_BYTES = 64 * 1024 * 1024
UNFIT = 422
WHO = "who-"  # before the key of a row: whose it was said to be


@login_required
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, branch_id: UUID | None = None) -> HttpResponse:
    """系统转接名单: one file in, of a branch or (without one) of all; and what came in before."""
    scope = sending_for(request, branch_id)
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is not None and 0 < (file.size or 0) <= MOST_BYTES:
            named = [(file.name or CALLED, file.read())]
            upload = receive(actor=scope.user, kind=KIND, branch_id=branch_id, files=named)
            return redirect("exported-upload", upload.id)
        limit = MOST_BYTES // 1024 // 1024
        messages.error(request, f"文件是空的，或超过 {limit} MB。" if file else "还没有选择文件。")
    mine = frozenset({branch_id}) if branch_id else scope.branches(Permission.INTAKE_UPLOAD)
    uploads = uploads_of(scope.committee_id, KIND, mine, everybody=branch_id is None)
    context = {"uploads": uploads[:20], "State": State, "branch": scope.tree[branch_id] if branch_id else None}
    return render(request, "transfers/exported/send.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Which column is what."""
    scope, upload = upload_for(request, KIND, upload_id)
    around = Around(
        page="系统转接名单",
        back=back_of(upload),
        preview=reverse("exported-upload", args=[upload.id]),
        discard=reverse("exported-discard", args=[upload.id]),
    )
    return ask_columns(request, scope, upload, WANTED, around)


@login_required
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What each word of the system means that nobody has spoken of yet; kept for the next time."""
    scope, upload = upload_for(request, KIND, upload_id)
    problem, asked = "", list[str]()
    try:
        with opened(upload) as source:
            asked = unknown_words(_read(scope, source).rows, saved_words(scope.committee_id))
    except FilesGone:
        problem = GONE
    except (Refused, ExportProblem) as refused:
        problem = f"{refused}。"
    said = [request.POST.get(f"word-{n}", "") for n in range(len(asked))]
    labels = [status.label for status in Status]
    if request.method == "POST" and not problem:
        if all(label in labels for label in said):
            kept = dict(zip(asked, said, strict=True))
            set_columns(actor=scope.user, kind=WORDS, called=f"{CALLED}的状态", columns=kept)
            return redirect("exported-upload", upload_id)
        problem = "每个状态都要选一个意思；和转接没有关系的选“不读入”。"
    if not asked and not problem:
        return redirect("exported-upload", upload_id)
    context = {"upload": upload, "asked": list(zip(asked, said, strict=True)), "labels": labels, "problem": problem}
    return render(request, "transfers/exported/words.html", context, status=UNFIT if problem else 200)


@login_required
@require_GET
def preview(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """What the list would do; nothing is written yet. Columns and words that nobody has spoken of are asked first."""
    scope, upload = upload_for(request, KIND, upload_id)
    context: dict[str, object] = {"upload": upload, "State": State, "back": back_of(upload)}
    if upload.state != State.RECEIVED:
        return render(request, "transfers/exported/decided.html", context)
    try:
        with opened(upload) as source:
            known = saved_columns(scope.committee_id, KIND)
            if not is_answered(asked_of(WANTED, source, known), known):
                return redirect("exported-columns", upload_id)
            listed = _read(scope, source)
            if unknown_words(listed.rows, saved_words(scope.committee_id)):
                return redirect("exported-words", upload_id)
            context |= _of_plan(_planned(request, scope, upload, listed, request.GET), scope.tree, request.GET)
    except FilesGone:
        context["problem"] = GONE
    except (Refused, ExportProblem) as problem:
        context["problem"] = f"{problem}。"
    return render(request, "transfers/exported/preview.html", context)


@login_required
@require_POST
def discard(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Leave an upload aside unapplied."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        services.discard(actor=scope.user, upload_id=upload.id)
    except AlreadyDecided:
        messages.error(request, "这一批已经处理过了。")
    else:
        messages.success(request, "已放弃，转接没有改动。")
    return redirect(back_of(upload))


def back_of(upload: Upload) -> str:
    """The page on which the file was sent."""
    return reverse("branch-exported", args=[upload.branch_id]) if upload.branch_id else reverse("exported")


def planned(request: HttpRequest, scope: Scope, upload: Upload) -> Plan:
    """The plan of an upload, with what was sent of whose rows are whose. Raises FilesGone, Refused, ExportProblem."""
    with opened(upload) as source:
        return _planned(request, scope, upload, _read(scope, source), request.POST)


def _planned(
    request: HttpRequest, scope: Scope, upload: Upload, listed: Listed[Field], sent: Mapping[str, str]
) -> Plan:
    """`branches`: those in which the sender may write, of one branch's list that branch alone."""
    mine = scope.branches(Permission.REGISTER_EDIT)
    today = today_of(request)
    asking = Asking(
        branches=mine & {upload.branch_id} if upload.branch_id else mine,
        words=saved_words(scope.committee_id),
        chosen={key.removeprefix(WHO): said for key, said in sent.items() if key.startswith(WHO)},
        home=rules_of(scope.tree, upload.branch_id or scope.committee_id, today).home,
        today=today,
    )
    return plan_of(listed, scope.tree, scope.committee_id, asking)


def _read(scope: Scope, source: Source) -> Listed[Field]:
    return read_export(source, saved_columns(scope.committee_id, KIND))


def _of_plan(plan: Plan, tree: Tree, sent: Mapping[str, str]) -> dict[str, object]:
    chosen = [(key, said) for key, said in sent.items() if key.startswith(WHO) and said]
    written = [(change, tree[change.whom.branch_id].name) for change in plan.to_write if change.whom]
    return {
        "plan": plan,
        "counts": plan.counts,
        "written": sorted(written, key=lambda one: list(What).index(one[0].what)),
        "asked": [
            (change, [(str(c.member_id), c.name, tree[c.branch_id].name) for c in change.candidates])
            for change in plan.of(What.ASKED)
        ],
        "unchanged": plan.of(What.UNCHANGED),
        "unknown": plan.of(What.UNKNOWN),
        "faults": [(shown_file(item.place), item) for item in plan.faults],
        "chosen": chosen,
        "somebody_else": SOMEBODY_ELSE,
    }
