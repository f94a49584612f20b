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
from collections.abc import Iterator
from pathlib import Path

from page_ways.campaign import (
    all_updates,
    answering,
    campaign,
    carried_over,
    change,
    check,
    deployed,
    dimensions,
    education,
    entering,
    look_back,
    materials,
    one_to_check,
    plan,
    progress,
    question,
    questions,
    report,
    reported,
    unit,
    updates,
)
from page_ways.common import ROOT, SOMEBODY, Way, at, link
from page_ways.exported import previewed, sent, words, written
from page_ways.graduates import after, cohort, columns, graduates, letters, one, ready, receipts
from page_ways.graduates import issued as letters_issued
from page_ways.graduates import preview as cohort_preview
from page_ways.letters import again, book, issued, origin, printed, template, void, wanted
from page_ways.register import (
    asked,
    branch_roster,
    calling,
    moving,
    moving_one,
    numbers,
    of_roster,
    preview,
    refused,
    report_ins,
    reported_in,
    reporting_in,
    roster,
    roster_preview,
    sheet,
    to_call,
    to_complete,
    transfer,
    transfers,
    underway,
)
from page_ways.review import handed_in_again, returned, returning, reviewing, summed, waiting
from page_ways.supervision import answered, chased, circular, circulated, demanded, inspected, supervised, visited
from playwright.sync_api import Browser, sync_playwright

PICTURES = ROOT / "docs/pictures"
SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
READY = "网站已启动"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


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
    ("支部-报到-记", "branch", SCREEN, reporting_in),
    ("支部-报到-没有填对", "branch", SCREEN, refused),
    ("支部-报到-补齐", "branch", SCREEN, to_complete),
    ("支部-报到", "branch", SCREEN, reported_in),
    ("支部-报到-手机", "branch", PHONE, reporting_in),
    ("支部-报到情况", "branch", SCREEN, report_ins),
    ("办公室-报到情况", "office", SCREEN, report_ins),
    ("办公室-介绍信-单位信息", "office", SCREEN, origin),
    ("办公室-介绍信-开具", "office", SCREEN, wanted),
    ("办公室-介绍信-一封", "office", SCREEN, issued),
    ("介绍信-打印", "office", {"width": 860, "height": 1200}, printed),
    ("办公室-介绍信-作废", "office", SCREEN, void),
    ("介绍信-打印-作废", "office", {"width": 860, "height": 1200}, printed),
    ("办公室-介绍信-重开", "office", SCREEN, again),
    ("办公室-介绍信", "office", SCREEN, book),
    ("办公室-介绍信-模板", "office", SCREEN, template),
    ("办公室-系统转接名单-各列", "office", SCREEN, sent),
    ("办公室-系统转接名单-状态", "office", SCREEN, words),
    ("办公室-系统转接名单-核对", "office", SCREEN, previewed),
    ("办公室-系统转接名单-已写入", "office", SCREEN, written),
    ("办公室-系统转接名单", "office", SCREEN, at("/transfers/exported")),
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
    ("办公室-名册上的党员-转接", "office", SCREEN, of_roster),
    ("办公室-毕业生-对照各列", "office", SCREEN, columns),
    ("办公室-毕业生-预览", "office", SCREEN, cohort_preview),
    ("办公室-毕业生-一届", "office", SCREEN, cohort),
    ("办公室-毕业生-一个人", "office", SCREEN, one),
    ("办公室-毕业生-还缺内容", "office", SCREEN, letters),
    ("办公室-毕业生-可以开的", "office", SCREEN, ready),
    ("办公室-毕业生-已开", "office", SCREEN, letters_issued),
    ("办公室-毕业生-在途", "office", SCREEN, after),
    ("办公室-毕业生-回执", "office", SCREEN, receipts),
    ("办公室-毕业生-在途-手机", "office", PHONE, after),
    ("办公室-毕业生", "office", SCREEN, graduates),
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
    ("办公室-在途名单", "office", SCREEN, campaign("在途名单")),
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
    ("办公室-和上一轮的接续", "office", SCREEN, carried_over),
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
    ("办公室-学习材料", "office", SCREEN, materials),
    ("办公室-主题教育覆盖", "office", SCREEN, campaign("主题教育覆盖")),
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
