"""Report-ins as records: where, since when and what shows it; Z of 附件2 follows, and nothing is lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.services import Decision, decide
from paicha.domain.advice import Route
from paicha.domain.annex1 import Column
from paicha.domain.reporting_in import Place
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Closing, EntryVersion, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import close_entry, revise_entry, take_up_entry
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.selectors import Reported, reported
from paicha.transfers.reporting_in.services import Said, record_report_in
from paicha.transfers.unfit import Unfit
from tests.campaigns.world import deployed, unit
from tests.college import RULES, TODAY, College, posted

GUANSHAN, PHONE = "江城市关山街道幸福社区党支部", "13900001111"
SENT = {
    "organization": GUANSHAN,
    "contact": "李书记",
    "phone": PHONE,
    "since": "2023-11-20",
    "evidence": "电话向对方党支部核实",
    "route": "3",
}


def page(college: College, entry: RegisterEntry, who: str = "clerk") -> str:
    return college.client(who).get(f"/entries/{entry.id}/report-in").content.decode()


def send(college: College, entry: RegisterEntry, **changed: str) -> Any:
    """The form as the clerk sends it, made from the version that stands."""
    with college.at_work():
        entry.refresh_from_db()
    url = f"/entries/{entry.id}/report-in"
    return college.client("clerk").post(url, SENT | {"seen": str(entry.current_id)} | changed)


def cells(college: College, entry: RegisterEntry) -> Place:
    with college.at_work():
        return Place.of(EntryVersion.objects.filter(entry=entry).latest("n").cells)


def known(college: College, entry: RegisterEntry) -> Reported:
    with college.at_work():
        found = reported(RegisterEntry.objects.select_related("current").get(id=entry.id))
        _ = found.in_force  # opens what it rests on
    return found


def z(browser: Client, college: College, at: str = "") -> str:
    """The names behind Z of the survey branch's 附件2."""
    return browser.get(f"/branches/{college.survey.id}/annex2/Z{at}").content.decode()


def only(college: College) -> ReportIn:
    with college.at_work():
        return ReportIn.objects.filter(withdrawn_at=None, until=None).get()


def test_the_line_of_time_gives_no_hour_of_a_day_that_was_told_later(college: College) -> None:
    entry = college.add(college.survey)
    assert send(college, entry).status_code == 302
    shown = college.client("clerk").get(f"/entries/{entry.id}").content.decode()
    assert '<span class="when">2023-11-20</span>' in shown


def test_recording_one_fills_the_three_cells_and_z_opens_the_person(college: College) -> None:
    entry = college.add(college.survey, name="张三")
    browser = college.client("clerk")
    assert "张三" not in z(browser, college)
    assert send(college, entry).status_code == 302
    assert cells(college, entry) == (GUANSHAN, "李书记", PHONE)
    assert "张三" in z(browser, college)
    shown = page(college, entry)
    assert GUANSHAN in shown
    assert "2023-11-20" in shown
    assert "居住地党组织（通知 二.3）" in shown
    assert "139****1111" in shown
    assert PHONE not in shown
    with college.at_work():
        assert EntryVersion.objects.filter(entry=entry).count() == 2
        kinds = list(AuditEvent.objects.order_by("-id").values_list("event", flat=True)[:2])
        assert set(kinds) == {"register.entry-revised", "register.report-in-recorded"}


