"""A branch's way on the site: sign in, see the people, mend one, take the official form home."""

import re
from io import BytesIO

import openpyxl
from django.test import Client

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.domain.masking import mask_id, mask_phone
from paicha.register.models import EntryVersion, RegisterEntry
from tests.college import College, posted
from tests.world import id_number


def url(entry: RegisterEntry) -> str:
    return f"/entries/{entry.id}"


def test_a_clerk_signs_in_and_sees_the_branch(college: College) -> None:
    clerk = college.people["clerk"]
    clerk.set_password("长长的密码 2023")
    clerk.save()
    browser = Client()
    answer = browser.post("/sign-in", {"username": "clerk", "password": "长长的密码 2023"}, follow=True)
    assert "测绘支部" in answer.content.decode()
    assert "信息支部" not in answer.content.decode()
    with college.at_work():
        assert AuditEvent.objects.filter(event=Event.SIGNED_IN, actor_id=clerk.id).count() == 1


def test_numbers_are_masked_on_the_page_and_faults_stand_beside_them(college: College) -> None:
    college.add(college.survey, sex="未知")
    page = college.client("clerk").get(f"/branches/{college.survey.id}/register").content.decode()
    assert id_number(sequence=13) not in page
    assert mask_id(id_number(sequence=13)) in page
    assert "性别：" in page
    assert "1 人 · 1 处错误" in page.replace("\n", "")


def test_saving_a_row_makes_a_version_and_an_event_and_keeps_masked_numbers(college: College) -> None:
    entry = college.add(college.survey, sex="未知")
    browser = college.client("clerk")
    form = posted(number=6) | {
        "base": str(entry.current_id),
        "c7": mask_id(id_number(sequence=13)),
        "c12": mask_phone("13800000006"),
    }
    answer = browser.post(url(entry), form)
    assert answer.status_code == 302
    with college.at_work():
        entry.refresh_from_db()
        version = EntryVersion.objects.get(id=entry.current_id)
        assert (version.n, version.actor_id, version.errors) == (2, college.people["clerk"].id, 0)
        assert version.cells[7] == id_number(sequence=13)
        event = AuditEvent.objects.get(event=Event.ENTRY_REVISED)
        assert (event.subject_id, event.branch_id) == (entry.id, college.survey.id)
        assert "性别" in event.payload
        assert EntryVersion.objects.filter(entry=entry, n=1).get().cells[2] == "未知"


def test_saving_without_a_change_makes_no_version(college: College) -> None:
    entry = college.add(college.survey)
    college.client("clerk").post(url(entry), posted(number=6) | {"base": str(entry.current_id)})
    with college.at_work():
        assert EntryVersion.objects.filter(entry=entry).count() == 1


def test_the_second_of_two_writers_is_told_and_shown_both(college: College) -> None:
    entry = college.add(college.survey)
    base = str(entry.current_id)
    college.client("office").post(url(entry), posted(number=6, name="李四") | {"base": base})
    mine = college.client("clerk").post(url(entry), posted(number=6, education="大专") | {"base": base})
    page = mine.content.decode()
    assert mine.status_code == 409
    assert "李四" in page
    assert "大专" in page
    with college.at_work():
        assert EntryVersion.objects.filter(entry=entry).count() == 2


def test_a_number_typed_in_a_conflict_can_be_sent_again(college: College) -> None:
    entry = college.add(college.survey)
    base = str(entry.current_id)
    college.client("office").post(url(entry), posted(number=6, name="李四") | {"base": base})
    typed = id_number(sequence=777)
    page = college.client("clerk").post(url(entry), posted(number=6, id_number=typed) | {"base": base})
    assert typed in page.content.decode()


def test_the_official_form_comes_with_numbers_in_full_and_is_recorded(college: College) -> None:
    college.add(college.survey)
    answer = college.client("clerk").post(f"/branches/{college.survey.id}/annex1", {"protected": "no"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert sheet["H6"].value == id_number(sequence=13)
    with college.at_work():
        assert AuditEvent.objects.filter(event=Event.EXPORTED, branch_id=college.survey.id).count() == 1


def test_somebody_on_two_registers_is_told_to_both_and_only_whom_to_call(college: College) -> None:
    number = id_number(sequence=401)
    college.add(college.survey, 6, id_number=number)
    college.add(college.computing, 8, id_number=number, name="李四")
    page = college.client("clerk").get(f"/branches/{college.survey.id}/register").content.decode()
    assert "信息支部也登记了同一个身份证号" in page
    assert "027-87650000" in page
    assert "李四" not in page


def test_a_closed_person_leaves_the_register_and_can_come_back(college: College) -> None:
    entry = college.add(college.survey)
    browser = college.client("clerk")
    browser.post(f"{url(entry)}/close", {"closing": "1"})
    browser.get("/")  # reads the message that names the person
    assert "张三" not in browser.get(f"/branches/{college.survey.id}/register").content.decode()
    browser.post(f"{url(entry)}/close", {"reopen": "1"})
    with college.at_work():
        entry.refresh_from_db()
        assert entry.closed_on is None


def test_what_is_not_mine_is_not_there_and_what_i_may_not_do_is_forbidden(college: College) -> None:
    entry = college.add(college.computing)
    clerk, admin = college.client("clerk"), college.client("admin")
    assert clerk.get(url(entry)).status_code == 404
    assert clerk.get(f"/branches/{college.computing.id}/register").status_code == 404
    assert admin.get(url(entry)).status_code == 403


def test_the_age_is_reckoned_and_never_kept(college: College) -> None:
    entry = college.add(college.survey, age=99)
    with college.at_work():
        version = EntryVersion.objects.get(id=entry.current_id)
        assert (version.cells[5], version.warnings) == ("", 0)
    sheet = openpyxl.load_workbook(
        BytesIO(college.client("clerk").post(f"/branches/{college.survey.id}/annex1", {"protected": "no"}).content)
    ).worksheets[0]
    assert str(sheet["F6"].value) == "45"


def test_the_list_is_filtered_and_ordered_by_its_address_without_scripts(college: College) -> None:
    for number, name in enumerate(("赵六", "丁一", "安二"), 6):
        college.add(college.survey, number, name=name, sex="" if name == "丁一" else "男")
    browser, url = college.client("clerk"), f"/branches/{college.survey.id}/register"

    def names(query: str) -> list[str]:
        page = browser.get(f"{url}{query}").content.decode()
        return re.findall(r'<a href="/entries/[^"]+">([^<]+)</a>', page)

    assert names("?order=pinyin") == ["安二", "丁一", "赵六"]
    assert names("?order=strokes") == ["丁一", "安二", "赵六"]
    assert names("?show=errors") == ["丁一"]
    assert names("?q=安") == ["安二"]
    assert names("?show=nonsense&order=cells") == ["赵六", "丁一", "安二"]
    assert "没有这样的人" in browser.get(f"{url}?q=没有").content.decode()
