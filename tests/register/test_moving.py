"""People move within the committee: all of a branch that is no more, or one; never twice on one register."""

import pytest

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.organizations.structure.services import merge
from paicha.register.models import Affiliation, Closing, EntryVersion, RegisterEntry
from paicha.register.moving.services import move_entry
from paicha.register.services import close_entry
from paicha.register.tallies.services import wrong
from tests.college import TODAY, College


@pytest.fixture
def merged(college: College) -> College:
    """Two people of the survey branch, which was merged into the computing branch, where one person is."""
    college.add(college.survey, 6, name="张三")
    college.add(college.survey, 7, name="李四")
    college.add(college.computing, 8, name="王五")
    with college.at_work():
        merge(actor=college.people["office"], source_ids=[college.survey.id], into_id=college.computing.id, today=TODAY)
    return college


def register(college: College) -> list[str]:
    """The names on the computing branch's register, in order."""
    with college.at_work():
        entries = RegisterEntry.objects.filter(branch=college.computing, closed_on=None).select_related("current")
        assert list(wrong(college.root.committee_id)) == []
        return [entry.current.name for entry in entries.order_by("rank") if entry.current]


def test_home_names_who_is_left_in_a_branch_that_is_no_more_and_the_page_knows_where_to(merged: College) -> None:
    assert "2 人还在已撤并的测绘支部" in merged.client("office").get("/").content.decode()
    page = merged.client("office").get(f"/branches/{merged.survey.id}/move").content.decode()
    assert f'<option value="{merged.computing.id}" selected>' in page


def test_all_people_move_behind_those_who_are_there_with_their_history(merged: College) -> None:
    answer = merged.client("office").post(f"/branches/{merged.survey.id}/move", {"to": str(merged.computing.id)})
    assert answer.status_code == 302
    assert register(merged) == ["王五", "张三", "李四"]
    with merged.at_work():
        assert Affiliation.objects.filter(branch=merged.survey, until=None).count() == 0
        assert Affiliation.objects.filter(branch=merged.computing, until=None).count() == 3
        assert EntryVersion.objects.count() == 3, "moving writes no version"
        event = AuditEvent.objects.get(event=Event.PEOPLE_MOVED)
    assert (event.branch_id, event.subject_id) == (merged.computing.id, merged.survey.id)
    assert '"people":2' in event.payload


def test_who_stands_on_both_registers_stays_and_is_named(merged: College) -> None:
    merged.add(merged.computing, 6, name="张三")
    answer = merged.client("office").post(
        f"/branches/{merged.survey.id}/move", {"to": str(merged.computing.id)}, follow=True
    )
    assert "没有转的：张三" in answer.content.decode()
    assert register(merged) == ["王五", "张三", "李四"]
    with merged.at_work():
        assert RegisterEntry.objects.filter(branch=merged.survey, closed_on=None).count() == 1


def test_without_a_choice_nobody_moves(merged: College) -> None:
    answer = merged.client("office").post(f"/branches/{merged.survey.id}/move", {"to": ""})
    assert answer.status_code == 422
    assert "请先选择" in answer.content.decode()
    assert register(merged) == ["王五"]


def test_one_person_moves_and_the_line_of_time_tells(college: College) -> None:
    entry = college.add(college.survey, 6, name="张三")
    browser = college.client("office")
    page = browser.post(f"/entries/{entry.id}/move", {"to": str(college.computing.id)}, follow=True).content.decode()
    assert register(college) == ["张三"]
    assert "张三 已转到 信息支部" in page
    assert "组织关系转入信息支部" in page


def test_nobody_is_moved_to_where_they_stand_already(college: College) -> None:
    entry = college.add(college.survey, 6)
    college.add(college.computing, 6)
    answer = college.client("office").post(f"/entries/{entry.id}/move", {"to": str(college.computing.id)})
    assert answer.status_code == 422
    assert "请先销去重复的一个" in answer.content.decode()


def test_who_was_closed_is_not_moved(college: College) -> None:
    entry = college.add(college.survey, 6)
    with college.at_work():
        close_entry(actor=college.people["office"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
    answer = college.client("office").post(f"/entries/{entry.id}/move", {"to": str(college.computing.id)}, follow=True)
    assert "已经销册，不用转" in answer.content.decode()
    assert register(college) == []


def test_a_branch_moves_nobody_and_is_offered_no_way(college: College) -> None:
    entry = college.add(college.survey, 6)
    browser = college.client("clerk")
    assert browser.post(f"/entries/{entry.id}/move", {"to": str(college.computing.id)}).status_code == 403
    assert "转到本党委的别的党支部" not in browser.get(f"/entries/{entry.id}").content.decode()


def moved_after_closing(college: College) -> RegisterEntry:
    """An entry of the survey branch, closed; its member came to the computing branch since, by another entry."""
    closed = college.add(college.survey, 6)
    college.client("clerk").post(f"/entries/{closed.id}/close", {"closing": "1"})
    again = college.add(college.survey, 6)
    with college.at_work():
        assert again.member_id == closed.member_id
        move_entry(actor=college.people["office"], entry_id=again.id, to_id=college.computing.id, today=TODAY)
    return closed


@pytest.mark.parametrize("how", ["reopen", "again"])
def test_who_belongs_to_another_branch_by_now_is_not_put_on_the_register_again(college: College, how: str) -> None:
    closed = moved_after_closing(college)
    for who, named in (("clerk", False), ("office", True)):
        told = college.client(who).post(f"/entries/{closed.id}/close", {how: "1"}, follow=True).content.decode()
        assert "请党委办公室先把组织关系转回本支部" in told
        assert ("的组织关系现在在信息支部" in told) is named
        assert ("本党委的另一个党支部" in told) is not named
    with college.at_work():
        assert not RegisterEntry.objects.filter(branch=college.survey, closed_on=None).exists()


@pytest.mark.parametrize("how", ["reopen", "again"])
def test_who_was_brought_back_is_put_on_the_register_again(college: College, how: str) -> None:
    closed = moved_after_closing(college)
    with college.at_work():
        there = RegisterEntry.objects.get(branch=college.computing, closed_on=None)
        move_entry(actor=college.people["office"], entry_id=there.id, to_id=college.survey.id, today=TODAY)
        close_entry(actor=college.people["office"], entry_id=there.id, closing=Closing.RETURNED, today=TODAY)
    college.client("clerk").post(f"/entries/{closed.id}/close", {how: "1"})
    with college.at_work():
        assert RegisterEntry.objects.filter(branch=college.survey, closed_on=None).count() == 1
