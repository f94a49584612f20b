"""The office's review: what waits in its order, one report beside its rows and last round's, returns by cell."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.review import services as review
from paicha.campaigns.review.frozen import frozen
from paicha.campaigns.review.models import CommonFault, ReturnedCell, What
from paicha.campaigns.review.selectors import queue_of
from paicha.campaigns.review.services import Cell, Unfit
from paicha.campaigns.supervision.circulating.figures import lines_of
from paicha.domain.annex1 import Column
from paicha.domain.annex2 import LETTERS
from paicha.transfers.models import Receipt
from paicha.transfers.services import record_receipt
from tests.campaigns.reviewing import approved, away, checked, earlier_round, returned, revised
from tests.campaigns.world import SUMMARY, deployed, reported
from tests.college import TODAY, College, uploaded
from tests.world import id_number


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    """The survey branch in a campaign; one member attends."""
    return checked(college, deployed(college), college.survey)


def test_what_waits_stands_late_first_then_worst_then_oldest(college: College) -> None:
    campaign = deployed(college)
    survey, computing = (checked(college, campaign, branch) for branch in (college.survey, college.computing))
    away(college, survey, 6, phone="12345")
    away(college, computing, 7)
    faulty = reported(college, survey)
    late = reported(college, computing, date(2023, 12, 17))
    with college.at_work():
        assert [one.submission.id for one in queue_of(campaign)] == [late.id, faulty.id]
        assert [one.errors for one in queue_of(campaign)] == [0, 1]
    approved(college, late)
    page = college.client("office").get(f"/campaigns/{campaign.id}/review").content.decode()
    assert "1 份。" in page
    assert f"/submissions/{faulty.id}/review" in page
    assert "1 处错误" in page


def test_who_was_in_time_stays_so_after_a_return_and_who_was_late_too(college: College) -> None:
    campaign = deployed(college)
    survey, computing = (checked(college, campaign, branch) for branch in (college.survey, college.computing))
    away(college, survey, 6, phone="12345")
    away(college, computing, 7)
    in_time, late = reported(college, computing), reported(college, survey, date(2023, 12, 17))
    for one in (in_time, late):
        returned(college, one, reason="请再核对")
    again = [reported(college, one, date(2023, 12, 20)) for one in (computing, survey)]
    assert [one.late_days for one in again] == [0, 2]
    with college.at_work():
        assert [one.submission.id for one in queue_of(campaign)] == [again[1].id, again[0].id]
        assert [line.late for line in lines_of(campaign, [computing, survey], date(2023, 12, 21))] == [0, 2]
        Submission.objects.update(late_days=9)
        migration = import_module("paicha.campaigns.migrations.0005_late_days")
        migration.by_the_first(apps, connection.schema_editor())
    with college.at_work():
        kept = Submission.objects.values_list("late_days", flat=True)
        assert sorted(kept) == [0, 0, 2, 2], "reports of before the field are told by the first too"


def test_home_says_how_many_wait_and_leads_there(college: College, ours: CampaignUnit) -> None:
    reported(college, ours)
    page = college.client("office").get("/").content.decode()
    assert "1 份上报等审核" in page
    assert f"/campaigns/{ours.campaign_id}/review" in page


def test_the_page_has_each_row_with_its_findings_and_no_number_in_full(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6, name="张三", phone="12345")
    away(college, ours, 7, name="李四")
    submission = reported(college, ours)
    page = college.client("office").get(f"/submissions/{submission.id}/review").content.decode()
    assert "张三" in page
    assert "本人联系电话：" in page
    assert id_number(sequence=15) not in page
    assert "420106********" in page
    assert "参加主题教育 0 人（应参加 2 人）" in page
    assert "上一轮没有这个党支部审核通过的上报" in page


def test_what_was_reported_stays_as_it_was_on_the_page_and_behind_its_figures(
    college: College, ours: CampaignUnit
) -> None:
    entry = away(college, ours, 6, name="张三")
    submission = reported(college, ours)
    revised(college, entry, 6, name="张三改", sex="女", id_number=id_number(sequence=14))
    away(college, ours, 7, name="后来的")
    office = college.client("office")
    page = office.get(f"/submissions/{submission.id}/review").content.decode()
    assert "张三改" not in page
    assert "后来的" not in page
    men = office.get(f"/submissions/{submission.id}/figures/B").content.decode()
    assert "B 男：1 人" in men
    assert "张三" in men
    assert "这一栏没有人" in office.get(f"/submissions/{submission.id}/figures/C").content.decode()


def test_every_figure_opens_as_many_people_as_it_says(college: College, ours: CampaignUnit) -> None:
    away(
        college,
        ours,
        6,
        sex="女",
        id_number=id_number(sequence=14),
        reason="其他（升学）",
        residence="北京市海淀区学院路街道",
    )
    away(
        college,
        ours,
        7,
        birth="199901",
        id_number=id_number("19990105", 15),
        joined="201905",
        report_branch="花山社区党支部",
    )
    away(college, ours, 8, education="大专")
    gone = away(college, ours, 9)
    with college.at_work():
        record_receipt(
            actor=college.people["clerk"],
            member_id=gone.member_id,
            branch_id=college.survey.id,
            received_on=TODAY,
            destination="深圳市某党支部",
            urged=True,
            today=TODAY,
        )
    submission = reported(college, ours)
    with college.at_work():
        found = frozen(submission)
        counted = found.counted()
        assert counted.figures == dict(zip(LETTERS, submission.figures, strict=True))
        for letter in LETTERS.replace("Y", ""):
            assert len(found.behind(letter)) == counted[letter], letter
    assert submission.figures[LETTERS.index("Y")] == 1
    with college.at_work():
        Receipt.objects.update(taken_back_at=timezone.now())  # later on the receipt proves to be wrong
    page = college.client("office").get(f"/submissions/{submission.id}/figures/Y").content.decode()
    assert "深圳市某党支部" in page


def test_a_number_in_two_branches_reports_is_told_to_the_office(college: College) -> None:
    campaign = deployed(college)
    survey, computing = (checked(college, campaign, branch) for branch in (college.survey, college.computing))
    away(college, survey, 6)
    reported(college, survey)
    away(college, computing, 6)
    second = reported(college, computing)
    page = college.client("office").get(f"/submissions/{second.id}/review").content.decode()
    assert "测绘支部的上报里也有同一个身份证号" in page


def test_the_figures_of_last_round_stand_beside_and_what_moved_is_asked(college: College) -> None:
    earlier_round(college, 4)
    ours = checked(college, deployed(college), college.survey)
    for number in range(30, 34):
        away(college, ours, number)
    submission = reported(college, ours)
    page = college.client("office").get(f"/submissions/{submission.id}/review").content.decode()
    assert "上一轮：2022年集中排查" in page
    assert "与上一轮（2022-12-15）相比变动三分之一以上：A由4变为8" in page
    queue = college.client("office").get(f"/campaigns/{ours.campaign_id}/review").content.decode()
    assert "A由4变为8" in queue


def test_another_day_for_ages_is_asked_about(college: College, ours: CampaignUnit) -> None:
    submission = reported(college, ours)
    with college.at_work():
        ours.campaign.as_of = date(2023, 11, 30)
        ours.campaign.save()
    page = college.client("office").get(f"/submissions/{submission.id}/review").content.decode()
    assert "该表年龄计算截止日为2023-12-15，本次排查为2023-11-30" in page


def test_ticked_cells_come_back_with_their_reasons_and_the_branch_sees_just_those(
    college: College, ours: CampaignUnit
) -> None:
    entry = away(college, ours, 6, name="张三", phone="12345")
    away(college, ours, 7, name="李四")
    submission = reported(college, ours)
    office, address = college.client("office"), f"/submissions/{submission.id}/return"
    phone = f"1-{Column.PHONE.value}"
    asked = office.post(address, {"cell": [phone, "Z"]}).content.decode()
    assert 'value="电话号码有误"' in asked  # what the check found there is offered
    with college.at_work():
        submission.refresh_from_db()
    assert submission.state == State.SUBMITTED
    sent = {"cell": [phone, "Z"], f"said-{phone}": "电话号码有误", "said-Z": "与报到回执不符", "decide": "return"}
    office.post(address, sent)
    page = college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
    assert f'/entries/{entry.id}#c{Column.PHONE.value}">张三' in page
    assert "电话号码有误" in page
    assert "与报到回执不符" in page
    listed = page[page.index("退回的是这几处") : page.index("现在会上报的")]
    assert "李四" not in listed
    assert listed.count("没有改") == 2
    revised(college, entry, 6, name="张三")
    page = college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
    assert "已改</span> 138****0006" in page


def test_the_list_of_common_faults_grows_and_is_counted(college: College, ours: CampaignUnit) -> None:
    for number in (6, 7, 8):
        away(college, ours, number)
    twice = [Cell("出生年月与档案不符", n, Column.BIRTH) for n in (1, 2)]
    returned(college, reported(college, ours), *twice, Cell("入党时间与档案不符", 3, Column.JOINED))
    returned(college, reported(college, ours), Cell("出生年月与档案不符", 3, Column.BIRTH))
    with college.at_work():
        assert list(CommonFault.objects.order_by("-used").values_list("text", "used")) == [
            ("出生年月与档案不符", 3),
            ("入党时间与档案不符", 1),
        ]
    third = reported(college, ours)
    page = college.client("office").get(f"/submissions/{third.id}/return").content.decode()
    assert "没有勾选哪一处" in page
    page = college.client("office").post(f"/submissions/{third.id}/return", {"cell": ["B"]}).content.decode()
    assert '<option value="出生年月与档案不符">用过 3 次</option>' in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "每个勾选的格子都要写原因"),
        ("张三的出生年月不对", "不要写姓名"),
        ("应为420106197808150137", "不要写姓名"),
        ("长" * 201, "最多 200 个字"),
    ],
)
def test_a_reason_names_nobody_and_is_never_missing_and_nothing_typed_is_lost(
    college: College, ours: CampaignUnit, said: str, told: str
) -> None:
    away(college, ours, name="张三")
    submission = reported(college, ours)
    sent = {"cell": ["1-4", "B"], "said-1-4": said, "said-B": "请核对", "reason": "总的意见", "decide": "return"}
    answer = college.client("office").post(f"/submissions/{submission.id}/return", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="请核对"' in page
    assert "总的意见" in page
    with college.at_work():
        submission.refresh_from_db()
        assert (submission.state, ReturnedCell.objects.count(), CommonFault.objects.count()) == (State.SUBMITTED, 0, 0)


@pytest.mark.parametrize("cell", ["9-4", "1-0", "1-5", "1-99", "x", "1-"])
def test_a_cell_that_is_not_on_the_report_is_refused(college: College, ours: CampaignUnit, cell: str) -> None:
    away(college, ours)
    submission = reported(college, ours)
    sent = {"cell": [cell], f"said-{cell}": "请核对", "decide": "return"}
    answer = college.client("office").post(f"/submissions/{submission.id}/return", sent)
    assert answer.status_code == 422
    assert "不在这份上报里" in answer.content.decode()
    with pytest.raises(Unfit, match="不在这份上报里"):
        returned(college, submission, Cell("请核对", 9, Column.BIRTH))


def test_with_cells_still_ticked_nothing_is_approved(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    submission = reported(college, ours)
    page = college.client("office").post(f"/submissions/{submission.id}/approve", {"cell": ["1-4"]}).content.decode()
    assert "没有通过" in page
    assert 'name="cell" value="1-4"' in page
    with college.at_work():
        submission.refresh_from_db()
    assert submission.state == State.SUBMITTED


def test_approved_on_the_page_it_is_locked(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    submission = reported(college, ours)
    office = college.client("office")
    assert "审核通过" in office.post(f"/submissions/{submission.id}/approve", follow=True).content.decode()
    again = office.post(f"/submissions/{submission.id}/approve", follow=True).content.decode()
    assert "这一份现在是“已审核通过”" in again
    page = office.get(f"/submissions/{submission.id}/review").content.decode()
    assert 'name="cell"' not in page
    assert "重新打开" not in page
    assert "重新打开" in college.client("head").get(f"/submissions/{submission.id}/review").content.decode()


def test_a_nil_return_is_asked_about_once_and_not_again_when_it_comes_back(
    college: College, ours: CampaignUnit
) -> None:
    first = reported(college, ours)
    page = college.client("office").get(f"/submissions/{first.id}/review").content.decode()
    assert "零报告，党支部已确认" in page
    assert "请确认是否为零报告" not in page
    returned(college, first, reason="扫描件看不清")
    page = college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
    assert 'name="nil"' not in page
    sent = {"reviewer": "王书记", "filler": "李干事", "scan": uploaded("签字.pdf", b"%PDF-1.4 signed"), **SUMMARY}
    page = college.client("clerk").post(f"/units/{ours.id}/report", sent, follow=True).content.decode()
    assert "已上报（第 2 次）" in page


def test_a_larger_report_asks_no_more_queries_of_the_database(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6)
    small = queries_of(college, reported(college, ours))
    with college.at_work():
        review.decide(
            actor=college.people["office"],
            submission_id=queue_of(ours.campaign)[0].submission.id,
            what=What.RETURNED,
            reason="请补全",
        )
    for number in range(20, 40):
        away(college, ours, number)
    second = reported(college, ours)
    large = queries_of(college, second)
    returned(college, second, *[Cell("请核对", n, Column.BIRTH) for n in range(1, 20)])
    third = reported(college, ours)
    assert large <= small + 2  # the report before, its lines
    assert queries_of(college, third) <= large + 1  # the returned cells
    assert queries_of(college, third) <= 30


def queries_of(college: College, submission: Submission) -> int:
    browser = college.client("office")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(f"/submissions/{submission.id}/review").status_code == 200
    return len(queries)


def test_the_queue_asks_as_many_queries_for_two_as_for_one(college: College) -> None:
    campaign = deployed(college)
    counts = []
    for branch in (college.survey, college.computing):
        reported(college, checked(college, campaign, branch))
        browser = college.client("office")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/campaigns/{campaign.id}/review").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
