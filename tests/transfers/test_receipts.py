"""回执: until it is in hand the origin is responsible; it closes the affiliation and the entry."""

from datetime import date, timedelta

import pytest

from paicha.register.models import Affiliation, Closing
from paicha.register.moving.services import move_entry
from paicha.register.records import Recorder
from paicha.register.services import Gone, close_entry, reopen_entry, take_up_entry
from paicha.register.tallies.models import BranchTally
from paicha.transfers.models import Receipt
from paicha.transfers.selectors import urged_between
from paicha.transfers.services import record_receipt
from paicha.transfers.unfit import Unfit
from tests.college import RULES, TODAY, College


def receive(college: College, member_id: object, **given: object) -> Receipt:
    said: dict[str, object] = {"received_on": TODAY, "destination": "某社区党委", "urged": True} | given
    with college.at_work():
        return record_receipt(
            actor=college.people["clerk"], member_id=member_id, branch_id=college.survey.id, today=TODAY, **said
        )


def test_a_receipt_ends_the_affiliation_and_the_entry_and_counts_in_y(college: College) -> None:
    entry = college.add(college.survey)
    receive(college, entry.member_id)
    with college.at_work():
        entry.refresh_from_db()
        assert (entry.closed_on, entry.closing) == (TODAY, Closing.TRANSFERRED)
        assert Affiliation.objects.filter(member_id=entry.member_id, until=None).count() == 0
        figures = BranchTally.objects.get(branch=college.survey).figures
        assert (figures[0], figures[24]) == (0, 1)
        assert urged_between(college.root.id, college.survey.id, date(2023, 11, 28), TODAY).count() == 1


def test_a_second_receipt_is_refused_for_the_member_is_ours_no_more(college: College) -> None:
    entry = college.add(college.survey)
    receive(college, entry.member_id)
    with pytest.raises(Unfit, match="已经不在本支部"):
        receive(college, entry.member_id)


def test_a_receipt_of_a_day_to_come_or_from_nowhere_is_refused(college: College) -> None:
    entry = college.add(college.survey)
    with pytest.raises(Unfit, match="还没有到"):
        receive(college, entry.member_id, received_on=TODAY + timedelta(days=1))
    with pytest.raises(Unfit, match="接收的党组织"):
        receive(college, entry.member_id, destination="")


def test_a_closing_before_the_receipt_is_not_taken_back_after_it(college: College) -> None:
    entry = college.add(college.survey, name="张三")
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
    receive(college, entry.member_id)
    with college.at_work(), pytest.raises(Gone):
        reopen_entry(actor=college.people["clerk"], entry_id=entry.id, today=TODAY)
    told = college.client("clerk").post(f"/entries/{entry.id}/close", {"reopen": "1"}, follow=True).content.decode()
    assert "张三 的组织关系已经转出，不能恢复" in told


def test_who_comes_back_after_the_receipt_is_in_a_and_no_more_in_y(college: College) -> None:
    entry = college.add(college.survey)
    receive(college, entry.member_id)
    with college.at_work():
        take_up_entry(actor=college.people["clerk"], entry_id=entry.id, recorder=Recorder(RULES), today=TODAY)
        figures = BranchTally.objects.get(branch=college.survey).figures
        assert (figures[0], figures[24]) == (1, 0)
        assert urged_between(college.root.id, college.survey.id, date(2023, 11, 28), TODAY).count() == 0
        assert Affiliation.objects.filter(member_id=entry.member_id, until=None).count() == 1


def in_y(college: College) -> int:
    with college.at_work():
        return urged_between(college.root.id, college.survey.id, date(2023, 11, 28), TODAY).count()


def test_who_came_back_and_went_again_counts_in_y_once(college: College) -> None:
    entry = college.add(college.survey)
    receive(college, entry.member_id)
    with college.at_work():
        take_up_entry(actor=college.people["clerk"], entry_id=entry.id, recorder=Recorder(RULES), today=TODAY)
    receive(college, entry.member_id)
    assert in_y(college) == 1


def test_who_came_back_and_moved_to_the_branch_next_door_is_in_no_y(college: College) -> None:
    entry = college.add(college.survey)
    receive(college, entry.member_id)
    office = college.people["office"]
    with college.at_work():
        back = take_up_entry(actor=office, entry_id=entry.id, recorder=Recorder(RULES), today=TODAY)
        later = TODAY + timedelta(days=1)
        move_entry(actor=office, entry_id=back.id, to_id=college.computing.id, today=later)
    assert in_y(college) == 0
