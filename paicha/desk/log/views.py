"""The page 操作记录."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from paicha.audit.events import Event, Group
from paicha.audit.selectors import before, events, sealed_until
from paicha.desk.log.forms import Filter, place, read
from paicha.desk.log.lines import lines_of
from paicha.organizations.access import Scope, require
from paicha.organizations.accounts.selectors import names
from paicha.organizations.permissions import Permission
from paicha.register.selectors import entries_within

if TYPE_CHECKING:
    from paicha.audit.models import AuditEvent

PAGE = 100  # lines


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what and when, newest first; filtered by person, branch, kind and days."""
    scope = require(request, Permission.AUDIT_VIEW)
    wanted = read(request.GET)
    found = _found(scope, wanted)
    shown = found[:PAGE]
    mine = scope.branches(Permission.REGISTER_VIEW)
    about = [event.subject_id for event in shown if event.subject_kind == "entry" and event.subject_id]
    accounts = names(scope.committee_id)
    context = {
        "filter": wanted,
        "lines": lines_of(shown, scope.tree, dict(accounts), entries_within(scope.committee_id, mine, about)),
        "accounts": accounts,
        "branches": scope.tree.branches(),
        "groups": [(group, [event for event in Event if event.group is group]) for group in Group],
        "sealed_until": sealed_until(scope.committee_id),
        "older": _older(wanted, shown[-1]) if len(found) > PAGE else "",
    }
    return render(request, "desk/log/audit.html", context)


def _found(scope: Scope, wanted: Filter) -> "list[AuditEvent]":
    """A page of events and one more, which tells whether there is another page."""
    found = events(
        scope.committee_id,
        branch_ids=[wanted.branch] if wanted.branch else None,
        event=wanted.event,
        group=wanted.group,
        actor=wanted.actor,
        since=wanted.since,
        until=wanted.until,
    )
    if wanted.after:
        found = before(found, *wanted.after)
    return list(found[: PAGE + 1])


def _older(wanted: Filter, last: "AuditEvent") -> str:
    """The address of the page below."""
    return f"?{wanted.address()}&{urlencode({'after': place(last.occurred_at, last.id)})}"
