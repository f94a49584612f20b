"""通报: drafted from the figures, edited, sent without names, then frozen and shown to all branches."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import docx
import pytest
from django.db import connection, connections
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.campaigns.checking.selectors import checked_of
from paicha.campaigns.checking.services import confirm_attending
from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.deployment.selectors import branch_units
from paicha.campaigns.reporting.models import Submission
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import CommonFault, ReturnedCell, What
from paicha.campaigns.supervision.circulating.drafting import SECTIONS, draft
from paicha.campaigns.supervision.circulating.figures import common_faults, lines_of
from paicha.campaigns.supervision.circulating.models import Circular
from paicha.campaigns.supervision.circulating.services import Unfit, begin, edit, redraft, send
from paicha.campaigns.supervision.inspecting.models import InspectionPerson, Result, Whom
from paicha.campaigns.supervision.inspecting.services import Said, Terms, record_results
from paicha.desk.progress.standing import standings_on
from paicha.organizations.models import Kind
from paicha.organizations.services import add_organization
from paicha.register.naming import names_in
from tests.campaigns.world import chased, circulated, deployed, inspected, member, reported, unit
from tests.college import TODAY, College
from tests.world import COMPUTING, SURVEY

LATER = date(2023, 12, 18)
COMMITTEE = "中共楚云学院委员会"


@pytest.fixture
def campaign(college: College) -> Campaign:
    """The survey branch reported two days late, was returned with two cells and reported again; the computing branch,
    with one member without a verdict, did nothing."""
    found = deployed(college)
    ours, office = unit(college, found, college.survey), college.people["office"]
    present = member(college, college.survey, "在支部的")
    member(college, college.computing, "甲一")
    with college.at_work():
        confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[present.id])
    first = reported(college, ours, date(2023, 12, 17))
    with college.at_work():
        returned = review.decide(actor=office, submission_id=first.id, what=What.RETURNED, reason="请核对")
        common = CommonFault.objects.create(committee_id=found.committee_id, text="居住地没有写到街道")
        for letter in "AB":
            cell = {"letter": letter, "said": "请核对", "fault": common if letter == "A" else None}
            ReturnedCell.objects.create(committee_id=found.committee_id, decision=returned, **cell)
    reported(college, ours, LATER)
    return found


def drafted(college: College, campaign: Campaign, today: date = LATER) -> Circular:
    with college.at_work():
        return begin(actor=college.people["office"], campaign_id=campaign.id, today=today)


def sections(college: College, campaign: Campaign, today: date = LATER) -> dict[str, str]:
    with college.at_work():
        units = branch_units(campaign, {college.survey.id, college.computing.id})
        return draft(campaign, lines_of(campaign, units, today), common_faults(campaign), today)


def posted(circular: Circular, **changed: str) -> dict[str, str]:
    return circular.sections | {"practice": "", "revision": str(circular.revision)} | changed


def test_every_sentence_is_from_the_figures_and_names_branches_only(college: College, campaign: Campaign) -> None:
    found = sections(college, campaign)
    for name, words in (
        ("progress", "参加集中排查的党支部2个，已确认工作方案0个，已上报1个（其中零报告1个），审核通过0个。"),
        ("progress", "应排查党员2人，已有结论1人，覆盖率50%。"),
        ("progress", f"还没有全覆盖的党支部1个：{COMPUTING}（0%）。"),
        ("timeliness", f"按时上报0个。\n逾期上报1个：{SURVEY}（逾期2天）。\n还没有上报1个：{COMPUTING}（逾期3天）。"),
        ("timeliness", f"工作方案没有按时确认的2个：{SURVEY}、{COMPUTING}。"),
        ("faults", "退回报告1份，涉及1个党支部，指出问题2处，已更正后重新上报2处。"),
        ("faults", "较多的问题是：居住地没有写到街道（1处）。"),
        ("next", "没有上报的党支部要抓紧上报"),
    ):
        assert words in found[name], (name, found[name])
    assert found["inspection"] == "", "nothing was inspected"
    assert not any("甲一" in text for text in found.values())


def test_nobody_is_called_late_before_the_last_day_is_over(college: College) -> None:
    """On 29 November nobody has confirmed a plan, which is due on the 30th; the one report is a nil return."""
    found = deployed(college)
    member(college, college.survey, "在支部的")
    ours = unit(college, found, college.survey)
    with college.at_work():
        present = checked_of(ours)[0].listed.member.id
        confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[present])
    reported(college, ours, date(2023, 11, 29))
    early = sections(college, found, date(2023, 11, 29))
    assert "没有按时确认" not in early["timeliness"]
    assert f"还没有确认工作方案2个：{SURVEY}、{COMPUTING}" in early["timeliness"]
    assert "已上报1个（其中零报告1个），审核通过0个" in early["progress"]
    assert "工作方案没有按时确认的2个" in sections(college, found, date(2023, 12, 1))["timeliness"]


def test_a_returned_report_is_none_until_it_is_handed_in_again(college: College, campaign: Campaign) -> None:
    """As on the overview and in 督办单: of one campaign the branches read one number."""
    with college.at_work():
        again = Submission.objects.get(n=2)
        review.decide(actor=college.people["office"], submission_id=again.id, what=What.RETURNED, reason="再核对")
        units = branch_units(campaign, {college.survey.id, college.computing.id})
        reported_there = sum(line.reported for line in standings_on(campaign, units, timezone.localdate()))
    found = sections(college, campaign)
    assert "已上报0个" in found["progress"]
    assert f"还没有上报2个：{SURVEY}（逾期3天）、{COMPUTING}（逾期3天）。" in found["timeliness"]
    assert reported_there == 0


def test_chasing_and_inspections_are_counted(college: College, campaign: Campaign) -> None:
    chased(college, campaign, college.computing)
    college.add(college.survey, 6, name="张三")
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, share=100))
    with college.at_work():
        row = InspectionPerson.objects.get()
        said = [Said(row.id, Result.UNTRUE, "电话不对", 0)]
        record_results(actor=college.people["office"], inspection_id=inspection.id, said=said)
    found = sections(college, campaign)
    assert "发出督办单1份，涉及1个党支部" in found["timeliness"]
    assert "随机抽查1人，接通1人，情况属实0人，属实率0%；不属实1人，已要求更正" in found["inspection"]
    assert f"有不属实情况的党支部：{SURVEY}（1人）" in found["inspection"]


def test_a_draft_is_the_office_s_alone_until_it_is_sent(college: College, campaign: Campaign) -> None:
    office, clerk = college.client("office"), college.client("clerk")
    page = office.post(f"/campaigns/{campaign.id}/circulars", follow=True).content.decode()
    assert "已按今天的数字起草" in page
    with college.at_work():
        circular = Circular.objects.get()
    address = f"/circulars/{circular.id}"
    assert clerk.get(address).status_code == clerk.get(f"{address}.docx").status_code == 404
    assert address not in clerk.get(f"/campaigns/{campaign.id}/circulars").content.decode()
    unfilled = office.post(address, circular.sections | {"revision": "0", "send": "1"})
    assert unfilled.status_code == 422
    assert "“好的做法”里还有【请填写】的地方" in unfilled.content.decode()
    office.post(address, posted(circular, practice="测绘支部每周逐人过一遍", send="1"))
    shown = clerk.get(address).content.decode()
    for words in ("通报第 1 号", "测绘支部每周逐人过一遍", "内部资料，不得公开", "五、下一步要求"):
        assert words in shown
    assert (
        f'href="{address}"' in college.client("secretary").get(f"/campaigns/{campaign.id}/circulars").content.decode()
    )


def test_what_is_sent_is_frozen_byte_for_byte(college: College, campaign: Campaign) -> None:
    circular = circulated(college, campaign)
    browser = college.client("clerk")
    before = browser.get(f"/circulars/{circular.id}.docx").content
    member(college, college.survey, "新来的")
    assert browser.get(f"/circulars/{circular.id}.docx").content == before
    office = college.people["office"]
    with college.at_work():
        event = AuditEvent.objects.get(event=Event.CIRCULAR_SENT)
        assert bytes(circular.file.sha256).hex() in event.payload if circular.file else False
        for write in (
            lambda: edit(actor=office, circular_id=circular.id, texts=circular.sections, revision=circular.revision),
            lambda: redraft(actor=office, circular_id=circular.id, today=TODAY),
        ):
            with pytest.raises(Unfit, match="第1号通报已经发出"):
                write()


def test_names_and_numbers_of_people_do_not_go_out(college: College, campaign: Campaign) -> None:
    circular = drafted(college, campaign)
    browser, address = college.client("office"), f"/circulars/{circular.id}"
    for practice, words in (
        ("甲一同志带头回来", "里面有：甲一"),
        ("电话 13800000006 已核实", "像是有身份证号或电话"),
    ):
        refused = browser.post(address, posted(circular, practice=practice, send="1"))
        assert refused.status_code == 422
        page = refused.content.decode()
        assert words in page
        assert practice in page, "nothing typed is lost"
    confirmed = posted(circular, practice="甲一类情况", send="1", no_names="yes")
    assert browser.post(address, confirmed).status_code == 302


def test_names_are_found_by_whole_words_of_any_length(college: College) -> None:
    for name in ("张三", "欧阳小明", "买买提·阿卜杜拉"):
        member(college, college.survey, name)
    with college.at_work():
        found = names_in(college.root.committee_id, ["由张三、欧阳小明和买买提·阿卜杜拉负责", "李四"])
    assert found == ["买买提·阿卜杜拉", "张三", "欧阳小明"]


def test_of_two_who_edit_the_second_is_told(college: College, campaign: Campaign) -> None:
    circular, office = drafted(college, campaign), college.people["office"]
    texts = dict.fromkeys(SECTIONS, "") | {"progress": "改过"}
    with college.at_work():
        edit(actor=office, circular_id=circular.id, texts=texts, revision=0)
        with pytest.raises(Unfit, match="刚被别人改过"):
            edit(actor=office, circular_id=circular.id, texts=texts, revision=0)


def test_drafted_anew_the_figures_change_and_what_was_typed_stays(college: College, campaign: Campaign) -> None:
    circular, office = drafted(college, campaign, TODAY), college.people["office"]
    with college.at_work():
        typed = circular.sections | {"practice": "好做法", "progress": "改过"}
        edit(actor=office, circular_id=circular.id, texts=typed, revision=0)
        again = redraft(actor=office, circular_id=circular.id, today=LATER)
    assert (again.sections["practice"], again.figures_on) == ("好做法", LATER)
    assert "截至2023年12月18日" in again.sections["progress"]


def test_the_document_is_official_and_holds_the_table_by_branch(college: College, campaign: Campaign) -> None:
    circular = circulated(college, campaign)
    content = college.client("secretary").get(f"/circulars/{circular.id}.docx").content
    document = docx.Document(io.BytesIO(content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in (COMMITTEE, "情况的通报", "第1号", "各党支部：", "四、好的做法", "党委办公室", "2023年12月1日"):
        assert words in text, words
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == [SURVEY, "100%", "12-17", "2", "1", "0", "—"]
    assert rows[2] == [COMPUTING, "0%", "未上报", "0", "0", "0", "—"]
    assert document.sections[0].header.paragraphs[0].text == "内部资料　不得公开"
    assert 'eastAsia="zh-CN"' in document.styles.element.xml


def test_pages_cost_no_more_queries_for_many_branches(college: College, django_assert_max_num_queries: Any) -> None:
    with college.at_work():
        for n in range(30):
            add_organization(actor=None, parent=college.root, name=f"第{n}支部", kind=Kind.BRANCH, today=TODAY, rank=n)
    campaign = deployed(college)
    circular = drafted(college, campaign)
    browser = college.client("office")
    for url in (f"/campaigns/{campaign.id}/circulars", f"/circulars/{circular.id}"):
        with django_assert_max_num_queries(12):
            browser.get(url)
    with django_assert_max_num_queries(32):
        browser.post(f"/campaigns/{campaign.id}/circulars")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_two_that_are_sent_at_once_get_two_numbers(transactional_db: None, college: College) -> None:
    campaign = deployed(college)
    drafts = [drafted(college, campaign) for _ in range(6)]

    def write(one: Circular) -> int | None:
        try:
            with college.at_work():
                return send(
                    actor=college.people["office"],
                    circular_id=one.id,
                    texts=one.sections | {"practice": ""},
                    revision=0,
                    committee=COMMITTEE,
                    no_names=False,
                    today=TODAY,
                ).n
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(n or 0 for n in pool.map(write, drafts)) == list(range(1, 7))
