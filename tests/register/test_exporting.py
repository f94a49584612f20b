"""附件1 leaves the house: with a password that only its receiver hears, and never without a record."""

import re
from io import BytesIO

import msoffcrypto
import openpyxl
import pytest

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.formats.writers.protected import fault_of, new_password
from tests.college import College
from tests.world import id_number

PASSWORD = "一二三四五六七八九十"  # noqa: S105  of made-up people


def url(college: College) -> str:
    return f"/branches/{college.survey.id}/annex1"


def opened(content: bytes, password: str = PASSWORD) -> openpyxl.Workbook:
    file, plain = msoffcrypto.OfficeFile(BytesIO(content)), BytesIO()
    assert file.is_encrypted()
    file.load_key(password=password)
    file.decrypt(plain)
    return openpyxl.load_workbook(plain)


def test_the_page_says_how_many_people_and_offers_a_new_password_each_time(college: College) -> None:
    college.add(college.survey)
    browser = college.client("clerk")
    pages = [browser.get(url(college)) for _ in range(2)]
    assert all("里面有 1 人的完整身份证号" in page.content.decode() for page in pages)
    assert all(page["Cache-Control"] == "no-store" for page in pages)
    offered = [re.search(r'value="([a-z2-9-]{14})"', page.content.decode()) for page in pages]
    assert len({found[1] for found in offered if found}) == 2


def test_the_file_opens_with_the_password_alone_and_the_record_says_so(college: College) -> None:
    college.add(college.survey)
    answer = college.client("clerk").post(url(college), {"protected": "yes", "password": PASSWORD})
    assert opened(answer.content).worksheets[0]["H6"].value == id_number(sequence=13)
    assert id_number(sequence=13).encode() not in answer.content
    with pytest.raises(Exception, match=r"(?i)password|key"):
        opened(answer.content, "wrong-password")
    with college.at_work():
        event = AuditEvent.objects.get(event=Event.EXPORTED)
    assert '"protected":true' in event.payload
    assert PASSWORD not in event.payload


def test_a_short_password_is_told_and_nothing_leaves(college: College) -> None:
    answer = college.client("clerk").post(url(college), {"protected": "yes", "password": "123456"})
    assert answer.status_code == 422
    assert "密码至少 10 位，现在 6 位" in answer.content.decode()
    with college.at_work():
        assert not AuditEvent.objects.filter(event=Event.EXPORTED).exists()


def test_without_a_password_the_record_says_so_too(college: College) -> None:
    answer = college.client("clerk").post(url(college), {"protected": "no"})
    assert openpyxl.load_workbook(BytesIO(answer.content)).sheetnames[0] == "附件1"
    with college.at_work():
        assert '"protected":false' in AuditEvent.objects.get(event=Event.EXPORTED).payload


def test_the_office_takes_everybody_out_in_one_sheet(college: College) -> None:
    college.add(college.survey, 6)
    college.add(college.computing, 7, name="李四")
    browser = college.client("office")
    assert "里面有 2 人的完整身份证号" in browser.get("/overview/annex1-all").content.decode()
    answer = browser.post("/overview/annex1-all", {"protected": "yes", "password": PASSWORD})
    sheet = opened(answer.content).worksheets[0]
    assert [sheet.cell(row, 3).value for row in (6, 7)] == ["张三", "李四"]


def test_passwords_are_long_unlike_and_easily_told() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert not any(fault_of(password) or set(password) & set("01ilo") for password in made)
