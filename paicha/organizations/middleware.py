"""What each request of a signed-in person goes through: it works for that person's committee, in one transaction on
PostgreSQL; a session has its end, however busy; who must set up a second factor is led there first."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import logout
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from paicha.organizations.models import User
from paicha.tenancy.current import working_for
from paicha.web.again import again

SERVER_FAULT = 500
UNTIL = "signed_in_until"  # in the session: seconds since 1970
MUST_SET_UP = "must_set_up_second_factor"
_BEFORE_SET_UP = {"second-factor", "sign-out", "healthz", "readyz"}


class SessionEnds:
    """Ends a session when its hours are over, and leads who must set up a second factor to that page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and timezone.now().timestamp() >= request.session.get(UNTIL, 0):
            logout(request)
            messages.warning(request, "登录的时间到了，为了安全已经退出。请重新登录。")
            if kept := again(request):
                return kept
            onward = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
            return redirect(reverse("sign-in") + onward)
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        elsewhere = match is None or match.view_name not in _BEFORE_SET_UP
        if elsewhere and request.user.is_authenticated and request.session.get(MUST_SET_UP):
            return redirect("second-factor")
        return None


class WorkingForCommittee:
    """Opens the committee's rows to the request of a person who belongs to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not isinstance(request.user, User) and not hasattr(request.user, "committee_id"):
            return self._get_response(request)
        with working_for(request.user.committee_id):
            response = self._get_response(request)
            # Django has made the fault into a page already: what the request wrote before it must go all the same.
            if response.status_code >= SERVER_FAULT and connection.in_atomic_block:
                transaction.set_rollback(True)
        return response
