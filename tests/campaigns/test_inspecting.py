"""检查: drawn at random and drawn again by the seed, the rate by branch; full numbers leave with a password."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from django.db import connection, connections

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.supervision.chasing.lacking import Step, standings_of
from paicha.campaigns.supervision.inspecting.models import Inspection, InspectionPerson, InspectionUnit, Result, Whom
from paicha.campaigns.supervision.inspecting.selectors import Rate, is_as_drawn, people_of, rates_of, untrue_of
from paicha.campaigns.supervision.inspecting.services import Said, Terms, Unfit, draw, record_results
from paicha.domain.vocabulary import Verdict
from tests.campaigns.world import deployed, inspected, member, unit
from tests.college import TODAY, College

PASSWORD = "k7hm-wq3x-9dpt"  # noqa: S105  of a made-up file


@pytest.fixture
def campaign(college: College) -> Campaign:
    """The round; four of the survey branch are on the register, one of the computing branch, one only attends."""
    for number in range(6, 10):
        college.add(college.survey, number, name=f"测绘{number}")
    college.add(college.computing, 10, name="信息十")
    member(college, college.survey, "在支部的")
    return deployed(college)


def said(college: College, inspection: Inspection, **results: tuple[Result | None, str]) -> int:
    """Type results by name."""
    with college.at_work():
        people = [person.row for person in people_of(inspection)]
        lines = [Said(row.id, *results[row.member.name], row.revision) for row in people if row.member.name in results]
        return record_results(actor=college.people["office"], inspection_id=inspection.id, said=lines)


def names(college: College, inspection: Inspection) -> list[str]:
    with college.at_work():
        return [person.name for person in people_of(inspection)]


def test_each_branch_gives_its_share_and_the_seed_draws_the_same_again(college: College, campaign: Campaign) -> None:
    inspection = inspected(college, campaign)
    with college.at_work():
        people = list(InspectionPerson.objects.order_by("unit__rank", "rank"))
        assert [row.unit.name for row in people] == ["测绘支部", "测绘支部", "信息支部"]
        assert [len(of.whole) for of in InspectionUnit.objects.order_by("unit__rank")] == [4, 1]
        assert is_as_drawn(inspection)
        InspectionPerson.objects.filter(id=people[0].id).delete()
        assert not is_as_drawn(inspection), "somebody was taken from the list"


def test_from_all_who_are_to_be_checked_those_who_attend_are_drawn_too(college: College, campaign: Campaign) -> None:
    everybody = inspected(college, campaign, Terms(Whom.EVERYBODY, share=100))
    assert "在支部的" in names(college, everybody)
    assert "在支部的" not in names(college, inspected(college, campaign, Terms(Whom.REGISTER, share=100)))


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(Whom.REGISTER, share=0), "1 到 100"),
        (Terms(Whom.REGISTER, number=51), "1 到 50"),
        (Terms(Whom.REGISTER), "填一个"),
    ],
)
def test_sizes_out_of_bounds_are_refused(college: College, campaign: Campaign, terms: Terms, words: str) -> None:
    with pytest.raises(Unfit, match=words):
        inspected(college, campaign, terms)


def test_the_page_draws_shows_masked_numbers_and_takes_results(college: College, campaign: Campaign) -> None:
    browser, address = college.client("office"), f"/campaigns/{campaign.id}/inspections"
    refused = browser.post(address, {"measure": "share", "size": "一成"})
    assert refused.status_code == 422
    assert "填一个整数" in refused.content.decode()
    page = browser.post(address, {"measure": "number", "size": "4", "whom": "1"}, follow=True).content.decode()
    assert "按种子重抽，名单一致" in page
    assert "138****0006" in page
    assert "13800000006" not in page
    with college.at_work():
        inspection = Inspection.objects.get()
        row = InspectionPerson.objects.get(member__name="测绘6")
    posted = {"person": [row.id], f"revision-{row.id}": "0", f"result-{row.id}": "2", f"words-{row.id}": ""}
    refused = browser.post(f"/inspections/{inspection.id}", posted)
    assert refused.status_code == 422
    assert "测绘6：请写明哪里不属实" in refused.content.decode()
    browser.post(f"/inspections/{inspection.id}", posted | {f"words-{row.id}": "早已回到武汉"})
    with college.at_work():
        row.refresh_from_db()
        event = AuditEvent.objects.get(event=Event.INSPECTION_RECORDED)
    assert (row.result, row.words, row.revision) == (Result.UNTRUE, "早已回到武汉", 1)
    assert "早已" not in event.payload


def test_a_number_that_slipped_into_another_cell_is_masked_too(college: College, campaign: Campaign) -> None:
    college.add(college.computing, 11, employer="江城测绘13800009999", residence="湖北省武汉市洪山区13700009999号")
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, share=100))
    page = college.client("office").get(f"/inspections/{inspection.id}").content.decode()
    assert "江城测绘138****9999" in page
    assert "13800009999" not in page
    assert "13700009999" not in page


def test_the_rate_counts_those_who_were_reached_by_branch_and_in_all(college: College, campaign: Campaign) -> None:
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, share=100))
    said(
        college,
        inspection,
        测绘6=(Result.TRUE, ""),
        测绘7=(Result.TRUE, ""),
        测绘8=(Result.UNTRUE, "电话是别人的"),
        测绘9=(Result.MISSED, "关机"),
    )
    with college.at_work():
        rates = rates_of(campaign)
        survey = rates[unit(college, campaign, college.survey).id]
    assert survey == Rate(drawn=4, true=2, untrue=1, missed=1)
    assert (survey.percent, sum(rates.values(), Rate()).left) == (66, 1)
    page = college.client("office").get(f"/inspections/{inspection.id}").content.decode()
    assert "属实率 <strong>66%</strong>" in page


def test_of_two_who_type_at_once_the_second_is_told_and_nothing_is_written_over(
    college: College, campaign: Campaign
) -> None:
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, share=100))
    with college.at_work():
        row = InspectionPerson.objects.get(member__name="测绘6")
        first = Said(row.id, Result.TRUE, "", 0)
        second = Said(row.id, Result.MISSED, "", 0)
        office = college.people["office"]
        assert record_results(actor=office, inspection_id=inspection.id, said=[first]) == 1
        assert record_results(actor=office, inspection_id=inspection.id, said=[first]) == 0, "the same again is no news"
        with pytest.raises(Unfit, match="测绘6的结果刚由党委办公改过"):
            record_results(actor=office, inspection_id=inspection.id, said=[second])


def test_what_is_untrue_is_shown_to_its_branch_alone_until_it_is_mended(college: College, campaign: Campaign) -> None:
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, share=100))
    said(college, inspection, 测绘6=(Result.UNTRUE, "早已回到武汉"))
    ours = unit(college, campaign, college.survey)
    address = f"/units/{ours.id}/inspections"
    assert "早已回到武汉" in college.client("clerk").get(address).content.decode()
    assert college.client("secretary").get(address).status_code == 404
    with college.at_work():
        lacks = standings_of(campaign, [ours], TODAY)[ours.id].lacks
        assert "检查中1人的情况不属实，还没有更正" in [lack.words for lack in lacks if lack.step is Step.INSPECT]
        row = InspectionPerson.objects.get(member__name="测绘6")
        firm = Decision(Verdict.ATTENDING_AFTER_URGING, reason="已回到支部", rule="通知 一")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=row.member_id, decision=firm)
        assert untrue_of(campaign) == []


def test_the_phone_sheet_has_numbers_in_full_opens_with_its_password_and_is_recorded(
    college: College, campaign: Campaign
) -> None:
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, share=100))
    address = f"/inspections/{inspection.id}/sheet"
    browser = college.client("office")
    assert "密码" in browser.get(address).content.decode()
    sealed = browser.post(address, {"protected": "yes", "password": PASSWORD}).content
    assert b"13800000006" not in sealed
    opened, file = io.BytesIO(), msoffcrypto.OfficeFile(io.BytesIO(sealed))
    file.load_key(PASSWORD)
    file.decrypt(opened)
    sheet = openpyxl.load_workbook(opened).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert {row[2]: row[3] for row in rows}["测绘6"] == "13800000006"
    assert rows[0][7] == "□属实\n□不属实\n□未接通"
    with college.at_work():
        exported = AuditEvent.objects.filter(event=Event.EXPORTED)
        assert {event.branch_id for event in exported} == {college.survey.id, college.computing.id}


def test_a_list_of_nobody_is_not_drawn(college: College) -> None:
    with pytest.raises(Unfit, match="台账和名册都是空的"):
        inspected(college, deployed(college))


def test_pages_cost_no_more_queries_for_many_people(
    college: College, campaign: Campaign, django_assert_max_num_queries: Any
) -> None:
    for number in range(20, 50):
        college.add(college.survey, number, name=f"测绘{number}")
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, share=100))
    browser = college.client("office")
    for url in (f"/campaigns/{campaign.id}/inspections", f"/inspections/{inspection.id}"):
        with django_assert_max_num_queries(14):
            browser.get(url)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_two_who_draw_at_once_get_two_numbers(transactional_db: None, college: College) -> None:
    college.add(college.survey)
    campaign = deployed(college)

    def write(_: int) -> int:
        try:
            with college.at_work():
                return draw(
                    actor=college.people["office"],
                    campaign_id=campaign.id,
                    organization_ids=[college.survey.id],
                    terms=Terms(Whom.REGISTER, number=1),
                    today=TODAY,
                ).n
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(8))) == list(range(1, 9))
