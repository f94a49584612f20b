"""Introduction letters: numbers without gaps, the transfer that they take underway, expiry, reissue, void."""

from datetime import date, timedelta
from typing import Any

import pytest

from paicha.audit.models import AuditEvent
from paicha.domain.introduction import Grounds, LetterState, Standing, Void
from paicha.domain.letters import Stage
from paicha.register.models import RegisterEntry
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook
from paicha.transfers.lettering.selectors import letter_of, lines, state
from paicha.transfers.services import take_back_receipt
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.unfit import Unfit
from tests.college import TODAY, College
from tests.transfers.world import (
    THERE,
    TO,
    lettered,
    posted_letter,
    ready_for_letters,
    receive,
    step,
    voided,
)

EXPIRED = TODAY + timedelta(days=16)
AFTERWARDS = Grounds(statement="支部12月17日出具：本人出差，未及时办理", application="12月17日申请重开")


@pytest.fixture
def entry(college: College) -> RegisterEntry:
    ready_for_letters(college)
    return college.add(college.survey)


def standing(college: College, letter: IntroductionLetter, today: date = TODAY) -> LetterState:
    with college.at_work():
        found = letter_of(college.root.id, letter.id)
        assert found is not None
        return state(found, today)


def stage(college: College) -> tuple[Stage, str]:
    with college.at_work():
        transfer = Transfer.objects.order_by("-id")[0]
        return Stage(transfer.stage), transfer.number


def book(college: College, year: int = 2023) -> list[tuple[int, LetterState]]:
    with college.at_work():
        return [(line.number, line.state) for line in lines(college.root.id, year, None, TODAY)]


def test_the_office_issues_a_letter_on_its_page_and_the_transfer_is_underway(
    college: College, entry: RegisterEntry
) -> None:
    office = college.client("office")
    assert "开介绍信" in office.get(f"/entries/{entry.id}/transfer").content.decode()
    assert "开介绍信" not in college.client("clerk").get(f"/entries/{entry.id}/transfer").content.decode()
    shown = office.post(f"/entries/{entry.id}/letter", posted_letter(), follow=True).content.decode()
    assert "介绍信 〔2023〕第0001号 已开具" in shown
    assert "2023-12-16 为止有效" in shown
    assert "贰零贰叁年壹拾贰月" in shown
    assert stage(college) == (Stage.UNDERWAY, "〔2023〕第0001号")
    assert "2024-01-01 前应收到回执" in office.get(f"/entries/{entry.id}/transfer").content.decode()
    with college.at_work():
        letter = IntroductionLetter.objects.get()
        assert letter.facts["姓名"] == "张三"
        assert (letter.facts["有效期"], letter.facts["年龄"]) == ("壹拾伍", "45")
        said = AuditEvent.objects.get(event="register.letter-issued").payload
    assert "〔2023〕第0001号" in said
    assert "张三" not in said


