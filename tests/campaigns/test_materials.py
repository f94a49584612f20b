"""学习材料: sent to many at once, confirmed by them or by a contact record; what is not confirmed covers nobody."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from paicha.audit.models import AuditEvent
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.models import Acknowledgement, Sending
from paicha.campaigns.education.selectors import Education, education_of
from paicha.campaigns.education.sending.services import acknowledge
from paicha.campaigns.education.services import Unfit
from paicha.register.contacts.models import ContactRecord, Purpose, Way
from paicha.register.contacts.services import record_contact, withdraw_contact
from paicha.register.models import RegisterEntry
from tests.campaigns.world import away, checked, sent_material
from tests.college import TODAY, College

BEFORE = TODAY - timedelta(days=2)


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    return checked(college)


def education(college: College, ours: CampaignUnit) -> Education:
    with college.at_work():
        return education_of(ours, TODAY)


def call(college: College, entry: RegisterEntry, *, reached: bool = True, day: Any = TODAY) -> ContactRecord:
    """A call about theme education."""
    with college.at_work():
        return record_contact(
            actor=college.people["clerk"],
            entry_id=entry.id,
            happened_on=day,
            way=Way.PHONE,
            purposes=[Purpose.EDUCATION],
            reached=reached,
            said="收到了，已经看完" if reached else "",
            by="",
            today=TODAY,
        )


def test_what_was_sent_waits_and_covers_once_it_is_confirmed(college: College, ours: CampaignUnit) -> None:
    entries = [away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")]
    clerk, address = college.client("clerk"), f"/units/{ours.id}/materials"
    sent = {
        "member": [str(entry.member_id) for entry in entries],
        "channel": "1",
        "sent_on": BEFORE.isoformat(),
        "material": "报告单行本",
    }
    assert "送给 2 人，等他们确认" in clerk.post(address, sent, follow=True).content.decode()
    found = education(college, ours)
    assert (found.covered, [learner.one.name for learner, _ in found.waiting]) == (0, ["张三", "李四"])
    with college.at_work():
        first = Sending.objects.order_by("id").first()
    assert first
    confirmed = {"sending": str(first.id), "happened_on": TODAY.isoformat()}
    assert "已记下 1 份" in clerk.post(f"{address}/acknowledge", confirmed, follow=True).content.decode()
    found = education(college, ours)
    assert (found.covered, len(found.waiting)) == (1, 1)
    (part,) = next(learner.parts for learner in found.learners if learner.parts)
    assert (part.on, part.how, part.materials) == (TODAY, "学习材料已确认（邮寄）", "报告单行本")
    with college.at_work():
        assert "张三" not in "".join(AuditEvent.objects.values_list("payload", flat=True))


def test_a_contact_about_theme_education_since_it_was_sent_confirms_it(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6, name="张三")
    call(college, entry, day=BEFORE)
    sent_material(college, ours, entry, day=TODAY - timedelta(days=1))
    call(college, entry, reached=False)
    assert len(education(college, ours).waiting) == 1, "neither an earlier one nor an attempt confirms"
    contact = call(college, entry)
    found = education(college, ours)
    assert found.waiting == []
    assert found.sent[0][1].words == "12-01 电话联系时确认"
    assert [part.how for part in found.learners[0].parts] == ["电话联系", "电话联系"], "the contact counts once"
    with college.at_work():
        withdraw_contact(actor=college.people["clerk"], contact_id=contact.id)
    assert len(education(college, ours).waiting) == 1


def test_confirmed_again_changes_nothing(college: College, ours: CampaignUnit) -> None:
    (sending,) = sent_material(college, ours, away(college, ours))
    with college.at_work():
        for expected in (1, 0):
            assert (
                acknowledge(
                    actor=college.people["clerk"],
                    unit_id=ours.id,
                    sending_ids=[sending.id],
                    happened_on=TODAY,
                    today=TODAY,
                )
                == expected
            )
        assert Acknowledgement.objects.count() == 1


def test_a_mistake_is_withdrawn_and_stays(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours)
    (sending,) = sent_material(college, ours, entry)
    clerk, address = college.client("clerk"), f"/units/{ours.id}/materials"
    clerk.post(f"{address}/acknowledge", {"sending": str(sending.id), "happened_on": TODAY.isoformat()})
    assert education(college, ours).covered == 1
    clerk.post(f"{address}/{sending.id}/unacknowledge")
    assert (education(college, ours).covered, len(education(college, ours).waiting)) == (0, 1)
    clerk.post(f"{address}/{sending.id}/withdraw")
    assert education(college, ours).sent == []
    line = clerk.get(f"/entries/{entry.id}").content.decode()
    assert "主题教育：送学习材料（邮寄），已撤回" in line
    assert "主题教育：学习材料已确认，已撤回" in line


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sent_on": "2023-12-02"}, "还没有到"),
        ({"sent_on": "2023-11-01"}, "以前"),
        ({"sent_on": "昨天"}, "请填写日期"),
        ({"channel": "9"}, "请选择怎样送的"),
        ({"material": " "}, "请写送了什么材料"),
        ({"member": []}, "请勾选送给谁"),
        ({"member": ["x"]}, "读不出"),
        ({"member": [str(uuid4())]}, "不是本支部"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(
    college: College, ours: CampaignUnit, sent: dict[str, Any], said: str
) -> None:
    entry = away(college, ours)
    right = {"member": [str(entry.member_id)], "channel": "1", "sent_on": "2023-12-01", "material": "报告单行本"}
    answer = college.client("clerk").post(f"/units/{ours.id}/materials", right | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "material" in sent or 'value="报告单行本"' in answer.content.decode()
    with college.at_work():
        assert not Sending.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"happened_on": "2023-12-02"}, "还没有到"),
        ({"happened_on": "2023-11-29"}, "确认不能更早"),
        ({"happened_on": ""}, "请填写确认的日期"),
        ({"sending": []}, "请先勾上"),
        ({"sending": ["x"]}, "读不出"),
        ({"sending": [str(uuid4())]}, "已经撤回"),
    ],
)
def test_a_confirmation_that_cannot_be_is_told(
    college: College, ours: CampaignUnit, sent: dict[str, Any], said: str
) -> None:
    (sending,) = sent_material(college, ours, away(college, ours), day=TODAY - timedelta(days=1))
    right = {"sending": [str(sending.id)], "happened_on": TODAY.isoformat()}
    answer = college.client("clerk").post(f"/units/{ours.id}/materials/acknowledge", right | sent, follow=True)
    assert said in answer.content.decode()
    assert education(college, ours).covered == 0


def test_nothing_is_sent_to_somebody_of_another_branch(college: College, ours: CampaignUnit) -> None:
    with pytest.raises(Unfit, match="不是本支部"):
        sent_material(college, ours, college.add(college.computing, 9))


def test_who_is_left_out_is_named_with_what_is_on_its_way(college: College, ours: CampaignUnit) -> None:
    sent_material(college, ours, away(college, ours, 6, name="张三"), day=BEFORE)
    away(college, ours, 7, name="李四")
    page = college.client("clerk").get(f"/units/{ours.id}/education").content.decode()
    assert "11-29 已送学习材料，等确认" in page
    assert "1 份等确认" in page
    home = college.client("clerk").get("/").content.decode()
    assert "2 人里还有 2 人没有参加：李四、张三" in home
    assert f'href="/units/{ours.id}/education"' in home
    book = college.client("clerk").get(f"/units/{ours.id}/education.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(book.content)).worksheets[0]
    words = [str(row[3].value or "") for row in sheet.iter_rows(min_row=6)]
    assert words == ["还没有参加", "还没有参加（11-29 已送学习材料，等确认）"]


def test_it_stands_on_the_person_s_line_of_time(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, 6)
    (sending,) = sent_material(college, ours, entry, day=BEFORE)
    clerk = college.client("clerk")
    said = {"sending": str(sending.id), "happened_on": TODAY.isoformat()}
    clerk.post(f"/units/{ours.id}/materials/acknowledge", said)
    part = {"member": str(entry.member_id), "how": "1", "happened_on": TODAY.isoformat(), "materials": "二十大报告"}
    clerk.post(f"/units/{ours.id}/education", part)
    line = clerk.get(f"/entries/{entry.id}").content.decode()
    for words in ("送学习材料（邮寄）", "学习材料已确认", "线上参加本支部学习"):
        assert f"主题教育：{words}" in line
    assert "二十大报告" in line


@pytest.mark.parametrize("people", [1, 9])
def test_the_page_asks_the_database_as_often_for_many_people_as_for_one(
    college: College, ours: CampaignUnit, people: int, django_assert_max_num_queries: Any
) -> None:
    sent_material(college, ours, *(away(college, ours, 6 + number) for number in range(people)))
    clerk = college.client("clerk")
    with django_assert_max_num_queries(18):
        assert clerk.get(f"/units/{ours.id}/materials").status_code == 200
