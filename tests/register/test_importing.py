"""Files into the register: looked at first, applied as one batch, taken back as one batch."""

import re
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.intake.models import State, Upload
from paicha.intake.selectors import files_of
from paicha.intake.services import PlanChanged, expire
from paicha.intake.storage import in_the_clear, uploads
from paicha.organizations.tree import tree_of
from paicha.register.importing.apply import apply_plan
from paicha.register.importing.plan import plan_of
from paicha.register.models import Affiliation, EntryVersion, Member, RegisterEntry
from paicha.register.moving.services import move_entry
from paicha.register.records import Recorder
from paicha.register.roster.selectors import roster_of
from tests.college import RULES, TODAY, College, form_bytes, posted, uploaded
from tests.register.test_exporting import PASSWORD, opened
from tests.world import COMPUTING, SURVEY, id_number, row


def send(browser: Client, url: str, **files: bytes) -> str:
    """Upload files; returns the address of the preview."""
    named = [uploaded(f"{name}.xlsx", content) for name, content in files.items()]
    answer = browser.post(url, {"files": named})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def apply(browser: Client, url: str) -> str:
    """Apply what the preview shows; returns the page that follows."""
    digest = re.search(r'name="digest" value="(\w+)"', browser.get(url).content.decode())
    return browser.post(f"{url}/apply", {"digest": digest[1] if digest else ""}, follow=True).content.decode()


def branch_url(college: College) -> str:
    return f"/branches/{college.survey.id}/uploads"


def test_a_preview_tells_who_is_new_changed_unchanged_and_absent_and_writes_nothing(college: College) -> None:
    college.add(college.survey, 6)
    college.add(college.survey, 7, name="李四")
    college.add(college.survey, 9, name="赵六")
    browser = college.client("clerk")
    file = form_bytes(row(6), row(7, name="李四", education="大专"), row(8, name="王五"))
    url = send(browser, branch_url(college), survey=file)
    page = browser.get(url).content.decode()
    assert "新增 1 人，改动 1 人，没有改动 1 人" in page
    assert "文化程度" in page
    assert "不会自动去掉：赵六" in page
    with college.at_work():
        assert EntryVersion.objects.count() == 3


def test_applying_writes_the_batch_once_with_one_event(college: College) -> None:
    college.add(college.survey, 7, name="李四")
    browser = college.client("clerk")
    url = send(
        browser, branch_url(college), survey=form_bytes(row(7, name="李四", education="大专"), row(8, sex="未知"))
    )
    assert "新增 1 人，改动 1 人" in apply(browser, url)
    with college.at_work():
        upload = Upload.objects.get()
        assert upload.state == State.APPLIED
        written = EntryVersion.objects.filter(batch_id=upload.id)
        assert sorted(version.n for version in written) == [1, 2]
        new = written.get(n=1)
        assert (new.cells[2], new.errors, new.sex) == ("未知", 1, None)
        assert new.entry.member.id_number == id_number(sequence=17)
        assert Affiliation.objects.filter(member=new.entry.member, branch_id=college.survey.id).count() == 1
        assert AuditEvent.objects.filter(event=Event.BATCH_APPLIED, subject_id=upload.id).count() == 1
        assert RegisterEntry.objects.get(id=new.entry_id).rank == 2


def test_the_office_drops_all_files_and_sees_who_is_missing(college: College) -> None:
    browser = college.client("office")
    url = send(browser, "/uploads", one=form_bytes(row(6)))
    page = browser.get(url).content.decode()
    assert "这一批里没有的党支部（1）" in page
    assert COMPUTING in page


def test_a_branch_cannot_send_people_of_another(college: College) -> None:
    browser = college.client("clerk")
    url = send(browser, branch_url(college), wrong=form_bytes(row(6), branch=COMPUTING))
    page = browser.get(url).content.decode()
    assert "认不出是哪个党支部" in page
    assert f"表里写的党支部是“{COMPUTING}”，不是“{SURVEY}”" in page
    assert "没有读到能写入的人" in page
    assert "写入台账" not in page


def test_a_form_that_names_no_branch_is_the_senders_own(college: College) -> None:
    browser = college.client("clerk")
    url = send(browser, branch_url(college), blank=form_bytes(row(6), branch=""))
    assert "新增 1 人" in browser.get(url).content.decode()


def test_what_was_looked_at_is_what_is_written_or_nothing(college: College) -> None:
    entry = college.add(college.survey, 6)
    browser = college.client("clerk")
    url = send(browser, branch_url(college), survey=form_bytes(row(6, education="大专")))
    digest = re.search(r'name="digest" value="(\w+)"', browser.get(url).content.decode())
    browser.post(f"/entries/{entry.id}", posted(number=6, education="硕士") | {"base": str(entry.current_id)})
    page = browser.post(f"{url}/apply", {"digest": digest[1] if digest else ""}, follow=True).content.decode()
    assert "再核对一次" in page
    with college.at_work():
        assert Upload.objects.get().state == State.RECEIVED


