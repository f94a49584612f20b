"""The key file: made once, for nobody else's eyes, and followed by every process that has it open."""

import base64
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from paicha.vault.keys import AES_256_GCM, SM4_GCM, Keyring


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def rewritten(path: Path, **changed: object) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


def test_the_first_start_makes_keys_and_the_next_one_finds_them(path: Path) -> None:
    first, second = Keyring.open(path), Keyring.open(path)
    assert first.site_secret == second.site_secret
    assert first.hash_key == second.hash_key
    assert first.audit_key == second.audit_key
    assert first.current_field_key == second.current_field_key
    assert len({first.hash_key, first.audit_key, first.current_field_key[2]}) == 3


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    Keyring.open(tmp_path / "data" / "keys.json")
    assert (tmp_path / "data" / "keys.json").exists()


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_the_file_is_for_its_owner_alone_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        Keyring.open(path).add_field_key()
    finally:
        os.umask(before)
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_open_to_others_stops_the_start(path: Path, mode: int) -> None:
    Keyring.open(path)
    path.chmod(mode)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        Keyring.open(path)


def test_an_unknown_version_stops_the_start(path: Path) -> None:
    Keyring.open(path)
    rewritten(path, version=2)
    with pytest.raises(ImproperlyConfigured, match="版本是 2"):
        Keyring.open(path)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"version": 1}', "\u5bc6", '{"version": 1, "fields": []}'],
)
def test_a_damaged_file_stops_the_start_and_is_not_written_over(path: Path, text: str) -> None:
    Keyring.open(path)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="备份"):
        Keyring.open(path)
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "changed",
    [
        {"fields": {}},
        {"fields": {"1": {"suite": 9, "key": base64.b64encode(bytes(32)).decode()}}},
        {"fields": {"1": {"suite": 1, "key": base64.b64encode(bytes(31)).decode()}}},
        {"hash": ""},
        {"audit": "AAAA"},
        {"site": ""},
        {"site": None},
    ],
)
def test_keys_that_cannot_be_ours_stop_the_start(path: Path, changed: dict[str, object]) -> None:
    Keyring.open(path)
    rewritten(path, **changed)
    with pytest.raises(ImproperlyConfigured, match="备份"):
        Keyring.open(path)


def test_no_key_stands_in_a_message(path: Path) -> None:
    Keyring.open(path)
    secret = json.loads(path.read_text())["hash"]
    rewritten(path, fields={})
    with pytest.raises(ImproperlyConfigured) as raised:
        Keyring.open(path)
    assert secret not in str(raised.value)


def test_processes_that_start_at_once_end_with_the_same_keys(path: Path) -> None:
    script = "import sys, pathlib; from paicha.vault.keys import Keyring as K; r = K.open(pathlib.Path(sys.argv[1])); "
    script += "print(r.site_secret, r.current_field_key)"
    started = [subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) for _ in range(6)]
    assert len({process.communicate()[0] for process in started}) == 1
    assert all(process.returncode == 0 for process in started)
    assert not [file for file in path.parent.iterdir() if file.name not in ("keys.json", "keys.lock")]


def test_a_new_key_is_used_from_now_on_and_the_old_one_still_opens(path: Path) -> None:
    ring = Keyring.open(path)
    _, _, old = ring.current_field_key
    assert ring.add_field_key() == 2
    assert ring.current_field_key[0] == 2
    assert ring.field_key(1) == (AES_256_GCM, old)
    assert Keyring.open(path).current_field_key == ring.current_field_key


def test_two_processes_that_add_a_key_get_two_keys(path: Path) -> None:
    one, other = Keyring.open(path), Keyring.open(path)
    assert [one.add_field_key(), other.add_field_key()] == [2, 3]
    both = Keyring.open(path)
    assert both.field_key(2) == one.field_key(2)
    assert both.field_key(3) == other.field_key(3)


def test_a_running_process_follows_a_rotation_by_another(path: Path) -> None:
    running, command = Keyring.open(path), Keyring.open(path)
    command.add_field_key()
    assert running.current_field_key == command.current_field_key
    assert running.field_key(2) == command.field_key(2)


def test_a_running_process_goes_on_where_the_file_is_away_for_a_while(path: Path) -> None:
    ring = Keyring.open(path)
    key = ring.current_field_key
    path.unlink()
    assert ring.current_field_key == key


def test_a_new_key_keeps_the_suite_in_use_unless_told(path: Path) -> None:
    ring = Keyring.open(path)
    ring.add_field_key(SM4_GCM)
    assert (ring.current_field_key[1], len(ring.current_field_key[2])) == (SM4_GCM, 16)
    ring.add_field_key()
    assert ring.current_field_key[1] == SM4_GCM


def test_a_suite_that_nobody_knows_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="9"):
        Keyring.open(path).add_field_key(9)


def test_a_retired_key_is_gone_and_its_number_is_not_given_again(path: Path) -> None:
    ring = Keyring.open(path)
    ring.add_field_key()
    ring.retire(1)
    with pytest.raises(KeyError):
        Keyring.open(path).field_key(1)
    assert ring.add_field_key() == 3


def test_the_key_in_use_is_not_retired_even_where_another_process_added_it(path: Path) -> None:
    ring = Keyring.open(path)
    with pytest.raises(ValueError, match="正在使用"):
        ring.retire(1)
    Keyring.open(path).add_field_key()
    with pytest.raises(ValueError, match="正在使用"):
        ring.retire(2)
