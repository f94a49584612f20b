"""成批开介绍信: what each still lacks, all letters in one transaction, their papers, and one after six months."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.domain.introduction import Void
from paicha.domain.letters import Stage
from paicha.formats.readers.graduates import read_graduates
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.source import Source
from paicha.register.moving.services import move_branch
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook
from paicha.transfers.lettering.services import void
from paicha.transfers.tracking.models import Transfer
from tests.college import TODAY, College, uploaded
from tests.transfers.graduates import (
    THERE,
    TO,
    agree,
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


def ready_cohort(college: College, *names: str) -> Any:
    """A cohort of which these lack nothing: destination, organisation, direction, dues, standing."""
    ready_for_letters(college)
    of = cohort(college)
    for number, name in enumerate(names, 1):
        rostered(college, college.survey, name, number)
    listed(college, of, *(line(name, number) for number, name in enumerate(names, 1)))
    complete(college, of, *names)
    return of


def complete(college: College, of: Any, *names: str) -> None:
    sent: dict[str, str] = {"all-dues": "202312", "all-standing": "正式", "all-direction": "市州内"}
    for name in names:
        sent |= typed(graduate(college, name), dues="", standing="", direction="")
    answer = college.client("office").post(f"/graduates/{of.id}/letters", sent, follow=True)
    assert "已保存" in answer.content.decode()


def test_who_clicks_twice_is_told_that_the_people_changed(college: College) -> None:
    of, browser = ready_cohort(college, "张三"), college.client("office")
    page = browser.get(f"/graduates/{of.id}/letters").content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    sent = {"graduate": [str(graduate(college, "张三").id)], "digest": digest[1] if digest else ""}
    for _ in range(2):
        told = browser.post(f"/graduates/{of.id}/letters/issue", sent, follow=True).content.decode()
    assert "一封也没有开：名单在您核对时有了改动" in told


def issue(browser: Client, of: Any, *people: Any) -> str:
    page = browser.get(f"/graduates/{of.id}/letters").content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    ticked = [str(person.id) for person in people]
    sent = {"graduate": ticked, "digest": digest[1] if digest else ""}
    return str(browser.post(f"/graduates/{of.id}/letters/issue", sent, follow=True).content.decode())


def test_what_each_lacks_is_told_by_name_and_what_is_likely_is_proposed(college: College) -> None:
    ready_for_letters(college)
    rostered(college, college.survey, "张三", 1)
    rostered(college, college.survey, "李四", 2, joined="202310")
    of = cohort(college)
    listed(college, of, line("张三", 1), line("李四", 2, to="", employer="长沙市某公司", organization=""))
    shown = college.client("office").get(f"/graduates/{of.id}/letters").content.decode()
    assert "可以开 <strong>0</strong> 人，还缺内容 <strong>2</strong> 人" in shown
    assert '党费交至<span class="line hint">核对预填的：转往地区、正式或预备' in shown
    assert "介绍信抬头、接收党组织、党费交至、正式或预备" in shown
    theirs, ours = shown.split(">张三<")  # by pinyin
    assert "<option selected>正式</option>" in ours  # a member for three years; 李四 for two months
    assert "<option selected>正式</option>" not in theirs
    assert "<option selected>省外</option>" in theirs


def test_what_is_lacking_is_not_lost_where_another_wrote_meanwhile(college: College) -> None:
    ready_for_letters(college)
    rostered(college, college.survey, "张三", 1)
    of, browser = cohort(college), college.client("office")
    listed(college, of, line("张三", 1))
    mine = typed(graduate(college, "张三"), dues="202312")
    college.client("clerk").post(f"/graduates/{of.id}", typed(graduate(college, "张三"), responsible="赵书记"))
    answer = browser.post(f"/graduates/{of.id}/letters", mine)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="202312"' in shown
    assert "您填的还在下面" in shown
    again = typed(graduate(college, "张三"), dues="202312")
    assert browser.post(f"/graduates/{of.id}/letters", again).status_code == 302
    assert graduate(college, "张三").current.values["RESPONSIBLE"] == "赵书记"  # type: ignore[union-attr]


def test_letters_for_all_are_given_in_one_transaction_with_one_event(college: College) -> None:
    of = ready_cohort(college, "张三", "李四", "王五")
    people = [graduate(college, name) for name in ("张三", "李四", "王五")]
    told = issue(college.client("office"), of, *people[:2])
    assert "已开 2 封介绍信：〔2023〕第0001号到〔2023〕第0002号" in told
    with college.at_work():
        found = list(IntroductionLetter.objects.order_by("number").select_related("member"))
        assert [(letter.number, letter.entry_id) for letter in found] == [(1, None), (2, None)]
        assert AuditEvent.objects.filter(event=Event.GRADUATE_LETTERS_ISSUED).count() == 1
        assert set(Transfer.objects.values_list("stage", flat=True)) == {Stage.UNDERWAY}
        assert found[0].facts["由"] == "中共楚云学院委员会测绘支部"
        assert found[0].facts["年龄"] == "22"
    shown = college.client("office").get(f"/graduates/{of.id}").content.decode()
    assert "〔2023〕第0001号" in shown
    assert "到 2023-12-16" in shown
    assert (
        "可以开 <strong>1</strong> 人" in college.client("office").get(f"/graduates/{of.id}/letters").content.decode()
    )


def test_one_that_cannot_be_given_leaves_all_ungiven_and_no_number_used(college: College) -> None:
    of = ready_cohort(college, "张三", "李四")
    people = [graduate(college, name) for name in ("张三", "李四")]
    browser = college.client("office")
    page = browser.get(f"/graduates/{of.id}/letters").content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    assert digest
    college.client("clerk").post(f"/graduates/{of.id}", typed(people[1], organization="别的党支部"))
    sent = {"graduate": [str(one.id) for one in people], "digest": digest[1]}
    told = browser.post(f"/graduates/{of.id}/letters/issue", sent, follow=True).content.decode()
    assert "一封也没有开：名单在您核对时有了改动" in told
    assert "还没有勾选要开的人" in issue(browser, of)
    with college.at_work():
        assert not IntroductionLetter.objects.exists()
        assert not LetterBook.objects.filter(last__gt=0).exists()


def test_without_the_committees_address_nothing_is_issued(college: College) -> None:
    rostered(college, college.survey, "张三", 1)
    of = cohort(college)
    listed(college, of, line("张三", 1))
    complete(college, of, "张三")
    shown = college.client("office").get(f"/graduates/{of.id}/letters").content.decode()
    assert "先填写单位信息" in shown
    assert "letters/issue" not in shown
    told = issue(college.client("office"), of, graduate(college, "张三"))
    assert "一封也没有开" in told


def test_branches_issue_no_letters(college: College) -> None:
    of = ready_cohort(college, "张三")
    person = graduate(college, "张三")
    for url in (f"/graduates/{of.id}/letters", f"/graduates/people/{person.id}/letter"):
        assert college.client("clerk").get(url).status_code == 403
    assert "成批开介绍信" not in college.client("clerk").get(f"/graduates/{of.id}").content.decode()


def test_the_papers_of_a_day_are_one_document_a_page_each_and_a_list_to_sign(college: College) -> None:
    of = ready_cohort(college, "张三", "李四")
    browser = college.client("office")
    issue(browser, of, graduate(college, "张三"), graduate(college, "李四"))
    url, day = f"/graduates/{of.id}/letters/papers", TODAY.isoformat()
    answer = browser.post(url, {"day": day, "form": "docx"})
    words = "\n".join(texts(docx.Document(BytesIO(answer.content))))
    assert words.count(THERE) >= 2
    assert born(2) in words
    signed = openpyxl.load_workbook(BytesIO(browser.post(url, {"day": day, "form": "list"}).content)).active
    cells = [[cell.value for cell in row] for row in signed.iter_rows(min_row=4)]
    assert [(row[1], row[2], row[5]) for row in cells] == [
        ("〔2023〕第0001号", "李四", "2023-12-16"),
        ("〔2023〕第0002号", "张三", "2023-12-16"),
    ]
    assert all(born(number) not in str(cells) for number in (1, 2))
    assert "没有开过介绍信" in browser.post(url, {"day": "2023-11-01"}, follow=True).content.decode()


def texts(document: Any) -> list[str]:
    """Every text of a document, those in tables and frames among them."""
    return [node.text for node in document.element.body.iter() if node.tag.endswith("}t") and node.text]


def test_a_void_letter_is_written_again_in_the_batch_and_cites_the_old(college: College) -> None:
    of = ready_cohort(college, "张三")
    person, browser = graduate(college, "张三"), college.client("office")
    issue(browser, of, person)
    with college.at_work():
        first = IntroductionLetter.objects.get()
        void(actor=college.people["office"], letter_id=first.id, kind=Void.MISWRITTEN, reason="单位写错", today=TODAY)
    shown = browser.get(f"/graduates/{of.id}/letters").content.decode()
    assert "换开〔2023〕第0001号" in shown
    assert "已开 1 封介绍信：〔2023〕第0002号" in issue(browser, of, person)


def test_an_expired_letter_is_given_anew_within_six_months_and_with_its_grounds_after_it(
    college: College, on: Any
) -> None:
    of = ready_cohort(college, "张三", "李四")
    ours, browser = [graduate(college, name) for name in ("张三", "李四")], college.client("office")
    issue(browser, of, *ours)
    on(date(2024, 2, 1))
    assert "介绍信过期 2" in browser.get(f"/graduates/{of.id}").content.decode()
    assert "已开 1 封介绍信：〔2024〕第0001号" in issue(browser, of, ours[0])
    on(date(2024, 8, 1))
    browser = college.client("office")  # half a year later one signs in again
    shown = browser.get(f"/graduates/{of.id}/letters").content.decode()
    assert "党支部的情况说明、党员本人的申请" in shown
    url = f"/graduates/people/{ours[1].id}/letter"
    asked = {"to": TO, "destination": THERE, "origin": "测绘支部", "direction": "1", "standing": "1", "dues": "2024-07"}
    refused = browser.post(url, asked | {"graduate": "yes"})
    assert refused.status_code == 422
    assert "还缺：党支部的情况说明、党员本人的申请" in refused.content.decode()
    given = browser.post(url, asked | {"statement": "7月30日说明", "application": "7月29日申请"}, follow=True)
    assert "〔2024〕第0002号" in given.content.decode()
    with college.at_work():
        newest = IntroductionLetter.objects.order_by("-id").select_related("cites", "member").first()
        assert newest is not None
        assert (newest.member.name, newest.cites.written if newest.cites else "") == ("李四", "〔2023〕第0001号")


def test_what_was_typed_over_anothers_edit_stays_and_both_are_shown(college: College) -> None:
    ready_for_letters(college)
    rostered(college, college.survey, "张三", 1)
    of = cohort(college)
    listed(college, of, line("张三", 1))
    mine = typed(graduate(college, "张三"), dues="202312", to="我填的抬头")
    college.client("head").post(f"/graduates/{of.id}/letters", typed(graduate(college, "张三"), to="别人填的抬头"))
    answer = college.client("office").post(f"/graduates/{of.id}/letters", mine)
    assert answer.status_code == 422
    assert 'value="我填的抬头"' in answer.content.decode()
    assert "改成了 介绍信抬头：别人填的抬头" in answer.content.decode()
    wrong = typed(graduate(college, "张三"), dues="上个月", to="第三个抬头")
    refused = college.client("office").post(f"/graduates/{of.id}/letters", wrong)
    assert refused.status_code == 422
    assert 'value="上个月"' in refused.content.decode()
    assert 'value="第三个抬头"' in refused.content.decode()


def test_who_was_sent_in_the_national_system_gets_no_letter(college: College, on: Any) -> None:
    of = ready_cohort(college, "张三")
    sent = {"stage": Stage.UNDERWAY.value, "day": "2023-11-28", "destination": THERE, "direction": "1", "number": "N7"}
    college.client("clerk").post(f"/graduates/people/{graduate(college, '张三').id}/move", sent)
    for day in (TODAY, date(2024, 2, 1)):
        on(day)
        shown = college.client("office").get(f"/graduates/{of.id}/letters").content.decode()
        assert "可以开 <strong>0</strong> 人，还缺内容 <strong>0</strong> 人" in shown


def test_who_stands_on_the_register_gets_the_letter_there(college: College) -> None:
    of = ready_cohort(college, "张三")
    entry = college.add(college.survey, name="张三", id_number=born(1), birth="200108", joined="202011")
    person, browser = graduate(college, "张三"), college.client("office")
    assert browser.get(f"/graduates/people/{person.id}/letter")["Location"] == f"/entries/{entry.id}/letter"
    assert "已开 1 封" in issue(browser, of, person)
    with college.at_work():
        assert IntroductionLetter.objects.get().entry_id == entry.id


def test_the_workbook_goes_out_is_filled_in_and_comes_back(college: College, tmp_path: Any) -> None:
    rostered(college, college.survey, "张三", 1)
    rostered(college, college.computing, "李四", 2)
    of, browser = cohort(college), college.client("office")
    listed(college, of, line("张三", 1), line("李四", 2, COMPUTING))
    content = browser.post(f"/graduates/{of.id}/list.xlsx", {"protected": "no"}).content
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.active
    headings = {cell.value: cell.column for cell in sheet[3]}
    assert sheet.cell(4, headings["身份证号"]).value == born(2)
    sheet.cell(4, headings["专人联系"]).value = "赵书记"
    book.save(tmp_path / "名单.xlsx")
    (source,) = read_files([str(tmp_path / "名单.xlsx")])
    assert isinstance(source, Source)
    assert len(read_graduates(source).rows) == 2
    sent = agree(browser, send(browser, of, (tmp_path / "名单.xlsx").read_bytes()))
    assert "改动 1 人，没有改动 1 人" in sent
    assert "赵书记" in sent


@pytest.mark.parametrize("file", [b"", b"not a workbook", list_bytes(headings=("a", "b"))])
def test_a_file_that_is_no_list_is_answered_in_words(college: College, file: bytes) -> None:
    of, browser = cohort(college), college.client("office")
    answer = browser.post(f"/graduates/{of.id}/send", {"file": uploaded("名单.xlsx", file)}, follow=True)
    assert answer.status_code in (200, 422)
    assert "程序出错" not in answer.content.decode()
    assert "notice error" in answer.content.decode() or "哪一列是什么" in answer.content.decode()


def test_the_letter_of_a_graduate_goes_with_them_to_another_branch(college: College) -> None:
    of = ready_cohort(college, "张三")
    issue(college.client("office"), of, graduate(college, "张三"))
    with college.at_work():
        letter = IntroductionLetter.objects.get()
        survey, computing = college.survey.id, college.computing.id
        move_branch(actor=college.people["office"], from_id=survey, to_id=computing, today=TODAY)
    assert college.client("secretary").get(f"/letters/{letter.id}").status_code == 200
    assert "张三" in college.client("secretary").get("/letters").content.decode()
    assert college.client("clerk").get(f"/letters/{letter.id}").status_code == 404
    assert "张三" not in college.client("clerk").get("/letters").content.decode()
