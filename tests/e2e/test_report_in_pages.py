"""A report-in in the browser: who is to is called, an organisation that others know fills itself, Z follows."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from paicha.domain.advice import Work
from paicha.transfers.advising.services import record_facts
from tests.college import College
from tests.transfers.world import HERE, THERE, reported_in

SignedIn = Callable[[str], Page]


@pytest.fixture
def two(college: College) -> College:
    """李四 has reported in; 张三 is to."""
    reported_in(college, college.add(college.survey, 7, name="李四"))
    entry = college.add(college.survey, 6, birth="199508")
    with college.at_work():
        answers = {"work": Work.NONE, "long_resident": False}
        record_facts(actor=college.people["clerk"], entry_id=entry.id, answers=answers)
    return college


def test_from_the_call_to_z_and_to_the_end(signed_in: SignedIn, two: College) -> None:
    page = signed_in("clerk")
    page.get_by_role("link", name="1 人该督促报到").click()
    page.get_by_role("link", name="给 张三 打电话").click()
    page.get_by_label("谈了什么").fill("上周已经去社区报到")
    page.get_by_label("本人说已经向流入地党组织报到").check()
    page.get_by_role("button", name="记下，看下一个").click()

    page.get_by_label("向哪个党组织报到").fill(THERE)
    expect(page.get_by_label("联系人姓名及职务")).to_have_value(HERE.contact)
    expect(page.get_by_label("联系电话")).to_have_value("139****1111")
    page.get_by_role("button", name="记下报到").click()
    expect(page.get_by_text("请填写日期")).to_be_visible()
    expect(page.get_by_label("联系电话")).to_have_value("139****1111")
    page.get_by_label("从什么时候起").fill("2023-11-24")
    page.get_by_label("凭什么知道").fill("电话向对方党支部核实")
    page.get_by_role("radio", name=re.compile("^居住地党组织")).check()
    page.get_by_role("button", name="记下报到").click()
    expect(page.get_by_role("status")).to_contain_text("计入附件2的Z")

    page.goto(f"/branches/{two.survey.id}/annex2")
    page.get_by_role("link", name="Z 2").click()
    page.get_by_role("link", name="张三").click()
    expect(page.get_by_text(f"报到：{THERE}")).to_be_visible()

    page.goto("/report-ins?show=in-force")
    page.get_by_role("link", name="张三").click()
    page.get_by_text("终止这次报到").click()
    page.get_by_label("从哪天起不再在那里").fill("2023-12-01")
    page.get_by_label("为什么").fill("回到本支部参加活动")
    page.get_by_role("button", name="终止").click()
    expect(page.get_by_text("还没有报到")).to_be_visible()


def test_what_is_typed_is_not_written_over_and_the_list_fills_it_without_scripts(
    signed_in: SignedIn, two: College
) -> None:
    page = signed_in("clerk")
    page.goto("/report-ins?show=urge")
    page.get_by_role("link", name="记 张三 的报到").click()
    page.get_by_label("联系人姓名及职务").fill("赵委员")
    page.get_by_label("凭什么知道").fill("本人提供的报到凭据")
    page.get_by_label("向哪个党组织报到").fill(THERE)
    expect(page.get_by_label("联系人姓名及职务")).to_have_value("赵委员")
    page.get_by_text("和以前报到过的一样").click()
    page.get_by_role("button", name=THERE).click()
    expect(page.get_by_label("联系人姓名及职务")).to_have_value(HERE.contact)
    expect(page.get_by_label("凭什么知道")).to_have_value("本人提供的报到凭据")
