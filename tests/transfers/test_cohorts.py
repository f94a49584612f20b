"""A cohort's list comes in and its table is typed in: who has no destination, who is looked after by nobody."""

from datetime import date
from typing import Any

import pytest

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.services import confirm_attending
from paicha.campaigns.education.models import How
from paicha.campaigns.education.services import record_participation
from paicha.domain.graduate_list import Field
from paicha.domain.letters import Stage
from paicha.intake.models import State, Upload
from paicha.register.roster.models import RosterLine
from paicha.transfers.graduating.models import Graduate, GraduateVersion
from paicha.transfers.graduating.selectors import people_of
from paicha.transfers.tracking.models import Transfer
from tests.campaigns.world import deployed, unit
from tests.college import TODAY, College
from tests.transfers.graduates import (
    JUNE,
    THERE,
    agree,
    apply,
    born,
    cohort,
    graduate,
    line,
    list_bytes,
    listed,
    rostered,
    send,
    typed,
)
from tests.transfers.world import ready_for_letters
from tests.world import COMPUTING


def page(college: College, url: str, who: str = "office") -> str:
    return college.client(who).get(url).content.decode()


def test_a_list_is_asked_about_once_looked_at_and_written(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    rostered(college, college.computing, "李四", 2)
    of, browser = cohort(college), college.client("office")
    url = send(browser, of, list_bytes(line("张三", 1), line("李四", 2, COMPUTING, "考研", organization="")))
    asked = browser.get(url, follow=True).content.decode()
    assert "毕业生名单的哪一列是什么" in asked
    assert born(1) not in asked
    looked = agree(browser, url)
    assert "新增 2 人" in looked
    with college.at_work():
        assert not Graduate.objects.exists()
    assert "已写入 2 人" in apply(browser, url, looked)
    with college.at_work():
        assert Upload.objects.get().state == State.APPLIED
        assert AuditEvent.objects.filter(event=Event.GRADUATES_IMPORTED).count() == 1
    shown = page(college, f"/graduates/{of.id}")
    assert "张三" in shown
    assert "升学" in shown
    assert "5 个月" not in shown  # from June to December are six
    assert "6 个月" in shown
    again = send(browser, of, list_bytes(line("张三", 1, responsible="李书记")))
    assert "李书记" in browser.get(again).content.decode()


def test_all_faults_are_told_at_once_and_what_is_right_is_written(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    rostered(college, college.survey, "李四", 2)
    of, browser = cohort(college), college.client("office")
    url = send(
        browser,
        of,
        list_bytes(
            line("张三", 1, kind="去了南方", phone="12345"),
            line("李四", 1),
            line("赵六", 9),
            line("钱七", 3, id="42010620010815"),
            line("李四", 2, COMPUTING),
            line("张三", 1),
        ),
    )
    looked = agree(browser, url)
    for words in (
        "E2",
        "去了南方",
        "J2",
        "B3",
        "名册里这个身份证号是",
        "B4",
        "“赵六”不在党员名册里",
        "B5",
        "C6",
        "与第2行",
    ):
        assert words in looked, words
    assert "有 4 行不会写入" in looked
    assert born(1) not in looked
    apply(browser, url, looked)
    with college.at_work():
        assert Graduate.objects.count() == 2
    assert graduate(college, "张三").current.destination is None  # type: ignore[union-attr]


def test_without_an_id_number_the_name_tells_who_is_meant_where_only_one_has_it(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    rostered(college, college.survey, "李四", 2)
    rostered(college, college.computing, "李四", 3)
    of, browser = cohort(college), college.client("office")
    looked = agree(browser, send(browser, of, list_bytes(line("张三", 1, id=""), line("李四", 2, id=""))))
    assert "新增 1 人" in looked
    assert "有 1 人没有读到身份证号，是按姓名认的" in looked
    assert "叫“李四”的有 2 人" in looked


def test_where_the_list_has_no_such_column_a_fault_is_told_with_its_row(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("office")
    names = list_bytes(("张三",), ("不在册",), headings=("姓名",))
    assert "<td>毕业生 第3行</td>" in agree(browser, send(browser, of, names))


def test_an_empty_cell_leaves_what_is_known_and_a_word_for_none_takes_it_away(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of = cohort(college)
    listed(college, of, line("张三", 1))
    listed(college, of, line("张三", 1, employer="", organization="无", responsible="李书记"))
    version = graduate(college, "张三").current
    assert version is not None
    assert (version.n, version.organized, version.looked_after) == (2, False, True)
    assert version.values["EMPLOYER"] == "江城测绘有限公司"
    assert "ORGANIZATION" not in version.values


def test_a_batch_is_taken_back_but_for_who_was_changed_since(college: College) -> None:
    for number, name in enumerate(("张三", "李四", "王五"), 1):
        rostered(college, college.survey, name, number)
    of, browser = cohort(college), college.client("office")
    listed(college, of, line("张三", 1))
    batch = listed(college, of, line("张三", 1, responsible="李书记"), line("李四", 2), line("王五", 3))
    browser.post(f"/graduates/{of.id}", typed(graduate(college, "王五"), responsible="赵书记"))
    told = browser.post(f"{batch}/undo", follow=True).content.decode()
    assert "移出 1 人，恢复 1 人" in told
    assert "没有动：王五" in told
    assert graduate(college, "张三").current.text(Field.RESPONSIBLE) == "王书记"  # type: ignore[union-attr]
    assert graduate(college, "李四").taken_off_at is not None
    listed(college, of, line("李四", 2))
    assert graduate(college, "李四").taken_off_at is None
    assert "没有写入过，或已经撤销" in browser.post(f"{batch}/undo", follow=True).content.decode()


def test_a_list_that_changed_meanwhile_is_looked_at_again(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("office")
    listed(college, of, line("张三", 1))
    url = send(browser, of, list_bytes(line("张三", 1, responsible="李书记")))
    looked = browser.get(url).content.decode()
    browser.post(f"/graduates/{of.id}", typed(graduate(college, "张三"), employer="别的公司"))
    assert "请按下面新的对比再核对一次" in apply(browser, url, looked)


def test_who_clicks_twice_is_told_that_the_list_was_written(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("office")
    url = send(browser, of, list_bytes(line("张三", 1)))
    looked = agree(browser, url)
    assert "已写入" in apply(browser, url, looked)
    again = apply(browser, url, looked)
    assert "这一批已经处理过了" in again
    assert "还没有写入" not in again


def test_a_branch_sends_its_own_and_learns_nothing_of_others(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    rostered(college, college.computing, "李四", 2)
    of, browser = cohort(college), college.client("clerk")
    url = send(browser, of, list_bytes(line("张三", 1), line("李四", 2)), college.survey)
    looked = agree(browser, url)
    assert "新增 1 人" in looked
    assert "信息支部" not in looked
    apply(browser, url, looked)
    listed(college, of, line("李四", 2))
    shown = page(college, f"/graduates/{of.id}", "clerk")
    assert "张三" in shown
    assert "李四" not in shown
    assert "/graduates/people/" in shown
    other = graduate(college, "李四")
    assert college.client("clerk").get(f"/graduates/people/{other.id}").status_code == 404


def test_the_table_is_typed_in_and_saved_together(college: College) -> None:
    for number, name in enumerate(("张三", "李四"), 1):
        rostered(college, college.survey, name, number)
    of, browser = cohort(college), college.client("clerk")
    listed(college, of, line("张三", 1, kind="", responsible=""), line("李四", 2, kind="", responsible=""))
    ours = [graduate(college, name) for name in ("张三", "李四")]
    sent = typed(ours[0], destination="升学", employer="江城大学", responsible="")
    sent |= typed(ours[1], destination="参军", responsible="李书记")
    saved = browser.post(f"/graduates/{of.id}", sent | {"fill_responsible": "王书记", "fill": "yes"}, follow=True)
    assert "已保存" in saved.content.decode()
    told = [
        (one.current.destination, one.current.looked_after)
        for one in [graduate(college, name) for name in ("张三", "李四")]
    ]
    assert told == [(1, True), (4, True)]
    assert graduate(college, "李四").current.values["RESPONSIBLE"] == "李书记"  # type: ignore[union-attr]
    with college.at_work():
        assert AuditEvent.objects.filter(event=Event.GRADUATES_REVISED).count() == 1
    browser.post(f"/graduates/{of.id}", typed(graduate(college, "张三"), employer="江城大学"))
    with college.at_work():
        assert GraduateVersion.objects.count() == 4  # nothing new was said


def test_what_does_not_fit_in_the_table_is_told_in_its_cell_and_nothing_is_lost(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("clerk")
    listed(college, of, line("张三", 1))
    sent = typed(graduate(college, "张三"), destination="去了南方", employer="新单位", responsible="张书记")
    answer = browser.post(f"/graduates/{of.id}", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "不是能识别的去向类别" in shown
    assert 'value="新单位"' in shown
    assert "<option selected>去了南方</option>" in shown
    assert graduate(college, "张三").current.n == 1  # type: ignore[union-attr]


def test_who_was_changed_by_another_meanwhile_is_shown_both_ways(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of = cohort(college)
    listed(college, of, line("张三", 1))
    mine = typed(graduate(college, "张三"), employer="我填的单位")
    college.client("office").post(f"/graduates/{of.id}", typed(graduate(college, "张三"), employer="别人填的单位"))
    answer = college.client("clerk").post(f"/graduates/{of.id}", mine)
    assert answer.status_code == 422
    assert "我填的单位" in answer.content.decode()
    assert "别人填的单位" in answer.content.decode()
    again = typed(graduate(college, "张三"), employer="我填的单位")
    assert college.client("clerk").post(f"/graduates/{of.id}", again).status_code == 302


def test_a_row_that_i_left_alone_keeps_what_another_wrote_meanwhile(college: College) -> None:
    for number, name in enumerate(("张三", "李四"), 1):
        rostered(college, college.survey, name, number)
    of, office = cohort(college), college.client("office")
    listed(college, of, line("张三", 1, employer="原单位"), line("李四", 2, employer="原单位"))
    page_of_mine = typed(graduate(college, "张三"), employer="原单位") | typed(
        graduate(college, "李四"), employer="原单位"
    )
    office.post(f"/graduates/{of.id}", typed(graduate(college, "李四"), employer="别人填的单位"))
    mine = page_of_mine | typed(graduate(college, "张三"), employer="我填的单位")
    assert college.client("clerk").post(f"/graduates/{of.id}", mine).status_code == 302  # of nobody were there two
    told = [graduate(college, name).current.values["EMPLOYER"] for name in ("张三", "李四")]  # type: ignore[union-attr]
    assert told == ["我填的单位", "别人填的单位"]


def test_a_cell_that_i_left_alone_shows_what_another_wrote_meanwhile(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of = cohort(college)
    listed(college, of, line("张三", 1, employer="原单位", responsible="王书记"))
    mine = typed(graduate(college, "张三"), employer="我填的单位", responsible="王书记")
    college.client("office").post(f"/graduates/{of.id}", typed(graduate(college, "张三"), responsible="赵书记"))
    answer = college.client("clerk").post(f"/graduates/{of.id}", mine)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="我填的单位"' in shown
    assert 'value="赵书记"' in shown


def test_filters_and_counts_tell_who_wants_what(college: College) -> None:
    for number, name in enumerate(("甲", "乙", "丙", "丁"), 1):
        rostered(college, college.survey, name, number)
    of = cohort(college)
    listed(
        college,
        of,
        line("甲", 1, kind="不详"),
        line("乙", 2, responsible=""),
        line("丙", 3, kind="出国", organization=""),
        line("丁", 4, organization=""),
    )
    with college.at_work():
        people = people_of(college.root.id, [college.survey.id], {}, TODAY, of)
    assert {one.name: one.next.label for one in people} == {
        "甲": "问清去向",
        "乙": "开介绍信，或在系统里转出",
        "丙": "留在本支部，按期联系",
        "丁": "问清接收的党组织",
    }
    shown = page(college, f"/graduates/{of.id}?show=responsible")
    assert "没人负责 1" in shown
    assert "乙" in shown
    assert ">甲<" not in shown
    home = page(college, "/")
    assert "2023届毕业生有 1 人没有去向，1 人没人负责" in home


def test_a_transfer_stands_without_an_entry_from_sending_to_the_receipt_and_back(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("clerk")
    listed(college, of, line("张三", 1))
    person = graduate(college, "张三")
    url = f"/graduates/people/{person.id}"
    assert "测绘支部" in page(college, url, "clerk")
    sent = {"stage": Stage.UNDERWAY.value, "day": "2023-11-28", "destination": THERE, "direction": "1"}
    browser.post(f"{url}/move", sent)
    shown = page(college, url, "clerk")
    assert "2023-12-28 前应收到回执" in shown
    listed_there = page(college, "/transfers?show=underway", "clerk")
    assert "张三" in listed_there
    assert url in listed_there
    assert "张三" not in page(college, "/transfers?show=underway", "secretary")
    assert "他的转接还没有办完" in browser.post(f"{url}/take-off", follow=True).content.decode()
    receipt = {"received_on": "2023-12-01", "destination": THERE}
    assert "组织关系已转出" in browser.post(f"{url}/receipt", receipt, follow=True).content.decode()
    assert THERE in page(college, url, "office")
    assert "已转出 1" in page(college, f"/graduates/{of.id}", "office")
    back = browser.post(f"{url}/receipt/back", {"reason": "是另一个张三"}, follow=True).content.decode()
    assert "一切照旧" in back
    with college.at_work():
        transfer = Transfer.objects.get()
    assert (transfer.stage, transfer.entry_id, transfer.issued_on) == (Stage.UNDERWAY, None, date(2023, 11, 28))


def test_whose_transfer_stands_without_an_entry_goes_on_on_the_register(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("clerk")
    listed(college, of, line("张三", 1))
    person = graduate(college, "张三")
    sent = {"stage": Stage.UNDERWAY.value, "day": "2023-11-28", "destination": THERE, "direction": "1"}
    browser.post(f"/graduates/people/{person.id}/move", sent)
    entry = college.add(college.survey, name="张三", id_number=born(1), birth="200108", joined="202011")
    shown = page(college, f"/entries/{entry.id}/transfer", "clerk")
    assert "2023-12-28 前应收到回执" in shown
    assert "列入毕业生名单（2023届）" in page(college, f"/entries/{entry.id}", "clerk")
    browser.post(
        f"/entries/{entry.id}/transfer/move", {"stage": Stage.REFUSED.value, "day": "2023-12-01", "words": "没有编制"}
    )
    with college.at_work():
        assert Transfer.objects.get().entry_id == entry.id
    assert f"/entries/{entry.id}/transfer" in page(college, f"/graduates/people/{person.id}", "clerk")


def test_a_graduate_s_receipt_that_does_not_fit_is_told_where_it_was_typed(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("clerk")
    listed(college, of, line("张三", 1))
    sent = {"received_on": "2024-01-01", "destination": "某社区党委", "number": "N7"}
    answer = browser.post(f"/graduates/people/{graduate(college, '张三').id}/receipt", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "回执没有记下：回执日期还没有到" in shown
    for words in sent.values():
        assert f'value="{words}"' in shown


def test_receipts_of_many_are_written_down_with_one_button(college: College) -> None:
    of, browser = cohort(college), college.client("clerk")
    sent = {"stage": Stage.UNDERWAY.value, "day": "2023-11-28", "destination": THERE, "direction": "1"}
    for number, name in enumerate(("张三", "李四", "王五"), 1):
        rostered(college, college.survey, name, number)
        listed(college, of, line(name, number))
        browser.post(f"/graduates/people/{graduate(college, name).id}/move", sent)
    assert "2023-11-28 转出" in page(college, f"/graduates/{of.id}", "clerk")  # who was sent without a number
    ours = [graduate(college, name) for name in ("张三", "李四", "王五")]
    days = {f"day-{ours[0].id}": "2023-11-30", f"day-{ours[1].id}": "2024-01-01", f"day-{ours[2].id}": "2023-11-27"}
    answer = browser.post(f"/graduates/{of.id}/receipts", days)
    assert answer.status_code == 422
    assert "已记下 1 份回执" in answer.content.decode()
    assert "回执日期还没有到" in answer.content.decode()
    assert "转出是 2023-11-28，回执日期不能更早" in answer.content.decode()
    assert "在途 2 人" in page(college, f"/graduates/{of.id}/receipts", "clerk")


@pytest.mark.parametrize(
    ("name", "month", "words"),
    [("", "202306", "请填写届别的名称"), ("2023届", "六月", "请填写毕业年月"), ("2023届", "300006", "请填写毕业年月")],
)
def test_a_cohort_without_a_name_or_month_is_refused_in_words(
    college: College, name: str, month: str, words: str
) -> None:
    answer = college.client("office").post("/graduates", {"name": name, "month": month})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_cohort_has_its_name_alone(college: College) -> None:
    browser = college.client("office")
    assert browser.post("/graduates", {"name": "2023届", "month": "202306"}).status_code == 302
    for name in ("2023届", "２０２３届 "):
        told = browser.post("/graduates", {"name": name, "month": "202306"}).content.decode()
        assert "已经有“2023届”了" in told


def test_to_fill_in_nobody_is_told(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("office")
    listed(college, of, line("张三", 1, responsible=""))
    sent = typed(graduate(college, "张三"), responsible="") | {"fill": "yes", "fill_responsible": ""}
    assert "没有写由谁联系" in browser.post(f"/graduates/{of.id}", sent, follow=True).content.decode()


@pytest.mark.parametrize("people", [1, 30])
def test_a_cohort_costs_as_many_queries_with_thirty_as_with_one(
    college: College, people: int, django_assert_max_num_queries: Any
) -> None:
    of, browser = cohort(college), college.client("office")
    for number in range(1, people + 1):
        rostered(college, college.survey, f"党员{number}", number)
    listed(college, of, *(line(f"党员{number}", number) for number in range(1, people + 1)))
    browser.get(f"/graduates/{of.id}")
    with django_assert_max_num_queries(18):
        assert browser.get(f"/graduates/{of.id}").status_code == 200
    with django_assert_max_num_queries(20):
        assert browser.get(f"/graduates/{of.id}/letters").status_code == 200


def test_who_takes_no_part_in_theme_education_is_found_while_a_campaign_runs(college: College) -> None:
    for number, name in enumerate(("张三", "李四", "王五"), 1):
        rostered(college, college.survey, name, number)
    of = cohort(college)
    listed(college, of, *(line(name, number) for number, name in enumerate(("张三", "李四", "王五"), 1)))
    assert "没参加主题教育" not in page(college, f"/graduates/{of.id}")
    ours = unit(college, deployed(college), college.survey)
    present = graduate(college, "李四").member_id
    away = college.add(college.survey, name="王五", id_number=born(3), birth="200108", joined="202011")
    with college.at_work():
        clerk = college.people["clerk"]
        confirm_attending(actor=clerk, unit_id=ours.id, member_ids=[present])
        record_participation(
            actor=clerk,
            unit_id=ours.id,
            member_ids=[away.member_id],
            how=How.ONLINE,
            happened_on=TODAY,
            materials="",
            today=TODAY,
        )
    shown = page(college, f"/graduates/{of.id}?show=untaught", "clerk")
    assert "没参加主题教育 1" in shown
    assert ">张三<" in shown
    assert ">李四<" not in shown
    assert ">王五<" not in shown


def test_who_has_a_contact_person_on_the_register_is_looked_after(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("clerk")
    listed(college, of, line("张三", 1, responsible=""))
    assert "没人负责 1" in page(college, f"/graduates/{of.id}", "clerk")
    entry = college.add(college.survey, name="张三", id_number=born(1), birth="200108", joined="202011")
    browser.post(f"/entries/{entry.id}/contact-person", {"name": "赵书记", "since": "2023-12-01"})
    shown = page(college, f"/graduates/{of.id}", "clerk")
    assert "没人负责 0" in shown
    assert 'placeholder="赵书记（台账）"' in shown
    assert "没人负责" not in page(college, "/", "clerk")


def test_a_month_that_the_list_says_there_is_none_of_is_the_cohort_s(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of = cohort(college)
    listed(college, of, line("张三", 1, month="无"))
    version = graduate(college, "张三").current
    assert version is not None
    assert (version.month, version.text(Field.MONTH)) == (JUNE, "202306")
    browser = college.client("office")
    again = agree(browser, send(browser, of, list_bytes(line("张三", 1, month="无", responsible="无"))))
    assert "，改动 1 人" in again
    apply(browser, send(browser, of, list_bytes(line("张三", 1, month="无", responsible="无"))))
    again = agree(browser, send(browser, of, list_bytes(line("张三", 1, month="无", responsible="无"))))
    assert "没有改动 1 人" in again, "无 where nothing stands is no change"


def test_whoever_took_another_name_is_found_by_the_roster_s_and_the_letter_bears_it(college: College) -> None:
    renamed = rostered(college, college.survey, "张旧名", 1)
    with college.at_work():
        kept = RosterLine.objects.get(member=renamed)
        kept.name, kept.cells = "张新名", ["", "张新名", *kept.cells[2:]]
        kept.save()
    of = cohort(college)
    listed(college, of, line("张新名", 1))
    assert "张新名</a>" in college.client("office").get(f"/graduates/{of.id}").content.decode()
    ready_for_letters(college)
    with college.at_work():
        one = Graduate.objects.get(member=renamed)
    shown = page(college, f"/graduates/people/{one.id}/letter")
    assert "张新名" in shown
    assert "张旧名" not in shown
