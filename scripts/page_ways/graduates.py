"""Ways to the pages of graduates: a cohort out of the examples' roster, its table, its letters."""

import tempfile
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from page_ways.common import ROOT
from page_ways.register import branch_roster

KINDS = ("就业", "升学", "就业", "待业", "参军", "", "出国", "就业")
TO = "中共武汉市洪山区关山街道工作委员会"
COLLEGES = ("地质工程学院学生", "信息工程学院学生", "环境工程学院学生", "经济管理学院")
HEADINGS = ("姓名", "身份证号", "所在党支部", "毕业去向", "单位", "抬头", "转往党组织", "联系人")


def graduates(page: Page) -> None:
    page.goto("/graduates")


def cohort(page: Page) -> None:
    """The table of a cohort, made once."""
    page.goto("/graduates")
    if page.get_by_role("link", name="2026届").count():
        page.get_by_role("link", name="2026届").first.click()
    if not page.locator("table.graduates").count():
        preview(page)
        page.get_by_role("button", name="写入").click()
        page.get_by_role("link", name="看2026届毕业生").click()


def preview(page: Page) -> None:
    """What a list of thirty of the roster would do, with its faults."""
    columns(page)
    if "/columns" in page.url:
        page.locator("main form button.primary").first.click()
        page.wait_for_load_state()


def columns(page: Page) -> None:
    """A new cohort, its list sent; which column is what is asked."""
    page.goto("/roster")
    if not page.get_by_text("下载各党支部备好的表").count():
        branch_roster(page)
    page.goto("/graduates")
    if page.get_by_role("link", name="2026届").count():
        page.get_by_role("link", name="2026届").first.click()
    else:
        page.get_by_label("届别").fill("2026届")
        page.get_by_label("毕业年月").fill("202606")
        page.get_by_role("button", name="建这一届").click()
    with tempfile.TemporaryDirectory() as folder:
        page.locator("input[type=file]").set_input_files(_list(Path(folder)))
        page.get_by_role("button", name="上传并核对").click()
    page.wait_for_load_state()


def one(page: Page) -> None:
    """One graduate."""
    cohort(page)
    page.locator("table.graduates td a").first.click()


def letters(page: Page) -> None:
    """What each lacks, before anything is filled in."""
    origin(page)
    cohort(page)
    page.get_by_role("link", name="成批开介绍信").click()


def ready(page: Page) -> None:
    """What is alike for all said once: who can be given a letter."""
    letters(page)
    if page.get_by_label("没有填党费交至的，都填").count():
        page.get_by_label("没有填党费交至的，都填").fill("202612")
        page.get_by_label("没有填正式或预备的，都填").select_option("正式")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("status")).to_contain_text("已保存")


def issued(page: Page) -> None:
    """The letters of a day."""
    ready(page)
    if page.get_by_role("button", name="开勾选的介绍信").count():
        page.get_by_role("button", name="开勾选的介绍信").click()
        expect(page.get_by_role("status")).to_contain_text("封介绍信")


def after(page: Page) -> None:
    """The table once letters are issued."""
    issued(page)
    page.get_by_role("link", name="2026届毕业生").click()


def receipts(page: Page) -> None:
    issued(page)
    page.get_by_role("link", name="2026届毕业生").click()
    page.get_by_role("link", name="登记回执").click()


def origin(page: Page) -> None:
    """What letters bear, where nobody has said it yet."""
    page.goto("/letters/origin")
    for name, text in (("address", "湖北省武汉市洪山区鲁磨路100号"), ("phone", "027-87650000"), ("postcode", "430074")):
        page.locator(f"[name={name}]").fill(text)
    page.locator("main form button.primary").first.click()


def _list(folder: Path) -> Path:
    """Thirty of the roster of examples/ with destinations, two rows of them faulty."""
    roster = openpyxl.load_workbook(ROOT / "examples/roster.xlsx", read_only=True).active
    rows = [[str(cell or "") for cell in row] for row in roster.iter_rows(values_only=True)]
    head = next(number for number, row in enumerate(rows) if any("姓名" in cell for cell in row))
    at = {name: next(n for n, cell in enumerate(rows[head]) if name in cell) for name in ("姓名", "身份", "党组织名称")}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    students = [row for row in rows[head + 1 :] if any(one in row[at["党组织名称"]] for one in COLLEGES)]
    youngest = sorted(students, key=lambda row: row[at["身份"]][6:14], reverse=True)[:24]
    for number, row in enumerate(youngest):
        kind = KINDS[number % len(KINDS)]
        goes = kind in ("就业", "升学", "参军")
        sheet.append(
            [
                *(row[at["姓名"]], row[at["身份"]], row[at["党组织名称"]], kind),
                *(("江城测绘有限公司", TO, "关山社区党支部") if goes else ("", "", "")),
                "王书记" if number % 3 else "",
            ]
        )
    sheet.append(["不在名册的人", "420106200108151231", "", "就业", "", "", "", ""])
    sheet.cell(5, 4).value = "去了南方"
    book.save(folder / "2026届毕业生.xlsx")
    return folder / "2026届毕业生.xlsx"
