"""`paicha keys rotate` as an administrator runs it: twice as a rule, again after a stop, never losing a value."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from paicha.audit.models import AuditEvent
from paicha.cli import keys as command
from paicha.organizations.models import Organization
from paicha.register.models import Member
from paicha.vault import rotation
from paicha.vault.blobs import Blobs
from paicha.vault.fields import SealedField
from paicha.vault.keys import Keyring
from paicha.vault.rotation import remaining, sealed_models
from tests.college import College, found_college
from tests.world import id_number

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def colleges(ring: Keyring, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[College]:
    """Two committees of one installation, whose data lie in a folder of the test's own."""
    settings.DATA = tmp_path
    monkeypatch.setattr(command, "load_django", lambda: None)  # the suite has loaded it
    found = [found_college(), found_college("中共邻校委员会", "other-")]
    for college in found:
        college.add(college.survey)
    return found


def run(*options: str) -> Result:
    return CliRunner().invoke(command.keys, ["rotate", *options])


def an_hour_later(tmp_path: Path) -> None:
    past = time.time() - 3700
    os.utime(tmp_path / "keys.json", (past, past))


def payloads(college: College) -> list[str]:
    with college.at_work():
        rows = AuditEvent.objects.filter(committee_id=college.root.committee_id, event="system.keys-rotated")
        return list(rows.order_by("id").values_list("payload", flat=True))


def kept(tmp_path: Path) -> list[int]:
    ring, found = Keyring.open(tmp_path / "keys.json"), []
    for key_id in range(1, 9):
        try:
            ring.field_key(key_id)
        except KeyError:
            continue
        found.append(key_id)
    return found


def left(college: College) -> int:
    return remaining(sealed_models(), committee_id=college.root.committee_id)


def read_everything(colleges: list[College]) -> None:
    for college in colleges:
        with college.at_work():
            assert Organization.objects.get(pk=college.survey.pk).phone == "027-87650000"
            member = Member.objects.get(committee_id=college.root.committee_id)
            assert member.id_number == id_number(sequence=13)


def test_the_first_run_reseals_everything_and_keeps_the_old_key_for_an_hour(
    colleges: list[College], tmp_path: Path
) -> None:
    blobs = Blobs(tmp_path / "uploads")
    name = blobs.write(b"form")
    done = run()
    assert (done.exit_code, kept(tmp_path)) == (0, [1, 2])
    assert "第2号密钥已启用" in done.output
    assert "1 个文件" in done.output
    assert "再运行一次" in done.output
    assert [left(college) for college in colleges] == [0, 0]
    assert (blobs.remaining(), blobs.read(name)) == (0, b"form")
    assert [len(payloads(college)) for college in colleges] == [1, 1]
    assert all(payloads(college)[0].startswith('{"key":2,"retired":[],"rows":') for college in colleges)


def test_an_hour_later_the_second_run_retires_the_old_key(colleges: list[College], tmp_path: Path) -> None:
    run()
    an_hour_later(tmp_path)
    done = run()
    assert (done.exit_code, kept(tmp_path)) == (0, [2])
    assert "旧密钥已停用" in done.output
    read_everything(colleges)
    assert all(payloads(college)[-1] == '{"key":2,"retired":[1],"rows":0}' for college in colleges)


def test_with_the_site_stopped_one_run_does_it_all(colleges: list[College], tmp_path: Path) -> None:
    assert run("--site-stopped").exit_code == 0
    assert kept(tmp_path) == [2]
    read_everything(colleges)
    assert run("--site-stopped").exit_code == 0
    assert kept(tmp_path) == [3]
    read_everything(colleges)


def test_stopped_in_the_middle_it_goes_on_with_the_same_new_key(
    colleges: list[College], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(command, "_progress", lambda unit: stop)
        interrupted = run("--site-stopped")
    assert (interrupted.exit_code, kept(tmp_path)) == (2, [1, 2])
    assert "接着做" in interrupted.output
    assert sum(left(college) for college in colleges) > 0
    again = run("--site-stopped")
    assert "上次更换密钥没有做完" in again.output
    assert (again.exit_code, kept(tmp_path)) == (0, [2])
    read_everything(colleges)


def test_where_something_does_not_open_the_old_key_stays(colleges: list[College], tmp_path: Path) -> None:
    field, college = Member._meta.get_field("id_number"), colleges[0]
    assert isinstance(field, SealedField)
    with college.at_work():
        Member.objects.filter(committee_id=college.root.committee_id).update(
            id_number=field.sealed(college.root.pk, "420106197808150131")
        )
    done = run("--site-stopped")
    assert (done.exit_code, kept(tmp_path)) == (1, [1, 2])
    assert "还有 1 处" in done.output
    assert "420106" not in done.output


def test_while_the_database_is_busy_the_old_key_stays(
    colleges: list[College], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "settle", lambda: False)
    done = run("--site-stopped")
    assert (done.exit_code, kept(tmp_path)) == (0, [1, 2])
    assert "正忙" in done.output


def test_what_is_committed_can_be_settled(colleges: list[College]) -> None:
    assert rotation.settle()


def test_help_is_chinese() -> None:
    shown = CliRunner().invoke(command.keys, ["rotate", "--help"]).output
    assert "更换加密密钥" in shown
    assert "--site-stopped" in shown
