"""上报: hindrances are named, what was handed in is frozen, the office returns or approves, approved ones add up."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit, Paper
from paicha.campaigns.kept import LARGEST, Changed, KeptFile, bytes_of
from paicha.campaigns.reporting.models import State, Submission, SubmissionFile
from paicha.campaigns.reporting.selectors import approved_sum
from paicha.campaigns.reporting.services import NOTHING, Unfit
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import What
from paicha.domain.annex1 import Column
from paicha.domain.gazetteer import EDITION
from paicha.domain.vocabulary import Verdict
from paicha.organizations.models import Organization
from paicha.register.models import Closing
from paicha.register.services import close_entry
from tests.campaigns.world import SIGNED, SUMMARY, away, checked, member, reported, unit
from tests.college import TODAY, College


@pytest.fixture
def ours(college: College) -> CampaignUnit:
    """The survey branch in a campaign; one member attends."""
    return checked(college)


def state(submission: Submission) -> State:
    submission.refresh_from_db()
    return State(submission.state)


def test_a_branch_reports_on_its_page_and_every_paper_is_kept(college: College, ours: CampaignUnit) -> None:
    away(college, ours, name="张三")
    browser = college.client("clerk")
    scan = SimpleUploadedFile("签字.pdf", b"%PDF-1.4 signed")
    sent = {"reviewer": "王书记", "filler": "李干事", "scan": scan, **SUMMARY}
    page = browser.post(f"/units/{ours.id}/report", sent, follow=True).content.decode()
    assert "已上报（第 1 次）。" in page
    with college.at_work():
        submission = Submission.objects.get()
        kept = {one.paper: bytes_of(one.file) for one in SubmissionFile.objects.select_related("file")}
        said = json.loads(bytes_of(submission.canonical))
    assert submission.figures[0] == 1
    assert set(kept) == set(Paper)
    assert kept[Paper.SIGNED] == b"%PDF-1.4 signed"
    assert (said["figures"]["A"], said["rules"]["as_of"], said["people"][0]["cells"][1]) == (1, "2023-12-15", "张三")
    opened = college.client("office").get(f"/submissions/{submission.id}/papers/{Paper.ANNEX2}")
    assert opened.content == kept[Paper.ANNEX2]


def test_the_summary_is_read_before_it_is_handed_in_and_nothing_is_handed_in_by_it(
    college: College, ours: CampaignUnit
) -> None:
    away(college, ours)
    browser, address = college.client("clerk"), f"/units/{ours.id}/report"
    assert f'formaction="{address}/summary"' in browser.get(address).content.decode()
    answer = browser.post(f"{address}/summary", {"deployed": "11月29日支部会议部署"})
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs)
    assert "11月29日支部会议部署" in text
    assert text.count("【还没有写】") == 2, "what is not written yet is seen to be missing"
    with college.at_work():
        assert not Submission.objects.exists()


def test_annex1_names_who_leads_the_branch_on_the_day_of_the_report(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    with college.at_work():
        Organization.objects.filter(id=college.survey.id).update(leader="赵新书记")
    submission = reported(college, ours)
    with college.at_work():
        form = SubmissionFile.objects.select_related("file").get(paper=Paper.ANNEX1)
        sheet = openpyxl.load_workbook(BytesIO(bytes_of(form.file))).worksheets[0]
        said = json.loads(bytes_of(submission.canonical))
    assert any("赵新书记" in str(cell.value) for row in sheet.iter_rows(max_row=6) for cell in row)
    assert (said["head"][0], said["rules"]["divisions"]) == ("赵新书记", EDITION)


def test_who_has_no_verdict_hinders_and_is_named(college: College, ours: CampaignUnit) -> None:
    undecided = member(college, college.survey, "甲一")
    page = college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
    assert "1 人还没有排查结论" in page
    assert f'href="/units/{ours.id}/check/{undecided.id}">甲一</a>' in page, "the name leads to where it is mended"
    with pytest.raises(Unfit, match="甲一"):
        reported(college, ours)


def test_who_was_decided_to_be_away_and_then_taken_off_the_register_is_not_lost_in_silence(
    college: College, ours: CampaignUnit
) -> None:
    entry = away(college, ours, name="张三")
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
    with pytest.raises(Unfit, match="1 人的结论是流出党员，却不在台账上，请恢复登记或改结论：张三"):
        reported(college, ours)
    with college.at_work():
        back = Decision(Verdict.ATTENDING_AFTER_URGING, reason="已回支部")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=entry.member_id, decision=back)
    assert reported(college, ours).figures[0] == 0


def test_an_unbalanced_sheet_cannot_be_handed_in(college: College, ours: CampaignUnit) -> None:
    entry = away(college, ours, name="张三", sex="")
    with pytest.raises(Unfit, match="附件2不平衡：性别各项加起来不等于A：张三"):
        reported(college, ours)
    page = college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
    assert f'href="/entries/{entry.id}#c{Column.SEX.value}">张三</a>' in page, "it leads to the cell that is the cause"


def test_the_undecided_are_named_and_not_counted(college: College, ours: CampaignUnit) -> None:
    away(college, ours, 6)
    unsure = college.add(college.survey, 7, name="李四")
    with college.at_work():
        pending = Decision(Verdict.UNDECIDED, reason="正在核实")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=unsure.member_id, decision=pending)
    submission = reported(college, ours)
    assert (submission.figures[0], submission.pending) == (1, ["李四"])


def test_a_nil_return_is_asked_about_once_by_the_page(college: College, ours: CampaignUnit) -> None:
    with pytest.raises(Unfit, match="零报告"):
        reported(college, ours, signed=type(SIGNED)("王书记", "李干事", "", SIGNED.scan))
    submission = reported(college, ours)
    assert (submission.nil, submission.figures[0]) == (True, 0)


def test_without_the_signed_paper_or_who_signed_nothing_is_handed_in(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    with pytest.raises(Unfit, match="签字的扫描件"):
        reported(college, ours, signed=type(SIGNED)("王书记", "李干事"))
    with pytest.raises(Unfit, match="审核领导"):
        reported(college, ours, signed=type(SIGNED)("", ""))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("签字.pdf", b"MZ\x90"),
        ("签字.pdf", b""),
        ("签字.png", b"\xff\xd8\xff\xe0"),
        ("签字.docx", b"PK\x03\x04"),
        ("签字.jpg", b"%PDF-1.4"),
    ],
)
def test_a_scan_is_known_by_its_first_bytes(college: College, ours: CampaignUnit, name: str, content: bytes) -> None:
    away(college, ours)
    with pytest.raises(Unfit, match="不是PDF或图片"):
        reported(college, ours, signed=type(SIGNED)("王书记", "李干事", "", (name, content)))


@pytest.mark.parametrize(
    ("name", "first"), [("a.PDF", b"%PDF-1.7"), ("a.jpeg", b"\xff\xd8\xff"), ("a.png", b"\x89PNG\r\n\x1a\n")]
)
def test_a_scan_is_kept_byte_for_byte_and_too_large_a_one_is_told(
    college: College, ours: CampaignUnit, name: str, first: bytes
) -> None:
    away(college, ours)
    sent = {"reviewer": "王书记", "filler": "李干事", **SUMMARY}
    address, clerk = f"/units/{ours.id}/report", college.client("clerk")
    large = SimpleUploadedFile(name, first + bytes(LARGEST))
    assert "超过10 MB" in clerk.post(address, {**sent, "scan": large}).content.decode()
    clerk.post(address, {**sent, "scan": SimpleUploadedFile(name, first + b"scan")})
    with college.at_work():
        kept = SubmissionFile.objects.select_related("file").get(paper=Paper.SIGNED)
        assert bytes_of(kept.file) == first + b"scan"


def test_late_is_late_also_when_it_is_approved(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    submission = reported(college, ours, date(2023, 12, 17))
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=submission.id, what=What.APPROVED)
    for address in (f"/campaigns/{ours.campaign_id}", f"/units/{ours.id}", f"/units/{ours.id}/report"):
        assert "逾期 2 天" in college.client("office").get(address).content.decode(), address


def test_returned_with_a_reason_it_is_handed_in_again_and_the_first_stays_as_it_was(
    college: College, ours: CampaignUnit
) -> None:
    away(college, ours, 6)
    first = reported(college, ours)
    office = college.client("office")
    refused = office.post(f"/submissions/{first.id}/return", {"decide": "return"}, follow=True).content.decode()
    assert "退回要写明原因" in refused
    office.post(f"/submissions/{first.id}/return", {"decide": "return", "reason": "张三的电话请核对"})
    page = college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
    assert "张三的电话请核对" in page
    away(college, ours, 7, name="李四")
    second = reported(college, ours)
    with college.at_work():
        first.refresh_from_db()
    assert (first.state, first.figures[0], second.n, second.figures[0]) == (State.RETURNED, 1, 2, 2)


def test_a_report_that_waits_or_is_approved_is_not_handed_in_again(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    submission = reported(college, ours)
    with pytest.raises(Unfit, match="等党委办公室审核"):
        reported(college, ours)
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=submission.id, what=What.APPROVED)
    with pytest.raises(Unfit, match="已经审核通过"):
        reported(college, ours)


def test_approved_reports_add_up_and_balance_and_returned_ones_do_not_count(
    college: College, ours: CampaignUnit
) -> None:
    away(college, ours)
    submission = reported(college, ours)
    with college.at_work():
        assert approved_sum(ours.campaign)[1] == 0
        review.decide(actor=college.people["office"], submission_id=submission.id, what=What.APPROVED)
        statistics, approved = approved_sum(ours.campaign)
    assert (approved, statistics["A"], statistics.balanced) == (1, 1, True)
    assert college.client("office").get(f"/campaigns/{ours.campaign_id}/annex2.xlsx").content[:2] == b"PK"


def test_only_the_head_reopens_with_a_reason_and_the_branch_reports_again(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    submission = reported(college, ours)
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=submission.id, what=What.APPROVED)
    address = f"/submissions/{submission.id}/reopen"
    assert college.client("office").post(address, {"reason": "更正"}).status_code == 403
    assert "要写明原因" in college.client("head").post(address, {}, follow=True).content.decode()
    college.client("head").post(address, {"reason": "漏报一人"})
    with college.at_work():
        assert state(submission) is State.REOPENED
    assert reported(college, ours).n == 2


def test_what_was_decided_once_is_not_decided_again(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    submission = reported(college, ours)
    office = college.people["office"]
    with college.at_work():
        review.decide(actor=office, submission_id=submission.id, what=What.RETURNED, reason="请核对")
        with pytest.raises(review.Unfit, match="已退回"):
            review.decide(actor=office, submission_id=submission.id, what=What.APPROVED)


def test_later_edits_change_nothing_of_what_was_reported(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    submission = reported(college, ours)
    with college.at_work():
        before = bytes_of(KeptFile.objects.get(id=submission.canonical_id))
    college.add(college.survey, 8, name="王五")
    with college.at_work():
        submission.refresh_from_db()
        assert (submission.figures[0], bytes_of(KeptFile.objects.get(id=submission.canonical_id))) == (1, before)


def test_a_kept_file_whose_sum_no_longer_fits_is_not_given_out(college: College, ours: CampaignUnit) -> None:
    submission = reported(college, ours)
    with college.at_work():
        KeptFile.objects.filter(id=submission.canonical_id).update(sha256=b"\0" * 32)
        with pytest.raises(Changed):
            bytes_of(KeptFile.objects.get(id=submission.canonical_id))


def test_the_day_of_the_report_is_the_day_of_the_request(college: College, ours: CampaignUnit) -> None:
    assert reported(college, ours).submitted_on == TODAY


def test_where_nobody_was_checked_no_nil_return_is_taken(college: College, ours: CampaignUnit) -> None:
    theirs = unit(college, ours.campaign, college.computing)
    with pytest.raises(Unfit, match="党员名册是空的"):
        reported(college, theirs)


def test_who_signed_stands_there_when_the_form_comes_back_and_the_scan_is_asked_for_again(
    college: College, ours: CampaignUnit
) -> None:
    away(college, ours)
    browser, address = college.client("clerk"), f"/units/{ours.id}/report"
    sent = {"reviewer": "王书记", "filler": "", "scan": SimpleUploadedFile("签字.pdf", b"%PDF-1.4 signed")}
    page = browser.post(address, sent).content.decode()
    assert "请把扫描件再选一次" in page
    first = reported(college, ours)
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=first.id, what=What.RETURNED, reason="重报")
    again = browser.get(address).content.decode()
    assert 'value="王书记"' in again
    assert 'value="027-87650000"' in again


def test_the_summary_is_whole_and_what_was_written_stands_there_again(college: College, ours: CampaignUnit) -> None:
    away(college, ours)
    with pytest.raises(Unfit, match="情况报告还没有写完"):
        reported(college, ours, signed=replace(SIGNED, told=NOTHING))
    first = reported(college, ours)
    with college.at_work():
        kept = SubmissionFile.objects.select_related("file").get(submission=first, paper=Paper.SUMMARY)
        text = "\n".join(line.text for line in docx.Document(BytesIO(bytes_of(kept.file))).paragraphs)
        review.decide(actor=college.people["office"], submission_id=first.id, what=What.RETURNED, reason="重报")
    assert "请填写" not in text
    for words in ("支部会议学习了通知，书记负责。", "委员分片联系。", "没有发现问题。", "年底前再联系一遍。"):
        assert words in text, words
    assert "委员分片联系" in college.client("clerk").get(f"/units/{ours.id}/report").content.decode()
