"""What is kept of a branch's counts is what its register counts to, after every kind of write."""

import threading
import time
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections

from paicha.organizations.models import Organization
from paicha.organizations.structure.services import Details, edit
from paicha.organizations.tree import tree_of
from paicha.register.figures.selectors import figures_of
from paicha.register.models import BranchTally, Closing
from paicha.register.moving.services import move_entry
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.register.services import close_entry, reopen_entry, revise_entry
from paicha.register.tallies import services
from paicha.register.tallies.selectors import counts_of
from paicha.register.tallies.services import refresh, wrong
from tests.college import RULES, TODAY, College, form_bytes
from tests.register.test_importing import apply, branch_url, send
from tests.world import row


def kept(college: College) -> tuple[int, int, int]:
    """(A, errors, warnings) as kept of the survey branch; fails where any kept tally is wrong."""
    with college.at_work():
        committee = college.root.committee_id
        assert list(wrong(committee)) == []
        count = counts_of(committee, {college.survey.id})[college.survey.id]
    return count.statistics["A"], count.errors, count.warnings


def test_every_write_counts_its_branch_anew(college: College) -> None:
    clerk = college.people["clerk"]
    entry = college.add(college.survey, 6)
    college.add(college.survey, 7, sex="")
    assert kept(college) == (2, 1, 0)
    with college.at_work():
        assert entry.current_id is not None
        cells = row(6, reason="其他（升学）", education="看不清").values
        revise_entry(
            actor=clerk, entry_id=entry.id, base=entry.current_id, cells=cells, recorder=Recorder(RULES), today=TODAY
        )
    assert kept(college) == (2, 2, 0)
    with college.at_work():
        close_entry(actor=clerk, entry_id=entry.id, closing=Closing.LEFT_PARTY, today=TODAY)
    assert kept(college) == (1, 1, 0)
    with college.at_work():
        reopen_entry(actor=clerk, entry_id=entry.id, today=TODAY)
    assert kept(college) == (2, 2, 0)


@pytest.mark.parametrize("people", [1, 12])
def test_a_write_costs_as_many_queries_on_a_long_register_as_on_a_short_one(
    college: College, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        college.add(college.survey, number, sex="")
    most = 24 if connection.vendor == "postgresql" else 20  # the committee is set, the branch held by a lock
    with college.at_work(), django_assert_max_num_queries(most):
        college.add(college.survey, 20)


def test_an_upload_and_its_undoing_count_anew(college: College) -> None:
    browser = college.client("clerk")
    url = send(browser, branch_url(college), survey=form_bytes(row(6), row(7, name="李四")))
    apply(browser, url)
    assert kept(college)[0] == 2
    browser.post(f"{url}/undo")
    assert kept(college)[0] == 0


def test_a_tally_that_somebody_changed_is_found(college: College) -> None:
    college.add(college.survey)
    with college.at_work():
        BranchTally.objects.update(errors=9)
        assert [branch.name for branch, _, _ in wrong(college.root.committee_id)] == ["测绘支部"]


@pytest.mark.parametrize(("day", "counted"), [(date(2024, 3, 1), 0), (date(2024, 7, 1), 1)])
def test_a_new_round_counts_ages_to_its_own_day(college: College, day: date, counted: int) -> None:
    college.add(college.survey, 6, birth="196401")
    with college.at_work():
        assert refresh(college.root.committee_id, day) == counted
        count = counts_of(college.root.committee_id, {college.survey.id})[college.survey.id]
    assert count.statistics["F"] == counted


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_two_writers_of_one_branch_lose_no_count(
    transactional_db: None, college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each counts before the other has committed; without a lock the second would keep a count without the first."""
    counted = services.count_of

    def slowly(*args: Any) -> Any:
        count = counted(*args)
        time.sleep(0.2)
        return count

    monkeypatch.setattr(services, "count_of", slowly)

    def write(number: int) -> None:
        try:
            college.add(college.survey, number)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(number,)) for number in (6, 7)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    monkeypatch.undo()
    assert kept(college) == (2, 0, 0)


def directions(college: College) -> str:
    """V, W, X of the survey branch as kept, and as its 附件2 counts them."""
    with college.at_work():
        tree, committee = tree_of(college.root.committee_id), college.root.committee_id
        counted = figures_of(committee, college.survey.id, rules_of(tree, college.survey.id, TODAY)).statistics
        kept = counts_of(committee, {college.survey.id})[college.survey.id].statistics
    assert [kept[letter] for letter in "VWX"] == [counted[letter] for letter in "VWX"]
    return "/".join(str(kept[letter]) for letter in "VWX")


def rehome(college: College, organization: Organization, home_code: str) -> None:
    with college.at_work():
        details = Details(leader="王书记", home_code=home_code)
        edit(actor=college.people["office"], organization_id=organization.id, details=details)


def test_directions_follow_a_home_that_was_changed(college: College) -> None:
    entry = college.add(college.survey, 6)  # in Wuhan
    assert directions(college) == "1/0/0"
    for changed, code, expected in (
        (college.root, "420500", "0/1/0"),  # the committee's home is Yichang now
        (college.survey, "430100", "0/0/1"),  # the branch has one of its own: Changsha
    ):
        rehome(college, changed, code)
        with college.at_work():
            assert refresh(college.root.committee_id, TODAY) >= 1
            assert refresh(college.root.committee_id, TODAY) == 0, "once is enough"
        assert directions(college) == expected
        assert kept(college)[0] == 1
    rehome(college, college.survey, "420100")
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
        reopen_entry(actor=college.people["clerk"], entry_id=entry.id, today=TODAY)
    assert directions(college) == "1/0/0", "a write of the register does not wait for the job"


def test_who_is_moved_to_a_branch_elsewhere_is_counted_from_there(college: College) -> None:
    rehome(college, college.survey, "430100")
    entry = college.add(college.computing, 6)
    with college.at_work():
        move_entry(actor=college.people["office"], entry_id=entry.id, to_id=college.survey.id, today=TODAY)
    assert directions(college) == "0/0/1"
