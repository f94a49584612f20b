"""查看完整号码: a reason first; then the numbers, on that answer alone."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from paicha.domain.readings import as_text
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.register.forms import COLUMNS, MASKS, label, masked
from paicha.register.selectors import current_of
from paicha.register.unmasking.reasons import ReasonForm, reason_form
from paicha.register.unmasking.services import record_unmasking

UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def unmask(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """GET asks for the reason, POST answers with the numbers: they stand in no address and in no cache."""
    scope, entry = entry_for(request, Permission.REGISTER_UNMASK, entry_id)
    current = current_of(entry)
    context = {"branch": scope.tree[entry.branch_id], "entry": entry, "current": current}
    form = reason_form(request.POST) if request.method == "POST" else ReasonForm()
    if form.chosen is None or form.faults:
        status = UNFIT if form.faults else 200
        return render(request, "register/unmasking/reason.html", context | {"form": form}, status=status)
    record_unmasking(actor=scope.user, entry=entry, why=form.chosen, words=form.words)
    numbers = [
        (label(column), text)
        for column in COLUMNS
        if (text := as_text(current.cells[column])) and (column in MASKS or masked(column, text) != text)
    ]
    shown = {"numbers": numbers, "why": form.chosen, "now": timezone.localtime()}
    return render(request, "register/unmasking/numbers.html", context | shown)
