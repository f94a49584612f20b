"""Sixty members in under three minutes, told by steps: each click and each key that the secretary makes is one."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page, expect

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.deployment.services import save_plan
from paicha.domain.vocabulary import Verdict
from tests.campaigns.world import deployed, last_round, member, unit
from tests.college import College

SignedIn = Callable[[str], Page]
ATTENDING, AWAY = 52, 8
MOST_STEPS = 12
PLAN = dict.fromkeys(("meaning", "targets", "tasks", "discipline"), "按通知开展")


class Hands:
    """Counts what a person does."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def click(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name).click()  # type: ignore[arg-type]
        self.steps += 1

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.steps += 1


def sixty(college: College) -> CampaignUnit:
    """52 who attend; 8 on the register since the last round, when it was told since when they are away."""
    before = unit(college, last_round(college), college.survey)
    for number in range(ATTENDING):
        member(college, college.survey, f"在校{number:02}")
    known = Decision(Verdict.OUTFLOW, "通知 一", changed_on=date(2022, 3, 1), attended_on=date(2022, 3, 20))
    for number in range(6, 6 + AWAY):
        entry = college.add(college.survey, number, name=f"在外{number:02}")
        with college.at_work():
            decide(actor=college.people["clerk"], unit_id=before.id, member_id=entry.member_id, decision=known)
    ours = unit(college, deployed(college), college.survey)
    with college.at_work():
        save_plan(actor=college.people["clerk"], unit_id=ours.id, texts=PLAN, confirm=True)
    return ours


def test_sixty_members_take_twelve_steps_at_most(signed_in: SignedIn, college: College) -> None:
    ours = sixty(college)
    page = signed_in("clerk")
    hands = Hands(page)
    hands.click("link", "还有 60 人没有结论")
    expect(page.get_by_role("checkbox")).to_have_count(ATTENDING)
    expect(page.get_by_role("group", name="在支部正常参加活动的").get_by_text("在外")).to_have_count(0)
    hands.click("button", "确认以上勾选的人在支部参加活动")
    for left in range(AWAY, 0, -1):
        expect(page.get_by_text(f"还有 {left} 人要逐人作出结论")).to_be_visible()
        expect(page.get_by_text("自2022年3月20日起未线下参加本支部活动")).to_be_visible()
        expect(page.get_by_role("button", name="采纳建议，看下一个")).to_be_focused()
        hands.press("Enter")
    expect(page.get_by_text("没有结论 0 人")).to_be_visible()
    expect(page.get_by_text("覆盖率 100%")).to_be_visible()
    assert hands.steps <= MOST_STEPS
    with college.at_work():
        standing = MemberVerdict.objects.filter(unit=ours, superseded_at=None)
        assert standing.filter(together=True, verdict=Verdict.ATTENDING).count() == ATTENDING
        assert standing.filter(together=False, verdict=Verdict.OUTFLOW).count() == AWAY


def test_a_held_key_decides_nobody_and_digits_choose(signed_in: SignedIn, college: College) -> None:
    ours = sixty(college)
    page = signed_in("clerk")
    page.goto(f"/units/{ours.id}/check")
    page.get_by_role("link", name="从在外06开始逐人看").click()
    accept = page.get_by_role("button", name="采纳建议，看下一个")
    expect(accept).to_be_focused()
    page.keyboard.down("Enter")
    expect(page.get_by_text("还有 7 人要逐人作出结论")).to_be_visible()
    for _ in range(5):
        page.keyboard.down("Enter")  # which Playwright sends as a repeat while the key is down
    page.keyboard.up("Enter")
    expect(page.get_by_text("还有 7 人要逐人作出结论")).to_be_visible()
    page.keyboard.press("7")
    expect(page.get_by_role("radio", name="7 待定")).to_be_checked()
    page.keyboard.type("回没回来过还在问")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("还有 6 人要逐人作出结论")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="逐人排查")).to_be_visible()
