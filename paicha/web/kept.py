"""No browser and no proxy keeps a page: it holds people's data, and the next one at a shared computer would find it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class KeptByNobody:
    """Says so on every answer that the site makes (style sheets and scripts are answered before it)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        response["Cache-Control"] = "no-store"
        return response
