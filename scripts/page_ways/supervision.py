"""Ways to the pages of supervision."""

from playwright.sync_api import Page

from page_ways.campaign import deployed, in_days
from page_ways.common import Way


def supervised(words: str) -> Way:
    """One of the office's instruments, from the page of the campaign."""

    def walk(page: Page) -> None:
        page.goto("/campaigns")
        if page.locator("main td a").count():
            page.locator("main td a").first.click()
        else:
            deployed(page)
        page.get_by_role("link", name=words, exact=True).click()

    return walk


def chased(page: Page) -> None:
    """The first three late branches are chased in one step, the branch of the account among them."""
    supervised("督办")(page)
    boxes = page.locator("input[name=unit]")
    for place in range(3, boxes.count()):
        boxes.nth(place).uncheck()
    page.get_by_role("button", name="督办勾选的党支部").click()


def demanded(page: Page) -> None:
    """The 督办单 that a branch is to answer, from its home page."""
    page.get_by_role("link", name="号督办单要办结并答复").first.click()


def answered(page: Page) -> None:
    """A branch has answered; the page of those that are late tells."""
    supervised("督办")(page)
    page.locator("td a", has_text="第 1 号").first.click()
    page.locator("#words").fill("工作方案已起草，支委会讨论后确认。")
    page.locator("#done_by").fill(in_days(2))
    page.get_by_role("button", name="答复党委办公室").click()
    supervised("督办")(page)


def inspected(page: Page) -> None:
    """Two people of each branch, one result typed in."""
    supervised("检查")(page)
    page.get_by_label("按人数").check()
    page.locator("#size").fill("1")
    page.get_by_role("button", name="抽一份名单").click()
    for place, result in enumerate(("属实", "属实", "未接通", "不属实")):
        page.locator("select").nth(place).select_option(label=result)
    page.locator("td.said input").nth(3).fill("单位已经换了")
    page.get_by_role("button", name="保存结果").click()


def visited(page: Page) -> None:
    supervised("调研")(page)
    page.locator("#unit").select_option(label="机关第一党支部")
    page.locator("#seen").fill("逐人有联系记录；工作方案还没有上墙。")
    page.locator("#follow_up").fill("会议记录补齐")
    page.get_by_role("button", name="记下这次调研").click()


def circular(page: Page) -> None:
    supervised("通报")(page)
    page.get_by_role("button", name="按今天的数字起草一份").click()


def circulated(page: Page) -> None:
    """The draft of 办公室-通报-草稿 is sent."""
    supervised("通报")(page)
    page.get_by_role("link", name="草稿").first.click()
    page.locator("#practice").fill("机关第一党支部每周例会逐人过一遍，专人联系到人。")
    page.get_by_role("button", name="发给各党支部").click()
