"""附件2 as it stands: the database counts what memory counts, every figure opens its people, who breaks it is named."""

from io import BytesIO

import openpyxl
import pytest

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.domain.annex2 import LETTERS, Dimension, count
from paicha.domain.check import Checker
from paicha.domain.vocabulary import Reason
from paicha.register.figures.selectors import figures_of, people_behind
from tests.college import RULES, TODAY, College
from tests.transfers.world import receive
from tests.world import row

KINDS = (
    *({"reason": reason.label if reason is not Reason.OTHER else "其他（升学）"} for reason in Reason),
    *({"sex": sex} for sex in ("男", "女", "", "不明")),
    *({"birth": birth} for birth in ("198811", "198812", "198901", "196311", "196312", "196401", "202401", "")),
    *({"education": level} for level in ("小学", "大专", "大学本科", "研究生", "看不清")),
    *({"residence": place} for place in ("武汉市洪山区关山街道", "湖北省宜昌市", "北京市海淀区", "美国", "朝阳区")),
    *({"report_branch": branch} for branch in ("关山社区党支部", "没有")),
)


@pytest.fixture
def everybody(college: College) -> College:
    for number, kind in enumerate(KINDS, 6):
        college.add(college.survey, number, **kind)
    college.add(college.computing, 99)
    return college


def test_the_database_counts_what_memory_counts(everybody: College) -> None:
    with everybody.at_work():
        found = figures_of(everybody.root.committee_id, everybody.survey.id, RULES).statistics
    checker = Checker(RULES)
    assert found == count((checker.check(row(number, **kind)) for number, kind in enumerate(KINDS, 6)), RULES)
    assert all(found[letter] for letter in LETTERS if letter not in "Y"), "every figure has somebody"


def test_behind_each_figure_stand_as_many_people_as_it_says(everybody: College) -> None:
    committee, branch = everybody.root.committee_id, everybody.survey.id
    with everybody.at_work():
        statistics = figures_of(committee, branch, RULES).statistics
        for letter in LETTERS:
            assert people_behind(committee, branch, letter, RULES).count() == statistics[letter], letter


def test_who_breaks_a_relation_is_named_with_the_cell(college: College) -> None:
    college.add(college.survey, 6, name="张三", sex="")
    college.add(college.survey, 7, name="李四", birth="202401")
    with college.at_work():
        breakers = figures_of(college.root.committee_id, college.survey.id, RULES).breakers
    assert {d: [b.name for b in who] for d, who in breakers.items()} == {
        Dimension.SEX: ["张三"],
        Dimension.AGE: ["李四"],
    }
    page = college.client("clerk").get(f"/branches/{college.survey.id}/annex2").content.decode()
    assert "张三</a>：性别没有填或读不出" in page
    assert "B+C = 1，A = 2" in page


def test_who_was_transferred_counts_in_y_and_not_in_a(college: College) -> None:
    gone, _ = college.add(college.survey, 6, name="张三"), college.add(college.survey, 7)
    with college.at_work():
        receive(college, gone, TODAY)
        statistics = figures_of(college.root.committee_id, college.survey.id, RULES).statistics
    assert (statistics["A"], statistics["Y"]) == (1, 1)
    page = college.client("clerk").get(f"/branches/{college.survey.id}/annex2/Y").content.decode()
    assert "张三" in page
    assert "2023-12-01" in page


def test_a_letter_that_is_no_figure_is_no_page(college: College) -> None:
    for letter in ("a", "AB", "1"):
        assert college.client("clerk").get(f"/branches/{college.survey.id}/annex2/{letter}").status_code == 404


def test_the_official_sheet_holds_the_figures_and_is_recorded(college: College) -> None:
    college.add(college.survey, 6)
    answer = college.client("clerk").get(f"/branches/{college.survey.id}/annex2.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet["A7"].value == 1
    with college.at_work():
        event = AuditEvent.objects.get(event=Event.EXPORTED)
    assert "附件2" in event.payload


@pytest.mark.parametrize("people", [1, 12])
def test_the_page_asks_the_database_as_often_for_many_people_as_for_one(
    college: College, people: int, django_assert_max_num_queries: object
) -> None:
    for number in range(people):
        college.add(college.survey, 6 + number)
    browser = college.client("clerk")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        browser.get(f"/branches/{college.survey.id}/annex2")
