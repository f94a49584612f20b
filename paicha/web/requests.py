"""What every request goes through first: one log line (who is not in it, nor what was typed; the address without its
query), whether it came by HTTPS, and a bound on what is sent."""

import logging
import time
from collections.abc import Callable
from secrets import token_hex

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paicha.web.logs import request_id

log = logging.getLogger("paicha.web")
MIB = 1024 * 1024
MOST_BODY = 256  # MiB; a page that takes files has a bound of its own below it, and says so in its own words
TOO_LARGE = 413


class RequestLog:
    """Gives each request an id, which stands in its log lines, its response and on the page of a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(token_hex(6))
        started, worked = time.perf_counter(), time.thread_time()
        try:
            response = self._get_response(request)
            response["X-Request-Id"] = request_id.get()
            match = request.resolver_match
            fields = {
                "route": match.view_name if match else "",
                "method": request.method,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
                "cpu_ms": round((time.thread_time() - worked) * 1000, 1),  # the rest waited: for a core, the database
            }
            log.info("request", extra={"fields": fields})
            return response
        finally:
            request_id.reset(token)


class ServedByHttps:
    """Takes every request for one that came by HTTPS where the installation says so: what stands in front of the site
    (a proxy) speaks plain HTTP to it, and Django would else refuse what is sent, since it comes from https://."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SERVED_BY_HTTPS:
            request.META["wsgi.url_scheme"] = "https"
        return self._get_response(request)


class BodyLimit:
    """Refuses what is larger than anything the site takes, before it is written to the disk: whoever reaches the site
    could else fill it, signed in or not. A request that does not say its length has none (WSGI)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MOST_BODY * MIB:
            return render(request, "413.html", {"most": MOST_BODY}, status=TOO_LARGE)
        return self._get_response(request)
