"""The office is told who stands on two registers; a branch only that its own do, and whom to call."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from paicha.register.duplicates.selectors import duplicates_of
from paicha.register.models import Closing
from paicha.register.services import close_entry
from tests.college import TODAY, College
from tests.world import COMPUTING, SURVEY, id_number

TWICE = id_number(sequence=501)


def test_the_office_sees_who_stands_on_two_registers_and_where(college: College) -> None:
    first = college.add(college.survey, 6, id_number=TWICE)
    second = college.add(college.computing, 7, id_number=TWICE, name="张叁")
    college.add(college.survey, 8, name="李四")
    college.add(college.survey, 8, name="李四")  # twice on one register: that branch's own matter
    page = college.client("office").get("/overview/duplicates").content.decode()
    assert "重复登记<span" in page
    assert "1 人</span>" in page
    for words in ("张三、张叁", SURVEY, COMPUTING, f"/entries/{first.id}", f"/entries/{second.id}"):
        assert words in page
    assert "李四" not in page
    assert TWICE not in page
    assert "/overview/duplicates" in college.client("office").get("/overview").content.decode()
    assert "/overview/duplicates" not in college.client("clerk").get("/overview").content.decode()


def test_who_is_closed_on_one_of_them_is_listed_no_more(college: College) -> None:
    college.add(college.survey, 6, id_number=TWICE)
    second = college.add(college.computing, 7, id_number=TWICE)
    with college.at_work():
        close_entry(actor=college.people["office"], entry_id=second.id, closing=Closing.DUPLICATE, today=TODAY)
    assert "没有人登记在两个党支部" in college.client("office").get("/overview/duplicates").content.decode()


def test_it_takes_two_queries_and_says_where_it_stops(college: College) -> None:
    for number in range(10, 13):
        college.add(college.survey, number)
        college.add(college.computing, number)
    with college.at_work(), CaptureQueriesContext(connection) as queries:
        found = duplicates_of(college.root.committee_id, most=2)
    assert (len(found.people), found.more, len(queries)) == (2, True, 2)
