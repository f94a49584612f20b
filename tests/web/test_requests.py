"""What holds for every answer, and for everything that is sent."""

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile

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
