"""What the sheet sends and gets: rows as JSON, all of a request or none of it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paicha.domain.masking import mask_id
from paicha.register.models import Closing, EntryVersion, RegisterEntry
from paicha.register.services import close_entry
from paicha.register.tallies.models import BranchTally
from tests.college import TODAY, College, posted
from tests.world import id_number


def send(browser: Client, college: College, what: str, *rows: dict[str, Any]) -> Any:
    url = f"/branches/{college.survey.id}/sheet/{what}"
    return browser.post(url, json.dumps({"rows": rows}), content_type="application/json")


def changed(entry: RegisterEntry, **cells: str) -> dict[str, Any]:
    return {"entry": str(entry.id), "base": str(entry.current_id), "cells": cells}


def test_a_page_holds_every_cell_masked_where_it_is_personal(college: College) -> None:
    college.add(college.survey, 6)
    page = college.client("clerk").get(f"/branches/{college.survey.id}/sheet").content.decode()
    assert mask_id(id_number(sequence=13)) in page
    assert id_number(sequence=13) not in page


def test_a_save_answers_with_the_whole_register_as_it_stands(college: College) -> None:
    first, _ = college.add(college.survey, 6), college.add(college.survey, 7, name="李四")
    answer = send(college.client("clerk"), college, "rows", changed(first, c7=id_number(sequence=15)))
    assert answer.status_code == 200
    faults = [[finding["column"] for finding in row["findings"]] for row in answer.json()["rows"]]
    assert all("c7" in columns for columns in faults), "the number is the other row's too, and both say so"


def test_one_row_that_somebody_else_changed_keeps_all_rows_back(college: College) -> None:
    first, second = college.add(college.survey, 6), college.add(college.survey, 7, name="李四")
    browser, stale = college.client("clerk"), changed(first, c1="王五")
    send(browser, college, "rows", changed(first, c1="赵六"))
    answer = send(browser, college, "rows", changed(second, c1="钱七"), stale)
    assert (answer.status_code, answer.json()["stale"]) == (409, [str(first.id)])
    with college.at_work():
        assert EntryVersion.objects.filter(entry=second).count() == 1


def test_somebody_who_was_closed_meanwhile_is_stale_and_gone_from_the_rows(college: College) -> None:
    entry = college.add(college.survey, 6)
    with college.at_work():
        close_entry(actor=college.people["office"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
    answer = send(college.client("clerk"), college, "rows", changed(entry, c1="王五"))
    assert (answer.status_code, answer.json()["rows"]) == (409, [])


def test_an_entry_of_another_branch_is_not_there(college: College) -> None:
    other = college.add(college.computing, 6)
    assert send(college.client("clerk"), college, "rows", changed(other, c1="王五")).status_code == 404
    undone = {"entry": str(other.id), "base": str(other.current_id), "to": None}
    assert send(college.client("clerk"), college, "undo", undone).status_code == 404


def test_a_version_of_another_entry_brings_nothing_back(college: College) -> None:
    first, second = college.add(college.survey, 6), college.add(college.survey, 7, name="李四")
    undone = {"entry": str(first.id), "base": str(first.current_id), "to": str(second.current_id)}
    assert send(college.client("clerk"), college, "undo", undone).status_code == 404


def test_an_empty_new_row_writes_nobody(college: College) -> None:
    answer = send(college.client("clerk"), college, "rows", {"entry": None, "base": None, "cells": {"c1": " "}})
    assert answer.json() == {"written": [], "rows": []}


@pytest.mark.parametrize(
    "body",
    ["", "[]", '{"rows": 1}', '{"rows": [1]}', '{"rows": [{"entry": "x"}]}', '{"rows": [{"cells": {"c0": "1"}}]}'],
)
def test_what_no_sheet_sends_is_refused_in_chinese(college: College, body: str) -> None:
    url = f"/branches/{college.survey.id}/sheet/rows"
    answer = college.client("clerk").post(url, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_more_rows_than_a_request_may_hold_are_refused(college: College) -> None:
    rows = [{"entry": None, "base": None, "cells": {}}] * 2001
    assert "2000 行" in send(college.client("clerk"), college, "rows", *rows).json()["message"]


@pytest.mark.parametrize("people", [2, 12])
@pytest.mark.parametrize("page", ["register", "sheet"])
def test_a_page_costs_as_many_queries_for_many_people_as_for_few(
    college: College, page: str, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        college.add(college.survey, 6 + number)
    browser = college.client("clerk")
    with django_assert_max_num_queries(12):
        browser.get(f"/branches/{college.survey.id}/{page}")


@pytest.mark.parametrize("page", ["register", "sheet"])
def test_what_somebody_typed_is_never_read_as_markup(college: College, page: str) -> None:
    college.add(college.survey, 6, name="</script><b>甲</b>", sex="<i>", residence='"><img src=x>')
    shown = college.client("clerk").get(f"/branches/{college.survey.id}/{page}").content.decode()
    assert not [markup for markup in ("<b>", "<i>", "<img") if markup in shown]


def test_the_list_marks_a_cell_and_says_what_is_wrong(college: College) -> None:
    college.add(college.survey, 6, sex="未知")
    page = college.client("clerk").get(f"/branches/{college.survey.id}/register").content.decode()
    assert '<td class="error">未知</td>' in page
    assert '<p class="fault">性别：' in page


def test_however_many_rows_come_at_once_the_branch_is_counted_once(college: College) -> None:
    browser, counted = college.client("clerk"), []
    for first, last in ((6, 8), (20, 30)):
        cells = [{k: v for k, v in posted(number=n).items() if k != "c5"} for n in range(first, last)]
        sent = [{"entry": None, "base": None, "cells": one} for one in cells]
        with CaptureQueriesContext(connection) as queries:
            answer = send(browser, college, "rows", *sent)
        assert answer.status_code == 200
        counted.append(sum("register_branchtally" in query["sql"] for query in queries))
    assert counted[1] <= counted[0]
    with college.at_work():
        assert BranchTally.objects.get(branch_id=college.survey.id).figures[0] == 12
