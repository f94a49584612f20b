"""The day as the office's calendar has it: the only place of the site that asks for it."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class Today:
    """Gives each request its day (`today_of`), so that a page is of one day even at midnight."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.today = timezone.localdate()  # type: ignore[attr-defined]
        return self._get_response(request)


def today_of(request: HttpRequest) -> date:
    return request.today  # type: ignore[attr-defined,no-any-return]
