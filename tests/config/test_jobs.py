"""What the site removes by itself."""

import os
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from paicha.config import jobs
from paicha.intake.models import UploadedFile
from paicha.intake.services import receive
from paicha.intake.storage import uploads
from paicha.register.importing.views import KIND
from paicha.vault.scratch import scratch
from tests.college import College


def aged(path: os.PathLike[str], days: int = 2) -> None:
    then = time.time() - timedelta(days=days).total_seconds()
    os.utime(path, (then, then))


@pytest.mark.django_db
def test_files_in_the_clear_that_a_killed_process_left_go_and_those_in_use_stay() -> None:
    left = settings.SCRATCH / "left"
    (left / "0").mkdir(parents=True)
    (left / "0" / "附件1.xlsx").write_bytes(b"420106197808151234")
    aged(left)
    with scratch() as in_use:
        jobs.clear()
        assert in_use.exists()
    assert not left.exists()


def test_bytes_that_no_upload_names_go_and_those_of_uploads_stay(college: College) -> None:
    lost, young = uploads().write(b"rolled back"), uploads().write(b"under way")
    with college.at_work():
        receive(actor=college.people["clerk"], kind=KIND, branch_id=college.survey.id, files=[("a.xlsx", b"kept")])
        kept = UploadedFile.objects.get().blob
    for name in (lost, kept):
        aged(uploads().folder / name)
    jobs.clear()
    assert not (uploads().folder / lost).exists()
    assert (uploads().folder / kept).exists()
    assert (uploads().folder / young).exists()
    uploads().delete(young)


@pytest.mark.django_db
def test_sessions_that_ended_go() -> None:
    now = timezone.now()
    for key, left in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=left))
    jobs.clear()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
