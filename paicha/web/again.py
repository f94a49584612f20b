"""A form that came too late, after its session or its token had ended: what was typed goes back with the page that
says so, and is sent again from there once one has signed in. Nothing typed is lost (design.md)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

MOST_FIELDS = 1000
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of the field
SECRET = ("/sign-in", "/second-factor", "/password", "/join/")  # where passwords and codes are typed
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class TypedIsKept:
    """Answers a form from nobody with the page above instead of with the sign-in page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        asked_to_sign_in = response.headers.get("Location", "").startswith(f"{resolve_url(settings.LOGIN_URL)}?")
        return again(request) or response if asked_to_sign_in else response


def again(request: HttpRequest) -> HttpResponse | None:
    """The page that holds what was typed; None where nothing can be kept: no form of ours, one with a password, which
    no page is to hold, or one with files, which a page cannot hold."""
    if request.path_info.startswith(SECRET):
        return None
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name != TOKEN]
    if not typed or request.FILES or len(typed) > MOST_FIELDS or not _from_here(request):
        return None
    answer = render(request, "again.html", {"typed": typed}, status=403)
    answer["Cache-Control"] = "no-store"
    return answer


def _from_here(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form, as the browser says: nobody is to be led to send a stranger's."""
    ours = f"{request.scheme}://{request.get_host()}"
    return request.method == "POST" and request.content_type in FORMS and request.headers.get("Origin") == ours
