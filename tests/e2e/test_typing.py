"""The register as a sheet, as a clerk uses it: type, Tab, Enter, paste a block, take it back; by the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from paicha.domain.masking import mask_id
from paicha.register.models import EntryVersion, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import revise_entry
from tests.college import RULES, TODAY, College
from tests.e2e.conftest import PASSWORD
from tests.world import id_number, row

SignedIn = Callable[[str], Page]


def opened(signed_in: SignedIn, college: College, query: str = "") -> Page:
    page = signed_in("clerk")
    page.goto(f"/branches/{college.survey.id}/sheet{query}")
    page.locator(".tabulator-row").first.wait_for()
    return page


def cell(page: Page, line: int, field: str) -> Locator:
    return page.locator(".tabulator-row").nth(line).locator(f'[tabulator-field="{field}"]')


def choose(page: Page, line: int, field: str) -> None:
    """Click a cell, and wait until keys go to it: a person does, a browser under load needs some milliseconds."""
    cell(page, line, field).click()
    page.wait_for_function(
        """([line, field]) => {
            const row = document.querySelectorAll(".tabulator-row")[line];
            const cell = row.querySelector(`[tabulator-field="${field}"]`);
            const input = document.querySelector(".typing");
            const [a, b] = [cell.getBoundingClientRect(), input.getBoundingClientRect()];
            return document.activeElement === input && Math.abs(a.left - b.left) < 3 && Math.abs(a.top - b.top) < 3;
        }""",
        arg=[line, field],
    )


def saved(page: Page) -> None:
    expect(page.locator("#foot")).to_contain_text("已保存")


def paste(page: Page, block: str) -> None:
    """What Ctrl+V does with a block in the clipboard."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        block,
    )


def cells_of(entry: RegisterEntry) -> list[str]:
    entry.refresh_from_db()
    return list(EntryVersion.objects.get(id=entry.current_id).cells)


def test_typing_moves_on_by_tab_and_enter_and_saves_the_row_that_one_leaves(
    signed_in: SignedIn, college: College
) -> None:
    first, second = college.add(college.survey, 6), college.add(college.survey, 7, name="李四")
    page = opened(signed_in, college)
    choose(page, 0, "c1")
    page.keyboard.type("王五")
    page.keyboard.press("Tab")
    page.keyboard.type("女")
    page.keyboard.press("Enter")
    saved(page)
    expect(cell(page, 0, "c1")).to_have_text("王五")
    with college.at_work():
        assert cells_of(first)[1:3] == ["王五", "女"]
        assert EntryVersion.objects.filter(entry=first).count() == 2, "one version of a row, not one of a cell"
        assert cells_of(second)[1] == "李四"


def test_a_fault_is_marked_in_its_cell_and_told_in_words(signed_in: SignedIn, college: College) -> None:
    college.add(college.survey, 6)
    page = opened(signed_in, college)
    choose(page, 0, "c2")
    page.keyboard.type("未知")
    page.keyboard.press("Enter")
    expect(page.locator("#foot")).to_contain_text("1 处错误")
    choose(page, 0, "c2")
    expect(page.locator("#faults")).to_contain_text("性别：")
    assert "error" in (cell(page, 0, "c2").get_attribute("class") or "")


def test_a_masked_number_stays_unless_it_is_typed_anew(signed_in: SignedIn, college: College) -> None:
    entry = college.add(college.survey, 6)
    page = opened(signed_in, college)
    expect(cell(page, 0, "c7")).to_have_text(mask_id(id_number(sequence=13)))
    cell(page, 0, "c7").dblclick()
    page.locator(".typing.open").wait_for()
    page.keyboard.press("Enter")
    choose(page, 0, "c1")
    page.keyboard.type("王五")
    page.keyboard.press("Enter")
    saved(page)
    with college.at_work():
        assert cells_of(entry)[7] == id_number(sequence=13)


def test_a_block_from_a_spreadsheet_goes_over_rows_and_adds_people_and_is_taken_back(
    signed_in: SignedIn, college: College
) -> None:
    entry = college.add(college.survey, 6)
    page = opened(signed_in, college)
    choose(page, 0, "c1")
    paste(page, '王五\t女\t回族\n"赵\n六"\t男\t汉\n钱七\t男\t汉\n')
    expect(page.locator("#foot")).to_contain_text("3 人")
    saved(page)
    with college.at_work():
        assert cells_of(entry)[1:4] == ["王五", "女", "回族"]
        assert [e.current.name for e in RegisterEntry.objects.order_by("rank") if e.current] == ["王五", "赵六", "钱七"]
    page.keyboard.press("Control+z")
    expect(page.locator("#foot")).to_contain_text("1 人")
    expect(cell(page, 0, "c1")).to_have_text("张三")
    with college.at_work():
        assert cells_of(entry)[1:4] == ["张三", "男", "汉族"]
        assert RegisterEntry.objects.filter(closed_on=None).count() == 1


