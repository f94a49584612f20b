"""Two at once on one person's report-in, on PostgreSQL."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from paicha.domain.reporting_in import Place
from paicha.register.models import EntryVersion, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import revise_entry
from paicha.transfers.reporting_in.models import ReportIn
from tests.college import RULES, TODAY, College
from tests.register.test_same_number_at_once import second_of
from tests.transfers.test_reporting_in import SENT
from tests.world import row

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")


def revising(college: College, entry: RegisterEntry, **cells: Any) -> Callable[[], object]:
    """Somebody edits the entry on its page."""
    assert entry.current_id
    said = {"actor": college.people["office"], "entry_id": entry.id, "base": entry.current_id, "today": TODAY}
    return lambda: revise_entry(cells=row(6, **cells).values, recorder=Recorder(RULES), **said)  # type: ignore[arg-type]


def sending(college: College, entry: RegisterEntry, **changed: str) -> Callable[[], Any]:
    browser, sent = college.client("clerk"), SENT | {"seen": str(entry.current_id)} | changed
    return lambda: browser.post(f"/entries/{entry.id}/report-in", sent)


def test_cells_that_are_being_changed_are_not_overwritten_unseen(transactional_db: None, college: College) -> None:
    entry = college.add(college.survey)
    answer = second_of(revising(college, entry, report_branch="光谷党支部"), sending(college, entry), college)
    assert answer.status_code == 422
    assert "被别人改了" in answer.content.decode()
    assert "光谷党支部" in answer.content.decode()


def test_an_edit_of_other_cells_that_is_being_written_is_kept(transactional_db: None, college: College) -> None:
    entry = college.add(college.survey)
    answer = second_of(revising(college, entry, name="张三丰"), sending(college, entry), college)
    assert answer.status_code == 302
    with college.at_work():
        version = EntryVersion.objects.filter(entry=entry).latest("n")
        assert (version.name, Place.of(version.cells).organization) == ("张三丰", SENT["organization"])


def test_of_two_who_record_at_once_one_report_in_stands(transactional_db: None, college: College) -> None:
    entry = college.add(college.survey)
    answer = second_of(sending(college, entry), sending(college, entry, evidence="对方党支部的证明"), college)
    assert answer.status_code in (302, 422)
    with college.at_work():
        assert ReportIn.objects.filter(until=None, withdrawn_at=None).count() == 1


def test_facts_and_a_decision_wait_for_an_edit_too(transactional_db: None, college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    for number, (url, sent) in enumerate(
        (("facts", {"retired": "no"}), ("advice", {"course": "3", "reason": "半年后回校"})), 7
    ):
        with college.at_work():
            entry.refresh_from_db()
        answer = second_of(
            revising(college, entry, name=f"张{number}"),
            lambda url=url, sent=sent: browser.post(f"/entries/{entry.id}/transfer/{url}", sent),  # type: ignore[misc]
            college,
        )
        assert answer.status_code == 302
