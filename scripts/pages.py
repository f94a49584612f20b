"""A picture of every page of the site, into docs/pictures: the demonstration college (scripts/demo.py) in a new folder,
served on a free port of 127.0.0.1, walked in Debian's Chromium as a branch, an office and an administrator.

    python scripts/pages.py [NAME …]     all pages, or those whose names begin so

docs/pictures/REVIEW.md says for each what looking at it led to change.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
READY = "网站已启动"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

ONE_PIXEL = bytes.fromhex(  # a .png
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff"
    "03000006000557bfabd40000000049454e44ae426082"
)
SOMEBODY = "the first person of the list"

Way = Callable[[Page], object]


def link(*names: str) -> Way:
    """Follow links (or press buttons that lead on) by their words, from the home page."""

    def walk(page: Page) -> None:
        page.goto("/")
        for name in names:
            found = page.locator("td.name a") if name == SOMEBODY else page.get_by_role("link", name=name)
            found.first.click()

    return walk


def at(path: str) -> Way:
    return lambda page: page.goto(path)


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


def in_days(days: int) -> str:
    """A day as a date field takes it."""
    return f"{datetime.now().astimezone() + timedelta(days=days):%Y-%m-%d}"


def deployed(page: Page) -> None:
    """The office deploys a campaign that began a week ago: the day for the work plans is over."""
    page.goto("/campaigns/new")
    for field, days in (("begins_on", 7), ("deploy_by", 1)):
        page.locator(f"#id_{field}").fill(in_days(-days))
    page.get_by_role("button", name="部署").click()
    page.wait_for_load_state()


def unit(page: Page) -> None:
    """The page of one branch in a campaign."""
    page.goto("/campaigns")
    if page.get_by_role("link", name="集中排查").count() < 2:
        deployed(page)
    else:
        page.locator("main td a").first.click()
    page.get_by_role("link", name="机关第一党支部").first.click()


def check(page: Page) -> None:
    """Everybody of a branch, after 办公室-支部名册 has brought the roster in."""
    unit(page)
    page.locator("a[href$='/check']").first.click()


def one_to_check(page: Page) -> None:
    """Somebody of the register, with the days known."""
    check(page)
    page.locator("table td.name a").first.click()
    page.locator("#changed_on").fill("2026-03-01")
    page.locator("#attended_on").fill("2026-04-20")
    page.get_by_role("button", name="看建议").click()


def entering(page: Page) -> None:
    """Somebody who is not on the register is away: 附件1 is filled in, the verdict goes with it."""
    check(page)
    page.locator("p.hint a").last.click()
    page.locator("#changed_on").fill("2026-03-01")
    page.locator("#attended_on").fill("2026-04-20")
    page.get_by_role("button", name="看建议").click()
    page.get_by_role("button", name="采纳建议").click()


def some_away(page: Page) -> None:
    """Those of the register, decided one after the other."""
    check(page)
    page.get_by_role("link", name="开始逐人看").click()
    while page.locator("#changed_on").count():
        page.locator("#changed_on").fill("2026-03-01")
        page.locator("#attended_on").fill("2026-04-20")
        page.get_by_role("button", name="看建议").click()
        page.get_by_role("button", name="采纳建议").click()


def dimensions(page: Page) -> None:
    some_away(page)
    unit(page)
    page.get_by_role("link", name="流出党员的七个维度").click()
    page.wait_for_selector(".chart svg")


def campaign(name: str) -> Way:
    """A page that the page of a campaign leads to."""

    def walk(page: Page) -> None:
        page.goto("/campaigns")
        page.locator("main td a").first.click()
        page.get_by_role("link", name=name).click()

    return walk


def question(page: Page) -> None:
    """A branch asks; the office opens the question."""
    unit(page)
    page.locator("a[href$='/consultations']").first.click()
    page.locator("#question").fill("脱产进修一年、每月回来参加一次活动的，算不算流出党员？")
    page.get_by_role("button", name="请示党委办公室").click()


def answering(page: Page) -> None:
    questions(page)
    page.locator("main td a").first.click()


def questions(page: Page) -> None:
    question(page)
    page.goto("/")
    page.get_by_role("link", name="条请示等答复").first.click()


def report(page: Page) -> None:
    unit(page)
    page.locator("a[href$='/report']").first.click()


def reported(page: Page) -> None:
    """A branch of which everybody attends hands in its nil return."""
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="继续教育学院党支部").first.click()
    page.locator("a[href$='/check']").first.click()
    page.get_by_role("button", name="确认以上勾选的人").click()
    page.get_by_role("link", name="回到本支部").click()
    page.locator("a[href$='/report']").first.click()
    _sign(page)
    page.get_by_label("确认本支部没有流出党员").check()
    page.get_by_role("button", name="上报").click()
    page.get_by_role("link", name="看上报的内容").click()


def progress(page: Page) -> None:
    """The overview of a campaign."""
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="排查进度").click()
    page.wait_for_selector(".chart svg")


MENDED = "13800138000"


def _sign(page: Page) -> None:
    """What a branch writes itself, who signed, the signed paper."""
    page.locator("#reviewer").fill("王书记")
    page.locator("#deployed").fill("召开支部会议学习通知，书记负责，委员分组联系")
    page.locator("#contacts").fill("每名流出党员由一名委员联系，每季度联系一次")
    page.locator("#problems").fill("无")
    page.locator("#scan").set_input_files({"name": "签字.png", "mimeType": "image/png", "buffer": ONE_PIXEL})


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
        _sign(page)
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


def edited(page: Page) -> None:
    """The branch that has reported puts somebody on its register."""
    link("各党支部", "继续教育学院党支部", "登记一人")(page)
    fields = {
        "姓名": "林晓岚",
        "出生年月": "198703",
        "入党时间": "200906",
        "身份证号": "420106198703150020",
        "单位名称": "江城测绘有限公司",
        "现居住地（流入地）": "湖北省宜昌市西陵区云集街道二马路社区",
        "本人联系电话": "13800001234",
    }
    for label, value in fields.items():
        page.get_by_label(label).first.fill(value)
    for label, value in {"性别": "女", "民族": "汉族", "文化程度": "本科", "从事行业或流动原因": "灵活就业"}.items():
        field = page.get_by_label(label).first
        field.select_option(label=value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
    page.locator("main form button.primary").first.click()
    page.wait_for_load_state()


def reported_unit(page: Page) -> None:
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="继续教育学院党支部").first.click()


def updates(page: Page) -> None:
    edited(page)
    reported_unit(page)
    page.get_by_role("link", name="上报以后的更新").click()


def all_updates(page: Page) -> None:
    page.goto("/campaigns")
    page.locator("main td a").first.click()
    page.get_by_role("link", name="上报以后的更新").click()


def change(page: Page) -> None:
    reported_unit(page)
    page.get_by_role("link", name="附件2", exact=True).click()


def education(page: Page) -> None:
    unit(page)
    page.locator("a[href$='/education']").first.click()
    for box in page.locator("input[name=member]").all()[:2]:
        box.check()
    page.locator("input[name=how]").first.check()
    page.locator("#materials").fill("报告单行本")
    page.get_by_role("button", name="记下参加情况").click()


def look_back(page: Page) -> None:
    """The office asks for a look-back; the branch's page."""
    unit(page)
    page.locator("#reason").fill("上级抽查发现漏登，请逐人再核对一遍")
    page.get_by_role("button", name="要求回头看").click()
    page.locator("a[href$='/look-back']").first.click()


