"""A branch's roster: who belongs to it, who of them is on the register, and the workbook to be filled in offline."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.domain.annex1 import Column
from paicha.domain.vocabulary import Verdict
from paicha.formats.readers.roster import read_roster
from paicha.formats.readers.source import Sheet, Source
from paicha.formats.writers.prepared.layout import FIRST_ROW, ROSTER, Field
from paicha.organizations.tree import tree_of
from paicha.register.forms import masked
from paicha.register.models import Affiliation, Member, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.roster.importing.plan import plan_of
from tests.college import RULES, College
from tests.register.test_importing import apply as apply_forms
from tests.register.test_importing import send as send_forms
from tests.register.test_roster_importing import HEADINGS, imported, person
from tests.world import COMPUTING, SURVEY, id_number

PEOPLE = (person("单小兰", 6), person("王五", 7), person("曾一", 8, state="转出未接收"), person("丁二", 9, COMPUTING))


@pytest.fixture
def rostered(college: College) -> College:
    imported(college, *PEOPLE)
    return college


def page_of(college: College, query: str = "") -> str:
    answer = college.client("clerk").get(reverse("branch-roster", args=[college.survey.id]) + query)
    return str(answer.content.decode())


def test_a_branch_sees_its_members_masked_with_coverage(rostered: College) -> None:
    rostered.add(rostered.survey, 7, name="王五")
    page = page_of(rostered)
    assert "名册 <strong>3</strong> 人，已登记流出 <strong>1</strong> 人，在途 <strong>1</strong> 人" in page
    assert masked(Column.ID_NUMBER, id_number(sequence=13)) in page
    assert id_number(sequence=13) not in page
    assert "丁二" not in page
    assert page.count("登记为流出") == 2


def test_members_stand_by_pinyin_or_by_strokes(rostered: College) -> None:
    def order(page: str) -> list[str]:
        return sorted(("单小兰", "王五", "曾一"), key=lambda name: page.index(f">{name}</a>"))

    assert order(page_of(rostered)) == ["单小兰", "王五", "曾一"]
    assert order(page_of(rostered, "?sort=strokes")) == ["王五", "单小兰", "曾一"]


@pytest.mark.parametrize(
    ("words", "found"), [("兰", "单小兰"), ("shanxiaolan", "单小兰"), ("zy", "曾一"), ("Wang Wu", "王五")]
)
def test_somebody_is_found_by_name_and_pinyin(rostered: College, words: str, found: str) -> None:
    page = page_of(rostered, f"?q={words}")
    assert "找到 1 人" in page
    assert found in page


def test_an_id_number_is_looked_for_without_standing_in_an_address(rostered: College) -> None:
    browser, url = rostered.client("clerk"), reverse("branch-roster", args=[rostered.survey.id])
    page = browser.post(url, {"number": f" {id_number(sequence=15)} "}).content.decode()
    assert "找到 1 人" in page
    assert "王五" in page
    assert "找到 0 人" in browser.post(url, {"number": id_number(sequence=19)}).content.decode()
    wrong = browser.post(url, {"number": "42010619780815"}).content.decode()
    assert "notice error" in wrong
    assert "还没有填" in browser.post(url, {"number": ""}).content.decode()


def test_somebody_known_from_the_register_alone_is_a_member_too(college: College) -> None:
    college.add(college.survey, 6)
    assert "办公室的名册里没有" in page_of(college)


def test_a_member_is_put_on_the_register_with_what_the_roster_knows(rostered: College) -> None:
    browser = rostered.client("clerk")
    with rostered.at_work():
        member = Member.objects.get(name="王五")
    url = reverse("roster-enter", args=[rostered.survey.id, member.id])
    page = browser.get(url).content.decode()
    assert 'value="197808"' in page
    assert id_number(sequence=15) not in page
    cells = {f"c{column.value}": "" for column in Column}
    numbers = {
        f"c{Column.ID_NUMBER.value}": masked(Column.ID_NUMBER, id_number(sequence=15)),
        f"c{Column.PHONE.value}": masked(Column.PHONE, "13900001111"),
    }
    answer = browser.post(url, cells | numbers | {f"c{Column.NAME.value}": "王五", f"c{Column.SEX.value}": "男"})
    with rostered.at_work():
        entry = RegisterEntry.objects.select_related("current").get()
        assert entry.member_id == member.id
        assert entry.current is not None
        assert entry.current.cells[Column.ID_NUMBER] == id_number(sequence=15)
        assert Affiliation.objects.filter(member=member).count() == 1
    assert answer["Location"] == reverse("entry", args=[entry.id])
    assert browser.get(url)["Location"] == reverse("entry", args=[entry.id])


def test_a_member_without_a_right_number_stays_one_person_on_the_register(college: College) -> None:
    imported(college, person("王五", 7, id_="420106"))
    with college.at_work():
        member = Member.objects.get()
    url = reverse("roster-enter", args=[college.survey.id, member.id])
    cells = {f"c{Column.NAME.value}": "王五", f"c{Column.ID_NUMBER.value}": id_number(sequence=15)}
    college.client("clerk").post(url, cells)
    with college.at_work():
        assert Member.objects.get().id_number == id_number(sequence=15)


def test_only_a_member_of_the_branch_is_put_on_its_register(rostered: College) -> None:
    with rostered.at_work():
        other = Member.objects.get(name="丁二")
    url = reverse("roster-enter", args=[rostered.survey.id, other.id])
    assert rostered.client("clerk").get(url).status_code == 404


@pytest.mark.parametrize("people", [5, 60])
def test_many_members_cost_no_more_queries_than_few(
    college: College, people: int, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    imported(college, *(person(f"王{chr(0x4E00 + n)}", 6 + n) for n in range(people)))
    college.add(college.survey, 6)
    browser = college.client("clerk")
    with django_assert_max_num_queries(12):
        browser.get(reverse("branch-roster", args=[college.survey.id]))


def test_a_plan_costs_no_more_queries_for_many_people(
    college: College, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    rows: list[list[Any]] = [list(HEADINGS), *(list(person(f"王{n}", 6 + n)) for n in range(200))]
    roster = read_roster(Source("名册.xlsx", "xlsx", "", [Sheet("名册", rows)]), {})
    with college.at_work():
        tree = tree_of(college.root.committee_id)
        with django_assert_max_num_queries(8):
            plan = plan_of(roster, tree, college.root.committee_id, Recorder(RULES))
    assert plan.counts["new"] == 200


def filled(content: bytes, verdicts: dict[str, dict[Field, str]]) -> bytes:
    """A prepared workbook as a branch fills it in: by name, the cells typed in 名册."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book[ROSTER]
    for line in range(FIRST_ROW, sheet.max_row + 1):
        for field, text in verdicts.get(str(sheet.cell(line, Field.NAME + 1).value), {}).items():
            sheet.cell(line, field + 1).value = text
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_prepared_workbook_filled_in_offline_comes_back_into_the_register(rostered: College) -> None:
    rostered.add(rostered.survey, 6, name="单小兰")
    browser = rostered.client("clerk")
    answer = browser.post(reverse("prepared", args=[rostered.survey.id]), {"protected": "no"})
    away = {
        Field.VERDICT: Verdict.OUTFLOW.label,
        Field.ETHNIC_GROUP: "汉族",
        Field.EDUCATION: "大专",
        Field.RESIDENCE: "广东省深圳市南山区粤海街道海珠社区",
        Field.REASON: "灵活就业",
    }
    staying = {Field.VERDICT: Verdict.ATTENDING.label}
    content = filled(answer.content, {"王五": away, "曾一": staying, "单小兰": {Field.VERDICT: Verdict.OUTFLOW.label}})
    url = send_forms(browser, reverse("branch-send", args=[rostered.survey.id]), survey=content)
    assert "新增 1 人" in apply_forms(browser, url)
    with rostered.at_work():
        entries = RegisterEntry.objects.filter(closed_on=None).select_related("current", "member")
        found = {entry.member.name: entry for entry in entries}
        assert set(found) == {"单小兰", "王五"}
        current = found["王五"].current
        assert current is not None
        assert current.cells[Column.ID_NUMBER] == id_number(sequence=15)
        assert current.cells[Column.PHONE] == "13900001111"
        assert current.errors == 0
        assert Member.objects.count() == len(PEOPLE)
        assert AuditEvent.objects.filter(event=Event.EXPORTED).count() == 1


def test_the_office_takes_all_workbooks_as_one_package(rostered: College) -> None:
    answer = rostered.client("office").post(reverse("prepared-all"), {"protected": "no"})
    package = zipfile.ZipFile(BytesIO(answer.content))
    assert sorted(package.namelist()) == sorted([f"{SURVEY}.xlsx", f"{COMPUTING}.xlsx"])
    book = openpyxl.load_workbook(BytesIO(package.read(f"{COMPUTING}.xlsx")))
    assert book[ROSTER].cell(FIRST_ROW, Field.NAME + 1).value == "丁二"
    with rostered.at_work():
        assert AuditEvent.objects.filter(event=Event.EXPORTED).count() == 2


def test_without_a_home_no_workbook_is_made_and_why_is_told(rostered: College) -> None:
    with rostered.at_work():
        rostered.root.home_code = ""
        rostered.root.save()
    browser = rostered.client("office")
    assert "所在地" in browser.get(reverse("prepared-all"), follow=True).content.decode()
    assert "所在地" in browser.get(reverse("prepared", args=[rostered.survey.id]), follow=True).content.decode()
