"""A transfer from advice to receipt: who is responsible, what comes next, and a wrong receipt taken back."""

from datetime import date, timedelta

import pytest

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.services import Decision, decide
from paicha.domain.letters import Stage
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Affiliation, Closing, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import add_entry, revise_entry, take_up_entry
from paicha.register.tallies.models import BranchTally
from paicha.transfers.models import Receipt
from paicha.transfers.services import take_back_receipt
from paicha.transfers.tracking.models import Transfer, TransferMove
from paicha.transfers.tracking.selectors import counts, open_transfer, tracked
from paicha.transfers.unfit import Unfit
from tests.campaigns.world import deployed, unit
from tests.college import RULES, TODAY, College
from tests.transfers.graduates import born, rostered
from tests.transfers.world import THERE, receive, step
from tests.world import row

LATER = date(2024, 2, 1)


def page(college: College, entry: RegisterEntry, who: str = "clerk") -> str:
    return college.client(who).get(f"/entries/{entry.id}/transfer").content.decode()


def state(college: College, entry: RegisterEntry) -> tuple[object, ...]:
    """What a taken back receipt must leave as it was."""
    with college.at_work():
        found = RegisterEntry.objects.get(id=entry.id)
        transfer = Transfer.objects.values("stage", "moved_on", "issued_on", "direction").first()
        tally = BranchTally.objects.get(branch=college.survey).figures
        rows = list(Affiliation.objects.filter(member_id=entry.member_id).values_list("id", "since", "until"))
    return found.closed_on, found.closed_at, found.closing, transfer, tally, rows


@pytest.mark.parametrize("again", [False, True])
def test_a_receipt_from_before_the_member_was_sent_is_refused(college: College, again: bool) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    url, sent = f"/entries/{entry.id}/transfer/move", {"destination": THERE, "direction": "2"}
    browser.post(url, sent | {"stage": Stage.UNDERWAY.value, "day": "2023-10-20"})
    if again:  # the receipt of the first letter may come after the second was given
        browser.post(url, {"stage": Stage.EXPIRED.value, "day": "2023-11-26"})
        browser.post(url, sent | {"stage": Stage.UNDERWAY.value, "day": "2023-11-28"})
    early = browser.post(f"/entries/{entry.id}/receipt", {"received_on": "2023-10-19", "destination": THERE})
    assert early.status_code == 422
    assert "转出是 2023-10-20，回执日期不能更早" in early.content.decode()
    browser.post(f"/entries/{entry.id}/receipt", {"received_on": "2023-10-20", "destination": THERE})
    with college.at_work():
        assert Receipt.objects.get().received_on == date(2023, 10, 20)