def test_undoing_takes_all_back_but_who_was_changed_since(college: College) -> None:
    old = college.add(college.survey, 7, name="李四")
    browser = college.client("clerk")
    file = form_bytes(row(7, name="李四", education="大专"), row(8, name="王五"), row(9, name="赵六"))
    url = send(browser, branch_url(college), survey=file)
    apply(browser, url)
    with college.at_work():
        later = RegisterEntry.objects.get(current__name="赵六")
    browser.post(
        f"/entries/{later.id}", posted(number=9, name="赵六", education="硕士") | {"base": str(later.current_id)}
    )
    page = browser.post(f"{url}/undo", follow=True).content.decode()
    assert "退出 1 人，恢复 1 人" in page
    assert "没有动：赵六" in page
    with college.at_work():
        old.refresh_from_db()
        version = EntryVersion.objects.get(id=old.current_id)
        assert (version.n, version.cells[8]) == (3, "本科")
        open_names = RegisterEntry.objects.filter(closed_on=None).values_list("current__name", flat=True)
        assert sorted(open_names) == ["李四", "赵六"]


def test_somebody_known_to_the_committee_is_the_same_member(college: College) -> None:
    college.add(college.computing, 6)
    browser = college.client("clerk")
    apply(browser, send(browser, branch_url(college), survey=form_bytes(row(6))))
    with college.at_work():
        assert Member.objects.count() == 1
        assert RegisterEntry.objects.count() == 2


def test_returned_files_and_the_problem_list_come_as_one_package_with_a_password(college: College) -> None:
    browser = college.client("office")
    url = send(browser, "/uploads", one=form_bytes(row(6, sex="未知")))
    assert "里面有 1 人的完整身份证号" in browser.get(f"{url}/returns.zip").content.decode()
    answer = browser.post(f"{url}/returns.zip", {"protected": "yes", "password": PASSWORD})
    package = zipfile.ZipFile(BytesIO(answer.content))
    returned = [name for name in package.namelist() if name.startswith("退回/")]
    assert returned
    for name in ("问题清单.xlsx", "附件1-汇总.xlsx", f"各支部/{SURVEY}/附件1.xlsx", *returned):
        assert opened(package.read(name)).worksheets, name
    assert "result.json" not in package.namelist()
    with college.at_work():
        assert '"protected":true' in AuditEvent.objects.get(event=Event.EXPORTED).payload


def test_files_lie_encrypted_and_go_when_their_time_is_over(college: College) -> None:
    browser = college.client("clerk")
    content = form_bytes(row(6))
    url = send(browser, branch_url(college), survey=content)
    with college.at_work():
        upload = Upload.objects.get()
        blob = upload.files.get().blob
        stored = next(path for path in uploads().folder.iterdir() if path.name == blob)
        assert content[:100] not in stored.read_bytes()
        assert expire(college.root.committee_id, upload.expires_at) == 1
    assert "文件已过保存期" in browser.get(url).content.decode()


def test_no_file_too_many_and_broken_ones_are_said_in_words(college: College) -> None:
    browser = college.client("clerk")
    assert "还没有选择文件" in browser.post(branch_url(college), {}).content.decode()
    url = send(browser, branch_url(college), broken=b"not a workbook")
    page = browser.get(url).content.decode()
    assert "broken.xlsx" in page
    assert "写入台账" not in page


def test_a_branch_takes_nobody_off_the_register_of_another(college: College) -> None:
    browser = college.client("clerk")
    url = send(browser, branch_url(college), survey=form_bytes(row(6), row(7, name="李四")))
    apply(browser, url)
    with college.at_work():
        gone = RegisterEntry.objects.get(current__name="张三")
        move_entry(actor=college.people["office"], entry_id=gone.id, to_id=college.computing.id, today=TODAY)
    page = browser.post(f"{url}/undo", follow=True).content.decode()
    assert "退出 1 人" in page
    assert "没有动：张三" in page
    with college.at_work():
        assert RegisterEntry.objects.get(closed_on=None).branch_id == college.computing.id


def test_who_only_an_undone_batch_brought_in_is_on_no_roster(college: College) -> None:
    college.add(college.survey, 7, name="李四")
    browser = college.client("clerk")
    url = send(browser, branch_url(college), survey=form_bytes(row(6), row(7, name="李四", education="大专")))
    apply(browser, url)
    browser.post(f"{url}/undo")
    with college.at_work():
        members = roster_of(college.root.committee_id, college.survey.id).members
        assert [member.name for member in members] == ["李四"]


def test_who_comes_again_after_an_undone_batch_is_on_the_roster_again(college: College) -> None:
    browser = college.client("clerk")
    for _ in range(2):
        url = send(browser, branch_url(college), survey=form_bytes(row(6)))
        apply(browser, url)
        with college.at_work():
            members = roster_of(college.root.committee_id, college.survey.id).members
            assert [(member.name, member.entry is not None) for member in members] == [("张三", True)]
        browser.post(f"{url}/undo")