def test_several_steps_in_one_row_are_taken_back_one_after_the_other(signed_in: SignedIn, college: College) -> None:
    entry = college.add(college.survey, 6)
    college.add(college.survey, 7, name="李四")
    page = opened(signed_in, college)
    for field, words in (("c1", "王五"), ("c3", "回族"), ("c8", "大专")):
        choose(page, 0, field)
        with page.expect_response("**/sheet/rows"):
            page.keyboard.type(words)
            page.keyboard.press("Enter")
        saved(page)
    for left in ("本科", "汉族", "张三"):
        with page.expect_response("**/sheet/undo") as answered:
            page.keyboard.press("Control+z")
        assert answered.value.status == 200
        expect(page.locator(".tabulator-row").first).to_contain_text(left)
    expect(page.locator("#foot")).to_contain_text("已撤销")
    with college.at_work():
        assert [cells_of(entry)[n] for n in (1, 3, 8)] == ["张三", "汉族", "本科"]


def test_the_keyboard_alone_adds_somebody_in_the_last_line(signed_in: SignedIn, college: College) -> None:
    college.add(college.survey, 6)
    page = opened(signed_in, college)
    choose(page, 0, "c1")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("孙八")
    page.keyboard.press("Tab")
    page.keyboard.type("男")
    page.keyboard.press("Enter")
    expect(page.locator("#foot")).to_contain_text("2 人")
    with college.at_work():
        assert RegisterEntry.objects.filter(current__name="孙八").count() == 1


def test_who_was_second_is_shown_both_and_chooses(signed_in: SignedIn, college: College) -> None:
    entry = college.add(college.survey, 6)
    page = opened(signed_in, college)
    with college.at_work():
        assert entry.current_id is not None
        revise_entry(
            actor=college.people["office"],
            entry_id=entry.id,
            base=entry.current_id,
            cells=row(6, name="李四").values,
            recorder=Recorder(RULES),
            today=TODAY,
        )
    choose(page, 0, "c1")
    page.keyboard.type("王五")
    page.keyboard.press("Enter")
    expect(page.locator("#conflicts")).to_contain_text("李四")
    expect(page.locator("#conflicts")).to_contain_text("王五")
    page.get_by_role("button", name="用我填的").click()
    saved(page)
    with college.at_work():
        assert cells_of(entry)[1] == "王五"


def test_what_is_shown_and_in_which_order_stands_in_the_address(signed_in: SignedIn, college: College) -> None:
    for number, name in enumerate(("赵六", "丁一", "安二"), 6):
        college.add(college.survey, number, name=name, sex="" if name == "丁一" else "男")
    page = opened(signed_in, college, "?order=strokes")
    expect(page.locator('.tabulator-row [tabulator-field="c1"]')).to_have_text(["丁一", "安二", "赵六", ""])
    page.get_by_label("顺序").select_option("姓名拼音")
    page.get_by_label("看哪些").select_option("有错误的")
    page.get_by_role("button", name="查看").click()
    assert "order=pinyin" in page.url
    expect(page.locator('.tabulator-row [tabulator-field="c1"]')).to_have_text(["丁一", ""])


def test_the_age_of_a_pasted_block_is_passed_over_since_the_register_reckons_it(
    signed_in: SignedIn, college: College
) -> None:
    entry = college.add(college.survey, 6)
    page = opened(signed_in, college)
    choose(page, 0, "c3")
    paste(page, "回族\t197008\t99\t199506\n")
    saved(page)
    expect(cell(page, 0, "c5")).to_have_text("53")
    with college.at_work():
        assert cells_of(entry)[3:7] == ["回族", "197008", "", "199506"]


def test_what_was_typed_outlives_a_session_that_ended(signed_in: SignedIn, college: College) -> None:
    entry = college.add(college.survey, 6)
    page = opened(signed_in, college)
    page.context.clear_cookies(name="sessionid")
    choose(page, 0, "c1")
    page.keyboard.type("王五")
    page.keyboard.press("Enter")
    expect(page.locator("#foot")).to_contain_text("登录已过期")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_label("登录名").fill("clerk")
    other.get_by_label("密码").fill(PASSWORD)
    other.get_by_role("button", name="登录").click()
    other.get_by_role("link", name="退出").or_(other.get_by_role("button", name="退出")).first.wait_for()
    page.get_by_role("button", name="再试一次").click()
    saved(page)
    with college.at_work():
        assert cells_of(entry)[1] == "王五"


def test_a_filtered_sheet_still_counts_everybody(signed_in: SignedIn, college: College) -> None:
    college.add(college.survey, 6, sex="")
    college.add(college.survey, 7, name="李四")
    page = opened(signed_in, college, "?q=李四")
    expect(page.locator("#foot")).to_have_text("2 人 · 1 处错误")


def test_an_answer_that_comes_while_one_types_hides_no_conflict(signed_in: SignedIn, college: College) -> None:
    college.add(college.survey, 6)
    second = college.add(college.survey, 7, name="李四")
    page = opened(signed_in, college)
    with college.at_work():
        assert second.current_id is not None
        revise_entry(
            actor=college.people["office"],
            entry_id=second.id,
            base=second.current_id,
            cells=row(7, name="钱七").values,
            recorder=Recorder(RULES),
            today=TODAY,
        )
    held: list[Route] = []
    page.route("**/sheet/rows", lambda route: route.continue_() if held else held.append(route))
    choose(page, 0, "c1")
    page.keyboard.type("王五")
    page.keyboard.press("Enter")  # leaves the first row: its save is on the way
    page.keyboard.type("赵六")
    page.keyboard.press("Tab")
    held[0].continue_()
    expect(page.locator("#foot")).to_contain_text("1 行还没有保存")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#conflicts")).to_contain_text("钱七")
    expect(page.locator("#conflicts")).to_contain_text("赵六")