def test_what_is_missing_is_told_where_it_is_and_nothing_typed_is_lost(college: College) -> None:
    entry, office = college.add(college.survey, phone=""), college.client("office")
    assert "先填写单位信息" in office.get(f"/entries/{entry.id}/letter").content.decode()
    ready_for_letters(college)
    answer = office.post(f"/entries/{entry.id}/letter", posted_letter(to="", dues="明年"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写抬头" in shown
    assert "如 2023-12" in shown
    assert f'value="{THERE}"' in shown
    answer = office.post(f"/entries/{entry.id}/letter", posted_letter())
    assert "还缺：本人联系电话" in answer.content.decode()
    for other, words in (
        ({"dues": "2035-01"}, "近五年"),
        ({"days": "120"}, "1 到 90 天"),
        ({"days": "半月"}, "填天数"),
    ):
        shown = office.post(f"/entries/{college.add(college.survey, 8).id}/letter", posted_letter(**other))
        assert words in shown.content.decode()
        with college.at_work():
            assert not IntroductionLetter.objects.exists()
            assert not LetterBook.objects.filter(last__gt=0).exists(), "a number for nothing"


def test_full_width_digits_are_read_and_printed_as_digits(college: College, entry: RegisterEntry) -> None:
    office = college.client("office")
    said = {"address": "武汉市洪山区鲁磨路100号", "phone": "０２７－８７６５００００", "postcode": "４３００７４"}
    assert office.post("/letters/origin", said | {"began_after": "１２"}).status_code == 302
    office.post(f"/entries/{entry.id}/letter", posted_letter(days="２０", dues="２０２３年１２月"))
    with college.at_work():
        letter = IntroductionLetter.objects.get()
    assert (letter.number, letter.days) == (13, 20)
    assert (letter.facts["联系电话"], letter.facts["邮编"]) == ("027-87650000", "430074")
    wrong = office.post("/letters/origin", said | {"postcode": "43007"})
    assert "邮编是 6 位数字" in wrong.content.decode()


def test_numbers_run_on_by_year_after_the_paper_book(college: College) -> None:
    ready_for_letters(college, began_after=6)
    entries = [college.add(college.survey, number) for number in (6, 7, 8)]
    given = [
        lettered(college, entry, day) for entry, day in zip(entries, (TODAY, TODAY, date(2024, 1, 2)), strict=True)
    ]
    assert [letter.written for letter in given] == ["〔2023〕第0007号", "〔2023〕第0008号", "〔2024〕第0001号"]
    assert book(college) == [(7, LetterState.VALID), (8, LetterState.VALID)]
    with pytest.raises(Unfit, match="已经开过"):
        ready_for_letters(college, began_after=9)


def test_a_letter_that_holds_is_not_given_twice(college: College, entry: RegisterEntry) -> None:
    lettered(college, entry)
    with pytest.raises(Unfit, match="已有介绍信〔2023〕第0001号，到 2023-12-16 为止有效"):
        lettered(college, entry)
    assert book(college) == [(1, LetterState.VALID)]


def test_an_expired_letter_is_replaced_by_one_that_cites_it_with_statement_and_application(
    college: College, entry: RegisterEntry
) -> None:
    first = lettered(college, entry)
    assert standing(college, first, EXPIRED) is LetterState.EXPIRED
    with pytest.raises(Unfit, match="还缺：党支部的情况说明、党员本人的申请"):
        lettered(college, entry, EXPIRED)
    second = lettered(college, entry, EXPIRED, grounds=AFTERWARDS)
    assert second.cites == first
    assert second.facts["换开"] == "换开〔2023〕第0001号"
    assert standing(college, first, EXPIRED) is LetterState.REPLACED
    assert standing(college, second, EXPIRED) is LetterState.VALID
    assert stage(college) == (Stage.UNDERWAY, "〔2023〕第0002号")


def test_a_graduate_gets_a_new_one_without_more_ado_for_six_months(college: College, entry: RegisterEntry) -> None:
    first = lettered(college, entry)
    graduate = Grounds(graduate=True)
    again = lettered(college, entry, EXPIRED, grounds=graduate)
    with pytest.raises(Unfit, match="还缺"):
        lettered(college, entry, date(2024, 6, 2), grounds=graduate)
    third = lettered(college, entry, date(2024, 6, 1), grounds=graduate)
    assert (again.cites, third.cites) == (first, again)


@pytest.mark.parametrize("before", [Stage.ADVISED, Stage.URGED])
def test_a_void_letter_keeps_its_number_and_the_transfer_is_where_it_was(
    college: College, entry: RegisterEntry, before: Stage
) -> None:
    step(college, entry, before)
    letter = lettered(college, entry)
    voided(college, letter, Void.MISWRITTEN)
    assert stage(college) == (before, "")
    assert book(college) == [(1, LetterState.VOID)]
    again = lettered(college, entry)
    assert (again.number, again.cites) == (2, letter)
    assert "这一步已撤销" in college.client("clerk").get(f"/entries/{entry.id}/transfer").content.decode()
    with pytest.raises(Unfit, match="已经作废"):
        voided(college, letter, Void.LOST)


def test_a_transfer_that_began_with_a_void_letter_is_withdrawn(college: College, entry: RegisterEntry) -> None:
    voided(college, lettered(college, entry), Void.UNUSED)
    assert stage(college)[0] is Stage.WITHDRAWN
    later = lettered(college, entry)
    assert later.cites is None, "nothing is replaced: it was not wanted any more"


def test_a_void_one_that_nobody_wanted_leaves_the_expired_one_to_be_cited(
    college: College, entry: RegisterEntry
) -> None:
    first = lettered(college, entry)
    voided(college, lettered(college, entry, EXPIRED, grounds=AFTERWARDS), Void.UNUSED, EXPIRED)
    with pytest.raises(Unfit, match="换开〔2023〕第0001号，还缺"):
        lettered(college, entry, EXPIRED)
    assert lettered(college, entry, EXPIRED, grounds=AFTERWARDS).cites == first


def test_one_that_had_expired_is_not_made_good_as_written_wrongly(college: College, entry: RegisterEntry) -> None:
    letter = lettered(college, entry)
    voided(college, letter, Void.MISWRITTEN, EXPIRED)
    with pytest.raises(Unfit, match="还缺：党支部的情况说明"):
        lettered(college, entry, EXPIRED)


def test_one_that_was_lost_is_replaced_with_statement_and_application(college: College, entry: RegisterEntry) -> None:
    lost = voided(college, lettered(college, entry), Void.LOST)
    with pytest.raises(Unfit, match="还缺"):
        lettered(college, entry)
    assert lettered(college, entry, grounds=AFTERWARDS).cites == lost


def test_a_void_one_in_place_of_an_expired_one_is_cited_in_its_turn(college: College, entry: RegisterEntry) -> None:
    first = lettered(college, entry)
    second = voided(college, lettered(college, entry, EXPIRED, grounds=AFTERWARDS), Void.MISWRITTEN, EXPIRED)
    assert standing(college, first, EXPIRED) is LetterState.EXPIRED
    third = lettered(college, entry, EXPIRED)
    assert third.cites == second, "written wrongly: without more ado"
    assert standing(college, first, EXPIRED) is LetterState.REPLACED


def test_with_the_receipt_the_letter_has_done_its_work_and_can_not_be_void(
    college: College, entry: RegisterEntry
) -> None:
    letter = lettered(college, entry)
    receipt = receive(college, entry)
    assert standing(college, letter, EXPIRED) is LetterState.RECEIVED
    with pytest.raises(Unfit, match="已经收到回执"):
        voided(college, letter, Void.MISWRITTEN)
    with college.at_work():
        take_back_receipt(actor=college.people["clerk"], receipt_id=receipt.id, reason="记错了人", today=TODAY)
    assert standing(college, letter) is LetterState.VALID


def test_a_refused_or_withdrawn_transfer_leaves_its_letter_without_effect(
    college: College, entry: RegisterEntry
) -> None:
    letter = lettered(college, entry)
    step(college, entry, Stage.REFUSED, words="没有接收单位")
    assert standing(college, letter) is LetterState.ENDED
    assert lettered(college, entry).cites is None


def test_what_is_underway_in_the_national_system_gets_no_letter(college: College, entry: RegisterEntry) -> None:
    step(college, entry, Stage.UNDERWAY)
    with pytest.raises(Unfit, match="已在系统里转出，不用开介绍信"):
        lettered(college, entry)
    assert book(college) == []
    assert "开介绍信</a>" not in college.client("office").get(f"/entries/{entry.id}/transfer").content.decode()


def test_days_other_than_the_direction_s_hold_for_the_clocks_too(college: College, entry: RegisterEntry) -> None:
    letter = lettered(college, entry, days=40)
    assert (letter.validity.last_day, letter.facts["有效期"]) == (date(2024, 1, 10), "肆拾")
    with pytest.raises(Unfit, match="还没有过期"):
        step(college, entry, Stage.EXPIRED, EXPIRED, EXPIRED)


def test_the_book_shows_used_void_and_missing_numbers_and_to_a_branch_its_own(
    college: College, entry: RegisterEntry
) -> None:
    lettered(college, entry)
    voided(college, lettered(college, college.add(college.computing, 8, name="李四")), Void.UNUSED)
    third = lettered(college, college.add(college.survey, 9, name="王五"))
    with college.at_work():
        IntroductionLetter.objects.filter(id=third.id).update(number=4)
        LetterBook.objects.update(last=4)
    assert book(college) == [
        (1, LetterState.VALID),
        (2, LetterState.VOID),
        (3, LetterState.MISSING),
        (4, LetterState.VALID),
    ]
    shown = college.client("office").get("/letters?year=2023").content.decode()
    assert all(words in shown for words in ("第0001号", "作废 1", "缺号 1", "李四"))
    assert "李四" not in college.client("office").get("/letters?state=1").content.decode()
    shown = college.client("secretary").get("/letters").content.decode()
    assert "李四" in shown
    assert "张三" not in shown
    assert "缺号" not in shown


def test_a_branch_sees_its_people_s_letters_with_numbers_masked_and_no_buttons(
    college: College, entry: RegisterEntry
) -> None:
    letter = lettered(college, entry, standing=Standing.PROBATIONARY)
    shown = college.client("clerk").get(f"/letters/{letter.id}").content.decode()
    assert TO in shown
    assert "预备党员" in shown
    assert letter.facts["身份证号"] not in shown
    assert "作废" not in shown
    assert "打印" not in shown


def test_a_book_of_many_letters_costs_no_more_queries_than_one_of_few(
    college: College, entry: RegisterEntry, django_assert_max_num_queries: Any
) -> None:
    office, first = college.client("office"), lettered(college, entry)
    for number in range(7, 17):
        lettered(college, college.add(college.survey, number))
    with django_assert_max_num_queries(16):
        assert "11 封" in office.get("/letters").content.decode()
    with django_assert_max_num_queries(22):
        office.get(f"/letters/{first.id}")
    other = college.add(college.survey, 30)
    with django_assert_max_num_queries(22):
        office.get(f"/entries/{other.id}/letter")


def test_a_receipt_from_before_the_letter_is_refused_in_words(college: College, entry: RegisterEntry) -> None:
    letter = lettered(college, entry)
    with pytest.raises(Unfit, match="2023-12-01 才开，回执不会更早"):
        receive(college, entry, TODAY - timedelta(days=365), TODAY)
    voided(college, letter, Void.UNUSED)
    receive(college, entry, TODAY - timedelta(days=3), TODAY)
