"""What holds for every answer, and for everything that is sent."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client

from tests.college import College


def test_no_page_and_no_file_is_kept_by_a_browser(college: College) -> None:
    entry = college.add(college.survey)
    browser, branch = college.client("clerk"), f"/branches/{college.survey.id}"
    of_branch = [f"{branch}/{page}" for page in ("register", "sheet", "roster", "annex2.xlsx", "no-such-page")]
    for address in ("/", "/follow-ups", f"/entries/{entry.id}", *of_branch):
        assert browser.get(address)["Cache-Control"] == "no-store", address


def test_more_than_the_site_takes_is_refused_before_it_is_read(college: College) -> None:
    answer = college.client("clerk").post(
        f"/branches/{college.survey.id}/uploads", {}, CONTENT_LENGTH=str(300 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert "分几次上传" in answer.content.decode()
    assert "Content-Security-Policy" in answer


def test_what_is_uploaded_waits_in_a_folder_of_our_own() -> None:
    with TemporaryUploadedFile("附件1.xlsx", "", 0, None) as file:
        assert file.temporary_file_path().startswith(str(settings.SCRATCH))
    assert settings.SCRATCH.stat().st_mode & 0o777 == 0o700


def test_behind_https_a_page_can_be_sent_and_links_are_secure(college: College, settings: Any) -> None:
    settings.SERVED_BY_HTTPS, settings.SECURE_HSTS_SECONDS = True, 60
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(college.people["admin"], backend="paicha.organizations.signin.Backend")
    came = {"Host": "paicha.local", "Origin": "https://paicha.local", "Referer": "https://paicha.local/"}
    settings.ALLOWED_HOSTS = ["paicha.local"]
    page = browser.get("/accounts/invite", headers=came)
    token = page.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    url = f"/accounts/{college.people['clerk'].id}/invite"
    answer = browser.post(url, {"csrfmiddlewaretoken": token}, headers=came)
    assert answer.status_code == 200
    assert "https://paicha.local/join/" in answer.content.decode()
    assert page["Strict-Transport-Security"] == "max-age=60"
