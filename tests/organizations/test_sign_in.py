"""Signing in: locked out after five wrong passwords, a code where there is an authenticator, out after some hours."""

from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.organizations.factors.codes import open_secret, seal_secret
from paicha.organizations.factors.services import set_up
from paicha.organizations.models import RecoveryCode, SecondFactor
from tests.college import College

PASSWORD, WRONG = "长长的密码 2023", "我的真密码打错了"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  made up


@pytest.fixture
def clerk(college: College) -> Any:
    """The survey branch's clerk, with a password."""
    user = college.people["clerk"]
    user.set_password(PASSWORD)
    user.save()
    return user


def attempt(username: str = "clerk", password: str = PASSWORD, browser: Client | None = None) -> Any:
    return (browser or Client()).post("/sign-in", {"username": username, "password": password})


def events(college: College, event: Event) -> list[AuditEvent]:
    with college.at_work():
        return list(AuditEvent.objects.filter(event=event))


def with_authenticator(college: College, user: Any) -> list[str]:
    """Set up SECRET for a person, half an hour ago; returns the recovery codes."""
    before = timezone.now() - timedelta(minutes=30)
    with college.at_work():
        return set_up(user=user, secret=SECRET, code=code(before), now=before)


def code(at: datetime | None = None) -> str:
    return pyotp.TOTP(SECRET).at(at or timezone.now())


def test_five_wrong_passwords_lock_the_name_out_and_no_other(college: College, clerk: Any) -> None:
    answers = [attempt(password=WRONG) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "15 分钟" in answers[-1].content.decode()
    assert attempt().status_code == 429, "the right password does not open it"
    secretary = college.people["secretary"]
    secretary.set_password(PASSWORD)
    secretary.save()
    assert attempt("secretary").status_code == 302


def test_failures_and_the_lock_out_are_in_the_audit_without_what_was_typed(college: College, clerk: Any) -> None:
    for _ in range(8):
        attempt(password=WRONG)
    failed, locked = events(college, Event.SIGN_IN_FAILED), events(college, Event.LOCKED_OUT)
    assert (len(failed), len(locked)) == (4, 1)
    assert {event.payload for event in failed + locked} == {"{}"}
    assert {event.subject_id for event in failed + locked} == {clerk.id}


def test_a_name_that_nobody_has_fails_alike_and_is_in_no_audit(college: College) -> None:
    assert attempt("nobody").status_code == 200
    assert not events(college, Event.SIGN_IN_FAILED)


def test_the_lock_ends_after_a_quarter_of_an_hour_however_often_it_was_tried(
    college: College, clerk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        attempt(password=WRONG)
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=10))
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: now + timedelta(minutes=10))
    assert attempt().status_code == 429
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=16))
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: now + timedelta(minutes=16))
    assert attempt().status_code == 302


def test_a_session_ends_after_its_hours_however_busy(
    college: College, clerk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Client()
    attempt(browser=browser)
    now = timezone.now()
    for hours in (1, settings.SESSION_HOURS - 0.1):
        monkeypatch.setattr("django.utils.timezone.now", lambda hours=hours: now + timedelta(hours=hours))
        assert browser.get("/").status_code == 200
        session = browser.session
        session["touched"] = hours
        session.save()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=settings.SESSION_HOURS, minutes=1))
    answer = browser.get("/follow-ups", follow=True)
    assert answer.redirect_chain[0][0] == "/sign-in?next=%2Ffollow-ups"
    assert "登录的时间到了" in answer.content.decode()


def test_with_an_authenticator_the_password_alone_opens_nothing(college: College, clerk: Any) -> None:
    with_authenticator(college, clerk)
    browser = Client()
    assert attempt(browser=browser).headers["Location"] == "/sign-in/code"
    assert browser.get("/").status_code == 302
    assert not events(college, Event.SIGNED_IN)
    assert browser.post("/sign-in/code", {"code": code()}).headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert len(events(college, Event.SIGNED_IN)) == 1


def test_a_code_is_taken_once(college: College, clerk: Any) -> None:
    with_authenticator(college, clerk)
    used = code()
    for expected in (302, 422):
        browser = Client()
        attempt(browser=browser)
        assert browser.post("/sign-in/code", {"code": used}).status_code == expected


