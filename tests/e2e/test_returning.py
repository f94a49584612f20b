"""In a browser: the office ticks a cell, the branch is led to it, mends it and hands in again; the office sees what
changed and approves."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.campaigns.reviewing import away, checked
from tests.campaigns.world import deployed, reported
from tests.college import College
from tests.e2e.test_accessibility import RULES


def test_a_ticked_cell_comes_back_is_mended_and_approved(signed_in: Callable[[str], Page], college: College) -> None:
    ours = checked(college, deployed(college), college.survey)
    away(college, ours, 6, name="张三", phone="12345")
    away(college, ours, 7, name="李四")
    reported(college, ours)
    office = signed_in("office")
    office.get_by_role("link", name="1 份上报等审核").click()
    office.get_by_role("link", name="从第一份看起").click()
    assert Axe().run(office, options=RULES).violations_count == 0
    office.get_by_label("张三 本人联系电话").check()
    office.get_by_role("button", name="退回，写原因").click()
    assert Axe().run(office, options=RULES).violations_count == 0
    expect(office.get_by_label("张三 本人联系电话 退回的原因")).to_have_value("电话号码有误")
    office.get_by_role("button", name="退回").click()
    expect(office.get_by_role("status")).to_contain_text("已退回，党支部会看到 1 处和原因")

    clerk = signed_in("clerk")
    clerk.goto(f"/units/{ours.id}/report")
    assert Axe().run(clerk, options=RULES).violations_count == 0
    clerk.locator(".marks").get_by_role("link", name="张三").click()
    clerk.get_by_label("本人联系电话").fill("13800138000")
    clerk.get_by_role("button", name="保存").click()
    reported(college, ours)

    office.reload()
    office.get_by_role("link", name="测绘支部").first.click()
    expect(office.locator("main")).to_contain_text("改动 1 人，其余 1 人没有变")
    expect(office.locator(".marks")).to_contain_text("已改 138****8000")
    office.get_by_role("button", name="审核通过").click()
    office.get_by_role("link", name="党委的附件2").click()
    office.locator("table", has_text="测绘支部").get_by_role("link", name="2 人，测绘支部").click()
    expect(office.get_by_role("heading", level=1)).to_contain_text("A 流出党员人数：2 人")
    expect(office.locator("main")).to_contain_text("李四")
