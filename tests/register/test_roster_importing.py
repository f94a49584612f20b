"""The office's roster comes in: its columns are asked for once, what it would do is looked at, applied as one batch,
taken back as one batch."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from xlsxwriter import Workbook

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.formats.readers.roster import read_roster
from paicha.formats.readers.source import Sheet, Source
from paicha.intake.models import State, Upload
from paicha.intake.services import PlanChanged, receive
from paicha.organizations.models import Organization
from paicha.organizations.tree import tree_of
from paicha.register.models import Affiliation, Member, RosterLine
from paicha.register.records import Recorder
from paicha.register.roster.importing.plan import plan_of
from paicha.register.roster.importing.services import apply_roster
from tests.college import RULES, TODAY, College, uploaded
from tests.world import COMPUTING, SURVEY, id_number

HEADINGS = ("姓名", "性别", "公民身份号码", "所在党支部", "出生日期", "入党日期", "手机号", "转接状态", "籍贯")


def person(
    name: str, number: int, branch: str = SURVEY, state: str = "正常", *, phone: str = "13900001111", id_: str = ""
) -> tuple[str, ...]:
    """A line of the roster; `number` makes the ID number of tests.world.row."""
    id_ = id_ or id_number(sequence=2 * number + 1)
    return (name, "男", id_, branch, "1978-08-15", "2003-08-01", phone, state, "湖北")


def roster_bytes(*people: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("党员名册")
    for index, line in enumerate((headings, *people)):
        for column, text in enumerate(line):
            sheet.write_string(index, column, text)
    book.close()
    return out.getvalue()


def send(browser: Client, content: bytes) -> str:
    """Upload a roster; returns the address of its preview."""
    answer = browser.post("/roster", {"file": uploaded("名册.xlsx", content)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def guessed(page: str) -> dict[str, str]:
    """What the page of columns proposes, as a browser would send it."""
    selects = re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page)
    return {name: (re.search(r"<option selected>([^<]+)<", options) or ("", ""))[1] for name, options in selects}


def agree(browser: Client, url: str, **changed: str) -> str:
    """Say of the columns what the page proposes; returns the preview."""
    page = browser.get(f"{url}/columns").content.decode()
    answer = browser.post(f"{url}/columns", guessed(page) | changed, follow=True)
    return answer.content.decode()


def apply(browser: Client, url: str, page: str = "") -> str:
    digest = re.search(r'name="digest" value="(\w+)"', page or browser.get(url).content.decode())
    return browser.post(f"{url}/apply", {"digest": digest[1] if digest else ""}, follow=True).content.decode()


def imported(college: College, *people: tuple[str, ...]) -> str:
    """Bring a roster in; returns the address of the batch."""
    browser = college.client("office")
    url = send(browser, roster_bytes(*people))
    assert "已写入" in apply(browser, url, agree(browser, url))
    return url


def branches_of(college: College) -> dict[str, Any]:
    """Name → branch of everybody whose affiliation is open."""
    with college.at_work():
        found = Affiliation.objects.filter(until=None).select_related("member")
        return {affiliation.member.name: affiliation.branch_id for affiliation in found}


def test_the_first_upload_asks_which_column_is_what_and_shows_masked_values(college: College) -> None:
    browser = college.client("office")
    url = send(browser, roster_bytes(person("张三", 6), person("李四", 7)))
    page = browser.get(url, follow=True).content.decode()
    assert "名册的哪一列是什么" in page
    assert "张三；李四" in page
    assert "420106********" in page
    assert id_number(sequence=13) not in page
    assert list(guessed(page).values()) == [
        *("姓名", "性别", "身份证号", "所在党支部", "出生年月", "入党时间", "本人联系电话", "党籍状态", ""),
    ]


def test_what_was_said_of_the_columns_is_asked_no_more(college: College) -> None:
    imported(college, person("张三", 6))
    browser = college.client("head")
    url = send(browser, roster_bytes(person("张三", 6, phone="13900002222")))
    assert "改动 1 人" in browser.get(url).content.decode()
    new = send(browser, roster_bytes((*person("张三", 6), "x"), headings=(*HEADINGS, "新的一列")))
    assert "哪一列是什么" in browser.get(new, follow=True).content.decode()


def test_a_column_that_is_not_to_be_read_is_not_read(college: College) -> None:
    browser = college.client("office")
    url = send(browser, roster_bytes(person("张三", 6)))
    apply(browser, url, agree(browser, url, **{"column-6": ""}))
    with college.at_work():
        assert RosterLine.objects.get().cells[12] == ""


def test_columns_that_contradict_are_refused_in_words(college: College) -> None:
    browser = college.client("office")
    url = send(browser, roster_bytes(person("张三", 6)))
    assert "请只留一个" in agree(browser, url, **{"column-8": "姓名"})
    assert "没有一列是“姓名”" in agree(browser, url, **{"column-0": ""})


def test_headings_that_nobody_knows_can_be_told(college: College) -> None:
    browser = college.client("office")
    url = send(browser, roster_bytes(("张三", SURVEY), headings=("人", "组")))
    page = agree(browser, url, **{"column-0": "姓名", "column-1": "所在党支部"})
    assert "新增 1 人" in page


def test_a_preview_writes_nothing(college: College) -> None:
    browser = college.client("office")
    url = send(browser, roster_bytes(person("张三", 6)))
    assert "还没有写入" in agree(browser, url)
    with college.at_work():
        assert not Member.objects.exists()
        assert not RosterLine.objects.exists()


def test_applying_writes_members_affiliations_and_lines_with_one_event(college: College) -> None:
    imported(college, person("张三", 6), person("李四", 7, COMPUTING, "转出未接收"))
    with college.at_work():
        upload = Upload.objects.get()
        assert (upload.state, upload.counts["new"]) == (State.APPLIED, 2)
        assert AuditEvent.objects.filter(event=Event.ROSTER_IMPORTED, subject_id=upload.id).count() == 1
        line = RosterLine.objects.select_related("member").get(name="李四")
        assert (line.in_transit, line.pinyin, line.sex) == (True, "li si", 1)
        assert line.member.id_number == id_number(sequence=15)
    assert branches_of(college) == {"张三": college.survey.id, "李四": college.computing.id}


def test_who_is_on_the_register_already_is_the_same_member(college: College) -> None:
    college.add(college.survey, 6)
    college.add(college.survey, 7, name="李四", id_number="420106")
    imported(college, person("张三", 6), person("李四", 7))
    with college.at_work():
        assert Member.objects.count() == 2
        assert Member.objects.get(name="李四").id_number == id_number(sequence=15)


def test_changed_moved_unchanged_and_absent_are_told_apart(college: College) -> None:
    imported(college, person("张三", 6), person("李四", 7), person("王五", 8), person("赵六", 9), person("钱七", 10))
    browser = college.client("office")
    url = send(
        browser,
        roster_bytes(
            person("张三", 6), person("李四", 7, phone="13900002222"), person("王五", 8, COMPUTING), person("钱七", 10)
        ),
    )
    page = browser.get(url).content.decode()
    assert "新增 0 人，改动 1 人，调到别的党支部 1 人，没有改动 2 人" in page
    assert "139****1111" in page
    assert "139****2222" in page
    assert f"王五：从{SURVEY}调到{COMPUTING}" in page
    assert "赵六（测绘支部）" in page
    apply(browser, url)
    found = branches_of(college)
    assert found["王五"] == college.computing.id
    assert found["赵六"] == college.survey.id


def test_a_branch_is_found_by_its_alias_and_never_made(college: College) -> None:
    with college.at_work():
        college.survey.aliases = ["测绘系党支部"]
        college.survey.save()
        before = Organization.objects.count()
    browser = college.client("office")
    url = send(
        browser, roster_bytes(person("张三", 6, "测绘系党支部"), person("李四", 7, "测会支部"), person("王五", 8, ""))
    )
    page = agree(browser, url)
    assert "新增 1 人" in page
    assert "有 2 人的党支部认不出" in page
    assert "可能是“测绘支部”" in page
    apply(browser, url, page)
    with college.at_work():
        assert Organization.objects.count() == before


def test_somebody_whose_branch_is_not_known_is_not_said_to_be_gone(college: College) -> None:
    imported(college, person("张三", 6), person("李四", 7))
    browser = college.client("office")
    page = browser.get(send(browser, roster_bytes(person("张三", 6), person("李四", 7, "测会支部")))).content.decode()
    assert "共 1 人，没有读入" in page
    assert "第3行" in page
    assert "名册里没有了" not in page


def test_faulty_rows_are_told_with_their_cell_and_the_same_number_comes_in_once(college: College) -> None:
    browser = college.client("office")
    wrong = id_number()[:-1] + ("0" if id_number()[-1] != "0" else "1")
    page_of = roster_bytes(person("张三", 6), person("李四", 6), person("王五", 8, id_=wrong))
    url = send(browser, page_of)
    page = agree(browser, url)
    assert "新增 2 人" in page
    assert "与第2行是同一个身份证号" in page
    assert "C4" in page
    assert "校验" in page
    assert wrong not in page


def test_what_was_looked_at_is_what_is_written_or_nothing(college: College) -> None:
    browser = college.client("office")
    first = send(browser, roster_bytes(person("张三", 6)))
    seen = agree(browser, first)
    second = send(browser, roster_bytes(person("张三", 6, COMPUTING)))
    apply(browser, second)
    assert "再核对一次" in apply(browser, first, seen)
    assert branches_of(college) == {"张三": college.computing.id}


def test_a_batch_that_came_between_is_no_crash_but_a_changed_plan(college: College) -> None:
    rows: list[Any] = [list(HEADINGS), list(person("张三", 6))]
    roster = read_roster(Source("名册.xlsx", "xlsx", "", [Sheet("名册", rows)]), {})
    office = college.people["office"]
    with college.at_work():
        tree = tree_of(college.root.committee_id)
        first, second = (plan_of(roster, tree, college.root.committee_id, Recorder(RULES)) for _ in range(2))
        uploads = [receive(actor=office, kind="roster", branch_id=None, files=[("名册.xlsx", b"x")]) for _ in range(2)]
        apply_roster(actor=office, upload=uploads[0], plan=first, digest=first.digest, today=TODAY)
        with pytest.raises(PlanChanged):
            apply_roster(actor=office, upload=uploads[1], plan=second, digest=second.digest, today=TODAY)
        assert Upload.objects.get(id=uploads[1].id).state == State.RECEIVED
        assert Member.objects.count() == 1


def test_columns_of_a_decided_upload_are_asked_no_more(college: College) -> None:
    url = imported(college, person("张三", 6))
    assert college.client("office").get(f"{url}/columns")["Location"] == url


def test_undoing_takes_all_back(college: College) -> None:
    imported(college, person("张三", 6), person("李四", 7))
    url = imported_again(
        college, person("张三", 6, COMPUTING), person("李四", 7, phone="13900002222"), person("王五", 8)
    )
    page = college.client("office").post(f"{url}/undo", follow=True).content.decode()
    assert "退出 1 人，恢复 2 人" in page
    assert branches_of(college) == {"张三": college.survey.id, "李四": college.survey.id}
    with college.at_work():
        standing = RosterLine.objects.filter(ended_by=None)
        assert {line.name: line.cells[12] for line in standing} == {"张三": "13900001111", "李四": "13900001111"}
        assert AuditEvent.objects.filter(event=Event.BATCH_UNDONE).count() == 1
    assert "没有写入过" in college.client("office").post(f"{url}/undo", follow=True).content.decode()


def imported_again(college: College, *people: tuple[str, ...]) -> str:
    """Bring in another roster with the columns known."""
    browser = college.client("office")
    url = send(browser, roster_bytes(*people))
    assert "已写入" in apply(browser, url)
    return url


def test_undoing_keeps_and_names_who_was_changed_since(college: College) -> None:
    url = imported(college, person("张三", 6), person("李四", 7), person("王五", 8))
    college.add(college.survey, 6)
    imported_again(college, person("李四", 7, COMPUTING))
    page = college.client("office").post(f"{url}/undo", follow=True).content.decode()
    assert "退出 1 人" in page
    assert "2 人在导入后又有改动" in page
    assert branches_of(college) == {"张三": college.survey.id, "李四": college.computing.id}


def test_an_undone_roster_comes_in_again(college: College) -> None:
    url = imported(college, person("张三", 6))
    college.client("office").post(f"{url}/undo")
    assert branches_of(college) == {}
    imported_again(college, person("张三", 6))
    with college.at_work():
        assert Member.objects.count() == 1
    assert branches_of(college) == {"张三": college.survey.id}


def test_a_file_that_is_no_roster_says_why(college: College) -> None:
    browser = college.client("office")
    url = send(browser, b"no workbook")
    assert "notice error" in browser.get(url).content.decode()
    assert browser.get(f"{url}/columns").status_code == 422


def test_a_list_without_headings_is_refused_and_nobody_s_number_becomes_the_name_of_a_column(college: College) -> None:
    browser = college.client("office")
    lines = (person("张三", 6), person("李四", 7))
    url = send(browser, roster_bytes(lines[1], headings=lines[0]))
    shown = browser.get(url, follow=True).content.decode()
    assert "没有找到表头" in shown
    assert id_number(sequence=13) not in shown
