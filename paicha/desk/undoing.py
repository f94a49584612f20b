"""Imports taken back, with what the apps above the register know of their people: nobody whose transfer is open goes
with a batch."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from paicha.register.importing.views import undo as undo_register
from paicha.register.roster.importing.views import undo as undo_roster
from paicha.transfers.tracking.selectors import moving


@login_required
@require_POST
def register(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """A batch of 附件1."""
    return undo_register(request, upload_id, moving)


@login_required
@require_POST
def roster(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """A batch of the roster."""
    return undo_roster(request, upload_id, moving)