def test_from_urging_to_the_receipt_the_branch_is_responsible(college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    url = f"/entries/{entry.id}/transfer/move"
    browser.post(url, {"stage": Stage.URGED.value, "day": "2023-11-20"})
    assert "开具介绍信或在系统里转出" in page(college, entry)
    sent = {"stage": Stage.UNDERWAY.value, "day": "2023-11-28", "destination": THERE, "direction": "2", "number": "N7"}
    browser.post(url, sent)
    shown = page(college, entry)
    assert "<dt>现在负责</dt><dd>测绘支部</dd>" in shown
    assert "2023-12-28 前应收到回执" in shown
    browser.post(f"/entries/{entry.id}/receipt", {"received_on": "2023-12-01", "destination": THERE, "urged": "yes"})
    shown = page(college, entry)
    assert f"<dt>现在负责</dt><dd>{THERE}</dd>" in shown
    assert "由接收的党组织管理" in shown
    with college.at_work():
        stages = list(TransferMove.objects.order_by("n").values_list("stage", flat=True))
        assert stages == [Stage.URGED, Stage.UNDERWAY, Stage.RECEIVED]
        assert RegisterEntry.objects.get(id=entry.id).closing == Closing.TRANSFERRED


def test_a_step_that_does_not_fit_is_refused_and_what_was_typed_stays(college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    answer = browser.post(
        f"/entries/{entry.id}/transfer/move",
        {"stage": Stage.UNDERWAY.value, "day": "2023-12-09", "destination": "关山", "direction": "1"},
    )
    assert answer.status_code == 422
    assert "日期还没有到" in answer.content.decode()
    assert 'value="关山"' in answer.content.decode()
    assert "点浏览器的“后退”会丢掉" in answer.content.decode()
    for stage, words in ((Stage.EXPIRED, ""), (Stage.REFUSED, "地址不对"), (Stage.RECEIVED, "")):
        with pytest.raises(Unfit):
            step(college, entry, stage, words=words)
    step(college, entry, Stage.UNDERWAY)
    with pytest.raises(Unfit, match="不能更早"):
        step(college, entry, Stage.WITHDRAWN, TODAY - timedelta(days=1), words="不转了")
    with pytest.raises(Unfit, match="写明原因"):
        step(college, entry, Stage.WITHDRAWN)
    with pytest.raises(Unfit, match="还没有过期"):
        step(college, entry, Stage.EXPIRED)
    with pytest.raises(Unfit, match="不能记"):
        step(college, entry, Stage.URGED)


def test_who_comes_second_with_a_step_is_told_where_it_stands_and_not_that_the_form_is_there(college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    sent = {"stage": Stage.UNDERWAY.value, "day": "2023-11-28", "destination": THERE, "direction": "2"}
    for _ in range(2):
        answer = browser.post(f"/entries/{entry.id}/transfer/move", sent)
    shown = answer.content.decode()
    assert "现在是“在途”，不能记“在途”；刚有人记过的，看下面的经过" in shown
    assert "填的都在这一页" not in shown


def test_a_letter_expires_and_a_new_one_goes_where_the_old_one_went(college: College) -> None:
    entry = college.add(college.survey)
    step(college, entry, Stage.UNDERWAY)  # in the same prefecture: 15 days
    step(college, entry, Stage.EXPIRED, date(2023, 12, 17), LATER)
    transfer = step(college, entry, Stage.UNDERWAY, LATER, LATER)
    assert (transfer.issued_on, transfer.destination) == (LATER, THERE)


def test_a_member_has_one_open_transfer_and_a_new_one_after_it_is_over(college: College) -> None:
    entry = college.add(college.survey)
    step(college, entry, Stage.ADVISED)
    step(college, entry, Stage.UNDERWAY)
    step(college, entry, Stage.REFUSED, words="没有编制")
    step(college, entry, Stage.URGED)
    with college.at_work():
        assert Transfer.objects.count() == 2
        found = open_transfer(college.root.id, entry.member_id)
        assert found is not None
        assert found.stage == Stage.URGED


def test_the_list_tells_who_is_underway_overdue_refused_withdrawn_and_back(college: College) -> None:
    ours = [college.add(college.survey, number, name=f"党员{number}") for number in range(6, 11)]
    step(college, ours[0], Stage.UNDERWAY)
    step(college, ours[1], Stage.UNDERWAY, date(2023, 10, 20))
    for entry, end in ((ours[2], Stage.REFUSED), (ours[3], Stage.WITHDRAWN)):
        step(college, entry, Stage.UNDERWAY)
        step(college, entry, end, words="原因")
    step(college, ours[4], Stage.UNDERWAY)
    receive(college, ours[4])
    with college.at_work():
        take_up_entry(actor=college.people["clerk"], entry_id=ours[4].id, recorder=Recorder(RULES), today=TODAY)
        number = counts(college.root.id, [college.survey.id], TODAY)
        assert number == {"underway": 2, "late": 1, "before": 0, "refused": 1, "withdrawn": 1, "back": 1}
        names = {college.survey.id: "测绘支部"}
        late = tracked(college.root.id, [college.survey.id], names, "late", TODAY)
        assert [row.name for row in late] == ["党员7"]
    shown = college.client("office").get("/transfers").content.decode()
    assert "党员7" in shown
    assert "党员6" not in shown
    assert "党员6" in college.client("clerk").get("/transfers?show=underway").content.decode()
    assert "党员7" not in college.client("secretary").get("/transfers").content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"received_on": ""}, "请填写回执日期"),
        ({"received_on": "2023-12-02"}, "回执日期还没有到"),
        ({"destination": ""}, "没有填接收的党组织"),
    ],
)
def test_a_receipt_that_does_not_fit_is_refused_and_what_was_typed_stays(
    college: College, changed: dict[str, str], told: str
) -> None:
    entry = college.add(college.survey)
    sent = {"received_on": "2023-11-30", "destination": "关山社区党委", "number": "N7", "urged": "yes"} | changed
    answer = college.client("clerk").post(f"/entries/{entry.id}/receipt", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert told in shown
    for value in filter(None, (sent["received_on"], sent["destination"], "N7")):
        assert f'value="{value}"' in shown
    assert 'name="urged" value="yes" checked' in shown
    with college.at_work():
        assert not Receipt.objects.exists()


def test_who_comes_second_with_a_receipt_or_a_step_is_told(college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    receive(college, entry)
    sent = {"received_on": "2023-12-01", "destination": THERE}
    answer = browser.post(f"/entries/{entry.id}/receipt", sent)
    assert "回执没有记下：这名党员的组织关系已经不在本支部" in answer.content.decode()
    answer = browser.post(f"/entries/{entry.id}/transfer/move", {"stage": Stage.URGED.value, "day": "2023-12-01"})
    assert "没有记下：这名党员的组织关系已经不在本支部" in answer.content.decode()


@pytest.mark.parametrize("before", [None, Stage.URGED, Stage.UNDERWAY])
def test_a_wrong_receipt_is_taken_back_and_everything_is_as_it_was(college: College, before: Stage | None) -> None:
    entry = college.add(college.survey)
    if before:
        step(college, entry, before)
    was = state(college, entry)
    receive(college, entry)
    assert state(college, entry) != was
    browser = college.client("clerk")
    told = browser.post(f"/entries/{entry.id}/receipt/back", {}, follow=True).content.decode()
    assert "请写明回执错在哪里" in told
    browser.post(f"/entries/{entry.id}/receipt/back", {"reason": "是另一个张三的"})
    assert state(college, entry) == was
    assert "是另一个张三的" in page(college, entry)
    with college.at_work():
        receipt = Receipt.objects.get()
        assert receipt.taken_back_at is not None
        with pytest.raises(Unfit, match="已经撤回"):
            take_back_receipt(actor=college.people["clerk"], receipt_id=receipt.id, reason="误", today=TODAY)
    receive(college, entry)  # the right one comes


def test_the_verdict_before_it_is_given_again(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    entry, browser = college.add(college.survey), college.client("clerk")
    with college.at_work():
        decision = Decision(Verdict.OUTFLOW, rule="通知 一", reason="半年没有参加")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=entry.member_id, decision=decision)

    def standing() -> list[tuple[int, str]]:
        with college.at_work():
            return [(row.verdict, row.reason) for row in MemberVerdict.objects.filter(superseded_at=None)]

    browser.post(f"/entries/{entry.id}/receipt", {"received_on": "2023-12-01", "destination": THERE})
    assert standing() == [(Verdict.TRANSFERRED, "")]
    browser.post(f"/entries/{entry.id}/receipt/back", {"reason": "记错了人"})
    assert standing() == [(Verdict.OUTFLOW, "半年没有参加")]


def test_a_receipt_of_who_came_back_is_not_taken_back(college: College) -> None:
    entry = college.add(college.survey)
    receipt = receive(college, entry)
    with college.at_work():
        take_up_entry(actor=college.people["clerk"], entry_id=entry.id, recorder=Recorder(RULES), today=TODAY)
        with pytest.raises(Unfit, match="又转回来"):
            take_back_receipt(actor=college.people["clerk"], receipt_id=receipt.id, reason="误", today=TODAY)


def test_whose_number_stood_on_another_s_entry_begins_a_transfer_of_their_own(college: College) -> None:
    """The entry was put right since and is somebody else's, its open transfer with it."""
    one = rostered(college, college.survey, "张三", 6)
    with college.at_work():
        clerk, recorder = college.people["clerk"], Recorder(RULES)
        said = {"branch_id": college.survey.id, "recorder": recorder, "today": TODAY}
        wrong = add_entry(actor=clerk, cells=row(6, name="李四", id_number=born(6)).values, **said)  # type: ignore[arg-type]
    assert wrong.member_id == one.id
    step(college, wrong, Stage.URGED)
    with college.at_work():
        assert wrong.current_id
        cells = row(7, name="李四").values
        seen = {"entry_id": wrong.id, "base": wrong.current_id, "recorder": recorder, "today": TODAY}
        right = revise_entry(actor=clerk, cells=cells, **seen)  # type: ignore[arg-type]
        assert right.member_id != one.id
        own = add_entry(actor=clerk, cells=row(6, name="张三", id_number=born(6)).values, **said)  # type: ignore[arg-type]
    step(college, own, Stage.URGED)
    with college.at_work():
        found = Transfer.objects.order_by("id").values_list("member_id", "stage")
        assert list(found) == [(right.member_id, Stage.URGED), (one.id, Stage.URGED)]
