"""Introduction letters in the browser: from the advice to the receipt; one that expired and was issued anew."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.college import College
from tests.transfers.world import TO, lettered, ready_for_letters

SignedIn = Callable[[str], Page]


def test_from_the_advice_to_the_letter_and_its_receipt(signed_in: SignedIn, college: College) -> None:
    entry = college.add(college.survey)
    branch = signed_in("clerk")
    branch.goto(f"/entries/{entry.id}/transfer")
    asked = branch.locator("form", has=branch.get_by_role("button", name="记下，看建议"))
    asked.get_by_role("group", name="是否离退休").get_by_label("否").check()
    asked.get_by_label("工作相对稳定").check()
    branch.get_by_role("button", name="记下，看建议").click()
    expect(branch.get_by_text("请党委办公室在本页开具")).to_be_visible()

    office = signed_in("office")
    office.goto(f"/entries/{entry.id}/transfer")
    office.get_by_role("link", name="开介绍信").click()
    office.get_by_role("link", name="先填写单位信息").click()
    office.get_by_label("通讯地址").fill("武汉市洪山区鲁磨路100号")
    office.get_by_label("联系电话").fill("027-87650000")
    office.get_by_label("邮编").fill("430074")
    office.get_by_label("已经开到第几号").fill("6")
    office.get_by_role("button", name="保存").click()
    expect(office.get_by_role("status")).to_contain_text("已保存")

    office.goto(f"/entries/{entry.id}/letter")
    expect(office.get_by_text("下一号是第 7 号")).to_be_visible()
    office.get_by_label("抬头").fill(TO)
    office.get_by_label("转往哪个党支部或单位").fill("关山街道幸福社区党支部")
    office.get_by_label("转往哪里").select_option("1")
    office.get_by_label("党费交至").fill("2023年12月")
    office.get_by_role("button", name="开具").click()
    expect(office.get_by_role("status")).to_contain_text("〔2023〕第0007号 已开具")
    with office.expect_download() as downloaded:
        office.get_by_role("button", name="打印（PDF）").click()
    assert downloaded.value.suggested_filename == "介绍信〔2023〕第0007号.pdf"
    assert downloaded.value.path().read_bytes().startswith(b"%PDF-")

    branch.goto(f"/entries/{entry.id}/transfer")
    expect(branch.get_by_text("等对方的回执")).to_be_visible()
    branch.get_by_text("收到了转接回执").click()
    branch.get_by_label("回执日期").fill("2023-12-01")
    branch.get_by_role("button", name="记下回执").click()
    expect(branch.get_by_text("由接收的党组织管理")).to_be_visible()
    branch.get_by_role("link", name="〔2023〕第0007号").click()
    expect(branch.get_by_text("已回执")).to_be_visible()


def test_one_that_expired_is_issued_anew_and_a_wrong_one_is_void(
    signed_in: SignedIn, college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_for_letters(college)
    entry = college.add(college.survey)
    lettered(college, entry)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2024, 1, 8))
    page = signed_in("office")
    page.get_by_role("link", name="1 人的转接逾期没有回执").click()
    page.get_by_role("link", name="张三").click()
    page.get_by_role("link", name="重新开介绍信").click()
    expect(page.get_by_text("2023-12-16 到期")).to_be_visible()
    expect(page.get_by_label("抬头")).to_have_value(TO)
    page.get_by_role("button", name="开具").click()
    expect(page.get_by_role("alert")).to_contain_text("还缺：党支部的情况说明、党员本人的申请")
    page.get_by_label("党支部的情况说明").fill("支部1月8日出具：本人住院，没有按期去办")
    page.get_by_label("党员本人的申请").fill("本人1月8日申请重新开具")
    page.get_by_role("button", name="开具").click()
    expect(page.get_by_role("status")).to_contain_text("〔2024〕第0001号 已开具")
    page.get_by_role("link", name="〔2023〕第0001号").click()
    expect(page.get_by_text("已换开", exact=True)).to_be_visible()

    page.goto("/letters")
    page.get_by_role("link", name="〔2024〕第0001号").click()
    page.locator("summary", has_text="作废").click()
    page.get_by_label("为什么作废").select_option("1")
    page.get_by_label("说明", exact=True).fill("抬头写错了")
    page.get_by_role("button", name="作废 〔2024〕第0001号").click()
    expect(page.get_by_role("status")).to_contain_text("已作废")
    page.get_by_role("link", name="重新开具").click()
    page.get_by_role("button", name="开具").click()
    expect(page.get_by_role("status")).to_contain_text("〔2024〕第0002号 已开具")
    page.goto("/letters?year=2024")
    expect(page.get_by_role("link", name="作废 1")).to_be_visible()
