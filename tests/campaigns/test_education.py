"""主题教育: how and when each outflow member takes part, counted, reminded of, and a paper of the report."""

import json
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest

from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit, Paper
from paicha.campaigns.education.models import How, Participation
from paicha.campaigns.education.selectors import Education, education_of
from paicha.campaigns.education.services import Unfit, record_participation
from paicha.campaigns.kept import bytes_of
from paicha.campaigns.reporting.models import SubmissionFile
from paicha.domain.vocabulary import Verdict
from paicha.register.contacts.models import Purpose, Way
from paicha.register.contacts.services import record_contact, withdraw_contact
from paicha.register.models import RegisterEntry
from paicha.register.roster.models import RosterLine
from paicha.tenancy.models import new_id
from tests.campaigns.world import away, checked, member, participation, reported
from tests.college import TODAY, College


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college)


def education(college: College, ours: CampaignUnit) -> Education:
    with college.at_work():
        return education_of(ours, TODAY)


def contact(college: College, entry: RegisterEntry, *purposes: Purpose, reached: bool = True, day: Any = TODAY) -> Any:
    with college.at_work():
        return record_contact(
            actor=college.people["clerk"],
            entry_id=entry.id,
            happened_on=day,
            way=Way.PHONE,
            purposes=purposes,
            reached=reached,
            said="一起学习了报告",
            by="",
            today=TODAY,
        )


def take_part(college: College, ours: CampaignUnit, *members: Any, day: Any = TODAY) -> int:
    with college.at_work():
        return record_participation(
            actor=college.people["clerk"],
            unit_id=ours.id,
            member_ids=list(members),
            how=How.ONLINE,
            happened_on=day,
            materials="报告单行本",
            today=TODAY,
        )


def test_a_contact_that_served_theme_education_covers_and_is_entered_once(college: College, ours: CampaignUnit) -> None:
    taught, called = away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")
    contact(college, taught, Purpose.EDUCATION, Purpose.FOLLOW_UP)
    contact(college, called, Purpose.FOLLOW_UP)
    found = education(college, ours)
    assert (found.covered, found.whole, found.percent) == (1, 2, 50)
    assert [learner.one.name for learner in found.left] == ["李四"]


def test_an_attempt_a_withdrawn_one_and_one_before_the_campaign_cover_nobody(
    college: College, ours: CampaignUnit
) -> None:
    entry = away(college, ours, 6)
    contact(college, entry, Purpose.EDUCATION, reached=False)
    contact(college, entry, Purpose.EDUCATION, day=ours.campaign.begins_on.replace(day=1))
    wrong = contact(college, entry, Purpose.EDUCATION)
    assert education(college, ours).covered == 1
    with college.at_work():
        withdraw_contact(actor=college.people["clerk"], contact_id=wrong.id)
    assert education(college, ours).covered == 0


def test_those_in_transit_are_to_be_covered_and_the_undecided_are_not(college: College, ours: CampaignUnit) -> None:
    underway, unsure = member(college, college.survey, "在途的"), college.add(college.survey, 7)
    with college.at_work():
        RosterLine.objects.create(
            committee_id=ours.committee_id,
            member=underway,
            affiliation=underway.affiliations.get(),
            cells=[""] * 17,
            name="在途的",
            in_transit=True,
            batch_id=new_id(),
        )
        pending = Decision(Verdict.UNDECIDED, reason="正在核实")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=unsure.member_id, decision=pending)
    assert [learner.one.name for learner in education(college, ours).learners] == ["在途的"]
    take_part(college, ours, underway.id)
    assert education(college, ours).percent == 100


