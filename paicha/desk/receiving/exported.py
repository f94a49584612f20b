"""系统转接名单 applied and undone: its receipts give the verdicts of a running campaign too."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from paicha.desk.receiving import recording
from paicha.formats.readers.exported import ExportProblem
from paicha.intake import columns
from paicha.intake.access import upload_for
from paicha.intake.asking import GONE
from paicha.intake.services import AlreadyDecided, PlanChanged
from paicha.intake.storage import FilesGone
from paicha.transfers.exported.reading import KIND
from paicha.transfers.exported.services import Refused, apply_export, undo_export
from paicha.transfers.exported.views import planned
from paicha.web.today import today_of


@login_required
@require_POST
def apply(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Write what was looked at, all of it or nothing."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        plan = planned(request, scope, upload)
        apply_export(
            actor=scope.user,
            upload=upload,
            plan=plan,
            digest=request.POST.get("digest", ""),
            receive=recording.receive,
            today=today_of(request),
        )
    except PlanChanged:
        messages.error(request, "转接在您核对时有了改动，请按下面新的对比再核对一次。还没有写入。")
    except AlreadyDecided:
        messages.error(request, "这一批已经处理过了。")
    except FilesGone:
        messages.error(request, GONE)
    except (Refused, columns.Refused, ExportProblem) as problem:
        messages.error(request, f"没有写入：{problem}。")
    else:
        people = len({change.whom.member.id for change in plan.to_write if change.whom})
        messages.success(request, f"已写入 {people} 人的转接。不对的话可以整批撤销。")
    return redirect("exported-upload", upload_id)


@login_required
@require_POST
def undo(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take a whole batch back; who went on since is kept and named."""
    scope, upload = upload_for(request, KIND, upload_id)
    try:
        undone = undo_export(actor=scope.user, upload=upload, back=recording.take_back, today=today_of(request))
    except AlreadyDecided:
        messages.error(request, "这一批没有写入过，或已经撤销。")
        return redirect("exported-upload", upload_id)
    messages.success(request, f"已撤销：{undone.people} 人的转接回到写入以前。")
    if undone.kept:
        messages.warning(request, f"{len(undone.kept)} 人在写入后又有了下一步，没有动：{'、'.join(undone.kept)}。")
    return redirect("exported-upload", upload_id)
