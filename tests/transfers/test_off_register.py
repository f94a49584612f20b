"""A member who stands on no register and in no cohort moves all the same: tracked, with a letter, received."""

from typing import Any

from paicha.campaigns.checking.selectors import one_of
from paicha.domain.letters import Stage
from paicha.register.models import Affiliation, RegisterEntry
from paicha.transfers.lettering.models import IntroductionLetter
from paicha.transfers.tracking.models import Transfer
from tests.campaigns.world import deployed, unit
from tests.college import TODAY, College
from tests.transfers.graduates import born, cohort, graduate, line, listed, rostered
from tests.transfers.world import THERE, ready_for_letters

SENT = {"stage": Stage.UNDERWAY.value, "day": "2023-12-01", "destination": THERE, "direction": "1", "number": "N7"}
RECEIVED = {"received_on": "2023-12-01", "destination": THERE}


def url(college: College, member: Any, rest: str = "transfer") -> str:
    return f"/branches/{college.survey.id}/members/{member.id}/{rest}"


def test_who_attends_is_transferred_from_the_roster_without_an_entry(college: College) -> None:
    attending = rostered(college, college.survey, "张三", 1)
    ours = unit(college, deployed(college), college.survey)
    clerk, move = college.client("clerk"), url(college, attending, "transfer/move")
    link = f'href="{url(college, attending)}">张三</a>'
    assert link in clerk.get(f"/branches/{college.survey.id}/roster").content.decode()
    assert "不在流出党员台账上，不计入附件2的A" in clerk.get(url(college, attending)).content.decode()
    assert "请填写转往哪个党组织" in clerk.post(move, SENT | {"destination": ""}).content.decode()
    assert "已记下：在途。" in clerk.post(move, SENT, follow=True).content.decode()
    for address in ("/transfers", f"/units/{ours.id}/in-transit"):
        assert link in clerk.get(address).content.decode(), address
    with college.at_work():
        one = one_of(ours, attending.id)
        assert one is not None
        assert one.in_transit
        assert not RegisterEntry.objects.exists()


def test_the_receipt_ends_it_and_a_wrong_one_is_taken_back(college: College) -> None:
    attending = rostered(college, college.survey, "张三", 1)
    clerk, receipt = college.client("clerk"), url(college, attending, "receipt")
    clerk.post(url(college, attending, "transfer/move"), SENT)
    refused = clerk.post(receipt, RECEIVED | {"destination": ""})
    assert refused.status_code == 422
    assert "没有填接收的党组织" in refused.content.decode()
    assert 'value="2023-12-01"' in refused.content.decode()
    assert "2023-12-01 起" in clerk.post(receipt, RECEIVED, follow=True).content.decode()
    with college.at_work():
        assert Affiliation.objects.get(member=attending).until == TODAY
    assert "回执已撤回" in clerk.post(f"{receipt}/back", {"reason": "不是他的"}, follow=True).content.decode()
    with college.at_work():
        assert Affiliation.objects.get(member=attending).until is None
        assert Transfer.objects.get().stage == Stage.UNDERWAY


def test_the_office_issues_a_letter_by_what_the_roster_says(college: College) -> None:
    ready_for_letters(college)
    attending = rostered(college, college.survey, "张三", 1)
    office, letters = college.client("office"), url(college, attending, "letter")
    assert college.client("clerk").get(letters).status_code == 403
    assert f"{born(1)[:6]}********" in office.get(letters).content.decode()
    sent = {"to": "某街道党工委", "origin": "测绘支部", "destination": THERE, "direction": "1", "standing": "1"}
    assert office.post(letters, sent).status_code == 422
    office.post(letters, sent | {"dues": "2023-11"})
    with college.at_work():
        letter = IntroductionLetter.objects.get()
        assert (letter.entry_id, letter.member_id, letter.number) == (None, attending.id, 1)
    assert letter.written in office.get(url(college, attending)).content.decode()


def test_who_stands_on_the_register_or_in_a_cohort_has_the_page_there(college: College) -> None:
    away, graduated = college.add(college.survey), rostered(college, college.survey, "李四", 2)
    listed(college, cohort(college), line("李四", 2))
    clerk = college.client("clerk")
    with college.at_work():
        registered = away.member
    assert clerk.get(url(college, registered)).headers["Location"] == f"/entries/{away.id}/transfer"
    assert clerk.get(url(college, graduated)).headers["Location"] == f"/graduates/people/{graduate(college, '李四').id}"
    assert college.client("secretary").get(url(college, registered)).status_code == 404
