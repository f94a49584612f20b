"""Each request of a signed-in person works for that person's committee, in one transaction on PostgreSQL."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from paicha.organizations.models import User
from paicha.tenancy.current import working_for

SERVER_FAULT = 500


class WorkingForCommittee:
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
