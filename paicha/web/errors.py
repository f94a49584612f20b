"""The pages for what went wrong, in plain words: what happened, and what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paicha.web.again import again
from paicha.web.logs import request_id


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", {"request_id": request_id.get()}, status=500)


def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF: mostly a page left open over night, or one from before one signed in anew."""
    return again(request) or render(request, "page_expired.html", status=403)
