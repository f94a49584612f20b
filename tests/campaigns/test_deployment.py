"""部署: dates, units as they stood, drafted plans, what moves is told."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.deployment.models import Campaign, CampaignUnit, Phase, PhaseMove, WorkPlan
from paicha.campaigns.deployment.selectors import confirmed_plans, plan_of, rules_of
from paicha.campaigns.deployment.services import move_phase, save_plan
from paicha.organizations.models import Kind
from paicha.organizations.services import add_organization
from paicha.organizations.structure.services import merge, rename
from tests.campaigns.world import TERMS, away, checked, deployed, member, reported, unit
from tests.college import TODAY, College

POSTED = {
    "name": "2023年集中排查",
    "begins_on": "2023-11-28",
    "deploy_by": "2023-11-30",
    "check_by": "2023-12-10",
    "report_by": "2023-12-15",
    "as_of": "2023-12-15",
    "papers": ["1", "2", "3"],
}


def test_the_office_deploys_and_every_branch_has_its_unit_and_a_drafted_plan(college: College) -> None:
    notice = SimpleUploadedFile("通知.pdf", b"%PDF-1.4 notice")
    answer = college.client("office").post("/campaigns/new", POSTED | {"notice": notice})
    assert answer.status_code == 302, answer.content.decode()
    with college.at_work():
        campaign = Campaign.objects.get()
        units = list(CampaignUnit.objects.order_by("rank"))
        drafted = plan_of(units[-1])
        event = AuditEvent.objects.get(event=Event.CAMPAIGN_DEPLOYED)
    assert [found.name for found in units][:2] == ["中共楚云学院委员会", "测绘与信息党总支"]
    assert units[2].parent_id == units[1].id
    assert "连续6个月未能线下参加" in drafted.targets
    assert "12月15日前" in drafted.tasks
    assert '"units":2' in event.payload
    sent = college.client("clerk").get(f"/campaigns/{campaign.id}/notice")
    assert sent.content == b"%PDF-1.4 notice"


def test_the_notice_comes_later_and_a_wrong_file_is_told(college: College) -> None:
    campaign = deployed(college)
    office, address = college.client("office"), f"/campaigns/{campaign.id}/notice"
    assert office.get(address).status_code == 404
    assert "请先选通知文件" in office.post(f"{address}/attach", follow=True).content.decode()
    wrong = SimpleUploadedFile("通知.exe", b"MZ")
    told = office.post(f"{address}/attach", {"notice": wrong}, follow=True).content.decode()
    assert "没有附上：通知文件请用PDF、Word、OFD或图片。" in told
    office.post(f"{address}/attach", {"notice": SimpleUploadedFile("通知.pdf", b"%PDF-1.4 notice")})
    assert college.client("clerk").get(address).content == b"%PDF-1.4 notice"


def test_a_branch_founded_after_deployment_is_taken_in_below_its_general_branch(college: College) -> None:
    campaign = deployed(college)
    assert "部署以后新建" not in college.client("office").get(f"/campaigns/{campaign.id}").content.decode()
    with college.at_work():
        above = CampaignUnit.objects.get(name="测绘与信息党总支").organization
        college_root, general = college.root, Kind.GENERAL_BRANCH
        new = add_organization(actor=None, parent=college_root, name="新工科党总支", kind=general, today=TODAY)
        first = add_organization(actor=None, parent=above, name="遥感党支部", kind=Kind.BRANCH, today=TODAY, rank=9)
        second = add_organization(actor=None, parent=new, name="机器人党支部", kind=Kind.BRANCH, today=TODAY)
    client, address = college.client("office"), f"/campaigns/{campaign.id}"
    page = client.get(address).content.decode()
    assert "部署以后新建的党支部" in page
    assert "没有补入：请选要补入的党支部。" in client.post(f"{address}/take-in", follow=True).content.decode()
    told = client.post(f"{address}/take-in", {"branches": [first.id, second.id]}, follow=True).content.decode()
    assert "已补入 2 个党支部" in told
    assert "部署以后新建的党支部" not in told
    with college.at_work():
        units = list(CampaignUnit.objects.order_by("rank"))
        assert [one.rank for one in units] == list(range(len(units)))
        names = [one.name for one in units]
        assert names.index("测绘与信息党总支") < names.index("遥感党支部") < names.index("新工科党总支")
        assert units[names.index("机器人党支部")].parent == units[names.index("新工科党总支")]
        assert plan_of(units[names.index("遥感党支部")]).meaning
    again = client.post(f"{address}/take-in", {"branches": [first.id]}, follow=True).content.decode()
    assert "已经在这次排查里" in again


def test_days_out_of_order_are_refused_in_words_and_nothing_typed_is_lost(college: College) -> None:
    answer = college.client("office").post("/campaigns/new", POSTED | {"check_by": "2023-12-20"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "日期要按先后" in page
    assert 'value="2023-12-20"' in page


def test_a_notice_that_was_chosen_is_asked_for_again_where_the_form_comes_back(college: College) -> None:
    notice = SimpleUploadedFile("通知.pdf", b"%PDF-1.4 notice")
    sent = POSTED | {"check_by": "2023-12-20", "notice": notice}
    assert "请把通知文件再选一次" in college.client("office").post("/campaigns/new", sent).content.decode()


def test_a_form_left_empty_names_each_field(college: College) -> None:
    page = college.client("office").post("/campaigns/new", {}).content.decode()
    assert "请填写名称" in page
    assert page.count("请填写日期") == 5
    assert "请至少选附件1和附件2" in page


def test_units_stay_as_they_stood_when_the_tree_changes(college: College) -> None:
    campaign = deployed(college)
    office = college.people["office"]
    with college.at_work():
        rename(actor=office, organization_id=college.survey.id, name="遥感支部", today=TODAY)
        merge(actor=office, source_ids=[college.survey.id], into_id=college.computing.id, today=TODAY)
    page = college.client("office").get(f"/campaigns/{campaign.id}").content.decode()
    assert "测绘支部" in page
    assert "遥感支部" not in page


def test_the_rules_of_a_unit_are_the_campaign_s_with_its_own_home(college: College) -> None:
    campaign = deployed(college)
    rules = rules_of(campaign, unit(college, campaign, college.survey))
    assert (rules.as_of, rules.home.code[:4] if rules.home else "") == (date(2023, 12, 15), "4201")


def test_a_branch_edits_and_confirms_its_plan_only_when_it_is_filled_in(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    browser = college.client("clerk")
    address = f"/units/{ours.id}/plan"
    texts = {"meaning": "意义", "targets": "对象", "tasks": "【请填写：负责人】", "discipline": "纪律", "confirm": "1"}
    refused = browser.post(address, texts)
    assert refused.status_code == 422
    assert "还有【请填写】的地方" in refused.content.decode()
    assert browser.post(address, texts | {"tasks": "王书记负责"}).status_code == 302
    with college.at_work():
        assert plan_of(ours).confirmed_at is not None
    document = browser.get(f"/units/{ours.id}/plan.docx")
    assert document.content[:2] == b"PK"
    assert "工作方案已确认" in browser.get(f"/units/{ours.id}").content.decode()


def test_a_day_that_moves_is_told_to_every_branch_with_its_reason(college: College) -> None:
    campaign = deployed(college)
    ours = unit(college, campaign, college.survey)
    with college.at_work():
        move_phase(
            actor=college.people["office"],
            campaign_id=campaign.id,
            phase=Phase.REPORT,
            to=date(2023, 12, 18),
            reason="上级顺延",
        )
    page = college.client("clerk").get(f"/units/{ours.id}").content.decode()
    assert "2023-12-15 改到 <strong>2023-12-18</strong>：上级顺延" in page
    assert "还有 17 天（12 月 18 日）" in page


def test_a_move_without_a_reason_or_against_the_order_changes_nothing(college: College) -> None:
    campaign = deployed(college)
    address = f"/campaigns/{campaign.id}/move"
    for posted in ({"phase": "3", "to": "2023-12-18"}, {"phase": "3", "to": "2023-12-01", "reason": "早点"}):
        page = college.client("office").post(address, posted, follow=True).content.decode()
        assert "日期没有改" in page
    with college.at_work():
        assert Campaign.objects.get().report_by == TERMS.report_by


def test_a_branch_that_had_checked_before_is_told_to_go_over_each_entry_again(college: College) -> None:
    ours = unit(college, deployed(college, looked=(college.survey,)), college.survey)
    assert "回头看" in college.client("clerk").get(f"/units/{ours.id}").content.decode()
    with college.at_work():
        assert "回头看" in plan_of(ours).tasks


def test_a_plan_once_confirmed_is_to_be_confirmed_again_after_an_edit(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    texts = {"meaning": "意义", "targets": "对象", "tasks": "任务", "discipline": "纪律"}
    with college.at_work():
        save_plan(actor=college.people["clerk"], unit_id=ours.id, texts=texts, confirm=True)
        save_plan(actor=college.people["clerk"], unit_id=ours.id, texts=texts, confirm=False)
        assert plan_of(ours).confirmed_at is None


def test_a_plan_that_was_in_time_stays_so_when_it_is_edited_and_confirmed_again(college: College, on: Any) -> None:
    on(date(2023, 11, 29))
    ours = unit(college, deployed(college), college.survey)
    texts = {"meaning": "意义", "targets": "对象", "tasks": "任务", "discipline": "纪律"}
    with college.at_work():
        for day in (date(2023, 11, 29), date(2023, 12, 5)):
            on(day)
            save_plan(actor=college.people["clerk"], unit_id=ours.id, texts=texts, confirm=True)
        assert confirmed_plans(ours.campaign) == {ours.id: date(2023, 11, 29)}


def test_the_day_of_a_plan_is_the_day_here_and_not_in_greenwich(college: College) -> None:
    """Half past midnight of 1 December is late; there it is still the last day, 30 November."""
    ours = unit(college, deployed(college), college.survey)
    with college.at_work():
        WorkPlan.objects.filter(unit=ours).update(confirmed_at=datetime(2023, 11, 30, 16, 30, tzinfo=UTC))
        assert confirmed_plans(ours.campaign) == {ours.id: date(2023, 12, 1)}


def test_a_day_that_moved_is_told_on_the_first_page_with_the_reason(college: College) -> None:
    campaign = deployed(college)
    with college.at_work():
        move_phase(
            actor=college.people["office"],
            campaign_id=campaign.id,
            phase=Phase.REPORT,
            to=date(2023, 12, 20),
            reason="上级延期五天",
        )
        PhaseMove.objects.update(moved_at=datetime(2023, 12, 1, 1, tzinfo=UTC))
    for who in ("clerk", "office"):
        page = college.client(who).get("/").content.decode()
        assert "报告情况的截止日改到 2023-12-20：上级延期五天" in page, who
        assert "12 月 15 日" not in page, who


def test_the_days_left_stand_on_each_page_where_something_is_to_be_done(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    member(college, college.survey, "甲一")
    for address, said in (
        ("/campaigns", "还有 14 天（12 月 15 日）"),
        (f"/campaigns/{ours.campaign_id}", "还有 14 天（12 月 15 日）"),
        (f"/units/{ours.id}", "还有 14 天（12 月 15 日）"),
        (f"/units/{ours.id}/plan", "已逾期 1 天（11 月 30 日）"),
        (f"/units/{ours.id}/check", "还有 9 天（12 月 10 日）"),
        (f"/units/{ours.id}/report", "还有 14 天（12 月 15 日）"),
    ):
        assert said in college.client("office").get(address).content.decode(), address


def test_the_office_is_told_who_has_not_reported_and_what_waits_to_be_filed(college: College) -> None:
    ours = checked(college)
    assert "2 个党支部还没有上报，还有 14 天（12 月 15 日）" in college.client("office").get("/").content.decode()
    away(college, ours)
    reported(college, ours)
    away(college, ours, 8)
    page = college.client("office").get("/").content.decode()
    assert "1 个党支部还没有上报" in page
    assert "1 个党支部上报以后更新了台账，还没有备案" in page


def test_the_head_ends_a_campaign_and_it_can_go_on(college: College) -> None:
    campaign = deployed(college)
    head, address = college.client("head"), f"/campaigns/{campaign.id}/close"
    assert campaign.name in college.client("clerk").get("/").content.decode()
    assert "已结束：首页不再提醒" in head.post(address, follow=True).content.decode()
    assert campaign.name not in college.client("clerk").get("/").content.decode()
    assert "已结束" in head.get("/campaigns").content.decode()
    head.post(address, {"go_on": "1"})
    assert campaign.name in college.client("clerk").get("/").content.decode()
    assert college.client("office").post(address).status_code == 403
