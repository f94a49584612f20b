"""Ways to the pages of the national system's list of transfers, made here of people of the examples."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
from playwright.sync_api import Page
from xlsxwriter import Workbook

from page_ways.common import ROOT

HEADINGS = (
    *("姓名", "公民身份号码", "转出党支部", "目标组织"),
    *("转接编号", "发起时间", "办理状态", "完成时间", "转接类型"),
)
THERE = (
    "中共江城市关山街道幸福社区委员会",
    "中共广东省深圳市南山区科技园支部委员会",
    "中共湖北省宜昌市西陵区大学路社区支部委员会",
)
STATES = ("转接中", "已接收", "退回", "待对方党委确认", "转接中", "已接收")


def a_list() -> bytes:
    """Six transfers of the first branch of the examples' roster: one number masked, one time missing."""
    rows = list(openpyxl.load_workbook(ROOT / "examples/roster.xlsx").worksheets[0].values)[3:9]
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("组织关系转接")
    sheet.write_row(0, 0, HEADINGS)
    begun = date.today() - timedelta(days=20)  # noqa: DTZ011  a made-up day
    for n, row in enumerate(rows):
        name, number = str(row[1]), str(row[2])
        shown = f"{number[:6]}********{number[14:]}" if n == 4 else number
        done = f"{begun + timedelta(days=12)} 15:20:00" if STATES[n] in ("已接收", "退回") and n != 5 else ""
        line = (
            name,
            shown,
            str(row[0]),
            THERE[n % 3],
            f"ZJ2026{1000 + n}",
            f"{begun} 09:30:00",
            STATES[n],
            done,
            "省内转接",
        )
        sheet.write_row(n + 1, 0, line)
    book.close()
    return out.getvalue()


def sent(page: Page) -> None:
    """The list is sent; its columns are asked the first time."""
    page.goto("/transfers/exported")
    file = {"name": "组织关系转接列表.xlsx", "mimeType": "application/octet-stream", "buffer": a_list()}
    page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="上传并核对").click()
    page.wait_for_load_state()


def words(page: Page) -> None:
    """What a word of the system means, asked the first time."""
    sent(page)
    if "/columns" in page.url:
        page.get_by_role("button", name="就这样，看对比").click()
        page.wait_for_load_state()


def previewed(page: Page) -> None:
    words(page)
    if "/words" in page.url:
        page.locator("#word-0").select_option("在途")
        page.get_by_role("button", name="就这样，看对比").click()
        page.wait_for_load_state()


def written(page: Page) -> None:
    previewed(page)
    page.get_by_role("button", name="写入这些转接").click()
    page.wait_for_load_state()
