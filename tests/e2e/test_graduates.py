"""A cohort of 200 in the browser, from the workbook to the letters."""

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from paicha.transfers.lettering.models import IntroductionLetter
from tests.college import College
from tests.transfers.graduates import line, list_bytes, rostered
from tests.transfers.world import ready_for_letters
from tests.world import COMPUTING, SURVEY

PEOPLE, SEED = 200, 5
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "一二三四五六七八九十"
KINDS = ("就业", "就业", "升学", "待业", "参军", "考研", "签约")


def cohort_list(college: College) -> bytes:
    """Their list, as a college keeps it, and all of them on the roster; a different one with each seed."""
    chance, lines = random.Random(SEED), []
    for number in range(PEOPLE):
        name = chance.choice(SURNAMES) + GIVEN[number // 10 % 10] + GIVEN[number % 10]
        branch, called = chance.choice(((college.survey, SURVEY), (college.computing, COMPUTING)))
        rostered(college, branch, name, number + 1)
        lines.append(line(name, number + 1, called, chance.choice(KINDS)))
    return list_bytes(*lines)


def test_a_cohort_of_two_hundred_from_the_workbook_to_the_letters(
    signed_in: Callable[[str], Page], college: College, tmp_path: Path
) -> None:
    ready_for_letters(college)
    (tmp_path / "毕业生.xlsx").write_bytes(cohort_list(college))
    page = signed_in("office")
    page.get_by_role("link", name="转接", exact=True).click()
    page.get_by_role("link", name="毕业生", exact=True).click()
    page.get_by_label("届别").fill("2023届")
    page.get_by_label("毕业年月").fill("202306")
    page.get_by_role("button", name="建这一届").click()

    page.get_by_label("名单文件").set_input_files(tmp_path / "毕业生.xlsx")
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="就这样，看对比").click()
    expect(page.get_by_text(f"新增 {PEOPLE} 人")).to_be_visible()
    page.get_by_role("button", name=f"写入 {PEOPLE} 人").click()
    page.get_by_role("link", name="看2023届毕业生").click()
    expect(page.locator("table.graduates tbody tr")).to_have_count(PEOPLE)

    page.get_by_role("link", name="成批开介绍信").click()
    page.get_by_label("没有填党费交至的，都填").fill("202312")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name=f"可以开的（{PEOPLE} 人）")).to_be_visible()
    page.get_by_role("button", name="开勾选的介绍信").click()
    expect(page.get_by_role("status")).to_contain_text(f"已开 {PEOPLE} 封介绍信：〔2023〕第0001号到〔2023〕第0200号")
    with college.at_work():
        numbers = list(IntroductionLetter.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, PEOPLE + 1))

    with page.expect_download() as printed:
        page.get_by_role("button", name="全部打印（PDF）").click()
    told = subprocess.run(["pdfinfo", printed.value.path()], capture_output=True, text=True, check=True).stdout
    assert f"Pages:           {PEOPLE}" in told
    assert "A4" in told
    with page.expect_download() as signing:
        page.get_by_role("button", name="签收单（.xlsx）").click()
    assert signing.value.suggested_filename == "2023届介绍信签收单.xlsx"
    page.get_by_role("link", name="2023届毕业生").click()
    expect(page.get_by_role("link", name=f"在途 {PEOPLE}")).to_be_visible()


def test_who_has_no_destination_is_found_from_home_and_given_one_by_the_keyboard(
    signed_in: Callable[[str], Page], college: College, tmp_path: Path
) -> None:
    for number, name in enumerate(("张三", "李四"), 1):
        rostered(college, college.survey, name, number)
    content = list_bytes(line("张三", 1, kind="", responsible=""), line("李四", 2, responsible=""))
    (tmp_path / "毕业生.xlsx").write_bytes(content)
    page = signed_in("clerk")
    page.goto("/graduates")
    page.get_by_label("届别").fill("2023届")
    page.get_by_role("button", name="建这一届").click()
    page.get_by_label("名单文件").set_input_files(tmp_path / "毕业生.xlsx")
    page.get_by_role("button", name="上传并核对").click()
    page.get_by_role("button", name="就这样，看对比").click()
    page.get_by_role("button", name="写入 2 人").click()

    page.goto("/")
    page.get_by_role("link", name="2023届毕业生有 1 人没有去向，2 人没人负责").click()
    expect(page.locator("table.graduates tbody tr")).to_have_count(1)
    page.get_by_label("张三的去向类别").focus()
    page.keyboard.type("升学")
    page.get_by_label("张三的去向类别").select_option("升学")
    page.keyboard.press("Tab")
    page.keyboard.type("江城大学")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已保存")
    page.get_by_role("link", name="没人负责 2").click()
    page.get_by_label("下面没有专人联系的，都由谁联系").fill("王书记")
    page.get_by_role("button", name="填上并保存").click()
    page.get_by_role("link", name="全部 2").click()
    expect(page.get_by_label("张三的去向单位")).to_have_value("江城大学")
    expect(page.get_by_label("李四的专人联系")).to_have_value("王书记")
