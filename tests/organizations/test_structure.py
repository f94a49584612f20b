"""The tree: each change ends a placement and opens another, and what was stays to be read."""

from datetime import timedelta

import pytest

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.organizations.models import How, Kind, Organization
from paicha.organizations.selectors import history, organization
from paicha.organizations.services import Unfit
from paicha.organizations.structure import services
from paicha.organizations.structure.closing import add_guard, remove_guard
from paicha.organizations.tree import tree_of
from tests.college import TODAY, College

LATER = TODAY + timedelta(days=40)


def add(college: College, name: str, kind: Kind = Kind.BRANCH, parent: Organization | None = None) -> Organization:
    with college.at_work():
        return services.add(
            actor=college.people["office"], parent_id=(parent or college.root).id, name=name, kind=kind, today=TODAY
        )


def names(college: College) -> list[str]:
    with college.at_work():
        return [node.name for node in tree_of(college.root.committee_id).branches()]


def events(college: College, event: Event) -> int:
    with college.at_work():
        return AuditEvent.objects.filter(event=event).count()


def test_the_tree_is_shown_with_phones_masked(college: College) -> None:
    page = college.client("office").get("/organizations").content.decode()
    for word in ("中共楚云学院委员会", "测绘与信息党总支", "测绘支部", "王书记", "027-****0000"):
        assert word in page, word
    assert "027-87650000" not in page


def test_a_branch_is_added_with_what_is_known_of_it(college: College) -> None:
    form = {
        "name": "机电 支部",
        "kind": "3",
        "parent": str(college.root.id),
        "leader": "李书记",
        "phone": "13800001234",
        "sector": "学校",
        "home": "宜昌市",
        "aliases": "机电系支部、机电一支部",
    }
    answer = college.client("office").post("/organizations/add", form)
    assert answer.status_code == 302
    with college.at_work():
        made = Organization.objects.get(leader="李书记")
        assert (made.home_code, made.phone, made.sector) == ("420500", "13800001234", "学校")
        assert made.aliases == ["机电系支部", "机电一支部"]
    assert "机电支部" in names(college)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"name": "测绘支部"}, "已经是“"),
        ({"name": "13800001234"}, "像是号码"),
        ({"kind": "1", "parent": "united"}, "不能设在"),
        ({"home": "火星市"}, "火星市"),
        ({"name": ""}, "请填写名称"),
    ],
)
def test_what_is_wrong_with_a_new_branch_is_told(college: College, fields: dict[str, str], word: str) -> None:
    with college.at_work():
        united = tree_of(college.root.committee_id)[college.survey.id].parent_id
    form = {"name": "机电支部", "kind": "3", "parent": str(college.root.id)} | fields
    form["parent"] = str(united) if form["parent"] == "united" else form["parent"]
    answer = college.client("office").post("/organizations/add", form)
    assert answer.status_code == 422
    assert word in answer.content.decode()


def test_a_phone_left_masked_stays_and_a_new_one_replaces_it(college: College) -> None:
    browser, url = college.client("office"), f"/organizations/{college.survey.id}"
    browser.post(url, {"leader": "周书记", "phone": "027-****0000"})
    with college.at_work():
        kept = organization(college.root.committee_id, college.survey.id)
        assert (kept.leader, kept.phone) == ("周书记", "027-87650000")
    browser.post(url, {"leader": "周书记", "phone": "13900001111"})
    with college.at_work():
        assert organization(college.root.committee_id, college.survey.id).phone == "13900001111"
        payloads = AuditEvent.objects.filter(event=Event.ORGANIZATION_CHANGED).values_list("payload", flat=True)
        assert "电话" in "".join(payloads)
        assert "1390000" not in "".join(payloads)


def test_a_renamed_branch_keeps_its_old_name_as_alias_and_in_its_history(college: College) -> None:
    with college.at_work():
        office = college.people["office"]
        services.rename(actor=office, organization_id=college.survey.id, name="测绘遥感支部", today=LATER)
        told = history(college.root.committee_id, college.survey.id).stages
        assert [(stage.name, stage.since, stage.until) for stage in told] == [
            ("测绘遥感支部", LATER, None),
            ("测绘支部", TODAY, LATER),
        ]
        assert "测绘支部" in organization(college.root.committee_id, college.survey.id).aliases
        assert tree_of(college.root.committee_id, on=TODAY)[college.survey.id].name == "测绘支部"
    assert events(college, Event.ORGANIZATION_RENAMED) == 1


def test_a_name_put_right_on_the_same_day_makes_no_stage_of_no_day(college: College) -> None:
    made = add(college, "机电支布")
    with college.at_work():
        services.rename(actor=college.people["office"], organization_id=made.id, name="机电支部", today=TODAY)
        assert [stage.name for stage in history(college.root.committee_id, made.id).stages] == ["机电支部"]


def test_a_branch_moves_and_history_says_where_it_was(college: College) -> None:
    browser = college.client("office")
    answer = browser.post(
        f"/organizations/{college.survey.id}/move", {"move-parent": str(college.root.id)}, follow=True
    )
    assert "现在属于中共楚云学院委员会" in answer.content.decode()
    with college.at_work():
        assert tree_of(college.root.committee_id)[college.survey.id].parent_id == college.root.id
    assert events(college, Event.ORGANIZATION_MOVED) == 1


def test_nothing_moves_into_itself_or_below_a_branch(college: College) -> None:
    with college.at_work():
        office = college.people["office"]
        united = tree_of(college.root.committee_id)[college.survey.id].parent_id
        assert united is not None
        for moved, to in ((united, college.survey.id), (college.survey.id, college.computing.id), (united, united)):
            with pytest.raises(Unfit):
                services.move(actor=office, organization_id=moved, parent_id=to, today=LATER)
        with pytest.raises(Unfit, match="最上一级"):
            services.move(actor=office, organization_id=college.root.id, parent_id=united, today=LATER)


