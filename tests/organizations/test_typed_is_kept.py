"""A form that came after its session had ended: what was typed stands in the page that says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from paicha.organizations.middleware import UNTIL
from tests.college import College, posted, uploaded

ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def new_person(college: College) -> str:
    return f"/branches/{college.survey.id}/register/new"


def test_what_nobody_sent_is_kept_to_be_sent_again(new_person: str) -> None:
    answer = Client().post(new_person, posted(name="赵 六"), headers=ORIGIN)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'name="c1" value="赵 六"' in page
    assert f'action="{new_person}"' in page
    assert answer["Cache-Control"] == "no-store"


def test_so_is_what_came_when_the_hours_were_over(college: College, new_person: str) -> None:
    browser = college.client("clerk")
    session = browser.session
    session[UNTIL] = (timezone.now() - timedelta(minutes=1)).timestamp()
    session.save()
    assert 'value="赵六"' in browser.post(new_person, posted(name="赵六"), headers=ORIGIN).content.decode()


def test_a_page_from_before_signing_in_anew_is_sent_by_one_more_click(college: College, new_person: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(college.people["clerk"])
    answer = browser.post(new_person, posted(name="赵六"), headers=ORIGIN)
    page = answer.content.decode()
    assert "请再点一次" in page
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = browser.post(new_person, {**posted(name="赵六"), "csrfmiddlewaretoken": token}, headers=ORIGIN)
    assert answer.status_code == 302


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_a_form_of_a_strange_page_is_not_offered_again(college: College, new_person: str, origin: Any) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(college.people["clerk"])
    page = browser.post(new_person, posted(name="赵六"), headers=origin).content.decode()
    assert "赵六" not in page
    assert "打开得太久" in page


def test_files_are_asked_for_anew(new_person: str) -> None:
    sent = {"files": uploaded("a.xlsx", b"x"), "a": "b"}
    assert Client().post(new_person, sent, headers=ORIGIN)["Location"].startswith("/sign-in?next=")


def test_no_page_holds_a_password(college: College) -> None:
    sent = {"old": "从前的密码 2023", "new": "今后的密码 2024", "again": "今后的密码 2024"}
    assert Client().post("/password", sent, headers=ORIGIN)["Location"].startswith("/sign-in?next=")
    late = Client(enforce_csrf_checks=True)
    late.force_login(college.people["clerk"])
    for address in ("/password", "/sign-in", "/join/abc"):
        assert "2024" not in late.post(address, sent, headers=ORIGIN).content.decode()
