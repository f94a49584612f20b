"""Ways to the pages of the register, of what comes in, of transfers and of the roster."""

from playwright.sync_api import Page

from page_ways.campaign import in_days
from page_ways.common import ROOT, SOMEBODY, link


def preview(page: Page) -> None:
    """The office drops the examples onto 收表."""
    page.goto("/uploads")
    files = [path for path in sorted((ROOT / "examples/forms").rglob("*")) if path.is_file()]
    page.locator("input[type=file]").first.set_input_files(files)
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_load_state()


def sheet(page: Page) -> None:
    """The register as a sheet, once it is drawn."""
    link("机关第一党支部", "按表格填写")(page)
    page.locator(".tabulator-row").first.wait_for()


def numbers(page: Page) -> None:
    """The page that asks why somebody's numbers are to be seen in full."""
    link("机关第一党支部", SOMEBODY)(page)
    page.goto(f"{page.url.split('#')[0]}/numbers")


def transfer(page: Page) -> None:
    """转接和报到 of somebody; what is asked is answered."""
    link("机关第一党支部", SOMEBODY)(page)
    page.get_by_role("link", name="转接和报到", exact=True).click()
    for name, value in (("retired", "no"), ("long_resident", "yes"), ("work", "1"), ("household", "yes")):
        chosen = page.locator(f"form:has(button.primary) input[name={name}][value='{value}']")
        if chosen.count():
            chosen.first.check()
    if page.get_by_role("button", name="记下，看建议").count():
        page.get_by_role("button", name="记下，看建议").click()


def asked(page: Page) -> None:
    """The same before anything is answered."""
    link("机关第一党支部", SOMEBODY)(page)
    page.get_by_role("link", name="转接和报到", exact=True).click()


def to_call(page: Page) -> None:
    transfer(page)
    page.goto("/urging")


def calling(page: Page) -> None:
    to_call(page)
    page.get_by_role("link", name="打电话").first.click()


def underway(page: Page) -> None:
    """The person went out seven weeks ago; the receipt is overdue."""
    transfer(page)
    page.get_by_text("已转出：在系统里发起").click()
    form = page.locator("form", has=page.locator("#direction"))
    form.get_by_label("日期").fill(in_days(-50))
    page.locator("#destination").fill("江城市关山街道幸福社区党委")
    page.locator("#direction").select_option("3")
    form.get_by_role("button", name="记下").click()


def reporting_in(page: Page) -> None:
    """报到 of the first person, of whom nothing is known."""
    asked(page)
    page.locator("main a[href$='/report-in']").first.click()


def to_complete(page: Page) -> None:
    """Of somebody whose cells the branch's form had filled."""
    page.goto("/report-ins?show=incomplete")
    page.locator("tbody a").first.click()


def refused(page: Page) -> None:
    """Sent with nothing but a phone too short."""
    reporting_in(page)
    page.get_by_label("联系电话").fill("1390000")
    page.get_by_role("button", name="记下报到").click()


def reported_in(page: Page) -> None:
    """Completed: in force."""
    to_complete(page)
    page.get_by_label("从什么时候起").fill(in_days(-20))
    page.get_by_label("凭什么知道").fill("电话向对方党支部核实")
    page.locator("input[name=route][value='3']").check()
    page.get_by_role("button", name="记下报到").click()


def report_ins(page: Page) -> None:
    page.goto("/report-ins")


def transfers(page: Page) -> None:
    page.goto("/transfers")


def moving(page: Page) -> None:
    """Everybody of a branch to another one."""
    link("各党支部", "机关第一党支部")(page)
    page.goto(page.url.replace("/register", "/move"))


def moving_one(page: Page) -> None:
    link("各党支部", "机关第一党支部", SOMEBODY)(page)
    page.goto(f"{page.url.split('#')[0]}/move")


def roster(page: Page) -> None:
    """The office sends the roster and is asked which column is what."""
    page.goto("/roster")
    page.locator("input[type=file]").first.set_input_files(ROOT / "examples/roster.xlsx")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def roster_preview(page: Page) -> None:
    roster(page)
    if "/columns" in page.url:
        page.locator("main form button.primary").first.click()
        page.wait_for_load_state()


def branch_roster(page: Page) -> None:
    """A branch's roster after the office has applied it."""
    roster_preview(page)
    page.get_by_role("button", name="写入").first.click()
    page.wait_for_load_state()
    page.goto("/roster")
    page.get_by_role("link", name="机关第一党支部").first.click()


def of_roster(page: Page) -> None:
    """The transfer of a member who stands on no register."""
    page.goto("/roster")
    page.get_by_role("link", name="机关第一党支部").first.click()
    page.locator("tr", has=page.get_by_role("link", name="登记为流出")).locator("td.name a").first.click()
