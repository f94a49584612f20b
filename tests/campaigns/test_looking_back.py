"""回头看: each entry gone over again before the report, and once more where the office asks for it."""

from datetime import timedelta
from typing import Any

import pytest

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.deployment.models import CampaignUnit, LookBack
from paicha.campaigns.deployment.services import ask_look_back
from paicha.campaigns.looking_back.selectors import looking_of
from paicha.campaigns.reporting.services import Unfit
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import What
from tests.campaigns.world import away, checked, reported
from tests.college import College


def text(college: College, who: str, address: str) -> str:
    return college.client(who).get(address).content.decode()


def ask(college: College, ours: CampaignUnit, reason: str = "抽查发现漏登") -> LookBack:
    with college.at_work():
        return ask_look_back(actor=college.people["office"], unit_id=ours.id, reason=reason)


def left(college: College, ours: CampaignUnit) -> list[str]:
    with college.at_work():
        looking = looking_of(ours)
    assert looking
    return [one.name for one in looking.left]


def test_a_branch_that_had_checked_before_goes_over_each_entry_of_its_list(college: College) -> None:
    """It brings its list in; whoever stands on it has to be decided again, one by one, before the report."""
    ours = checked(college, looked=(college.survey,))
    college.add(college.survey, 6, name="张三")
    assert left(college, ours) == ["张三"]
    with pytest.raises(Unfit, match="张三"):
        reported(college, ours)
    away(college, ours, 7, name="李四")
    assert left(college, ours) == ["张三"]
    page = text(college, "clerk", f"/units/{ours.id}")
    assert "通知以前已经排查过" in page
    assert "还有 1 人没有重新核对" in page


def test_no_look_back_is_asked_of_other_branches(college: College) -> None:
    ours = checked(college)
    with college.at_work():
        assert looking_of(ours) is None
    assert "没有要求本支部回头看" in text(college, "clerk", f"/units/{ours.id}/look-back")
    assert "回头看：" not in text(college, "clerk", f"/units/{ours.id}/report")


def test_asked_again_each_entry_hinders_the_report_until_somebody_looked(college: College) -> None:
    ours = checked(college)
    entries = [away(college, ours, 6, name="张三"), away(college, ours, 7, name="李四")]
    ask(college, ours)
    with pytest.raises(Unfit, match="回头看：2 人还没有逐人重新核对：李四、张三"):
        reported(college, ours)
    clerk, address = college.client("clerk"), f"/units/{ours.id}/look-back"
    for entry in entries:
        page = clerk.post(address, {"member": str(entry.member_id)}, follow=True).content.decode()
        assert "已重新核对" in page
    assert left(college, ours) == []
    with college.at_work():
        standing = MemberVerdict.objects.filter(unit=ours, superseded_at=None, member=entries[0].member_id)
        assert standing.get().rule == "通知 一"
        assert MemberVerdict.objects.filter(unit=ours, member=entries[0].member_id).count() == 2
    assert reported(college, ours).n == 1


def test_the_office_asks_for_a_second_look_after_approval_with_a_reason(college: College) -> None:
    ours = checked(college)
    away(college, ours, 6, name="张三")
    submission = reported(college, ours)
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=submission.id, what=What.APPROVED)
    address, office = f"/units/{ours.id}/look-back/ask", college.client("office")
    assert "请写明为什么" in office.post(address, {}, follow=True).content.decode()
    assert "逐人重新核对" in office.post(address, {"reason": "上级抽查"}, follow=True).content.decode()
    page = text(college, "clerk", f"/units/{ours.id}")
    assert "上级抽查" in page
    assert "还有 1 人没有重新核对" in page
    with college.at_work():
        submission.refresh_from_db()
    assert submission.get_state_display() == "已审核通过"


def test_what_was_asked_is_withdrawn_and_stays_to_be_seen(college: College) -> None:
    ours = checked(college)
    away(college, ours, 6)
    ask(college, ours)
    college.client("office").post(f"/units/{ours.id}/look-back/withdraw")
    with college.at_work():
        assert looking_of(ours) is None
        assert LookBack.objects.get().withdrawn_at
    assert reported(college, ours).n == 1


def test_nobody_without_a_verdict_or_unknown_is_confirmed(college: College) -> None:
    ours = checked(college, looked=(college.survey,))
    entry = college.add(college.survey, 6)
    clerk, address = college.client("clerk"), f"/units/{ours.id}/look-back"
    assert "还没有结论" in clerk.post(address, {"member": str(entry.member_id)}, follow=True).content.decode()
    assert "读不出" in clerk.post(address, {"member": "x"}, follow=True).content.decode()
    assert left(college, ours) != []


def test_only_a_verdict_after_the_asking_counts(college: College) -> None:
    ours = checked(college)
    entry = away(college, ours, 6, name="张三")
    asked = ask(college, ours)
    with college.at_work():
        verdicts = MemberVerdict.objects.filter(member_id=entry.member_id)
        verdicts.update(decided_at=asked.asked_at - timedelta(seconds=1))
    assert left(college, ours) == ["张三"]
    with college.at_work():
        verdicts.update(decided_at=asked.asked_at + timedelta(seconds=1))
    assert left(college, ours) == []


@pytest.mark.parametrize("people", [1, 9])
def test_the_page_asks_the_database_as_often_for_many_people_as_for_one(
    college: College, people: int, django_assert_max_num_queries: Any
) -> None:
    ours = checked(college, looked=(college.survey,))
    for number in range(people):
        away(college, ours, 6 + number)
    clerk = college.client("clerk")
    with django_assert_max_num_queries(18):
        assert clerk.get(f"/units/{ours.id}/look-back").status_code == 200
