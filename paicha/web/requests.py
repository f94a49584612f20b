"""One log line a request: who is not in it, nor what was typed; the address without its query."""

import logging
import time
from collections.abc import Callable
from secrets import token_hex

from django.http import HttpRequest, HttpResponse

from paicha.web.logs import request_id

log = logging.getLogger("paicha.web")


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
