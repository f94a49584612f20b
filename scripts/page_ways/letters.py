"""Ways to the pages of introduction letters."""

import base64
import subprocess

from playwright.sync_api import Page

from page_ways.common import at, link

THERE = "中共武汉市洪山区关山街道幸福社区支部委员会"


def origin(page: Page) -> None:
    """What every letter of the committee bears, filled in."""
    page.goto("/letters/origin")
    page.get_by_label("通讯地址").fill("湖北省武汉市洪山区鲁磨路100号")
    page.get_by_label("联系电话").fill("027-87650000")
    page.get_by_label("传真").fill("027-87650001")
    page.get_by_label("邮编").fill("430074")


def wanted(page: Page) -> None:
    """The form of a letter for the third person of a branch, filled in."""
    origin(page)
    page.get_by_role("button", name="保存").click()
    link("各党支部", "机关第一党支部")(page)
    page.locator("td.name a").nth(2).click()
    page.get_by_role("link", name="转接和报到", exact=True).click()
    page.get_by_role("link", name="开介绍信").click()
    page.get_by_label("抬头").fill("中共武汉市洪山区关山街道工作委员会")
    page.locator("#destination").fill(THERE)
    page.locator("#direction").select_option("1")
    page.locator("#standing").select_option("1")
    page.locator("#dues").fill("2026-06")


def issued(page: Page) -> None:
    wanted(page)
    page.get_by_role("button", name="开具").click()


def printed(page: Page) -> None:
    """The sheet as it comes out of the printer."""
    page.goto("/letters")
    page.locator("td a").first.click()
    with page.expect_download() as downloaded:
        page.locator("button[value=pdf]").click()
    pdf = downloaded.value.path()
    drawn = subprocess.run(["pdftoppm", "-r", "100", "-png", pdf], capture_output=True, check=True).stdout  # noqa: S603, S607  our own
    page.goto("about:blank")
    page.set_content(f'<img src="data:image/png;base64,{base64.b64encode(drawn).decode()}">')


def void(page: Page) -> None:
    """The letter of 办公室-介绍信-一封 becomes void."""
    page.goto("/letters")
    page.locator("td a").first.click()
    page.locator("summary", has_text="作废").click()
    page.get_by_label("为什么作废").select_option("1")
    page.locator("#reason").fill("抬头写错了")
    page.get_by_role("button", name="作废 ").click()


def again(page: Page) -> None:
    """The form of the one in its place."""
    page.goto("/letters")
    page.locator("td a").first.click()
    page.get_by_role("link", name="重新开具").click()


def book(page: Page) -> None:
    """The year's book: a void one, and the one in its place."""
    again(page)
    page.get_by_role("button", name="开具").click()
    page.goto("/letters")


template = at("/letters/template")
