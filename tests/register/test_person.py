"""The page of one person: the findings of the list, read without the list; and all that is known on one page."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from paicha.organizations.access import scope_of_user
from paicha.register.models import Closing, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.roster.selectors import roster_of
from paicha.register.selectors import register_of, row_of
from paicha.register.services import close_entry
from tests.college import RULES, TODAY, College, form_bytes, posted, uploaded
from tests.world import id_number, row

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
            entry = RegisterEntry.objects.select_related("current").get(id=row.entry_id)
            assert row_of(tree, entry, Recorder(RULES)).findings == row.findings


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


def test_each_version_tells_what_it_changed_and_who_with_numbers_masked(college: College) -> None:
    entry = college.add(college.survey, sex="未知")
    browser = college.client("clerk")
    changed = posted(number=6, phone="13911112222") | {"base": str(entry.current_id)}
    browser.post(f"/entries/{entry.id}", changed)
    page = browser.get(f"/entries/{entry.id}").content.decode()
    assert "改了 2 处" in page
    assert "<td>未知</td><td>男</td>" in page
    assert "<td>138****0006</td><td>139****2222</td>" in page
    assert "党支部经" in page


def test_the_line_of_time_merges_versions_contacts_closing_and_affiliation_newest_first(college: College) -> None:
    entry = college.add(college.survey)
    browser = college.client("clerk")
    contact = {"happened_on": "2023-11-30", "way": "1", "purposes": ["1"], "reached": "yes", "said": "身体好"}
    browser.post(f"/entries/{entry.id}/contacts", contact)
    browser.post(f"/entries/{entry.id}/close", {"closing": "1"})
    page = browser.get(f"/entries/{entry.id}").content.decode()
    line = page[page.index("经过") :]
    assert line.index("销册：已返回") < line.index("组织关系在测绘支部") < line.index("电话联系")
    assert "登记" in line


def test_a_closing_that_was_taken_back_stays_in_the_line_of_time_with_who_took_it_back(college: College) -> None:
    entry = college.add(college.survey)
    with college.at_work():
        close_entry(
            actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=date(2023, 11, 20)
        )
    browser = college.client("clerk")
    browser.post(f"/entries/{entry.id}/close", {"reopen": "1"})
    page = browser.get(f"/entries/{entry.id}").content.decode()
    line = page[page.index("经过") :]
    assert line.index("恢复登记") < line.index("销册：已返回")
    assert "2023-11-20 的销册（已返回，不再流出）销错了" in line
    assert "党支部经" in line[line.index("恢复登记") : line.index("销错了")]


def test_nobody_is_put_back_beside_their_new_entry(college: College) -> None:
    old = college.add(college.survey)
    browser = college.client("clerk")
    for sent in ({"closing": "1"}, {"again": "1"}, {"reopen": "1"}):
        browser.post(f"/entries/{old.id}/close", sent)
    assert "不用恢复" in browser.get("/").content.decode()
    with college.at_work():
        assert RegisterEntry.objects.filter(closed_on=None).count() == 1


def test_a_version_that_came_with_an_upload_names_it(college: College) -> None:
    browser = college.client("clerk")
    sent = browser.post(f"/branches/{college.survey.id}/uploads", {"files": [uploaded("a.xlsx", form_bytes(row(6)))]})
    upload = sent["Location"]
    digest = re.findall(r'name="digest" value="(\w+)"', browser.get(upload).content.decode())[0]
    browser.post(f"{upload}/apply", {"digest": digest})
    with college.at_work():
        entry = RegisterEntry.objects.get()
    assert "上传的表（党支部经）" in browser.get(f"/entries/{entry.id}").content.decode()


def test_somebody_who_is_away_again_gets_a_new_entry_filled_from_the_last(college: College) -> None:
    old = college.add(college.survey, phone="13911112222")
    browser = college.client("clerk")
    browser.post(f"/entries/{old.id}/close", {"closing": "1"})
    answer = browser.post(f"/entries/{old.id}/close", {"again": "1"})
    with college.at_work():
        old.refresh_from_db()
        again = RegisterEntry.objects.get(closed_on=None)
        assert answer["Location"] == f"/entries/{again.id}"
        assert (old.closing, again.member_id) == (Closing.RETURNED, old.member_id)
        assert row_of_cells(again) == row_of_cells(old)


def test_nobody_is_taken_up_twice(college: College) -> None:
    old = college.add(college.survey)
    browser = college.client("clerk")
    browser.post(f"/entries/{old.id}/close", {"closing": "1"})
    for _ in range(2):
        browser.post(f"/entries/{old.id}/close", {"again": "1"})
    assert "不用重新登记" in browser.get("/").content.decode()
    with college.at_work():
        assert RegisterEntry.objects.filter(closed_on=None).count() == 1


def row_of_cells(entry: RegisterEntry) -> list[Any]:
    version = entry.current
    assert version is not None
    return list(version.cells)


def on_roster(college: College) -> list[str]:
    """The names on the survey branch's roster, each with whether it stands on the register too."""
    with college.at_work():
        found = roster_of(college.root.committee_id, college.survey.id).members
    return [f"{member.name}{'' if member.entry else '（不在台账）'}" for member in found]


def test_a_corrected_id_number_leaves_no_second_person_on_the_roster(college: College) -> None:
    entry = college.add(college.survey, 6)
    answer = college.client("clerk").post(f"/entries/{entry.id}", posted(number=7) | {"base": str(entry.current_id)})
    assert answer.status_code == 302
    assert on_roster(college) == ["张三"]


def test_who_left_the_party_is_on_the_roster_no_more_until_put_back(college: College) -> None:
    entry = college.add(college.survey, 6, name="李四")
    browser = college.client("clerk")
    browser.post(f"/entries/{entry.id}/close", {"closing": Closing.LEFT_PARTY.value})
    assert on_roster(college) == []
    browser.post(f"/entries/{entry.id}/close", {"reopen": "yes"})
    assert on_roster(college) == ["李四"]


def test_nobody_is_transferred_by_hand_but_by_the_receipt(college: College) -> None:
    entry = college.add(college.survey, 6)
    browser = college.client("clerk")
    browser.post(f"/entries/{entry.id}/close", {"closing": Closing.TRANSFERRED.value})
    assert on_roster(college) == ["张三"]
    assert f'value="{Closing.TRANSFERRED.value}">组织关系' not in browser.get(f"/entries/{entry.id}").content.decode()


def test_a_reason_that_no_page_offers_closes_nobody(college: College) -> None:
    entry = college.add(college.survey, 6)
    college.client("clerk").post(f"/entries/{entry.id}/close", {"closing": Closing.IMPORT_UNDONE.value})
    with college.at_work():
        entry.refresh_from_db()
    assert entry.closed_on is None