def test_several_who_took_part_together_are_recorded_on_the_page(college: College, ours: CampaignUnit) -> None:
    entries = [away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")]
    clerk, address = college.client("clerk"), f"/units/{ours.id}/education"
    sent = {"member": [str(e.member_id) for e in entries], "how": "1", "happened_on": "2023-12-01", "materials": "报告"}
    assert "已记下 2 人" in clerk.post(address, sent, follow=True).content.decode()
    assert education(college, ours).covered == 2
    with college.at_work():
        assert "张三" not in "".join(AuditEvent.objects.values_list("payload", flat=True))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"happened_on": "2023-12-02"}, "还没有到"),
        ({"happened_on": "2023-11-01"}, "以前"),
        ({"happened_on": "昨天"}, "请填写日期"),
        ({"how": "9"}, "请选择怎样参加"),
        ({"member": []}, "请勾选"),
        ({"member": ["x"]}, "读不出"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(
    college: College, ours: CampaignUnit, sent: dict[str, Any], said: str
) -> None:
    entry = away(college, ours)
    right = {"member": [str(entry.member_id)], "how": "1", "happened_on": "2023-12-01", "materials": "报告单行本"}
    answer = college.client("clerk").post(f"/units/{ours.id}/education", right | sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "报告单行本" in page
    assert education(college, ours).covered == 0


def test_nobody_of_another_branch_is_recorded(college: College, ours: CampaignUnit) -> None:
    theirs = college.add(college.computing, 9)
    with pytest.raises(Unfit, match="不是本支部"):
        take_part(college, ours, theirs.member_id)


def test_a_record_made_by_mistake_is_withdrawn_and_stays(college: College, ours: CampaignUnit) -> None:
    made = participation(college, ours)
    college.client("clerk").post(f"/units/{ours.id}/education/{made.id}/withdraw")
    assert education(college, ours).covered == 0
    with college.at_work():
        assert Participation.objects.get().withdrawn_at


def test_who_is_not_covered_is_a_reminder_and_no_hindrance(college: College, ours: CampaignUnit) -> None:
    away(college, ours, name="张三")
    page = college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
    assert "主题教育还有 1 人没有参加" in page
    assert f'href="/units/{ours.id}/education">张三</a>' in page
    assert "先要办好" not in page
    assert "1 人里还有 1 人没有参加" in college.client("clerk").get(f"/units/{ours.id}").content.decode()
    assert reported(college, ours).n == 1


def test_it_is_a_paper_of_the_report_and_stands_in_the_summary(college: College, ours: CampaignUnit) -> None:
    taught = away(college, ours, 6, name="张三")
    away(college, ours, 7, name="李四")
    contact(college, taught, Purpose.EDUCATION)
    take_part(college, ours, taught.member_id)
    submission = reported(college, ours)
    with college.at_work():
        kept = {one.paper: bytes_of(one.file) for one in SubmissionFile.objects.select_related("file")}
        said = json.loads(bytes_of(submission.canonical))
    sheet = openpyxl.load_workbook(BytesIO(kept[Paper.EDUCATION])).worksheets[0]
    words = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert "不得公开" in words[0][0]
    assert words[3][0] == "应参加 2 人，已参加 1 人。"
    assert [row[1:] for row in words[5:]] == [
        ["李四", "流出党员", "还没有参加", "", ""],
        ["张三", "流出党员", "电话联系", "2023-12-01", ""],
        ["", "", How.ONLINE.label, "2023-12-01", "报告单行本"],
    ]
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(kept[Paper.SUMMARY])).paragraphs]
    assert any("未被接收的党员2人，已参加1人、占50.0%，尚未参加1人。" in text for text in paragraphs)
    assert said["education"] == [1, 2]


def test_where_it_is_not_asked_for_it_is_no_paper(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    with college.at_work():
        ours.campaign.papers = [paper for paper in Paper if paper is not Paper.EDUCATION]
        ours.campaign.save()
    reported(college, ours)
    with college.at_work():
        assert not SubmissionFile.objects.filter(paper=Paper.EDUCATION).exists()


@pytest.mark.parametrize("people", [1, 9])
def test_the_page_asks_the_database_as_often_for_many_people_as_for_one(
    college: College, ours: CampaignUnit, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        contact(college, away(college, ours, 6 + number), Purpose.EDUCATION)
    clerk = college.client("clerk")
    with django_assert_max_num_queries(18):
        assert clerk.get(f"/units/{ours.id}/education").status_code == 200
