"""党委的附件2: approved reports add up along the tree, each figure opens down to branch and person, all goes upward."""

import json
import zipfile
from io import BytesIO

import msoffcrypto
from openpyxl import load_workbook

from paicha.audit.models import AuditEvent
from paicha.campaigns.kept import bytes_of
from paicha.campaigns.reporting.models import SubmissionFile
from paicha.campaigns.review.summing import lines_of
from tests.campaigns.reviewing import approved, away, checked, revised
from tests.campaigns.world import deployed, reported
from tests.college import College
from tests.world import id_number

PASSWORD = "k7hm-wq3x-9dpt"  # noqa: S105  made up


def test_approved_reports_add_up_along_the_tree_and_what_waits_counts_nowhere(college: College) -> None:
    campaign = deployed(college)
    survey, computing = (checked(college, campaign, branch) for branch in (college.survey, college.computing))
    away(college, survey, 6)
    away(college, survey, 7, sex="女", id_number=id_number(sequence=16))
    away(college, computing, 8)
    approved(college, reported(college, survey))
    waits = reported(college, computing)
    with college.at_work():
        root, united, *branches = lines_of(campaign)
    assert [(line.statistics["A"], line.approved, line.branches) for line in (root, united)] == [(2, 1, 2)] * 2
    assert [(line.unit.name, line.statistics["A"]) for line in branches] == [("测绘支部", 2), ("信息支部", 0)]
    approved(college, waits)
    with college.at_work():
        root = lines_of(campaign)[0]
    assert (root.statistics["A"], root.statistics["C"], root.approved, root.statistics.balanced) == (3, 1, 2, True)


def test_the_page_opens_down_to_the_branch_and_to_its_people_as_they_were_reported(college: College) -> None:
    campaign = deployed(college)
    survey = checked(college, campaign, college.survey)
    entry = away(college, survey, 6, name="张三")
    submission = reported(college, survey)
    approved(college, submission)
    revised(college, entry, 6, name="张三改")
    office = college.client("office")
    page = office.get(f"/campaigns/{campaign.id}/sum?show=B").content.decode()
    assert "已审核通过 <strong>1</strong> 个，共 2 个党支部；没有通过的不计入合计" in page
    assert "B 男：各党支部" in page
    assert f"/campaigns/{campaign.id}/sum?show=C#units" in page
    assert f'/submissions/{submission.id}/figures/B">1' in page
    assert "没有上报" in page
    people = office.get(f"/submissions/{submission.id}/figures/B").content.decode()
    assert "张三" in people
    assert "张三改" not in people


def test_a_campaign_of_which_nothing_is_approved_has_a_sum_of_nothing(college: College) -> None:
    campaign = deployed(college)
    page = college.client("office").get(f"/campaigns/{campaign.id}/sum").content.decode()
    assert "已审核通过 <strong>0</strong> 个" in page
    assert "不成立" not in page


def taken_out(college: College, campaign_id: object, **sent: str) -> zipfile.ZipFile:
    answer = college.client("office").post(f"/campaigns/{campaign_id}/package", sent)
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(BytesIO(answer.content))


def opened(content: bytes) -> bytes:
    """What the password opens; without it there is no workbook."""
    assert content[:2] != b"PK"
    out, office = BytesIO(), msoffcrypto.OfficeFile(BytesIO(content))
    office.load_key(password=PASSWORD)
    office.decrypt(out)
    return out.getvalue()


def test_everything_that_goes_upward_is_in_one_package_with_a_password(college: College) -> None:
    campaign = deployed(college)
    survey, computing = (checked(college, campaign, branch) for branch in (college.survey, college.computing))
    entry = away(college, survey, 6, name="张三")
    away(college, computing, 7, name="李四")
    first, second = reported(college, survey), reported(college, computing)
    approved(college, first)
    approved(college, second)
    revised(college, entry, 6, name="后来改的")
    archive = taken_out(college, campaign.id, protected="yes", password=PASSWORD)
    of_branch = {f"各党支部/{branch}/{name}" for branch in ("测绘支部", "信息支部") for name in papers(branch)}
    own = {"附件1-上报.xlsx", "附件2-上报.xlsx", "附件1-汇总.xlsx", "附件2-汇总.xlsx"}
    assert set(archive.namelist()) == own | of_branch
    people = list(load_workbook(BytesIO(opened(archive.read("附件1-上报.xlsx")))).worksheets[0].values)
    assert [row[1] for row in people[5:7]] == ["张三", "李四"]
    assert people[5][7] == id_number(sequence=13)
    figures = list(load_workbook(BytesIO(opened(archive.read("附件2-上报.xlsx")))).worksheets[0].values)
    assert figures[6][0] == 2
    with college.at_work():
        kept = {one.file.name: bytes_of(one.file) for one in SubmissionFile.objects.filter(submission=first)}
    for name, content in kept.items():
        scan = name == "签字.pdf"
        sent = archive.read(f"各党支部/测绘支部/{'测绘支部-签字扫描件.pdf' if scan else name}")
        assert (sent if scan else opened(sent)) == content


def papers(branch: str) -> list[str]:
    """What a branch handed in, the scan under the branch's name."""
    kinds = ("附件1.xlsx", "附件2.xlsx", "排查情况报告.docx", "参加主题教育情况.xlsx", "签字扫描件.pdf")
    return [f"{branch}-{kind}" for kind in kinds]


def test_the_package_is_recorded_for_each_branch_and_a_short_password_is_refused(college: College) -> None:
    campaign = deployed(college)
    survey = checked(college, campaign, college.survey)
    away(college, survey, 6)
    approved(college, reported(college, survey))
    answer = college.client("office").post(
        f"/campaigns/{campaign.id}/package", {"protected": "yes", "password": "short"}
    )
    assert answer.status_code == 422
    taken_out(college, campaign.id, protected="no")
    with college.at_work():
        events = [json.loads(one.payload) for one in AuditEvent.objects.filter(branch_id=college.survey.id)]
    said = [one for one in events if one.get("form") == "上报材料"]
    assert [(one["people"], one["protected"]) for one in said] == [(1, False)]
