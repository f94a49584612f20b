"""调研: noted, followed up, settled once; the log holds no word of it."""

import pytest

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.supervision.visiting.models import Visit
from paicha.campaigns.supervision.visiting.services import Unfit, settle
from tests.campaigns.world import deployed, unit, visited
from tests.college import College


def test_the_office_notes_a_visit_on_its_page_and_settles_what_it_found(college: College) -> None:
    campaign = deployed(college)
    ours = unit(college, campaign, college.survey)
    browser, address = college.client("office"), f"/campaigns/{campaign.id}/visits"
    sent = {
        "unit": ours.id,
        "visited_on": "2023-12-01",
        "who": "李干事",
        "seen": "台账逐人有记录",
        "follow_up": "补会议记录",
    }
    page = browser.post(address, sent, follow=True).content.decode()
    for words in ("已记下到测绘支部的调研", "台账逐人有记录", "要跟进"):
        assert words in page
    with college.at_work():
        visit = Visit.objects.get()
        assert "台账" not in AuditEvent.objects.get(event=Event.VISIT_NOTED).payload
    page = browser.post(f"/visits/{visit.id}/settle", {"outcome": "已补齐"}, follow=True).content.decode()
    assert "已补齐" in page
    assert "要跟进</span>" not in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"visited_on": "2023-12-02"}, "还没有到"),
        ({"visited_on": "昨天"}, "填写日期"),
        ({"unit": "nonsense"}, "请选择党支部"),
        ({"seen": " "}, "看到了什么"),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(
    college: College, changed: dict[str, str], words: str
) -> None:
    campaign = deployed(college)
    ours = unit(college, campaign, college.survey)
    sent = {
        "unit": str(ours.id),
        "visited_on": "2023-12-01",
        "who": "李干事",
        "seen": "情况",
        "follow_up": "补会议记录",
    }
    answer = college.client("office").post(f"/campaigns/{campaign.id}/visits", sent | changed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "补会议记录" in page


def test_what_is_settled_or_was_never_open_is_not_settled(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    office, visit = college.people["office"], visited(college, ours)
    plain = visited(college, ours, follow_up="")
    with college.at_work():
        with pytest.raises(Unfit, match="办得怎样"):
            settle(actor=office, visit_id=visit.id, outcome="")
        settle(actor=office, visit_id=visit.id, outcome="已补齐")
        for one in (visit, plain):
            with pytest.raises(Unfit, match="没有要跟进的"):
                settle(actor=office, visit_id=one.id, outcome="再来")