def test_ending_it_empties_the_cells_and_z_follows_but_not_for_the_day_before(college: College, on: Any) -> None:
    on(date(2023, 12, 3))
    entry = college.add(college.survey, name="张三")
    send(college, entry)
    on(date(2023, 12, 8))
    browser = college.client("clerk")
    url = f"/report-ins/{only(college).id}/end"
    answer = browser.post(url, {"day": "2023-12-07", "why": ""})
    assert answer.status_code == 422
    assert "请写明为什么终止" in answer.content.decode()
    assert 'value="2023-12-07"' in answer.content.decode()
    assert browser.post(url, {"day": "2023-12-07", "why": "回到本支部参加活动"}).status_code == 302
    assert cells(college, entry) == ("", "", "")
    assert "张三" not in z(browser, college)
    assert "张三" in z(browser, college, "?at=2023-12-05")
    assert "报到终止" in page(college, entry)
    assert "回到本支部参加活动" in page(college, entry)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"organization": ""}, "请填写向哪个党组织报到"),
        ({"organization": "未报到"}, "请填写向哪个党组织报到"),
        ({"organization": "123"}, "不是党支部名称"),
        ({"phone": "1390000"}, "电话"),
        ({"since": "2023-12-02"}, "还没有到"),
        ({"since": "昨天"}, "请填写日期"),
        ({"since": "2003-07-31"}, "2003 年 8 月才入党"),
        ({"evidence": ""}, "凭什么知道"),
        ({"route": ""}, "请选择是哪一种情形"),
        ({"route": "9"}, "请选择是哪一种情形"),
    ],
)
def test_what_does_not_fit_is_told_and_everything_typed_stays(
    college: College, changed: dict[str, str], told: str
) -> None:
    entry = college.add(college.survey)
    answer = send(college, entry, **changed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert told in shown
    for name, value in (SENT | changed).items():
        if name != "route" and value:
            assert f'value="{value}"' in shown, name
    assert cells(college, entry) == ("", "", "")


def test_who_has_left_is_not_said_to_count_in_z(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    address, clerk = f"/entries/{entry.id}/transfer", college.client("clerk")
    assert "计入附件2的Z" in clerk.get(address).content.decode()
    clerk.post(f"/entries/{entry.id}/receipt", {"received_on": TODAY.isoformat(), "destination": "某社区党委"})
    shown = clerk.get(address).content.decode()
    assert "组织关系已转出" in shown
    assert "计入附件2的Z" not in shown


def test_nobody_reported_in_before_they_went_away(college: College) -> None:
    entry = college.add(college.survey)
    ours = unit(college, deployed(college), college.survey)
    decision = Decision(
        Verdict.OUTFLOW,
        rule="通知 一",
        reason="支部会议研究认定",
        changed_on=date(2023, 11, 21),
        attended_on=date(2023, 11, 1),
    )
    with college.at_work():
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=entry.member_id, decision=decision)
    assert "2023-11-21 才流出" in send(college, entry).content.decode()
    assert send(college, entry, since="2023-11-21").status_code == 302


def test_nor_before_they_last_came_back(college: College) -> None:
    old, clerk = college.add(college.survey), college.people["clerk"]
    with college.at_work():
        close_entry(actor=clerk, entry_id=old.id, closing=Closing.RETURNED, today=date(2023, 11, 25))
        entry = take_up_entry(actor=clerk, entry_id=old.id, recorder=Recorder(RULES), today=TODAY)
    assert "2023-11-25 才流出" in send(college, entry).content.decode()


def test_cells_that_a_sheet_filled_are_to_be_completed_with_what_is_known(college: College) -> None:
    entry = college.add(college.survey, report_branch=GUANSHAN, report_contact="李书记", report_phone=PHONE)
    assert known(college, entry).unrecorded
    shown = page(college, entry)
    assert "请在下面补上" in shown
    assert f'value="{GUANSHAN}"' in shown
    assert 'value="139****1111"' in shown
    assert "1 人的报到要补齐" in college.client("clerk").get("/").content.decode()
    assert send(college, entry, phone="139****1111").status_code == 302
    assert known(college, entry).in_force
    assert cells(college, entry).phone == PHONE, "the mask is the number that it hides"
    with college.at_work():
        assert EntryVersion.objects.filter(entry=entry).count() == 1, "nothing new in the cells: no version"
    assert "报到要补齐" not in college.client("clerk").get("/").content.decode()


def test_a_record_that_the_cells_no_longer_match_is_not_in_force(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    with college.at_work():
        entry.refresh_from_db()
    url, base = f"/entries/{entry.id}", {"base": str(entry.current_id)}
    cleared = posted(number=6) | base
    college.client("clerk").post(url, cleared)
    assert known(college, entry).emptied
    assert "没有写什么时候、为什么终止" in page(college, entry)
    with college.at_work():
        entry.refresh_from_db()
    moved = posted(number=6, report_branch="光谷软件园党支部") | {"base": str(entry.current_id)}
    college.client("clerk").post(url, moved)
    assert known(college, entry).changed
    assert "这条记录现在不作数" in page(college, entry)
    assert send(college, entry, organization="光谷软件园党支部", since="2023-11-28").status_code == 302
    assert known(college, entry).in_force
    with college.at_work():
        old = ReportIn.objects.earliest("id")
        assert (old.until, old.why_ended) == (date(2023, 11, 28), "改向别的党组织报到")


def test_another_contact_or_phone_is_the_same_report_in(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    with college.at_work():
        entry.refresh_from_db()
        assert entry.current
        new = Place(GUANSHAN, "赵委员", "027-87650001").over(entry.current.cells)
        revise_entry(
            actor=college.people["clerk"],
            entry_id=entry.id,
            base=entry.current.id,
            cells=new,
            recorder=Recorder(RULES),
            today=TODAY,
        )
    assert known(college, entry).in_force
    assert "赵委员" in page(college, entry)


def test_the_same_organisation_again_mends_and_another_one_follows(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    send(college, entry, since="2023-11-22", evidence="对方党支部的证明")
    with college.at_work():
        first, second = ReportIn.objects.order_by("id")
        assert first.why_withdrawn == "改正"
        assert second.stands
    early = send(college, entry, organization="光谷软件园党支部", since="2023-11-01")
    assert "新的不能更早" in early.content.decode()
    send(college, entry, organization="光谷软件园党支部", since="2023-11-28")
    with college.at_work():
        second.refresh_from_db()
        assert second.until == date(2023, 11, 28)
        assert ReportIn.objects.filter(until=None, withdrawn_at=None).count() == 1


def test_one_that_was_wrong_is_withdrawn_and_the_one_before_it_holds_again(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    send(college, entry, organization="光谷软件园党支部", since="2023-11-28")
    send(college, entry, organization="光谷软件园党支部", since="2023-11-29")
    browser, wrong = college.client("clerk"), only(college)
    assert "请写明错在哪里" in browser.post(f"/report-ins/{wrong.id}/withdraw", {}).content.decode()
    browser.post(f"/report-ins/{wrong.id}/withdraw", {"why": "是另一个张三的"})
    assert cells(college, entry) == (GUANSHAN, "李书记", PHONE)
    assert known(college, entry).in_force
    assert "是另一个张三的" in page(college, entry)
    again = browser.post(f"/report-ins/{wrong.id}/withdraw", {"why": "误"})
    assert "已经终止或撤回" in again.content.decode()
    browser.post(f"/report-ins/{only(college).id}/withdraw", {"why": "没有报到"})
    assert cells(college, entry) == ("", "", "")
    assert known(college, entry) == Reported(None, None)


def test_an_end_that_cannot_be_is_refused(college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    send(college, entry)
    url = f"/report-ins/{only(college).id}/end"
    for day, told in (("2023-12-02", "还没有到"), ("2023-11-19", "终止不能更早"), ("", "请填写终止日期")):
        answer = browser.post(url, {"day": day, "why": "换了工作"})
        assert answer.status_code == 422
        assert told in answer.content.decode()
        assert 'value="换了工作"' in answer.content.decode()


def test_cells_that_somebody_changed_meanwhile_are_not_overwritten_unseen(college: College) -> None:
    entry = college.add(college.survey)
    seen = str(entry.current_id)
    college.client("office").post(
        f"/entries/{entry.id}", posted(number=6, report_branch="光谷软件园党支部") | {"base": seen}
    )
    answer = send(college, entry, seen=seen)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "被别人改了" in shown
    assert "光谷软件园党支部" in shown
    assert GUANSHAN in shown
    assert send(college, entry).status_code == 302


def test_an_edit_of_other_cells_meanwhile_does_not_matter_and_is_kept(college: College) -> None:
    entry = college.add(college.survey)
    seen = str(entry.current_id)
    college.client("office").post(f"/entries/{entry.id}", posted(number=6, name="张三丰") | {"base": seen})
    assert send(college, entry, seen=seen).status_code == 302
    with college.at_work():
        assert EntryVersion.objects.filter(entry=entry).latest("n").name == "张三丰"


def test_an_earlier_organisation_is_offered_and_fills_contact_and_phone_without_scripts(college: College) -> None:
    known_one = college.add(college.survey, 7, report_branch=GUANSHAN, report_contact="李书记", report_phone=PHONE)
    college.add(college.computing, 8, report_branch="别的支部知道的党支部")
    entry = college.add(college.survey, 6)
    shown = page(college, entry)
    assert f'<option value="{GUANSHAN}">' in shown
    assert "别的支部知道的" not in shown
    assert "别的支部知道的" in page(college, entry, "office")
    browser, url = college.client("clerk"), f"/entries/{entry.id}/report-in"
    taken = browser.post(url, {"take": str(known_one.current_id), "evidence": "本人提供", "since": "2023-11-20"})
    assert taken.status_code == 200
    shown = taken.content.decode()
    for value in (GUANSHAN, "李书记", "139****1111", "本人提供", "2023-11-20"):
        assert f'value="{value}"' in shown
    assert cells(college, entry) == ("", "", "")
    assert send(college, entry, phone="139****1111", like=str(known_one.current_id)).status_code == 302
    assert cells(college, entry).phone == PHONE


def test_a_mask_that_hides_no_known_number_is_refused(college: College) -> None:
    entry = college.add(college.survey)
    assert "已打码" in send(college, entry, phone="139****1111").content.decode()
    assert send(college, entry, like="不是编号", seen="不是编号").status_code in (302, 422)


def test_nothing_is_written_of_somebody_off_the_register(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    report_in = only(college)
    college.client("clerk").post(f"/entries/{entry.id}/close", {"closing": "1"})
    assert "已经销册" in send(college, entry).content.decode()
    browser = college.client("clerk")
    for what in ("end", "withdraw"):
        answer = browser.post(f"/report-ins/{report_in.id}/{what}", {"day": "2023-11-30", "why": "误"})
        assert answer.status_code == 422
        assert "已经销册" in answer.content.decode()
    said = Said(Route.RESIDENCE, Place(GUANSHAN), TODAY - timedelta(days=3), "核实")
    with college.at_work(), pytest.raises(Unfit, match="销册"):
        record_report_in(
            actor=college.people["clerk"],
            entry_id=entry.id,
            said=said,
            recorder=Recorder(RULES),
            seen=entry.id,
            today=TODAY,
        )


def test_the_line_of_time_tells_of_it(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    college.client("clerk").post(f"/report-ins/{only(college).id}/end", {"day": "2023-11-30", "why": "回校"})
    shown = college.client("clerk").get(f"/entries/{entry.id}").content.decode()
    assert f"报到：{GUANSHAN}" in shown
    assert f"报到终止：{GUANSHAN}" in shown


def test_a_number_that_slipped_into_another_cell_is_masked_everywhere(college: College) -> None:
    entry = college.add(college.survey, report_branch=GUANSHAN, report_contact=f"李书记 {PHONE}")
    assert PHONE not in page(college, entry)
    college.client("clerk").post(f"/entries/{entry.id}/report-in", SENT | {"contact": "李书记 139****1111"})
    for url in (f"/entries/{entry.id}/report-in", f"/entries/{entry.id}/transfer", "/report-ins"):
        assert PHONE not in college.client("clerk").get(url).content.decode()


def test_the_neighbours_see_nothing_of_it(college: College) -> None:
    entry = college.add(college.survey)
    send(college, entry)
    assert college.client("secretary").get(f"/entries/{entry.id}/report-in").status_code == 404
    assert college.client("secretary").post(f"/report-ins/{only(college).id}/end").status_code == 404
    assert "张三" not in college.client("secretary").get("/report-ins?show=in-force").content.decode()


def test_the_cells_are_those_that_annex_1_draws() -> None:
    place = Place("某党支部", "某书记", "027-87650000")
    over = place.over([""] * len(Column))
    assert over[Column.REPORT_BRANCH] == "某党支部"
    assert Place.of(over) == place
