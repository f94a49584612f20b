"""Two at once who write down one new ID number, on PostgreSQL: the second is told in words, and loses nothing typed."""

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import connection, connections, transaction

from paicha.domain.vocabulary import Verdict
from paicha.register.models import Affiliation, Member, RegisterEntry
from tests.campaigns.world import deployed, member, unit
from tests.college import College, form_bytes, posted, uploaded
from tests.world import id_number, row

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
NUMBER = id_number(sequence=777)
TOLD = "刚刚有人登记了同一个身份证号"


def second_of(first: Callable[[], object], second: Callable[[], Any], college: College) -> Any:
    """What the second gets, who sends while the first has written and not yet committed."""
    written = Event()

    def go_first() -> None:
        try:
            with college.at_work(), transaction.atomic():
                first()
                written.set()
                until_somebody_waits()
        finally:
            connections.close_all()

    def go_second() -> Any:
        written.wait(5)
        try:
            return second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        doing, answer = pool.submit(go_first), pool.submit(go_second)
        doing.result()
        return answer.result()


def until_somebody_waits() -> None:
    """Until the second is at it, and has to wait for the first."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
            sleep(0.02)


def add(college: College, **cells: Any) -> Callable[[], object]:
    return lambda: college.add(college.computing, 7, id_number=NUMBER, **cells)


def one_of_each(college: College, entries: int) -> None:
    with college.at_work():
        assert Member.objects.filter(id_hash__isnull=False).count() == 1
        assert Affiliation.objects.filter(until=None, member__id_hash__isnull=False).count() == 1
        assert RegisterEntry.objects.filter(member__id_hash__isnull=False).count() == entries


def test_the_second_who_adds_is_told_and_may_save_again(transactional_db: None, college: College) -> None:
    browser, url = college.client("clerk"), f"/branches/{college.survey.id}/register/new"
    sent = posted(id_number=NUMBER, name="后来的")
    answer = second_of(add(college), lambda: browser.post(url, sent), college)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert TOLD in shown
    assert 'value="后来的"' in shown
    assert f'value="{NUMBER}"' in shown
    one_of_each(college, 1)
    assert browser.post(url, sent).status_code == 302
    one_of_each(college, 2)


def test_the_second_who_mends_a_number_is_told(transactional_db: None, college: College) -> None:
    entry = college.add(college.survey, 6, id_number="")
    browser, url = college.client("clerk"), f"/entries/{entry.id}"
    sent = posted(id_number=NUMBER, name="后来的") | {"base": str(entry.current_id)}
    answer = second_of(add(college), lambda: browser.post(url, sent), college)
    assert answer.status_code == 422
    assert TOLD in answer.content.decode()
    assert 'value="后来的"' in answer.content.decode()
    assert f'value="{NUMBER}"' in answer.content.decode()
    assert browser.post(url, sent).status_code == 302


def test_the_second_who_types_on_the_sheet_is_told(transactional_db: None, college: College) -> None:
    browser = college.client("clerk")
    line = {"entry": None, "base": None, "cells": {"c1": "后来的", "c7": NUMBER}}
    answer = second_of(
        add(college),
        lambda: browser.post(
            f"/branches/{college.survey.id}/sheet/rows",
            json.dumps({"rows": [line]}),
            content_type="application/json",
        ),
        college,
    )
    assert answer.status_code == 422
    assert TOLD in answer.json()["message"]
    one_of_each(college, 1)


def test_somebody_of_the_roster_put_on_the_register_as_second_is_told(transactional_db: None, college: College) -> None:
    present = member(college, college.survey, "名册里的")
    ours = unit(college, deployed(college), college.survey)
    browser = college.client("clerk")
    sent = posted(id_number=NUMBER, name="名册里的")
    decided = {"verdict": str(Verdict.OUTFLOW.value), "changed_on": "2023-01-01", "never_since": "yes"}
    for url, more in (
        (f"/branches/{college.survey.id}/roster/{present.id}/register", {}),
        (f"/units/{ours.id}/check/{present.id}/enter", decided),
    ):
        number = id_number(sequence=len(url))
        answer = second_of(
            lambda number=number: college.add(college.computing, 7, id_number=number),
            lambda url=url, more=more, number=number: browser.post(url, sent | more | {"c7": number}),
            college,
        )
        assert answer.status_code == 422
        assert TOLD in answer.content.decode()
        assert f'value="{number}"' in answer.content.decode()
    with college.at_work():
        assert not RegisterEntry.objects.filter(member=present).exists()


def test_a_file_that_brings_the_number_as_second_is_looked_at_again(transactional_db: None, college: College) -> None:
    browser = college.client("clerk")
    file = uploaded("测绘.xlsx", form_bytes(row(6, id_number=NUMBER, name="后来的")))
    url = browser.post(f"/branches/{college.survey.id}/uploads", {"files": [file]})["Location"]
    digest = re.search(r'name="digest" value="(\w+)"', browser.get(url).content.decode())
    assert digest
    answer = second_of(add(college), lambda: browser.post(f"{url}/apply", {"digest": digest[1]}), college)
    assert answer.status_code == 302
    assert "再核对一次" in browser.get(url).content.decode()
    one_of_each(college, 1)


def test_two_who_put_one_known_member_on_their_registers_at_once_both_do(
    transactional_db: None, college: College
) -> None:
    known = college.add(college.survey, 6, id_number=NUMBER)
    college.client("clerk").post(f"/entries/{known.id}/close", {"closing": "5"})  # belongs nowhere now
    browser, url = college.client("clerk"), f"/branches/{college.survey.id}/register/new"
    answer = second_of(add(college), lambda: browser.post(url, posted(id_number=NUMBER)), college)
    assert answer.status_code == 302
    one_of_each(college, 3)
