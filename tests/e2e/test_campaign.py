"""A whole campaign in the browser: the office deploys, one branch checks, asks, reports a faulty row, is sent back,
mends it and reports again, the other hands in a nil return; approved, the committee's 附件2 is right and balances."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from paicha.domain.annex2 import LETTERS, Dimension
from tests.campaigns.world import SUMMARY, member
from tests.college import College
from tests.world import COMPUTING, SURVEY

SignedIn = Callable[[str], Page]
# 备注 stands between U and V.
COLUMNS = {letter: n + (letter > "U") for n, letter in enumerate(LETTERS, 1)}
NAME = "2023年流动党员组织关系集中排查"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "签字.pdf"
    path.write_bytes(b"%PDF-1.4 signed")
    return path


def at_unit(page: Page, step: str) -> None:
    """From the first page to a step of one's own branch."""
    page.goto("/campaigns")
    page.get_by_role("link", name=NAME).click()
    page.locator(".chain").get_by_role("link", name=step, exact=True).click()


def confirm_plan(page: Page) -> None:
    at_unit(page, "工作方案")
    for field in page.locator(".plan textarea").all():
        field.fill("按通知要求，结合本支部实际开展。")
    page.get_by_role("button", name="确认方案").click()


def hand_in(page: Page, scan: Path, *, nil: bool = False) -> None:
    at_unit(page, "上报")
    page.get_by_label("审核领导").fill("王书记")
    page.get_by_label("填表人").fill("李干事")
    for field, words in SUMMARY.items():
        page.locator(f"#{field}").fill(words)
    page.locator("#scan").set_input_files(scan)
    if nil:
        page.get_by_label("确认本支部没有流出党员").check()
    page.get_by_role("button", name="上报", exact=True).click()


def review(page: Page, branch: str) -> None:
    page.goto("/campaigns")
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="等审核的上报").click()
    page.locator("main").get_by_role("link", name=branch).first.click()


def people(college: College) -> None:
    """One attends in each branch; two are away from the survey branch, 张三 with a faulty number."""
    member(college, college.survey, "在支部的")
    member(college, college.computing, "也在支部的")
    college.add(college.survey, 6, name="张三", phone="12345")
    college.add(college.survey, 7, name="李四", residence="北京市海淀区中关村街道")


def confirm_those_who_attend(page: Page) -> None:
    at_unit(page, "逐人排查")
    page.get_by_role("button", name="确认以上勾选的人在支部参加活动").click()


def check_those_away(clerk: Page) -> None:
    """李四 comes first by pinyin: the branch is not sure and asks; 张三 is away by the months."""
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("李四")
    clerk.get_by_label("7 待定").check()
    clerk.get_by_label("理由").fill("春节后回来过没有，还在核实")
    clerk.get_by_role("button", name="按选的结论定下").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("张三")
    clerk.get_by_label("变化的日期").fill("2023-03-01")
    clerk.get_by_label("变化以后没有再线下参加过").check()
    clerk.get_by_role("button", name="看建议").click()
    clerk.get_by_role("button", name="采纳建议").click()


def answer(office: Page) -> None:
    office.goto("/")
    office.get_by_role("link", name="1 条请示等答复").click()
    office.get_by_role("link", name="春节后回来过没有").click()
    office.get_by_label("答复").fill("以本人书面说明为准，六个月没有回来的按流出党员管理")
    office.get_by_role("button", name="答复", exact=True).click()


def decide_by_the_answer(clerk: Page) -> None:
    at_unit(clerk, "逐人排查")
    clerk.get_by_role("link", name="李四").first.click()
    expect(clerk.get_by_text("第 1 号请示的答复：以本人书面说明为准")).to_be_visible()
    clerk.get_by_label("2 流出党员（支部认定）").check()
    clerk.get_by_label("理由").fill("本人书面说明半年没有回来，支部会议研究认定")
    clerk.get_by_role("button", name="按选的结论定下").click()


def send_back(office: Page) -> None:
    review(office, SURVEY)
    office.get_by_label("张三 本人联系电话").check()
    office.get_by_role("button", name="退回，写原因").click()
    office.get_by_role("button", name="退回", exact=True).click()
    expect(office.get_by_role("status")).to_contain_text("已退回")


def mend(clerk: Page) -> None:
    at_unit(clerk, "上报")
    clerk.locator(".marks").get_by_role("link", name="张三").click()
    clerk.get_by_label("本人联系电话").fill("13800138000")
    clerk.get_by_role("button", name="保存").click()


def test_a_whole_campaign_ends_with_the_sums_right(signing_in: SignedIn, college: College, scan: Path) -> None:
    people(college)
    office = signing_in("office")
    office.goto("/campaigns/new")
    office.get_by_label("名称").fill(NAME)
    office.get_by_role("button", name="部署").click()

    clerk = signing_in("clerk")
    confirm_plan(clerk)
    confirm_those_who_attend(clerk)
    check_those_away(clerk)
    answer(office)
    decide_by_the_answer(clerk)
    hand_in(clerk, scan)
    expect(clerk.get_by_role("status")).to_contain_text("已上报（第 1 次）")

    secretary = signing_in("secretary")
    confirm_plan(secretary)
    confirm_those_who_attend(secretary)
    hand_in(secretary, scan, nil=True)
    expect(secretary.get_by_role("status")).to_contain_text("已上报（第 1 次）")

    send_back(office)
    mend(clerk)
    hand_in(clerk, scan)
    expect(clerk.get_by_role("status")).to_contain_text("已上报（第 2 次）")

    for branch in (SURVEY, COMPUTING):
        review(office, branch)
        office.get_by_role("button", name="审核通过").click()
        expect(office.get_by_role("status")).to_contain_text("审核通过")

    office.get_by_role("link", name="党委的附件2").first.click()
    expect(office.locator("main")).to_contain_text("已审核通过 2 个，共 2 个党支部")
    expect(office.get_by_text("不成立")).to_have_count(0)
    with office.expect_download() as downloaded:
        office.get_by_role("link", name="只下载附件2").click()
    sheet = openpyxl.load_workbook(BytesIO(downloaded.value.path().read_bytes())).worksheets[0]
    figures = {letter: sheet.cell(7, column).value for letter, column in COLUMNS.items()}
    assert [figures[letter] for letter in "AVWXYZ"] == [2, 1, 0, 1, 0, 0]
    assert all(sum(figures[letter] for letter in one.letters) == 2 for one in Dimension)
