"""Two at once, on PostgreSQL: one comes first, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, connections, transaction

from paicha.campaigns.checking.services import confirm_attending
from paicha.campaigns.deployment import services as deployment
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.reporting.models import State, Submission, SubmissionLine
from paicha.campaigns.reporting.services import Unfit
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import CommonFault, ReturnedCell, What
from paicha.campaigns.review.services import Cell
from paicha.campaigns.updating.selectors import updates_of
from paicha.domain.annex1 import Column
from tests.campaigns.reviewing import away, checked, revised
from tests.campaigns.world import deployed, member, reported, unit
from tests.college import College

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")


def ready(college: College) -> CampaignUnit:
    """The survey branch with one member, who attends."""
    ours = unit(college, deployed(college), college.survey)
    present = member(college, college.survey, "在支部的")
    with college.at_work():
        confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[present.id])
    return ours


def at_once(*ways: Callable[[], object]) -> list[bool]:
    """Whether each went through; one that was told why it cannot did not."""

    def one(way: Callable[[], object]) -> bool:
        try:
            way()
            return True
        except (Unfit, deployment.Unfit, review.Unfit):
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(ways)) as pool:
        return list(pool.map(one, ways))


def test_of_two_who_deploy_the_same_at_once_one_does(transactional_db: None, college: College) -> None:
    assert sorted(at_once(*[lambda: deployed(college)] * 3)) == [False, False, True]


def test_of_two_who_hand_in_at_once_one_does(transactional_db: None, college: College) -> None:
    ours = ready(college)
    assert sorted(at_once(*[lambda: reported(college, ours)] * 4)) == [False, False, False, True]
    with college.at_work():
        assert Submission.objects.count() == 1


def test_what_is_still_being_written_as_the_branch_reports_is_in_the_report_or_an_update(
    transactional_db: None, college: College
) -> None:
    """An edit that began before the report and is committed after it: its hour is older than the report's."""
    ours = ready(college)
    entry = away(college, ours)
    written, sending = Event(), Event()

    def edit() -> None:
        with college.at_work(), transaction.atomic():
            revised(college, entry, name="后来改的")
            written.set()
            sending.wait(5)
            sleep(0.3)  # so that the report is at it, and has to wait

    def report() -> None:
        written.wait(5)
        sending.set()
        reported(college, ours)

    assert at_once(edit, report) == [True, True]
    with college.at_work():
        entry.refresh_from_db()
        lines = set(SubmissionLine.objects.values_list("version_id", flat=True))
        campaign = ours.campaign
        updates = {mark.entry_id for mark in updates_of(campaign, [ours])[1]}
    assert entry.current_id in lines or entry.id in updates


def test_of_two_who_decide_at_once_one_does(transactional_db: None, college: College) -> None:
    submission = reported(college, ready(college))

    def decide(what: What) -> None:
        with college.at_work():
            office = college.people["office"]
            review.decide(actor=office, submission_id=submission.id, what=what, reason="请核对")

    done = at_once(lambda: decide(What.APPROVED), lambda: decide(What.RETURNED))
    assert sorted(done) == [False, True]
    with college.at_work():
        submission.refresh_from_db()
    assert submission.state == (State.APPROVED if done[0] else State.RETURNED)


def test_what_is_handed_in_while_the_office_approves_the_one_before_comes_after_or_not_at_all(
    transactional_db: None, college: College
) -> None:
    ours = ready(college)
    first = reported(college, ours)

    def approve() -> None:
        with college.at_work():
            review.decide(actor=college.people["office"], submission_id=first.id, what=What.APPROVED)

    assert at_once(approve, lambda: reported(college, ours)) == [True, False]
    with college.at_work():
        assert [one.state for one in Submission.objects.all()] == [State.APPROVED]


def test_of_two_reviewers_who_return_and_approve_at_once_one_does_and_no_cell_is_left_behind(
    transactional_db: None, college: College
) -> None:
    ours = ready(college)
    away(college, ours)
    submission = reported(college, ours)
    cells = [Cell("请核对", 1, Column.PHONE)]

    def decide(what: What) -> None:
        with college.at_work():
            given = cells if what is What.RETURNED else []
            office = college.people["office"]
            review.decide(actor=office, submission_id=submission.id, what=what, cells=given)

    done = at_once(*[lambda: decide(What.RETURNED)] * 2, *[lambda: decide(What.APPROVED)] * 2)
    assert sorted(done) == [False, False, False, True]
    with college.at_work():
        returned = any(done[:2])
        assert ReturnedCell.objects.count() == int(returned)
        assert [fault.used for fault in CommonFault.objects.all()] == [1] * returned


def test_two_who_return_two_branches_at_once_with_the_same_new_words_count_both(
    transactional_db: None, college: College
) -> None:
    campaign = deployed(college)
    sent = []
    for number, branch in enumerate((college.survey, college.computing), 6):
        ours = checked(college, campaign, branch)
        away(college, ours, number)
        sent.append(reported(college, ours))
    words = ["与档案不符", "请核对"]

    def send_back(submission: Submission, said: list[str]) -> None:
        with college.at_work():
            cells = [Cell(text, 1, column) for text, column in zip(said, (Column.PHONE, Column.JOINED), strict=True)]
            office = college.people["office"]
            review.decide(actor=office, submission_id=submission.id, what=What.RETURNED, cells=cells)

    assert at_once(lambda: send_back(sent[0], words), lambda: send_back(sent[1], words[::-1])) == [True, True]
    with college.at_work():
        assert dict(CommonFault.objects.values_list("text", "used")) == dict.fromkeys(words, 2)
