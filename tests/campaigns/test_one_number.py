"""One ID number from the register upward: in full on the paper that is handed in, and nowhere else in the clear."""

import zipfile
from io import BytesIO

import pytest
from django.db import connection

from paicha.campaigns.kept import bytes_of
from paicha.campaigns.reporting.models import Submission, SubmissionFile
from paicha.campaigns.supervision.inspecting.models import Whom
from paicha.campaigns.supervision.inspecting.services import Terms
from paicha.domain.annex1 import Column
from paicha.register.models import EntryVersion
from tests.campaigns.reviewing import approved, away, checked
from tests.campaigns.world import deployed, inspected, reported
from tests.college import College

PASSWORD = "k7hm-wq3x-9dpt"  # noqa: S105  of a made-up file
NUMBERS = (Column.ID_NUMBER, Column.PHONE)


def in_the_clear(content: bytes) -> str:
    """All that can be read of a file without a password: of a workbook or document, the text of its parts."""
    if content[:2] != b"PK":
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def rows_of_the_database() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  our own tables
            found += [bytes(x) if isinstance(x, memoryview) else x for row in cursor.fetchall() for x in row]
    return "".join(x.decode("utf-8", "ignore") if isinstance(x, bytes) else str(x) for x in found)


def test_an_id_number_stands_on_the_paper_and_nowhere_else_in_the_clear(
    college: College, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    campaign = deployed(college)
    ours = checked(college, campaign, college.survey)
    entry = away(college, ours, name="张三")
    with college.at_work():
        cells = EntryVersion.objects.get().cells
    numbers = [str(cells[column]) for column in NUMBERS]
    sent = reported(college, ours)
    inspection = inspected(college, campaign, Terms(Whom.REGISTER, number=1))
    with college.at_work():
        papers = {one.file.name: bytes_of(one.file) for one in SubmissionFile.objects.select_related("file")}
        canonical = bytes_of(Submission.objects.get().canonical).decode()
    full = [name for name, content in papers.items() if any(number in in_the_clear(content) for number in numbers)]
    assert full == ["测绘支部-附件1.xlsx"]
    assert all(number in canonical for number in numbers), "what was handed in is kept whole"
    office = college.client("office")
    for address in (
        f"/entries/{entry.id}",
        f"/units/{ours.id}/check",
        f"/units/{ours.id}/report",
        f"/units/{ours.id}/annex2/A",
        f"/units/{ours.id}/updates",
        f"/submissions/{sent.id}",
        f"/submissions/{sent.id}/review",
        f"/submissions/{sent.id}/figures/A",
        f"/inspections/{inspection.id}",
        f"/campaigns/{campaign.id}/chase",
        f"/campaigns/{campaign.id}/progress",
    ):
        answer = office.get(address)
        assert answer.status_code == 200, address
        assert not any(number in answer.content.decode() for number in numbers), address
    approved(college, sent)
    protected = {"protected": "yes", "password": PASSWORD}
    package = zipfile.ZipFile(BytesIO(office.post(f"/campaigns/{campaign.id}/package", protected).content))
    sheet = office.post(f"/inspections/{inspection.id}/sheet", protected)
    leaving = {name: package.read(name) for name in package.namelist()} | {"sheet": sheet.content}
    assert len(leaving) > len(papers)
    assert [name for name, content in leaving.items() if any(n in in_the_clear(content) for n in numbers)] == []
    with college.at_work():
        stored = rows_of_the_database()
    assert "张三" in stored, "names are plain"
    assert not any(number in stored or number in caplog.text for number in numbers)
    assert "张三" not in caplog.text
