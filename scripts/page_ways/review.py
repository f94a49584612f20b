"""Ways to the pages of the office's review: a branch hands in, is sent back, hands in again."""

from playwright.sync_api import Page

from page_ways.campaign import deployed, sign
from page_ways.common import SOMEBODY, link

MENDED = "13800138000"


def _reporting(page: Page) -> None:
    """The report page of a branch with people who are away, all of whom are decided on."""
    page.goto("/campaigns")
    if page.locator("main td a").count():
        page.locator("main td a").first.click()
    else:
        deployed(page)
    page.get_by_role("link", name="珠宝学院教工党支部").first.click()
    own = page.url
    page.goto(f"{own}/check")
    if page.get_by_role("button", name="确认以上勾选的人").count():
        page.get_by_role("button", name="确认以上勾选的人").click()
    page.goto(f"{own}/check")
    while (undecided := page.locator("tr", has_text="还没有").locator("td.name a")).count():
        away = page.locator("tr", has_text="还没有").first.get_by_role("link", name="已登记流出").count()
        undecided.first.click()  # who is in transit and on no register attends, or 附件1 would be asked for
        page.get_by_label("1 流出党员" if away else "3 正常参加活动", exact=True).check()
        page.locator("#reason").fill("工作单位变化，已半年没有线下参加活动" if away else "仍回支部参加活动")
        page.get_by_role("button", name="定下，看下一个").click()
        page.wait_for_load_state()
        page.goto(f"{own}/check")
    page.goto(f"{own}/report")


def _phone(page: Page, number: str) -> None:
    """The first person of that branch gets this number."""
    link("各党支部", "珠宝学院教工党支部", SOMEBODY)(page)
    page.get_by_label("本人联系电话").fill(number)
    page.get_by_role("button", name="保存").click()


def _hand_in(page: Page) -> None:
    _reporting(page)
    if page.locator("#reviewer").count():
        sign(page)
        page.get_by_role("button", name="上报").click()
    page.get_by_role("link", name="看上报的内容").click()
    page.get_by_role("link", name="审核这一份").click()


def reviewing(page: Page) -> None:
    """A branch of which one telephone number is wrong handed in; the office looks at it."""
    _reporting(page)
    if not page.get_by_role("link", name="看上报的内容").count():
        _phone(page, "12345")
    _hand_in(page)


def waiting(page: Page) -> None:
    reviewing(page)
    page.get_by_role("link", name="等审核的上报").click()


def returning(page: Page) -> None:
    """Its wrong cell and a figure are ticked."""
    reviewing(page)
    page.locator("tbody td.error input[name=cell]").first.check()
    page.locator("input[name=cell][value=R]").check()
    page.get_by_role("button", name="退回，写原因").click()


def returned(page: Page) -> None:
    """What the branch sees of it."""
    returning(page)
    page.get_by_label("R 照顾家庭或异地居住 退回的原因").fill("与所在单位的情况不符，请核实")
    page.get_by_role("button", name="退回").click()
    _reporting(page)


def handed_in_again(page: Page) -> None:
    """One of the two was mended; what changed stands on the page."""
    returned(page)
    _phone(page, MENDED)
    _hand_in(page)


def summed(page: Page) -> None:
    """The committee's sum after an approval."""
    reviewing(page)
    page.get_by_role("button", name="审核通过").click()
    page.get_by_role("link", name="党委的附件2").click()