def test_a_recovery_code_stands_in_once_however_it_is_written(college: College, clerk: Any) -> None:
    one = with_authenticator(college, clerk)[0]
    for typed, expected in ((f" {one[:5].lower()}-{one[5:]} ", 302), (one, 422)):
        browser = Client()
        attempt(browser=browser)
        assert browser.post("/sign-in/code", {"code": typed}).status_code == expected


def test_wrong_codes_lock_out_as_wrong_passwords_do(college: College, clerk: Any) -> None:
    with_authenticator(college, clerk)
    browser = Client()
    attempt(browser=browser)
    answers = [
        browser.post("/sign-in/code", {"code": wrong}).status_code for wrong in ("1", "１２", "码", "x" * 99, "5")
    ]
    assert answers == [422, 422, 422, 422, 429]
    assert browser.post("/sign-in/code", {"code": code()}).status_code == 429
    assert browser.get("/").status_code == 302
    assert len(events(college, Event.LOCKED_OUT)) == 1


def test_the_right_password_does_not_forget_wrong_codes(college: College, clerk: Any) -> None:
    with_authenticator(college, clerk)
    for _ in range(4):
        browser = Client()
        attempt(browser=browser)
        assert browser.post("/sign-in/code", {"code": "000"}).status_code == 422
    browser = Client()
    attempt(browser=browser)
    assert browser.post("/sign-in/code", {"code": "000"}).status_code == 429


def test_a_new_password_ends_the_waiting_for_a_code(college: College, clerk: Any) -> None:
    with_authenticator(college, clerk)
    browser = Client()
    attempt(browser=browser)
    clerk.set_password("别的很长的密码")
    clerk.save()
    assert browser.post("/sign-in/code", {"code": code()}).headers["Location"] == "/sign-in"


def test_where_codes_are_required_who_has_none_sets_one_up_first(college: College, clerk: Any) -> None:
    college.client("admin").post("/accounts/sign-in-rule", {"required": "yes"})
    browser = Client()
    assert attempt(browser=browser).headers["Location"] == "/second-factor"
    assert browser.get("/").headers["Location"] == "/second-factor"
    assert "设好后才能继续" in browser.get("/second-factor").content.decode()
    kept = seal_secret(SECRET, clerk.id)
    wrong = browser.post("/second-factor", {"sealed": kept, "code": "abc"})
    assert wrong.status_code == 422
    assert SECRET in wrong.content.decode(), "what the phone has scanned stays valid"
    done = browser.post("/second-factor", {"sealed": kept, "code": code()})
    assert "只显示这一次" in done.content.decode()
    assert browser.get("/").status_code == 200
    assert len(events(college, Event.SECOND_FACTOR_SET)) == 1
    assert len(events(college, Event.SIGN_IN_RULE_CHANGED)) == 1


def test_the_secret_is_sealed_at_rest_and_the_recovery_codes_are_hashed(college: College, clerk: Any) -> None:
    codes = with_authenticator(college, clerk)
    with college.at_work():
        kept = SecondFactor.objects.values_list("secret", flat=True).get()
        assert SECRET.encode() not in bytes(kept)
        assert SecondFactor.objects.get().secret == SECRET
        hashes = [bytes(value) for value in RecoveryCode.objects.values_list("code_hash", flat=True)]
        assert len(set(hashes)) == len(codes) == 8
        assert not any(one.encode() in value for one in codes for value in hashes)


def test_a_secret_in_the_page_opens_for_its_own_account_alone(college: College, clerk: Any) -> None:
    kept = seal_secret(SECRET, clerk.id)
    assert open_secret(kept, clerk.id) == SECRET
    assert open_secret(kept, college.people["head"].id) is None
    assert open_secret("乱写", clerk.id) is None


def test_the_administrator_resets_the_authenticator_of_who_lost_it(college: College, clerk: Any) -> None:
    with_authenticator(college, clerk)
    college.client("admin").post(f"/accounts/{clerk.id}/second-factor")
    assert attempt().headers["Location"] == "/"
    assert len(events(college, Event.SECOND_FACTOR_RESET)) == 1


def test_whom_five_wrong_passwords_locked_out_a_new_link_lets_in(college: College, clerk: Any) -> None:
    for _ in range(5):
        attempt(password=WRONG)
    page = college.client("admin").post(f"/accounts/{clerk.id}/invite", follow=True).content.decode()
    link = "/join/" + page.split("/join/")[1].split("<")[0]
    new = "完全不同的密码 2025"
    assert Client().post(link, {"new": new, "again": new}).status_code == 302
    assert attempt(password=new).status_code == 302