def plan(page: Page) -> None:
    unit(page)
    page.locator("a[href$='/plan']").first.click()


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


# name, whose page it is ("" nobody's), the screen, the way to it from having signed in
PAGES: tuple[tuple[str, str, dict[str, int], Way], ...] = (
    ("登录", "", SCREEN, at("/sign-in")),
    ("没有这一页", "branch", SCREEN, at("/no-such-page")),
    ("支部-首页", "branch", SCREEN, at("/")),
    ("支部-首页-手机", "branch", PHONE, at("/")),
    ("支部-台账", "branch", SCREEN, link("机关第一党支部")),
    ("支部-一个人", "branch", SCREEN, link("机关第一党支部", SOMEBODY)),
    ("支部-一个人-手机", "branch", PHONE, link("机关第一党支部", SOMEBODY)),
    ("支部-按表格填写", "branch", SCREEN, sheet),
    ("支部-查看完整号码", "branch", SCREEN, numbers),
    ("支部-改密码", "branch", SCREEN, at("/password")),
    ("支部-登记一人", "branch", SCREEN, link("机关第一党支部", "登记一人")),
    ("支部-下载附件1", "branch", SCREEN, link("机关第一党支部", "下载附件1")),
    ("支部-附件2-一个数字", "branch", SCREEN, link("机关第一党支部", "附件2", "B 男")),
    ("支部-附件2", "branch", SCREEN, link("机关第一党支部", "附件2")),
    ("支部-该联系的人", "branch", SCREEN, at("/follow-ups")),
    ("支部-转接-问", "branch", SCREEN, asked),
    ("支部-转接-建议", "branch", SCREEN, transfer),
    ("支部-该督促转移的人", "branch", SCREEN, to_call),
    ("支部-打电话", "branch", SCREEN, calling),
    ("支部-转接-在途", "branch", SCREEN, underway),
    ("支部-转接-在途-手机", "branch", PHONE, asked),
    ("办公室-转接", "office", SCREEN, transfers),
    ("支部-上传", "branch", SCREEN, link("机关第一党支部", "上传附件1")),
    ("办公室-首页", "office", SCREEN, at("/")),
    ("办公室-各党支部", "office", SCREEN, at("/overview")),
    ("办公室-各党支部-一个数字", "office", SCREEN, at("/overview?show=I")),
    ("办公室-收表", "office", SCREEN, at("/uploads")),
    ("办公室-收表-预览", "office", SCREEN, preview),
    ("办公室-党组织", "office", SCREEN, at("/organizations")),
    ("办公室-党支部名单", "office", SCREEN, link("党组织", "上传")),
    ("办公室-一个组织", "office", SCREEN, link("党组织", "机关第一党支部")),
    ("办公室-新增组织", "office", SCREEN, at("/organizations/add")),
    ("办公室-合并组织", "office", SCREEN, at("/organizations/merge")),
    ("办公室-转移支部", "office", SCREEN, moving),
    ("办公室-转移一人", "office", SCREEN, moving_one),
    ("办公室-名册", "office", SCREEN, at("/roster")),
    ("办公室-名册-对照各列", "office", SCREEN, roster),
    ("办公室-名册-预览", "office", SCREEN, roster_preview),
    ("办公室-支部名册", "office", SCREEN, branch_roster),
    ("办公室-部署排查", "office", SCREEN, at("/campaigns/new")),
    ("办公室-集中排查", "office", SCREEN, deployed),
    ("办公室-排查中的支部", "office", SCREEN, unit),
    ("办公室-工作方案", "office", SCREEN, plan),
    ("办公室-逐人排查", "office", SCREEN, check),
    ("办公室-逐人排查-一人", "office", SCREEN, one_to_check),
    ("办公室-登记到台账", "office", SCREEN, entering),
    ("办公室-七个维度", "office", SCREEN, dimensions),
    ("办公室-七个维度-各支部", "office", SCREEN, campaign("流出党员的七个维度")),
    ("办公室-排查覆盖", "office", SCREEN, campaign("排查覆盖")),
    ("办公室-支部的请示", "office", SCREEN, question),
    ("办公室-各支部的请示", "office", SCREEN, questions),
    ("办公室-答复请示", "office", SCREEN, answering),
    ("办公室-上报", "office", SCREEN, report),
    ("办公室-审核", "office", SCREEN, reported),
    ("办公室-督办", "office", SCREEN, supervised("督办")),
    ("办公室-督办单", "office", SCREEN, chased),
    ("支部-答复督办", "branch", SCREEN, demanded),
    ("办公室-督办-已答复", "office", SCREEN, answered),
    ("办公室-检查", "office", SCREEN, supervised("检查")),
    ("办公室-检查-名单", "office", SCREEN, inspected),
    ("办公室-调研", "office", SCREEN, visited),
    ("办公室-通报-草稿", "office", SCREEN, circular),
    ("办公室-通报", "office", SCREEN, circulated),
    ("办公室-排查进度", "office", SCREEN, progress),
    ("办公室-等审核的上报", "office", SCREEN, waiting),
    ("办公室-审核-一份", "office", SCREEN, reviewing),
    ("办公室-退回", "office", SCREEN, returning),
    ("支部-退回的上报", "office", SCREEN, returned),
    ("办公室-审核-再报", "office", SCREEN, handed_in_again),
    ("办公室-党委的附件2", "office", SCREEN, summed),
    ("办公室-上报后的更新", "office", SCREEN, updates),
    ("办公室-各支部的更新", "office", SCREEN, all_updates),
    ("办公室-附件2的变化", "office", SCREEN, change),
    ("办公室-主题教育", "office", SCREEN, education),
    ("办公室-回头看", "office", SCREEN, look_back),
    ("管理员-一个账号", "admin", SCREEN, link("账号", "branch")),
    ("管理员-首页", "admin", SCREEN, at("/")),
    ("管理员-操作记录", "admin", SCREEN, at("/audit")),
    ("管理员-账号", "admin", SCREEN, at("/accounts")),
    ("管理员-新账号", "admin", SCREEN, at("/accounts/invite")),
    ("管理员-动态口令", "admin", SCREEN, at("/second-factor")),
)


