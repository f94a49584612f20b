"""Logs as JSON lines, without personal data: an error is told by its kind and place, never by its values, since those
of a database or of a cell hold names and numbers."""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """time, level, logger, request id; the message of our own loggers alone; of an exception kind and places."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": request_id.get(),
        }
        if record.name.startswith("paicha"):
            line["message"] = record.getMessage()
            line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["at"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _places(trace: object) -> list[str]:
    """File, line and function of each step, innermost last; no source line and no value."""
    steps = traceback.extract_tb(trace)  # type: ignore[arg-type]
    return [f"{step.filename.rpartition('site-packages/')[2]}:{step.lineno} {step.name}" for step in steps][-12:]
