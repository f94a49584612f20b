"""The sheet's page, and what it sends: saves and undos as JSON."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from paicha.domain.findings import Severity
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.access import branch_for
from paicha.register.belonging import NumberTaken
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.register.selectors import Row, register_of
from paicha.register.sheet.arranging import ORDERS, SHOWS, arrangement_of
from paicha.register.sheet.rows import Unreadable, as_json, columns, saves_of, undos_of
from paicha.register.sheet.services import RowsConflict, Written, save_rows, undo_rows
from paicha.web.today import today_of


@login_required
@require_GET
def sheet(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """本支部流出党员, as a sheet."""
    scope = branch_for(request, Permission.REGISTER_EDIT, branch_id)
    arrangement = arrangement_of(request.GET)
    rows = register_of(scope.tree, scope.committee_id, branch_id, _recorder(request, scope, branch_id)).rows
    context = {
        "branch": scope.tree[branch_id],
        "arrangement": arrangement,
        "shows": SHOWS,
        "orders": ORDERS,
        "sheet": {
            "columns": columns(),
            "rows": [as_json(row) for row in arrangement.of(rows)],
            "standing": _counts(rows),
            "save": reverse("sheet-save", args=[branch_id]),
            "undo": reverse("sheet-undo", args=[branch_id]),
            "entry": reverse("entry", args=[branch_id]).replace(str(branch_id), "ENTRY"),
        },
    }
    return render(request, "register/sheet/sheet.html", context)


@login_required
@require_POST
def save(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """Write rows. Answers with every row as it stands now, since a number may be another row's duplicate."""
    return _write(request, branch_id, saves_of, save_rows)


@login_required
@require_POST
def undo(request: HttpRequest, branch_id: UUID) -> HttpResponse:
    """Take rows back."""
    return _write(request, branch_id, undos_of, undo_rows)


def _write(
    request: HttpRequest, branch_id: UUID, read: Callable[[bytes], Any], service: Callable[..., list[Written]]
) -> HttpResponse:
    scope = branch_for(request, Permission.REGISTER_EDIT, branch_id)
    recorder, today = _recorder(request, scope, branch_id), today_of(request)
    try:
        rows = read(request.body)
        written = service(actor=scope.user, branch_id=branch_id, rows=rows, recorder=recorder, today=today)
    except Unreadable as problem:
        return JsonResponse({"message": str(problem)}, status=422)
    except NumberTaken as taken:
        return JsonResponse({"message": f"{taken}，请核对号码；是同一个人、仍要登记的，再试一次"}, status=422)
    except LookupError:
        return JsonResponse({"message": "有的人不在本支部的台账上，请刷新页面"}, status=404)
    except RowsConflict as conflict:
        stale = {"stale": [str(entry) for entry in conflict.entries]}
        return JsonResponse(stale | _standing(scope, branch_id, recorder), status=409)
    done = [
        {"entry": str(w.entry), "before": str(w.before) if w.before else None, "after": str(w.after)} for w in written
    ]
    return JsonResponse({"written": done} | _standing(scope, branch_id, recorder))


def _counts(rows: Sequence[Row]) -> dict[str, int]:
    """People, errors and warnings of all rows, shown or not."""
    found = [finding.severity for row in rows for finding in row.findings]
    return {"people": len(rows), "errors": found.count(Severity.ERROR), "warnings": found.count(Severity.WARNING)}


def _standing(scope: Scope, branch_id: UUID, recorder: Recorder) -> dict[str, Any]:
    """Every row of the register as it stands."""
    rows = register_of(scope.tree, scope.committee_id, branch_id, recorder).rows
    return {"rows": [as_json(row) for row in rows]}


def _recorder(request: HttpRequest, scope: Scope, branch_id: UUID) -> Recorder:
    return Recorder(rules_of(scope.tree, branch_id, today_of(request)))
