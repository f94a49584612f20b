"""Logs hold no personal data, whatever goes wrong: canary numbers are planted and every line is searched."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from paicha.register import services
from paicha.web.logs import JsonLines
from tests.college import College, posted
from tests.world import id_number

CANARY_ID, CANARY_PHONE, CANARY_NAME = id_number(sequence=999), "13900009999", "金丝雀"


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """Everything that any logger writes, in the site's own form."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("paicha", "django.request", "django", "")]
    for logger in loggers:
        logger.addHandler(handler)
    yield out
    for logger in loggers:
        logger.removeHandler(handler)


def test_no_number_and_no_name_reaches_a_log(
    college: College, lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = posted(name=CANARY_NAME, id_number=CANARY_ID, phone=CANARY_PHONE)
    browser = college.client("clerk")
    base = f"/branches/{college.survey.id}"
    browser.post(f"{base}/register/new", cells)
    browser.get(f"{base}/register?name={CANARY_NAME}&id={CANARY_ID}")
    browser.post(f"{base}/uploads", {"files": SimpleUploadedFile(f"{CANARY_NAME}{CANARY_ID}.xlsx", b"no workbook")})
    browser.post("/sign-in", {"username": CANARY_PHONE, "password": CANARY_ID})
    browser.get(f"/no-such-page/{CANARY_ID}")

    def fall(**_: object) -> None:
        number = CANARY_ID
        raise ValueError(f"value {number} of {CANARY_NAME}")

    monkeypatch.setattr(services, "add_entry", fall)
    assert browser.post(f"{base}/register/new", cells).status_code == 500
    written = lines.getvalue()
    for canary in (CANARY_ID, CANARY_PHONE, CANARY_NAME):
        assert canary not in written
    assert any(json.loads(line).get("exception") == "ValueError" for line in written.splitlines())


def test_each_request_has_an_id_that_its_answer_and_the_page_of_a_fault_name(
    college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services, "add_entry", fall)
    answer = college.client("clerk").post(f"/branches/{college.survey.id}/register/new", posted())
    assert answer.status_code == 500
    assert answer["X-Request-Id"] in answer.content.decode()
