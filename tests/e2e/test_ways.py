"""The ways that people go on the site, from signing in to the file in their hand."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msoffcrypto
import openpyxl
from playwright.sync_api import Page, expect

from tests.college import College, form_bytes
from tests.world import COMPUTING, SURVEY, row

SignedIn = Callable[[str], Page]


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_branch_signs_in_uploads_mends_and_takes_the_form_home(signing_in: SignedIn, tmp_path: Path) -> None:
    page = signing_in("clerk")
    page.get_by_role("link", name=SURVEY, exact=True).click()
    page.get_by_role("link", name="上传附件1").click()
    sent = file(tmp_path, "测绘.xlsx", form_bytes(row(6), row(7, name="李四", sex="未知")))
    page.get_by_label("文件").set_input_files(sent)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("新增 2 人")).to_be_visible()
    page.get_by_role("button", name="写入台账").click()
    expect(page.get_by_role("status")).to_contain_text("新增 2 人")
    page.get_by_role("link", name="首页").click()
    page.get_by_role("link", name=SURVEY, exact=True).click()
    expect(page.get_by_text("1 处错误")).to_be_visible()
    page.get_by_role("link", name="李四").click()
    page.get_by_label("性别").fill("女")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("李四 已保存")
    page.get_by_role("link", name="下载附件1").click()
    password = page.get_by_label("密码", exact=True).input_value()
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="下载").click()
    plain = BytesIO()
    with downloaded.value.path().open("rb") as taken:
        protected = msoffcrypto.OfficeFile(taken)
        protected.load_key(password=password)
        protected.decrypt(plain)
    sheet = openpyxl.load_workbook(plain).worksheets[0]
    assert [sheet["B6"].value, sheet["B7"].value, sheet["C7"].value] == ["张三", "李四", "女"]


def test_the_office_drops_the_files_sees_who_is_missing_and_takes_it_back(signed_in: SignedIn, tmp_path: Path) -> None:
    page = signed_in("office")
    page.get_by_role("link", name="收表").click()
    page.get_by_label("文件").set_input_files(file(tmp_path, "测绘.xlsx", form_bytes(row(6))))
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", name="这一批里没有的党支部（1）")).to_be_visible()
    expect(page.get_by_text(COMPUTING)).to_be_visible()
    page.get_by_role("button", name="写入台账").click()
    page.get_by_role("button", name="整批撤销").click()
    expect(page.get_by_role("status")).to_contain_text("退出 1 人")


def test_the_second_of_two_writers_keeps_what_was_typed(signed_in: SignedIn, college: College) -> None:
    entry = college.add(college.survey)
    first, second = signed_in("clerk"), signed_in("office")
    for page in (first, second):
        page.goto(f"/entries/{entry.id}")
    first.get_by_label("姓名", exact=False).first.fill("王五")
    first.get_by_role("button", name="保存").click()
    second.get_by_label("文化程度").fill("大专")
    second.get_by_role("button", name="保存").click()
    expect(second.get_by_role("heading", name="有人先改了这一行")).to_be_visible()
    expect(second.get_by_label("文化程度，您填写的：大专")).to_be_checked()
    second.get_by_role("button", name="保存").click()
    expect(second.get_by_role("status")).to_contain_text("已保存")


def test_the_keyboard_alone_is_enough(signed_in: SignedIn, college: College) -> None:
    entry = college.add(college.survey, sex="未知")
    page = signed_in("clerk")
    page.goto(f"/entries/{entry.id}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "c2":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("男")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已保存")


def test_a_second_click_while_files_are_looked_at_sends_nothing(signed_in: SignedIn, tmp_path: Path) -> None:
    page = signed_in("office")
    page.get_by_role("link", name="收表").click()
    page.get_by_label("文件").set_input_files(file(tmp_path, "测绘.xlsx", form_bytes(row(6))))
    page.get_by_role("button", name="上传并核对").dblclick()
    expect(page.get_by_role("button", name="写入台账")).to_be_visible()
    page.get_by_role("link", name="收表").first.click()
    expect(page.locator("main tbody tr")).to_have_count(1)
