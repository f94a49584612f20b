"""Who has reported in, who is to be urged, what is to be completed; the call that leads there."""

from datetime import date

import pytest

from paicha.domain.advice import Work
from paicha.domain.reporting_in import Place
from paicha.register.contacts.models import ContactRecord, Purpose, Way
from paicha.register.models import RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import revise_entry
from paicha.transfers.advising.services import record_facts
from paicha.transfers.reporting_in.listing import SHOWN
from paicha.transfers.reporting_in.services import end_report_in
from paicha.transfers.tracking.selectors import open_transfer
from tests.college import RULES, TODAY, College
from tests.transfers.world import THERE, reported_in

SENT = {"happened_on": "2023-12-01", "way": str(Way.PHONE.value), "reached": "yes", "said": "月底去", "purposes": "1"}


def unsettled(college: College, number: int, name: str) -> RegisterEntry:
    """Somebody who cannot transfer: to report in."""
    entry = college.add(college.survey, number, name=name, birth="199508")
    with college.at_work():
        answers = {"work": Work.NONE, "long_resident": False}
        record_facts(actor=college.people["clerk"], entry_id=entry.id, answers=answers)
    return entry


def overwritten(college: College, entry: RegisterEntry, place: Place) -> None:
    """Somebody writes over the three cells on the sheet."""
    with college.at_work():
        entry.refresh_from_db()
        assert entry.current
        revise_entry(
            actor=college.people["clerk"],
            entry_id=entry.id,
            base=entry.current.id,
            cells=place.over(entry.current.cells),
            recorder=Recorder(RULES),
            today=TODAY,
        )


def shown(college: College, what: str, who: str = "clerk") -> str:
    return college.client(who).get(f"/report-ins?show={what}").content.decode()


def everybody(college: College) -> None:
    """One of each: in force, filled by the sheet, changed on it, emptied on it, over, to be urged, of no concern."""
    reported_in(college, college.add(college.survey, 6, name="已报到的"))
    college.add(college.survey, 7, name="表里填的", report_branch=THERE)
    for number, name, place in ((8, "表里换的", Place("光谷党支部")), (9, "表里清的", Place())):
        entry = college.add(college.survey, number, name=name)
        reported_in(college, entry)
        overwritten(college, entry, place)
    over = reported_in(college, college.add(college.survey, 10, name="已终止的"), date(2023, 11, 1))
    with college.at_work():
        end_report_in(
            actor=college.people["clerk"],
            report_in_id=over.id,
            until=TODAY,
            why="换了工作",
            recorder=Recorder(RULES),
            today=TODAY,
        )
    unsettled(college, 11, "该督促的")
    college.add(college.survey, 12, name="没问过的")


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("incomplete", {"表里填的", "表里换的", "表里清的"}),
        ("urge", {"该督促的"}),
        ("in-force", {"已报到的"}),
        ("ended", {"已终止的"}),
    ],
)
def test_the_list_tells_each_apart(college: College, what: str, names: set[str]) -> None:
    everybody(college)
    page, other = shown(college, what), shown(college, what, "secretary")
    all_names = {"已报到的", "表里填的", "表里换的", "表里清的", "已终止的", "该督促的", "没问过的"}
    assert {name for name in all_names if f">{name}</a>" in page} == names
    assert f"<b>{SHOWN[what]} {len(names)}</b>" in page
    assert not [name for name in all_names if f">{name}</a>" in other]
    assert f"<b>{SHOWN[what]} {len(names)}</b>" in shown(college, what, "office")


def test_what_is_to_be_completed_comes_first_and_the_home_page_says_so(college: College) -> None:
    everybody(college)
    assert "<b>要补齐 3</b>" in college.client("clerk").get("/report-ins?show=x").content.decode()
    home = college.client("clerk").get("/").content.decode()
    assert "3 人的报到要补齐" in home
    assert "1 人该督促报到" in home
    chosen = college.client("office").get(f"/report-ins?branch={college.computing.id}").content.decode()
    assert "还没有人报到" in chosen


def test_a_call_about_reporting_in_moves_no_transfer_and_leads_to_the_report_in(college: College) -> None:
    entry = unsettled(college, 6, "该督促的")
    browser, url = college.client("clerk"), f"/entries/{entry.id}/urge"
    assert "请向流入地党组织报到" in browser.get(url).content.decode()
    assert browser.post(url, SENT | {"reached": "no", "said": ""})["Location"] == "/report-ins?show=urge"
    assert "2023-12-01 没有联系上" in shown(college, "urge")
    assert "1 人该督促报到" in browser.get("/").content.decode()
    assert browser.post(url, SENT | {"reported": "yes"})["Location"] == f"/entries/{entry.id}/report-in"
    with college.at_work():
        record = ContactRecord.objects.latest("id")
        assert record.served == [Purpose.FOLLOW_UP, Purpose.REPORT_IN]
        assert open_transfer(college.root.id, entry.member_id) is None
    assert "2023-12-01 谈过" in shown(college, "urge")
    assert "该督促报到" not in browser.get("/").content.decode()


def test_what_was_ticked_on_a_refused_call_stays(college: College) -> None:
    entry = unsettled(college, 6, "该督促的")
    answer = college.client("clerk").post(f"/entries/{entry.id}/urge", SENT | {"said": "", "reported": "yes"})
    assert answer.status_code == 422
    assert 'name="reported" value="yes" checked' in answer.content.decode()


def test_who_was_completed_leads_to_the_next(college: College) -> None:
    college.add(college.survey, 7, name="表里填的", report_branch=THERE)
    entry = college.add(college.survey, 6)
    reported_in(college, entry)
    assert "下一个要补齐的：表里填的" in college.client("clerk").get(f"/entries/{entry.id}/report-in").content.decode()


@pytest.mark.parametrize("people", [1, 12])
def test_a_long_list_costs_no_more_queries_than_a_short_one(
    college: College, people: int, django_assert_max_num_queries: object
) -> None:
    for number in range(6, 6 + people):
        entry = college.add(college.survey, number)
        reported_in(college, entry)
        overwritten(college, entry, Place("光谷党支部"))
    browser = college.client("clerk")
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        browser.get("/report-ins")


def test_the_transfer_page_says_how_it_is_and_leads_to_the_report_in(college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    url = f"/entries/{entry.id}/transfer"
    assert f'href="/entries/{entry.id}/report-in">记报到' in browser.get(url).content.decode()
    reported_in(college, entry)
    assert "已向<strong>关山社区党支部</strong>报到（2023-12-01 起）" in browser.get(url).content.decode()
    overwritten(college, entry, Place())
    assert "补齐报到" in browser.get(url).content.decode()
