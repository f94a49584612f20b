"""The page of one person: the findings of the list, read without the list; and all that is known on one page."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paicha.organizations.access import scope_of_user
from paicha.register.models import Closing, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.selectors import register_of, row_of
from paicha.register.services import close_entry
from tests.college import RULES, TODAY, College
from tests.world import id_number

TWICE, FAULTY = id_number(sequence=501), "420106197808150000"
SHARED: dict[str, list[dict[str, Any]]] = {
    "nothing": [{}],
    "the ID number": [{"id_number": TWICE}, {"id_number": TWICE, "name": "李四"}],
    "the ID number, three times": [{"id_number": TWICE}, {"id_number": TWICE}, {"id_number": TWICE}],
    "the phone": [{"phone": "13900000000"}, {"phone": "13900000000", "name": "李四"}],
    "ID number and phone": [{"id_number": TWICE, "phone": "13900000000"}, {"id_number": TWICE, "phone": "13900000000"}],
    "a faulty ID number": [{"id_number": FAULTY}, {"id_number": FAULTY, "name": "李四"}, {"id_number": ""}],
    "a lost number": [{"id_number": 4.2010619780815e17}, {"id_number": 4.2010619780815e17}],
}


@pytest.mark.parametrize("shared", SHARED.values(), ids=SHARED)
def test_a_person_has_the_findings_of_the_list(college: College, shared: list[dict[str, Any]]) -> None:
    for number, cells in enumerate(shared, 10):
        college.add(college.survey, 40 + number)
        college.add(college.survey, number, **cells)
    college.add(college.computing, 80, **shared[0])
    with college.at_work():
        office = college.people["office"]
        tree = scope_of_user(office).tree
        rows = register_of(tree, office.committee_id, college.survey.id, Recorder(RULES)).rows
        for row in rows:
            assert row_of(tree, row.entry, Recorder(RULES)).findings == row.findings


def test_a_closed_person_is_compared_with_nobody(college: College) -> None:
    first, second = (college.add(college.survey, n, id_number=TWICE) for n in (6, 7))
    with college.at_work():
        close_entry(actor=college.people["office"], entry_id=first.id, closing=Closing.DUPLICATE, today=TODAY)
    for entry in (first, second):
        assert "身份证号重复" not in college.client("clerk").get(f"/entries/{entry.id}").content.decode()


def queries_of(college: College, entry: RegisterEntry) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert college.client("clerk").get(f"/entries/{entry.id}").status_code == 200
    return len(queries)


def test_a_larger_branch_asks_no_more_queries_of_the_database(college: College) -> None:
    entry = college.add(college.survey)
    alone = queries_of(college, entry)
    for number in range(20, 40):
        college.add(college.survey, number)
    assert queries_of(college, entry) == alone


def test_the_page_of_a_person_has_the_contacts(college: College) -> None:
    entry = college.add(college.survey)
    page = college.client("clerk").get(f"/entries/{entry.id}").content.decode()
    assert "记一次联系" in page
    assert "联系记录" in page