def test_two_branches_merge_into_a_new_one_that_answers_to_their_names(college: College) -> None:
    with college.at_work():
        office, committee = college.people["office"], college.root.committee_id
        into = services.merge(
            actor=office, source_ids=[college.survey.id, college.computing.id], name="空间信息支部", today=LATER
        )
        tree = tree_of(committee)
        assert [node.name for node in tree.branches()] == ["空间信息支部"]
        assert tree[into.id].parent_id == tree[college.survey.id].parent_id, "where both were"
        assert {"测绘支部", "信息支部"} <= set(organization(committee, into.id).aliases)
        turn = history(committee, college.survey.id).went_to[0]
        assert (turn.how, turn.on, turn.into) == (How.MERGED, LATER, (into.id, "空间信息支部"))
        assert len(history(committee, into.id).came_from) == 2
        assert {node.name for node in tree_of(committee, on=TODAY).branches()} >= {"测绘支部", "信息支部"}
    assert events(college, Event.ORGANIZATION_MERGED) == 1


def test_a_branch_merged_into_another_stays_readable_for_the_office_alone(college: College) -> None:
    entry = college.add(college.survey)
    browser = college.client("office")
    form = {"sources": [str(college.survey.id)], "into": str(college.computing.id), "name": ""}
    assert browser.post("/organizations/merge", form).status_code == 302
    page = browser.get(f"/organizations/{college.survey.id}")
    assert page.status_code == 200
    assert "并入" in page.content.decode()
    assert "测绘支部" in browser.get("/organizations").content.decode()
    assert browser.get(f"/branches/{college.survey.id}/register").status_code == 200
    assert browser.get(f"/entries/{entry.id}").status_code == 200
    assert browser.post(f"/entries/{entry.id}/close", {"closing": "1"}).status_code == 403, "looking only"
    assert college.client("clerk").get(f"/branches/{college.survey.id}/register").status_code == 404
    assert college.client("secretary").get(f"/organizations/{college.survey.id}").status_code == 404
    again = browser.post(f"/organizations/{college.survey.id}/rename", {"rename-name": "复活支部"}, follow=True)
    assert "不能再改" in again.content.decode()


def test_general_branches_merge_with_all_below_them(college: College) -> None:
    art = add(college, "艺术党总支", Kind.GENERAL_BRANCH)
    song = add(college, "音乐支部", parent=art)
    with college.at_work():
        committee = college.root.committee_id
        united = tree_of(committee)[college.survey.id].parent_id
        assert united is not None
        services.merge(actor=college.people["office"], source_ids=[art.id], into_id=united, today=LATER)
        assert tree_of(committee)[song.id].parent_id == united
        assert [stage.above for stage in history(committee, song.id).stages] == ["测绘与信息党总支", "艺术党总支"]


@pytest.mark.parametrize("fault", ["one alone", "unlike", "no target", "both targets", "root"])
def test_a_merger_that_makes_no_sense_is_refused(college: College, fault: str) -> None:
    with college.at_work():
        united = tree_of(college.root.committee_id)[college.survey.id].parent_id
        survey, computing = college.survey.id, college.computing.id
        asked = {
            "one alone": ([survey], None, "新支部"),
            "unlike": ([survey], united, ""),
            "no target": ([survey, computing], None, ""),
            "both targets": ([survey], computing, "新支部"),
            "root": ([survey], college.root.id, ""),
        }
        sources, into, name = asked[fault]
        with pytest.raises(Unfit):
            services.merge(actor=college.people["office"], source_ids=sources, into_id=into, name=name, today=LATER)
    assert names(college) == ["测绘支部", "信息支部"]


def test_a_branch_is_split_and_goes_on_or_ends(college: College) -> None:
    url = f"/organizations/{college.survey.id}/split"
    browser = college.client("office")
    browser.post(url, {"split-names": "遥感支部"})
    assert set(names(college)) == {"测绘支部", "信息支部", "遥感支部"}
    browser.post(url, {"split-names": "测绘一支部\n测绘二支部", "split-ends": "on"})
    assert set(names(college)) == {"信息支部", "遥感支部", "测绘一支部", "测绘二支部"}
    with college.at_work():
        turns = history(college.root.committee_id, college.survey.id).went_to
        assert [turn.into[1] for turn in turns] == ["遥感支部", "测绘一支部", "测绘二支部"]
    assert events(college, Event.ORGANIZATION_SPLIT) == 2


def test_a_branch_is_closed_unless_something_keeps_it(college: College) -> None:
    def people(committee_id: object, organization_id: object) -> str:
        return "台账上还有 3 人" if organization_id == college.survey.id else ""

    browser = college.client("office")
    add_guard(people)
    try:
        kept = browser.post(f"/organizations/{college.survey.id}/close", follow=True)
        assert "台账上还有 3 人" in kept.content.decode()
        assert browser.post(f"/organizations/{college.computing.id}/close").status_code == 302
    finally:
        remove_guard(people)
    assert names(college) == ["测绘支部"]
    assert events(college, Event.ORGANIZATION_CLOSED) == 1


def test_what_has_others_below_it_is_not_closed(college: College) -> None:
    with college.at_work():
        united = tree_of(college.root.committee_id)[college.survey.id].parent_id
    for closed, word in ((united, "下面还有2个组织"), (college.root.id, "党委不能撤销")):
        page = college.client("office").post(f"/organizations/{closed}/close", follow=True)
        assert word in page.content.decode()