def main(wanted: list[str]) -> int:
    """Exit code 0, or 1 where a page could not be had."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the site that was started ends too
    PICTURES.mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as address, sync_playwright() as playwright:
        accounts = {a["username"]: a["password"] for a in json.loads(Path(data, "accounts.json").read_text("utf-8"))}
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM))
        for name, user, screen, way in PAGES:
            if not wanted or name.startswith(tuple(wanted)):
                failed += not shoot(browser, address, name, user, accounts.get(user, ""), screen, way)
        browser.close()
    return int(failed > 0)


def shoot(
    browser: Browser, address: str, name: str, user: str, password: str, screen: dict[str, int], way: Way
) -> bool:
    """One picture; says what went wrong and gives False where there is none."""
    context = browser.new_context(base_url=address, viewport=screen, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(15_000)
    try:
        if user:
            page.goto("/sign-in")
            page.get_by_label("登录名").fill(user)
            page.get_by_label("密码").fill(password)
            page.get_by_role("button", name="登录").click()
        way(page)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        print(name, flush=True)
        return True
    except Exception as problem:  # the other pages are still wanted
        print(f"{name}: {str(problem).splitlines()[0]}", file=sys.stderr, flush=True)
        return False
    finally:
        context.close()


@contextlib.contextmanager
def served(data: Path) -> Iterator[str]:
    """The demonstration on a free port, from when it answers until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(ROOT / "scripts/demo.py"), str(data), str(port)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ, start_new_session=True
    )
    try:
        assert process.stdout is not None
        if not any(READY in line for line in process.stdout):
            raise RuntimeError("the demonstration did not start")
        address = f"http://127.0.0.1:{port}"
        urllib.request.urlopen(f"{address}/healthz", timeout=30).close()
        yield address
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
