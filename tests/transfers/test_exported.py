"""The national system's list of transfers comes in: its columns and words are asked for once, what it would do is
looked at, applied as one batch, taken back as one batch; its 已接收 is the receipt (notice 二.2)."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.selectors import standing
from paicha.domain.letters import Stage
from paicha.domain.vocabulary import Verdict
from paicha.intake.models import State, Upload
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import take_up_entry
from paicha.transfers.models import ExportedLine, Receipt, Transfer, TransferMove
from paicha.transfers.tracking.moving import reckon
from paicha.transfers.tracking.selectors import counts, last_transfer
from paicha.vault.hashing import Hashed, keyed_hash
from tests.campaigns.world import away, checked, member
from tests.college import RULES, TODAY, College, uploaded
from tests.transfers.exporting import line, list_bytes, masked
from tests.transfers.graduates import born, cohort, graduate, listed, rostered
from tests.transfers.graduates import line as of_cohort
from tests.transfers.world import THERE, receive, step
from tests.world import id_number


def send(browser: Client, *lines: tuple[str, ...], address: str = "/transfers/exported", **more: Any) -> str:
    """Upload a list and agree to what its columns are taken for; returns the address of its preview."""
    answer = browser.post(address, {"file": uploaded("转接.xlsx", list_bytes(*lines, **more))})
    assert answer.status_code == 302, answer.content.decode()
    url = str(answer["Location"])
    asked = browser.get(url)
    if asked.status_code == 302 and asked["Location"].endswith("/columns"):
        page = browser.get(f"{url}/columns").content.decode()
        selects = re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page)
        said = {name: (re.search(r"<option selected>([^<]+)<", rest) or ("", ""))[1] for name, rest in selects}
        assert browser.post(f"{url}/columns", said).status_code == 302
    return url


def preview(browser: Client, url: str, **who: str) -> str:
    return browser.get(f"{url}?{urlencode(who)}").content.decode()


def apply(browser: Client, url: str, **who: str) -> str:
    digest = re.search(r'name="digest" value="(\w+)"', preview(browser, url, **who))
    sent = {"digest": digest[1] if digest else ""} | who
    return browser.post(f"{url}/apply", sent, follow=True).content.decode()


def written(college: College, *lines: tuple[str, ...], who: str = "office") -> str:
    """Bring a list in; returns the address of the batch."""
    browser = college.client(who)
    url = send(browser, *lines)
    said = apply(browser, url)
    assert "已写入" in said, said
    return url


def stages(college: College, entry: RegisterEntry) -> list[Stage]:
    """The standing moves of somebody, in their order."""
    with college.at_work():
        moves = TransferMove.objects.filter(transfer__entry=entry, taken_back_at=None).order_by("transfer_id", "n")
        return [Stage(move.stage) for move in moves]


def test_who_clicks_twice_is_told_that_the_list_was_written(college: College) -> None:
    college.add(college.survey, 6, name="张三")
    browser = college.client("office")
    url = send(browser, line(6))
    looked = re.search(r'name="digest" value="(\w+)"', preview(browser, url))
    said = {"digest": looked[1] if looked else ""}
    assert "已写入" in browser.post(f"{url}/apply", said, follow=True).content.decode()
    again = browser.post(f"{url}/apply", said, follow=True).content.decode()
    assert "这一批已经处理过了" in again
    assert "还没有写入" not in again


def state(college: College) -> list[object]:
    """What undoing must leave as it was."""
    with college.at_work():
        return [
            list(Affiliation.objects.order_by("id").values_list("member_id", "branch_id", "since", "until")),
            list(RegisterEntry.objects.order_by("id").values_list("id", "closed_on", "closing")),
            counts(college.root.id, [college.survey.id, college.computing.id], TODAY),
            list(Receipt.objects.filter(taken_back_at=None).values_list("member_id", flat=True)),
        ]


def test_the_columns_are_asked_once_and_what_it_would_do_is_shown_before_it_is_written(college: College) -> None:
    college.add(college.survey, 6, name="张三")
    browser = college.client("office")
    answer = browser.post("/transfers/exported", {"file": uploaded("转接.xlsx", list_bytes(line(6)))})
    assert browser.get(answer["Location"])["Location"].endswith("/columns")
    url = send(browser, line(6))
    shown = preview(browser, url)
    assert "还没有写入" in shown
    assert "2023-11-20 在途" in shown
    assert id_number(sequence=13) not in shown
    with college.at_work():
        assert not Transfer.objects.exists()
    assert preview(browser, send(browser, line(6))).count("要写入的（1）") == 1, "columns are not asked again"


def test_each_row_does_what_the_system_says(college: College) -> None:
    entries = [college.add(college.survey, n, name=f"党员{n}") for n in range(6, 11)]
    for entry in entries[1:4]:
        step(college, entry, Stage.UNDERWAY, date(2023, 11, 20))
    written(
        college,
        line(6, name="党员6"),
        line(7, "已接收", name="党员7"),
        line(8, "退回", name="党员8"),
        line(9, "撤销", name="党员9"),
        line(10, "已接收", name="党员10"),
    )
    assert stages(college, entries[0]) == [Stage.UNDERWAY]
    assert stages(college, entries[1]) == [Stage.UNDERWAY, Stage.RECEIVED]
    assert stages(college, entries[2]) == [Stage.UNDERWAY, Stage.REFUSED]
    assert stages(college, entries[3]) == [Stage.UNDERWAY, Stage.WITHDRAWN]
    assert stages(college, entries[4]) == [Stage.UNDERWAY, Stage.RECEIVED]
    with college.at_work():
        begun = Transfer.objects.get(entry=entries[0])
        assert (begun.number, begun.destination, begun.issued_on) == ("N6", THERE, date(2023, 11, 20))
        receipts = {(one.number, one.destination, one.received_on) for one in Receipt.objects.all()}
        assert receipts == {("N10", THERE, date(2023, 11, 28)), ("N7", THERE, date(2023, 11, 28))}


def test_the_confirmation_is_the_receipt_and_counts_in_y_only_where_the_transfer_was_urged(college: College) -> None:
    ours = checked(college)
    urged, by_itself = away(college, ours, 6, name="督促的"), away(college, ours, 7, name="自己转的")
    step(college, urged, Stage.URGED, date(2023, 11, 29))
    done = {"done": "2023-11-30", "sent": "2023-11-29"}
    written(college, line(6, "已接收", name="督促的", **done), line(7, "已接收", name="自己转的", **done))
    with college.at_work():
        assert {receipt.number: receipt.urged for receipt in Receipt.objects.all()} == {"N6": True, "N7": False}
        verdicts = standing(ours)
        assert {verdicts[e.member_id].verdict for e in (urged, by_itself)} == {Verdict.TRANSFERRED}
    page = college.client("clerk").get(f"/units/{ours.id}/annex2/Y").content.decode()
    assert "督促的" in page
    assert "自己转的" not in page


def test_the_same_list_a_second_time_makes_nothing_twice(college: College) -> None:
    for number in range(6, 9):
        college.add(college.survey, number, name=f"党员{number}")
    lines = (line(6, name="党员6"), line(7, "已接收", name="党员7"), line(8, "退回", name="党员8"))
    written(college, *lines)
    browser = college.client("office")
    shown = preview(browser, send(browser, *lines))
    assert "没有变化 3 人" in shown
    assert 'name="digest"' not in shown
    with college.at_work():
        assert Transfer.objects.count() == 3
        assert Receipt.objects.count() == 1


def test_the_old_transfer_of_somebody_who_came_back_moves_nobody(college: College) -> None:
    entry = college.add(college.survey, 6, name="张三")
    receive(college, entry, date(2023, 11, 28))  # written down without the system's number
    with college.at_work():
        take_up_entry(actor=college.people["clerk"], entry_id=entry.id, recorder=Recorder(RULES), today=TODAY)
    browser = college.client("office")
    shown = preview(browser, send(browser, line(6, "已接收")))
    assert "没有变化 1 人" in shown
    assert "11-28 的回执已经记过" in shown


def test_two_rows_of_one_person_are_taken_in_the_order_of_their_days(college: College) -> None:
    entry = college.add(college.survey, 6, name="张三")
    newer = line(6, no="N2", sent="2023-11-29")
    older = line(6, "退回", no="N1", sent="2023-10-10", done="2023-10-20")
    written(college, newer, older)
    assert stages(college, entry) == [Stage.UNDERWAY, Stage.REFUSED, Stage.UNDERWAY]
    with college.at_work():
        found = last_transfer(college.root.id, entry.member_id)
        assert found is not None
        assert found.number == "N2"


def test_a_number_that_the_system_gave_is_added_to_what_was_typed_without_one(college: College) -> None:
    entry = college.add(college.survey, 6, name="张三")
    step(college, entry, Stage.UNDERWAY, date(2023, 11, 21))
    written(college, line(6))
    with college.at_work():
        found = Transfer.objects.get()
        assert (found.number, found.issued_on, found.moved_on) == ("N6", date(2023, 11, 21), date(2023, 11, 21))


def test_an_unknown_word_is_asked_once_and_kept(college: College) -> None:
    college.add(college.survey, 6, name="张三")
    browser = college.client("office")
    url = send(browser, line(6, "转入方已确认", done="2023-11-28"))
    assert browser.get(url)["Location"].endswith("/words")
    refused = browser.post(f"{url}/words", {"word-0": ""})
    assert refused.status_code == 422
    assert "每个状态都要选" in refused.content.decode()
    browser.post(f"{url}/words", {"word-0": "已接收"})
    assert "收到回执 1 人" in preview(browser, url)
    assert "收到回执 1 人" in preview(browser, send(browser, line(6, "转入方已确认", done="2023-11-28")))


def test_a_masked_number_is_told_by_the_transfer_s_number_and_never_guessed(college: College) -> None:
    known, named = college.add(college.survey, 6, name="张三"), college.add(college.survey, 7, name="李四")
    college.add(college.computing, 8, name="李四")
    written(college, line(6))
    browser = college.client("office")
    rows = (line(6, "已接收", id=masked(6)), line(7, name="李四", id=masked(7), no="N9"))
    url = send(browser, *rows)
    shown = preview(browser, url)
    assert "收到回执 1 人" in shown
    assert "认不出是谁（1）" in shown
    assert shown.count(f'<option value="{named.member_id}">测绘支部 李四</option>') == 1
    assert shown.count("李四</option>") == 1, "the other's number does not fit"
    said = {"who-1": str(named.member_id)}
    assert "开始转接 1 人" in preview(browser, url, **said)
    assert "已写入 2 人" in apply(browser, url, **said)
    assert stages(college, named) == [Stage.UNDERWAY]
    assert stages(college, known) == [Stage.UNDERWAY, Stage.RECEIVED]


def test_whoever_is_not_chosen_is_not_written_and_nobody_else_can_be_chosen(college: College) -> None:
    named, other = college.add(college.survey, 7, name="李四"), college.add(college.survey, 8, name="王五")
    browser = college.client("office")
    url = send(browser, line(7, name="李四", id=masked(7), no="N9"))
    for said in ("", str(other.member_id), "x"):
        assert "认不出是谁（1）" in preview(browser, url, **{"who-0": said})
    assert "这里没有这个人（1）" in preview(browser, url, **{"who-0": "0"})
    assert stages(college, named) == []


def test_faults_are_told_with_their_cell_and_the_others_are_written(college: College) -> None:
    entries = [college.add(college.survey, n, name=f"党员{n}") for n in (6, 7, 8)]
    browser = college.client("office")
    url = send(
        browser,
        line(6, name="党员6"),
        line(7, "已接收", name="党员7", done="待定"),
        line(8, name="党员8", id="42010619780815129Y"),
        line(99, name="别处的"),
    )
    shown = preview(browser, url)
    assert "转接 H3" in shown
    assert "没有接收（完成）时间" in shown
    assert "转接 B4" in shown
    assert "这里没有这个人（1）" in shown
    assert "已写入 1 人" in apply(browser, url)
    assert [stages(college, entry) for entry in entries] == [[Stage.UNDERWAY], [], []]


def test_what_comes_in_to_the_committee_s_own_branches_is_no_transfer_out(college: College) -> None:
    entry = college.add(college.survey, 6, name="张三")
    browser = college.client("office")
    shown = preview(browser, send(browser, line(6, "已接收", to="测绘支部")))
    assert "不是转出" in shown
    assert 'name="digest"' not in shown
    assert stages(college, entry) == []


def test_somebody_who_is_on_no_register_is_received_but_cannot_begin(college: College) -> None:
    made, number = member(college, college.survey, "在支部的"), id_number(sequence=61)
    with college.at_work():
        made.id_number, made.id_hash = number, keyed_hash(Hashed.ID_NUMBER, number)
        made.save()
    browser = college.client("office")
    assert "请先登记" in preview(browser, send(browser, line(30, name="在支部的")))
    assert "已写入 1 人" in apply(browser, send(browser, line(30, "已接收", name="在支部的")))
    with college.at_work():
        assert Receipt.objects.get().member_id == made.id


def test_a_branch_s_list_moves_nobody_of_another_branch(college: College) -> None:
    mine, theirs = college.add(college.survey, 6, name="张三"), college.add(college.computing, 7, name="李四")
    step(college, theirs, Stage.UNDERWAY, date(2023, 11, 20))
    browser = college.client("clerk")
    rows = (line(6), line(7, "已接收", name="李四"), line(7, "已接收", name="李四", id=masked(7), no="N8"))
    url = send(browser, *rows, address=f"/branches/{college.survey.id}/exported")
    shown = preview(browser, url, **{"who-2": str(theirs.member_id)})
    assert "这里没有这个人（2）" in shown
    assert "信息支部" not in shown
    apply(browser, url, **{"who-2": str(theirs.member_id)})
    assert (stages(college, mine), stages(college, theirs)) == ([Stage.UNDERWAY], [Stage.UNDERWAY])
    assert college.client("secretary").get(url).status_code == 404


@pytest.mark.parametrize("in_campaign", [False, True])
def test_a_batch_is_taken_back_and_everything_is_as_it_was(college: College, in_campaign: bool) -> None:
    ours = checked(college) if in_campaign else None
    entries = [college.add(college.survey, n, name=f"党员{n}") for n in range(6, 10)]
    step(college, entries[1], Stage.URGED, date(2023, 11, 20))
    step(college, entries[2], Stage.UNDERWAY, date(2023, 11, 20))
    with college.at_work():
        verdicts = {m: v.verdict for m, v in standing(ours).items()} if ours else {}
    was = state(college)
    url = written(
        college,
        line(6, name="党员6"),
        line(7, "已接收", name="党员7"),
        line(8, "退回", name="党员8"),
        line(9, "退回", name="党员9"),
    )
    assert state(college) != was
    said = college.client("office").post(f"{url}/undo", follow=True).content.decode()
    assert "已撤销：4 人" in said
    assert state(college) == was
    assert stages(college, entries[0]) == []
    with college.at_work():
        assert last_transfer(college.root.id, entries[0].member_id) is None
        assert verdicts == ({m: v.verdict for m, v in standing(ours).items()} if ours else {})
        assert Upload.objects.get().state == State.UNDONE
    page = college.client("clerk").get(f"/entries/{entries[0].id}/transfer")
    assert page.status_code == 200
    assert "看转移建议" in page.content.decode()
    written(college, line(6, name="党员6"))  # the same list may come again


def test_who_went_on_since_stays_and_is_named(college: College) -> None:
    first, second = college.add(college.survey, 6, name="往前的"), college.add(college.survey, 7, name="没动的")
    url = written(college, line(6, name="往前的"), line(7, name="没动的"))
    receive(college, first)
    said = college.client("office").post(f"{url}/undo", follow=True).content.decode()
    assert "已撤销：1 人" in said
    assert "没有动：往前的" in said
    assert stages(college, first) == [Stage.UNDERWAY, Stage.RECEIVED]
    assert stages(college, second) == []


def test_what_changed_since_it_was_looked_at_is_looked_at_again(college: College) -> None:
    entry = college.add(college.survey, 6, name="张三")
    browser = college.client("office")
    url = send(browser, line(6))
    digest = re.search(r'name="digest" value="(\w+)"', preview(browser, url))
    step(college, entry, Stage.UNDERWAY, date(2023, 11, 20))
    assert digest
    said = browser.post(f"{url}/apply", {"digest": digest[1]}, follow=True).content.decode()
    assert "再核对一次" in said
    assert stages(college, entry) == [Stage.UNDERWAY]
    with college.at_work():
        assert not ExportedLine.objects.exists()


@pytest.mark.parametrize(("content", "words"), [(b"", "文件是空的"), (b"no workbook", "不是")])
def test_a_file_that_is_none_says_so(college: College, content: bytes, words: str) -> None:
    answer = college.client("office").post("/transfers/exported", {"file": uploaded("转接.xlsx", content)}, follow=True)
    assert answer.status_code == 200
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (("姓名", "身份证号", "转入组织"), "没有认出“状态”一列"),
        (("姓名", "状态", "转入组织"), "认不出是谁"),
    ],
)
def test_a_list_without_what_it_takes_says_what_to_do(college: College, headings: tuple[str, ...], words: str) -> None:
    browser = college.client("office")
    url = send(browser, ("张三", "在途", THERE), headings=headings)
    assert words in preview(browser, url)
    assert browser.post(f"{url}/apply", {"digest": ""}, follow=True).status_code == 200


def test_one_event_tells_of_the_batch_and_holds_no_name(college: College) -> None:
    college.add(college.survey, 6, name="张三")
    written(college, line(6))
    with college.at_work():
        (event,) = AuditEvent.objects.filter(event=Event.EXPORT_APPLIED)
        assert event.payload is not None
        assert "张三" not in event.payload
    assert "开始转接 1 人" in college.client("head").get("/audit").content.decode()


@pytest.mark.parametrize("people", [1, 12])
def test_the_preview_asks_the_database_as_often_for_many_rows_as_for_one(
    college: College, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        college.add(college.survey, 6 + number, name=f"党员{number}")
    browser = college.client("office")
    url = send(browser, *(line(6 + n, name=f"党员{n}") for n in range(people)))
    with django_assert_max_num_queries(30):
        assert browser.get(url).status_code == 200


def test_a_list_that_nobody_decided_on_waits_on_the_home_page(college: College) -> None:
    browser = college.client("office")
    url = send(browser, line(6))
    home = browser.get("/").content.decode()
    assert f'href="{url}"' in home
    assert "系统转接名单：" in home
    mine = college.client("clerk")
    url = send(mine, line(6), address=f"/branches/{college.survey.id}/exported")
    assert f'href="{url}"' in mine.get("/").content.decode()
    assert f'href="/branches/{college.survey.id}/exported"' in mine.get("/transfers").content.decode()


def test_a_graduate_who_stands_on_no_register_is_taken_underway_received_and_put_back(college: College) -> None:
    rostered(college, college.survey, "毕业的", 6)
    listed(college, cohort(college), of_cohort("毕业的", 6))
    person = graduate(college, "毕业的")
    before = state(college)
    for status, stage in (("转接中", Stage.UNDERWAY), ("已接收", Stage.RECEIVED)):
        url = written(college, line(6, status, name="毕业的", id=born(6)))
        with college.at_work():
            taken = last_transfer(college.root.id, person.member_id)
            assert taken is not None
            assert (taken.stage, taken.entry_id, taken.number) == (stage, None, "N6")
            assert Affiliation.objects.filter(until=None).exists() is (stage is Stage.UNDERWAY)
        assert "已撤销" in college.client("office").post(f"{url}/undo", follow=True).content.decode()
        assert state(college) == before


def test_who_stands_neither_on_the_register_nor_in_a_cohort_has_nowhere_to_be_written_down(college: College) -> None:
    rostered(college, college.survey, "名册上的", 6)
    browser = college.client("office")
    shown = preview(browser, send(browser, line(6, name="名册上的", id=born(6))))
    assert "不在流出党员台账上，也不在毕业生名单里" in shown


def test_a_number_of_our_own_book_tells_nobody_whose_masked_row_it_is(college: College) -> None:
    """Another unit's letter may bear the same number: the digits that are shown must be the member's."""
    entry = college.add(college.survey, 6, name="张三")
    step(college, entry, Stage.UNDERWAY, date(2023, 11, 20))
    with college.at_work():
        move = TransferMove.objects.get()
        move.number = "〔2023〕第0001号"
        move.save()
        reckon(move.transfer)
    browser = college.client("office")
    theirs = line(9, "已接收", name="别处的", no="〔2023〕第0001号", id=masked(9))
    shown = preview(browser, send(browser, theirs))
    assert "没有要写入的" in shown
    assert "这里没有这个人" in shown
    ours = line(6, "已接收", name="张三", no="〔2023〕第0001号", id=masked(6))
    assert "收到回执" in preview(browser, send(browser, ours))


def test_a_wrong_column_taken_for_the_state_shows_and_keeps_nobody_s_number(college: College) -> None:
    college.add(college.survey, 6, name="张三")
    browser = college.client("office")
    url = send(browser, line(6, id_number(sequence=13)))
    for address in (url, f"{url}/words"):
        assert id_number(sequence=13) not in browser.get(address, follow=True).content.decode()
    assert "还没有对应" in preview(browser, url)
