"""动态更新 and 备案: what reaches the office after the report, and the office's filing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.updating.marks import Kind
from paicha.campaigns.updating.models import Filing
from paicha.campaigns.updating.selectors import Update, described, last_filings, updates_of
from paicha.campaigns.updating.services import Unfit, file_updates
from paicha.domain.annex1 import Column
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Closing, RegisterEntry
from paicha.register.moving.services import move_entry
from paicha.register.records import Recorder
from paicha.register.services import close_entry, reopen_entry, revise_entry
from paicha.transfers.services import record_receipt
from tests.campaigns.world import away, checked, member, reported, unit
from tests.college import RULES, TODAY, College
from tests.world import id_number


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college)


def updates(college: College, ours: CampaignUnit) -> list[Update]:
    with college.at_work():
        _, marks = updates_of(ours.campaign, [ours])
        return described(ours.committee_id, marks, last_filings(ours.campaign))


def kinds(college: College, ours: CampaignUnit) -> list[tuple[Kind, str]]:
    return [(update.mark.kind, update.mark.name) for update in updates(college, ours)]


def revise(college: College, entry: RegisterEntry, **cells: Any) -> None:
    with college.at_work():
        entry.refresh_from_db()
        assert entry.current
        new = list(entry.current.cells)
        for name, value in cells.items():
            new[Column[name.upper()]] = value
        revise_entry(
            actor=college.people["clerk"],
            entry_id=entry.id,
            base=entry.current.id,
            cells=new,
            recorder=Recorder(RULES),
            today=TODAY,
        )


def close(college: College, entry: RegisterEntry, closing: Closing = Closing.RETURNED) -> None:
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=closing, today=TODAY)


def test_before_the_report_and_without_an_edit_there_is_no_update(college: College, ours: CampaignUnit) -> None:
    revise(college, away(college, ours), employer="江城科技公司")
    assert updates(college, ours) == []
    assert "还没有上报" in college.client("clerk").get(f"/units/{ours.id}/updates").content.decode()
    reported(college, ours)
    assert updates(college, ours) == []
    assert "上报以后台账没有改动" in college.client("clerk").get(f"/units/{ours.id}/updates").content.decode()


def test_who_was_added_changed_and_left_since_the_report_is_told_newest_first(
    college: College, ours: CampaignUnit
) -> None:
    stays, leaves = away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")
    reported(college, ours)
    college.add(college.survey, 8, name="王五")
    revise(college, stays, employer="江城科技公司", residence="湖北省宜昌市西陵区云集街道")
    close(college, leaves)
    found = updates(college, ours)
    assert [(update.mark.kind, update.mark.name) for update in found] == [
        (Kind.LEFT, "李四"),
        (Kind.CHANGED, "张三"),
        (Kind.ADDED, "王五"),
    ]
    assert Closing.RETURNED.label in found[0].mark.words
    assert [(one.column, one.new) for one in found[1].differences] == [
        ("现工作（学习）单位 · 单位名称", "江城科技公司"),
        ("现居住地（流入地）", "湖北省宜昌市西陵区云集街道"),
    ]


def test_numbers_are_masked_on_the_pages(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6)
    reported(college, ours)
    revise(college, entry, phone="13912345678", id_number=id_number(sequence=77))
    for address in (f"/units/{ours.id}/updates", f"/campaigns/{ours.campaign_id}/updates"):
        page = college.client("office").get(address).content.decode()
        assert "139****5678" in page
        assert "13912345678" not in page
        assert not re.search(r"\d{17}", page)


def test_a_closing_taken_back_is_told(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6, name="张三")
    reported(college, ours)
    close(college, entry)
    with college.at_work():
        reopen_entry(actor=college.people["clerk"], entry_id=entry.id, today=TODAY)
    assert kinds(college, ours) == [(Kind.BACK, "张三")]


def test_who_left_before_the_report_and_is_put_back_since_comes_back_once(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6, name="张三")
    close(college, entry, Closing.LEFT_PARTY)
    reported(college, ours)
    with college.at_work():
        reopen_entry(actor=college.people["clerk"], entry_id=entry.id, today=TODAY)
    assert kinds(college, ours) == [(Kind.BACK, "张三")]


def test_a_receipt_is_told_on_the_day_it_was_written_though_its_day_lies_back(
    college: College, ours: CampaignUnit
) -> None:
    entry = away(college, ours, 6, name="张三")
    plain = member(college, college.survey, "在支部的二")
    with college.at_work():
        verdict = Decision(Verdict.ATTENDING)
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=plain.id, decision=verdict)
    reported(college, ours)
    for member_id in (entry.member_id, plain.id):
        with college.at_work():
            record_receipt(
                actor=college.people["clerk"],
                member_id=member_id,
                branch_id=college.survey.id,
                received_on=TODAY,
                destination="宜昌某支部",
                urged=True,
                today=TODAY,
            )
    found = updates(college, ours)
    assert [(update.mark.kind, update.mark.name) for update in found] == [
        (Kind.RECEIVED, "在支部的二"),
        (Kind.LEFT, "张三"),
    ]
    assert "计入 Y" in found[0].mark.words
    assert Closing.TRANSFERRED.label in found[1].mark.words
    assert found[1].day == timezone.localtime().date()


def test_who_moves_between_branches_leaves_one_and_comes_to_the_other(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6, name="张三")
    reported(college, ours)
    theirs = unit(college, ours.campaign, college.computing)
    present = member(college, college.computing, "那边在支部的")
    with college.at_work():
        verdict = Decision(Verdict.ATTENDING)
        decide(actor=college.people["office"], unit_id=theirs.id, member_id=present.id, decision=verdict)
    reported(college, theirs)
    with college.at_work():
        move_entry(actor=college.people["office"], entry_id=entry.id, to_id=college.computing.id, today=TODAY)
    assert kinds(college, ours) == [(Kind.MOVED_OUT, "张三")]
    assert kinds(college, theirs) == [(Kind.MOVED_IN, "张三")]


def test_who_was_undecided_and_is_decided_since_is_told(college: College, ours: CampaignUnit) -> None:
    unsure = college.add(college.survey, 7, name="李四")
    clerk = college.people["clerk"]
    with college.at_work():
        pending = Decision(Verdict.UNDECIDED, reason="正在核实")
        decide(actor=clerk, unit_id=ours.id, member_id=unsure.member_id, decision=pending)
    reported(college, ours)
    with college.at_work():
        decide(actor=clerk, unit_id=ours.id, member_id=unsure.member_id, decision=Decision(Verdict.OUTFLOW))
    assert kinds(college, ours) == [(Kind.VERDICT, "李四")]
    assert "待定" in updates(college, ours)[0].mark.words


def test_the_office_files_what_it_saw_and_what_comes_later_is_not_filed(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6, name="张三")
    reported(college, ours)
    revise(college, entry, employer="江城科技公司")
    office, address = college.client("office"), f"/units/{ours.id}/updates"
    page = office.get(address).content.decode()
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until
    revise(college, entry, employer="江城科技有限公司")
    said = office.post(f"{address}/file", {"until": until[1]}, follow=True).content.decode()
    assert "的更新已备案" in said
    assert [update.filed for update in updates(college, ours)] == [False, True]
    again = office.post(f"{address}/file", {"until": until[1]}, follow=True).content.decode()
    assert "已经备案" in again
    with college.at_work():
        assert Filing.objects.count() == 1
        assert AuditEvent.objects.filter(event=Event.UPDATES_FILED).count() == 1


def test_a_time_to_come_or_none_files_nothing(college: College, ours: CampaignUnit) -> None:
    reported(college, ours)
    until = timezone.now() + timedelta(minutes=5)
    with college.at_work(), pytest.raises(Unfit, match="还没有到"):
        file_updates(actor=college.people["office"], unit_id=ours.id, until=until)
    page = college.client("office").post(f"/units/{ours.id}/updates/file", {"until": "x"}, follow=True)
    assert "读不出" in page.content.decode()


def test_the_office_sees_all_branches_with_their_counts(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6)
    reported(college, ours)
    college.add(college.survey, 8, name="王五")
    page = college.client("office").get(f"/campaigns/{ours.campaign_id}/updates").content.decode()
    assert "1 个党支部已经上报" in page
    assert "王五" in page
    assert "新登记" in page


@pytest.mark.parametrize("people", [1, 9])
def test_the_pages_ask_the_database_as_often_for_many_updates_as_for_one(
    college: College, ours: CampaignUnit, people: int, django_assert_max_num_queries: Any
) -> None:
    entries = [away(college, ours, 6 + n) for n in range(people)]
    reported(college, ours)
    for entry in entries:
        revise(college, entry, employer="江城科技公司")
    office = college.client("office")
    for address in (f"/units/{ours.id}/updates", f"/campaigns/{ours.campaign_id}/updates"):
        with django_assert_max_num_queries(24):
            assert office.get(address).status_code == 200


def test_the_report_stays_as_it_was(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6)
    submission = reported(college, ours)
    before = (list(submission.figures), bytes(submission.canonical.sha256))
    close(college, entry)
    with college.at_work():
        submission.refresh_from_db()
        assert (submission.figures, bytes(submission.canonical.sha256)) == before
