"""The day as the office's calendar has it: the only place of the site that asks for it."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
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


def asked_day(request: HttpRequest) -> date:
    """The day that a page is asked for by `?at=YYYY-MM-DD`, else today. What is no day, or one to come, is told and
    read as today."""
    today, said = today_of(request), request.GET.get("at", "").strip()
    if not said:
        return today
    try:
        day = date.fromisoformat(said)
    except ValueError:
        messages.error(request, f"“{said[:20]}”不是日期，请写成 {today:%Y-%m-%d} 这样；下面是现在的情况。")
        return today
    if day > today:
        messages.error(request, f"{day:%Y-%m-%d} 还没有到；下面是现在的情况。")
        return today
    return day
