"""The first page tells what is to be done today; the overview shows all branches, their sum and where it comes from."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.domain.vocabulary import Sex
from paicha.intake.services import receive
from paicha.organizations.models import Kind
from paicha.organizations.services import add_organization
from paicha.register.roster.importing.reading import ROSTER
from paicha.web.days import days_until
from tests.college import TODAY, College, form_bytes, uploaded
from tests.transfers.graduates import cohort
from tests.world import COMPUTING, SURVEY, row


def page(college: College, who: str, url: str = "/") -> str:
    answer = college.client(who).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 12, 15), "还有 14 天（12 月 15 日）"),
        (TODAY, "就是今天（12 月 1 日）"),
        (date(2023, 11, 29), "已逾期 2 天（11 月 29 日）"),
    ],
)
def test_days_are_told_as_people_speak(day: date, words: str) -> None:
    assert days_until(day, TODAY) == words


def test_a_branch_with_nothing_to_do_is_told_the_report_alone(college: College) -> None:
    college.add(college.survey)
    home = page(college, "clerk")
    assert "上报附件1、附件2：还有 14 天（12 月 15 日）" in home
    assert "处错误" not in home


def test_faults_lead_to_the_one_branch_or_to_the_overview(college: College) -> None:
    college.add(college.survey, 6, sex="")
    assert f'href="/branches/{college.survey.id}/register">{SURVEY}有 1 处错误' in page(college, "office")
    college.add(college.computing, 7, sex="", education="看不清")
    home = page(college, "office")
    assert "2 个党支部有 3 处错误" in home
    assert 'href="/overview?show=errors"' in home
    assert f"{SURVEY}有 1 处错误" in page(college, "clerk"), "a branch hears of its own"


def test_a_list_that_waits_is_named_to_who_sent_it_and_to_the_office(college: College) -> None:
    college.client("clerk").post(
        f"/branches/{college.survey.id}/uploads", {"files": [uploaded("a.xlsx", form_bytes(row(6)))]}
    )
    assert f"{SURVEY}：" in page(college, "clerk")
    assert "上传的表格还没有写入台账" in page(college, "office")


def test_a_roster_that_nobody_decided_on_waits_with_the_page_of_the_roster(college: College) -> None:
    with college.at_work():
        office = college.people["office"]
        upload = receive(actor=office, kind=ROSTER.kind, branch_id=None, files=[("名册.xlsx", b"x")])
    shown = page(college, "office")
    assert "上传的表格还没有写入名册" in shown
    assert f'href="/roster/uploads/{upload.id}"' in shown
    assert "上传的表格" not in page(college, "secretary")


def test_files_sent_again_and_again_are_one_thing_to_do(college: College) -> None:
    browser = college.client("clerk")
    for number in (6, 7, 8):
        files = {"files": [uploaded("a.xlsx", form_bytes(row(number)))]}
        browser.post(f"/branches/{college.survey.id}/uploads", files)
    home = page(college, "clerk")
    assert home.count("上传的表格") == 1
    assert f'href="/branches/{college.survey.id}/uploads">{SURVEY}：有 3 批' in home


def test_an_administrator_hears_of_accounts_and_of_no_branch(college: College) -> None:
    home = page(college, "admin")
    assert "个账号还没有设密码" in home
    assert SURVEY not in home


def test_the_sum_of_the_branches_opens_the_branches_and_those_the_people(college: College) -> None:
    college.add(college.survey, 6)
    college.add(college.survey, 7)
    college.add(college.computing, 8, sex=Sex.FEMALE.label, name="李四")
    assert '?show=A#branches"><span>A</span> <b>3</b>' in page(college, "office", "/overview")
    women = page(college, "office", "/overview?show=C")
    assert f"/branches/{college.computing.id}/annex2/C" in women
    assert f"/branches/{college.survey.id}/annex2/C" not in women


@pytest.mark.parametrize(("show", "shown"), [("errors", [COMPUTING]), ("empty", [SURVEY]), ("unbalanced", [COMPUTING])])
def test_the_filters_keep_their_branches(college: College, show: str, shown: list[str]) -> None:
    college.add(college.computing, 6, sex="")
    found = page(college, "office", f"/overview?show={show}")
    assert [name for name in (SURVEY, COMPUTING) if f'register">{name}<' in found] == shown
    assert f"{len(shown)} 个党支部</p>" in found


def test_a_branch_sees_only_itself(college: College) -> None:
    college.add(college.computing, 6)
    assert COMPUTING not in page(college, "clerk", "/overview")


@pytest.mark.parametrize(("name", "cell", "people"), [("annex2", "A7", 2), ("annex2-all", "D7", 1)])
def test_sheets_for_upward_hold_the_sum_and_are_recorded(college: College, name: str, cell: str, people: int) -> None:
    college.add(college.survey, 6)
    college.add(college.computing, 7)
    answer = college.client("office").get(f"/overview/{name}.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet[cell].value == people
    with college.at_work():
        assert AuditEvent.objects.filter(event=Event.EXPORTED).count() == 1


def test_many_branches_cost_no_more_queries_than_few(college: College, django_assert_max_num_queries: Any) -> None:
    with college.at_work():
        for number in range(30):
            add_organization(
                actor=None, parent=college.root, name=f"第{number}支部", kind=Kind.BRANCH, today=TODAY, rank=number
            )
    browser = college.client("office")
    for url in ("/", "/overview"):
        with django_assert_max_num_queries(15):
            browser.get(url)


def test_a_branch_with_signs_of_html_in_its_name_is_written_as_it_is_called(college: College) -> None:
    with college.at_work():
        add_organization(actor=None, parent=college.root, name="<b>&支部", kind=Kind.BRANCH, today=TODAY)
    assert "&lt;b&gt;&amp;支部</a>" in page(college, "office", "/overview")


def test_all_branches_are_shown_as_they_stood_on_a_past_day(college: College, on: Any) -> None:
    on(date(2023, 12, 2))
    college.add(college.survey, 6, sex="")
    on(date(2023, 12, 5))
    college.add(college.computing, 7)
    then = page(college, "office", "/overview?at=2023-12-02&show=empty")
    assert [name for name in (SURVEY, COMPUTING) if f'register">{name}<' in then] == [COMPUTING]
    assert '?show=A&amp;at=2023-12-02#branches"><span>A</span> <b>1</b>' in then
    assert f"/branches/{college.survey.id}/annex2?at=2023-12-02" in page(college, "office", "/overview?at=2023-12-02")
    assert '?show=A#branches"><span>A</span> <b>2</b>' in page(college, "office", "/overview")


@pytest.mark.parametrize(
    ("kind", "words", "where"),
    [("roster", "党员名册", "/roster/uploads/"), ("graduates", "毕业生名单", "/graduates/uploads/")],
)
def test_a_list_that_waits_leads_to_its_own_page(college: College, kind: str, words: str, where: str) -> None:
    of = cohort(college)
    with college.at_work():
        office, file = college.people["office"], ("名单.xlsx", form_bytes(row(6)))
        upload = receive(actor=office, kind=kind, branch_id=None, files=[file], about_id=of.id)
    browser = college.client("office")
    assert f"{words}：" in browser.get("/").content.decode()
    assert f'href="{where}{upload.id}"' in browser.get("/").content.decode()
    with college.at_work():
        receive(actor=office, kind=kind, branch_id=None, files=[file], about_id=of.id)
    found = re.search(rf'href="([^"]+)">{words}：有 2 批', browser.get("/").content.decode())
    assert found
    assert browser.get(found[1], follow=True).status_code == 200