def test_what_is_set_aside_is_gone_at_once_and_recorded(
    college: College, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    browser = college.client("clerk")
    url = send(browser, branch_url(college), survey=form_bytes(row(6)))
    with college.at_work():
        blob = Upload.objects.get().files.get().blob
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(f"{url}/discard")
    assert not (uploads().folder / blob).exists()
    assert "已放弃" in browser.get(url).content.decode()
    with college.at_work():
        assert AuditEvent.objects.filter(event=Event.UPLOAD_DISCARDED).count() == 1


def test_a_file_may_have_a_name_as_long_as_windows_allows(college: College) -> None:
    browser = college.client("clerk")
    url = send(browser, branch_url(college), **{"流出党员基本信息登记表" * 18: form_bytes(row(6))})
    assert "新增 1 人" in browser.get(url).content.decode()


def test_two_uploads_of_the_same_people_do_not_both_come_in(college: College) -> None:
    """Both are looked at before either is applied: two of the office at once, or one who clicked in two tabs."""
    browser = college.client("office")
    for name in ("one", "two"):
        send(browser, "/uploads", **{name: form_bytes(row(6))})
    with college.at_work():
        found = list(Upload.objects.order_by("id"))
        office = college.people["office"]
        tree = tree_of(college.root.committee_id)
        plans = []
        for upload in found:
            with in_the_clear(files_of(upload)) as paths:
                plans.append(plan_of(paths, tree, college.root.committee_id, RULES, None))
        recorders = {college.survey.id: Recorder(RULES)}

        def write(n: int) -> None:
            plan, upload = plans[n], found[n]
            apply_plan(actor=office, upload=upload, plan=plan, digest=plan.digest, recorders=recorders, today=TODAY)

        write(0)
        with pytest.raises(PlanChanged):
            write(1)
        assert RegisterEntry.objects.filter(closed_on=None).count() == 1


def test_a_list_that_says_what_the_register_says_is_told_apart_from_one_that_cannot_be_read(college: College) -> None:
    college.add(college.survey, 6)
    browser = college.client("clerk")
    same = browser.get(send(browser, branch_url(college), a=form_bytes(row(6)))).content.decode()
    assert "表里的 1 人和台账一样" in same
    broken = browser.get(send(browser, branch_url(college), b=b"")).content.decode()
    assert "没有读到能写入的人" in broken
    assert "和台账一样" not in broken


def test_a_batch_that_was_decided_on_shows_what_was_done_and_compares_no_more(college: College) -> None:
    browser = college.client("office")
    url = send(browser, "/uploads", one=form_bytes(row(6, sex="未知")))
    apply(browser, url)
    page = browser.get(url).content.decode()
    assert "写入时：新增 1 人" in page
    assert "这一批里没有的" not in page
    assert "不是能识别的性别" in page
    assert f"{url}/returns" in page


def test_earlier_uploads_are_known_by_branch_and_file(college: College) -> None:
    send(college.client("clerk"), branch_url(college), 测绘=form_bytes(row(6)), 补充=form_bytes(row(7)))
    page = college.client("office").get("/uploads").content.decode()
    assert "测绘.xlsx 等 2 个文件" in page
    assert SURVEY in page


def test_too_many_files_are_told_in_words(college: College, settings: Any) -> None:
    browser = college.client("office")
    many = [uploaded(f"{n}.xlsx", b"x") for n in range(201)]
    assert "一次最多收 200 个文件，这次有 201 个" in browser.post("/uploads", {"files": many}).content.decode()
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 10
    answer = browser.post("/uploads", {"files": many})
    assert answer.status_code == 400
    assert "送来的内容没有收到" in answer.content.decode()


def test_a_number_mended_in_a_file_is_the_persons_from_then_on(college: College) -> None:
    """Known by name and month till then: a roster or another branch finds the same person by the number."""
    browser = college.client("clerk")
    apply(browser, send(browser, branch_url(college), wrong=form_bytes(row(6, id_number="42010619780815999"))))
    apply(browser, send(browser, branch_url(college), right=form_bytes(row(6))))
    with college.at_work():
        assert EntryVersion.objects.count() == 2
        assert [member.id_number for member in Member.objects.all()] == [id_number(sequence=13)]
    college.add(college.computing, 6)
    with college.at_work():
        assert Member.objects.count() == 1


def test_a_number_mended_in_a_file_may_turn_out_to_be_somebody_known(college: College) -> None:
    known = college.add(college.computing, 6)
    browser = college.client("clerk")
    apply(browser, send(browser, branch_url(college), wrong=form_bytes(row(6, id_number=""))))
    apply(browser, send(browser, branch_url(college), right=form_bytes(row(6))))
    with college.at_work():
        assert set(RegisterEntry.objects.values_list("member_id", flat=True)) == {known.member_id}
        assert roster_of(college.root.committee_id, college.survey.id).members == []
