"""Accounts: the administrator invites, closes and grants; a person joins by a link that works once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.organizations.accounts.services import close, invite_with_roles
from paicha.organizations.models import Invitation, RoleGrant, User
from paicha.organizations.permissions import Role
from paicha.organizations.services import Unfit, grant_role, set_password
from paicha.organizations.tokens import committee_of, new_token
from tests.college import College, found_college

PASSWORD = "长长的密码 2023"  # noqa: S105  made up


def invited(college: College, **fields: str) -> str:
    """The path of the link that the administrator gets for a new clerk of the survey branch."""
    form = {"name": "赵新人", "username": "zhao", "r0-role": "1", "r0-organization": str(college.survey.id)} | fields
    answer = college.client("admin").post("/accounts/invite", form)
    assert answer.status_code == 200, answer.content.decode()
    return link_in(answer.content.decode())


def link_in(page: str) -> str:
    found = re.search(r"/join/[\w-]+", page)
    assert found, page
    return found[0]


def joined(link: str, password: str = PASSWORD) -> Any:
    return Client().post(link, {"new": password, "again": password})


def count(college: College, event: Event) -> int:
    with college.at_work():
        return AuditEvent.objects.filter(event=event).count()


def signed_in(username: str, password: str = PASSWORD) -> Client:
    browser = Client()
    answer = browser.post("/sign-in", {"username": username, "password": password})
    assert answer.status_code == 302
    return browser


def test_a_person_is_invited_joins_and_sees_their_branch(college: College) -> None:
    link = invited(college)
    assert "zhao" in Client().get(link).content.decode()
    assert joined(link).headers["Location"] == "/sign-in"
    page = signed_in("zhao").get("/").content.decode()
    assert "测绘支部" in page
    assert "信息支部" not in page
    assert (count(college, Event.ACCOUNT_JOINED), count(college, Event.ROLE_GRANTED)) == (1, 6)


def test_one_invitation_can_give_several_roles(college: College) -> None:
    invited(college, **{"r1-role": "2", "r1-organization": str(college.computing.id)})
    with college.at_work():
        assert set(RoleGrant.objects.filter(user__username="zhao").values_list("role", flat=True)) == {1, 2}


def test_a_used_link_says_so_and_does_nothing(college: College) -> None:
    link = invited(college)
    joined(link)
    answer = joined(link, "另一个很长的密码")
    assert answer.status_code == 410
    assert "已经用过了" in answer.content.decode()
    assert User.objects.get(username="zhao").check_password(PASSWORD)


def test_a_link_holds_for_seven_days(college: College, monkeypatch: pytest.MonkeyPatch) -> None:
    link = invited(college)
    later = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "已经过期" in answer.content.decode()


def test_a_link_that_never_was_is_told_apart_from_a_fault(college: College) -> None:
    for token in ("x", "汉字", new_token(college.root.committee_id), "A" * 64):
        answer = Client().get(f"/join/{token}")
        assert answer.status_code == 410
        assert "从来没有发过" in answer.content.decode()


def test_a_token_names_its_committee_and_nothing_else_is_one(college: College) -> None:
    assert committee_of(new_token(college.root.committee_id)) == college.root.committee_id
    assert committee_of("short") is None


@pytest.mark.parametrize(
    ("password", "again", "word"),
    [(PASSWORD, "不一样的密码呀呀呀", "不一样"), ("123", "123", "密码太短，至少要10位"), ("", "", "请填写")],
)
def test_a_password_that_will_not_do_is_told_and_the_link_stays(
    college: College, password: str, again: str, word: str
) -> None:
    link = invited(college)
    answer = Client().post(link, {"new": password, "again": again})
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert "This password" not in answer.content.decode()
    assert joined(link).status_code == 302


def test_joining_anew_after_a_forgotten_password_ends_the_other_sessions(college: College) -> None:
    joined(invited(college))
    elsewhere = signed_in("zhao")
    zhao = User.objects.get(username="zhao")
    link = link_in(college.client("admin").post(f"/accounts/{zhao.id}/invite").content.decode())
    assert elsewhere.get("/").status_code == 200
    joined(link, "新的很长的密码 2024")
    assert elsewhere.get("/").status_code == 302
    assert signed_in("zhao", "新的很长的密码 2024").get("/").status_code == 200


def test_a_new_link_ends_the_one_before(college: College) -> None:
    first = invited(college)
    zhao = User.objects.get(username="zhao")
    second = link_in(college.client("admin").post(f"/accounts/{zhao.id}/invite").content.decode())
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_a_password_set_otherwise_ends_the_link(college: College) -> None:
    link = invited(college)
    zhao = User.objects.get(username="zhao")
    with college.at_work():
        set_password(user=zhao, password=PASSWORD)
    assert Client().get(link).status_code == 410


def test_who_is_signed_in_is_asked_to_sign_out_before_joining(college: College) -> None:
    link = invited(college)
    answer = college.client("clerk").post(link, {"new": PASSWORD, "again": PASSWORD})
    assert "请先退出" in answer.content.decode()
    with college.at_work():
        assert Invitation.objects.get(user__username="zhao").used_at is None


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(college: College) -> None:
    joined(invited(college))
    browser, zhao = signed_in("zhao"), User.objects.get(username="zhao")
    admin = college.client("admin")
    admin.post(f"/accounts/{zhao.id}/active", {"close": "1"})
    assert browser.get("/").status_code == 302
    assert Client().post("/sign-in", {"username": "zhao", "password": PASSWORD}).status_code == 200
    admin.post(f"/accounts/{zhao.id}/active", {"reopen": "1"})
    assert signed_in("zhao").get("/").status_code == 200
    assert (count(college, Event.ACCOUNT_CLOSED), count(college, Event.ACCOUNT_REOPENED)) == (1, 1)


def test_no_administrator_takes_away_themselves_or_the_last(college: College) -> None:
    admin = college.people["admin"]
    browser = college.client("admin")
    with college.at_work():
        own = RoleGrant.objects.get(user=admin)
    assert "不能停用自己" in browser.post(f"/accounts/{admin.id}/active", follow=True).content.decode()
    browser.post(f"/accounts/{admin.id}/revoke", {"grant": str(own.id)})
    admin.refresh_from_db()
    assert admin.is_active
    with college.at_work():
        assert RoleGrant.objects.filter(id=own.id).exists()


def test_the_last_administrator_who_can_sign_in_stays(college: College) -> None:
    """One of two administrators is closed already: the other is the last."""
    with college.at_work():
        clerk, admin = college.people["clerk"], college.people["admin"]
        grant_role(actor=None, user=clerk, organization=college.root, role=Role.ADMINISTRATOR)
        close(actor=admin, user=clerk)
        with pytest.raises(Unfit, match="最后一位"):
            close(actor=clerk, user=admin)


def test_roles_are_granted_where_they_are_held_and_taken_back(college: College) -> None:
    browser, secretary = college.client("admin"), college.people["secretary"]
    at_root = {"role": "1", "organization": str(college.root.id)}
    assert browser.post(f"/accounts/{secretary.id}/grant", at_root).status_code == 422
    office_at_branch = {"role": "3", "organization": str(college.survey.id)}
    assert browser.post(f"/accounts/{secretary.id}/grant", office_at_branch).status_code == 422
    assert (
        browser.post(
            f"/accounts/{secretary.id}/grant", {"role": "1", "organization": str(college.survey.id)}
        ).status_code
        == 302
    )
    assert college.client("secretary").get(f"/branches/{college.survey.id}/register").status_code == 200
    with college.at_work():
        grant = RoleGrant.objects.get(user=secretary, organization=college.survey)
    browser.post(f"/accounts/{secretary.id}/revoke", {"grant": str(grant.id)})
    assert college.client("secretary").get(f"/branches/{college.survey.id}/register").status_code == 404


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"username": "clerk"}, "已经有人用了"),
        ({"username": "13800001234"}, "不要用手机号"),
        ({"r0-role": "", "r0-organization": ""}, "至少选一个角色"),
        ({"r0-organization": ""}, "请选择在哪个组织"),
        ({"name": ""}, "请填写姓名"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_told_and_nothing_is_made(
    college: College, fields: dict[str, str], word: str
) -> None:
    form = {"name": "赵新人", "username": "zhao", "r0-role": "1", "r0-organization": str(college.survey.id)} | fields
    answer = college.client("admin").post("/accounts/invite", form)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert not User.objects.filter(username="zhao").exists()


def test_the_administrator_sees_accounts_and_no_members(college: College) -> None:
    college.add(college.survey, name="张流动")
    browser = college.client("admin")
    page = browser.get("/accounts").content.decode() + browser.get("/organizations").content.decode()
    assert "党支部经办人" in page
    assert "张流动" not in page


def test_accounts_of_the_committee_next_door_are_not_there(college: College) -> None:
    other = found_college("中共邻校委员会", "other-")
    browser = college.client("admin")
    assert "other-clerk" not in browser.get("/accounts").content.decode()
    assert browser.get(f"/accounts/{other.people['clerk'].id}").status_code == 404
    assert browser.post(f"/accounts/{other.people['clerk'].id}/invite").status_code == 404


def test_a_password_is_changed_and_other_sessions_end(college: College) -> None:
    joined(invited(college))
    here, elsewhere = signed_in("zhao"), signed_in("zhao")
    new = "又一个新的密码"
    wrong = here.post("/password", {"old": "不对的", "new": new * 2, "again": new * 2})
    assert wrong.status_code == 422
    assert "现在的密码不对" in wrong.content.decode()
    assert here.post("/password", {"old": PASSWORD, "new": new * 2, "again": new * 2}).status_code == 302
    assert here.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_the_list_of_accounts_asks_as_little_for_many_as_for_few(
    college: College, django_assert_max_num_queries: Any
) -> None:
    browser = college.client("admin")
    with college.at_work():
        for n in range(30):
            form = {"actor": college.people["admin"], "username": f"clerk{n}", "name": f"经办人{n}"}
            invite_with_roles(**form, roles=[(Role.BRANCH_CLERK, college.survey.id)])
    with django_assert_max_num_queries(14):
        browser.get("/accounts")
