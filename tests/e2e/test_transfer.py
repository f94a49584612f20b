"""A transfer in the browser, from the questions and the call to the receipt, which is then taken back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.college import College


def test_from_the_advice_to_the_receipt_and_back(signed_in: Callable[[str], Page], college: College) -> None:
    entry = college.add(college.survey)
    page = signed_in("clerk")
    page.goto(f"/entries/{entry.id}")
    page.get_by_role("link", name="转接和报到", exact=True).click()
    asked = page.locator("form", has=page.get_by_role("button", name="记下，看建议"))
    asked.get_by_role("group", name="是否离退休").get_by_label("否").check()
    asked.get_by_label("工作相对稳定").check()
    page.get_by_role("button", name="记下，看建议").click()
    expect(page.get_by_text("工作（学习）稳定且单位已成立党组织")).to_be_visible()

    page.goto("/")
    page.get_by_role("link", name="1 人应当督促转移组织关系").click()
    page.get_by_role("link", name="给 张三 打电话").click()
    page.get_by_label("谈了什么").fill("本人同意，月底前办")
    page.get_by_role("button", name="记下，看下一个").click()
    expect(page.get_by_text("现在没有要打电话督促的人")).to_be_visible()

    page.goto(f"/entries/{entry.id}/transfer")
    page.get_by_text("已转出：在系统里发起").click()
    page.get_by_label("转往哪个党组织").fill("关山社区党委")
    page.locator("#direction").select_option("2")
    page.locator("form", has=page.locator("#direction")).get_by_role("button", name="记下").click()
    expect(page.get_by_text("等对方的回执")).to_be_visible()

    page.get_by_text("收到了转接回执").click()
    page.get_by_label("回执日期").fill("2023-12-01")
    expect(page.get_by_label("接收的党组织")).to_have_value("关山社区党委")
    expect(page.get_by_label("是集中排查督促后转移的")).to_be_checked()
    page.get_by_role("button", name="记下回执").click()
    expect(page.get_by_text("由接收的党组织管理")).to_be_visible()

    page.get_by_text("回执记错了，撤回").click()
    page.get_by_label("错在哪里").fill("是另一个张三的")
    page.get_by_role("button", name="撤回这份回执").click()
    expect(page.get_by_role("status")).to_contain_text("一切照旧")
    expect(page.get_by_text("等对方的回执")).to_be_visible()
