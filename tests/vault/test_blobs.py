"""Files of others lie sealed, each under its own name, and nowhere outside their folder."""

import os
import stat
from pathlib import Path

import pytest

from paicha.vault.blobs import Blobs
from paicha.vault.keys import Keyring
from paicha.vault.sealing import Tampered, key_id_of

CONTENT = "附件1 张三 420106".encode()


@pytest.fixture
def blobs(ring: Keyring, tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "uploads")


def test_what_was_written_is_read_again(blobs: Blobs) -> None:
    name = blobs.write(CONTENT)
    assert blobs.read(name) == CONTENT
    assert list(blobs.names()) == [name]
    assert blobs.read(blobs.write(b"")) == b""


def test_the_disk_holds_nothing_in_the_clear(blobs: Blobs) -> None:
    blobs.write(CONTENT)
    assert all(CONTENT not in path.read_bytes() for path in blobs.folder.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_folder_and_files_are_for_their_owner_alone_whatever_the_umask(ring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "loose").mkdir()
    (tmp_path / "loose").chmod(0o755)
    before = os.umask(0)
    try:
        for folder in ("loose", "fresh"):
            Blobs(tmp_path / folder).write(CONTENT)
    finally:
        os.umask(before)
    for folder in ("loose", "fresh"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / folder).iterdir()} == {0o600}


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../keys.json", "/etc/passwd", "a" * 31, "a" * 33, "A" * 32, "a" * 32 + "\n", "a" * 30 + "/a"],
)
def test_a_name_that_is_not_ours_reaches_no_file(blobs: Blobs, name: str) -> None:
    for reach in (blobs.read, blobs.delete):
        with pytest.raises(ValueError, match="no name"):
            reach(name)


def test_a_deleted_blob_is_gone_and_may_be_deleted_again(blobs: Blobs) -> None:
    name = blobs.write(CONTENT)
    blobs.delete(name)
    blobs.delete(name)
    assert list(blobs.names()) == []
    with pytest.raises(FileNotFoundError):
        blobs.read(name)


def test_a_blob_under_another_name_or_changed_does_not_open(blobs: Blobs) -> None:
    one, other = blobs.write(CONTENT), blobs.write(b"else")
    (blobs.folder / other).write_bytes((blobs.folder / one).read_bytes())
    sealed = bytearray((blobs.folder / one).read_bytes())
    sealed[-1] ^= 1
    (blobs.folder / one).write_bytes(sealed)
    for name in (one, other):
        with pytest.raises(Tampered) as raised:
            blobs.read(name)
        assert CONTENT.decode() not in str(raised.value)


def test_a_new_key_seals_all_of_them_again(blobs: Blobs, ring: Keyring) -> None:
    names = {blobs.write(CONTENT + bytes([n])): CONTENT + bytes([n]) for n in range(5)}
    ring.add_field_key()
    told: list[int] = []
    assert blobs.remaining() == 5
    assert blobs.reseal(progress=told.append) == 5
    assert (told, blobs.remaining(), blobs.reseal()) == ([1, 2, 3, 4, 5], 0, 0)
    assert {key_id_of((blobs.folder / name).read_bytes()) for name in names} == {2}
    ring.retire(1)
    assert {name: blobs.read(name) for name in blobs.names()} == names


def test_stopped_in_the_middle_it_goes_on_where_it_was(blobs: Blobs, ring: Keyring) -> None:
    for n in range(5):
        blobs.write(bytes([n]))
    ring.add_field_key()

    def stop(done: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        blobs.reseal(progress=stop)
    assert blobs.remaining() == 3
    assert blobs.reseal() == 3


def test_a_blob_deleted_meanwhile_does_not_come_back(
    blobs: Blobs, ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = blobs.write(CONTENT)
    ring.add_field_key()
    monkeypatch.setattr(blobs, "names", lambda: [gone])
    blobs.delete(gone)
    assert (blobs.remaining(), blobs.reseal()) == (0, 0)
    assert not (blobs.folder / gone).exists()


def test_a_damaged_blob_is_told_left_and_counted(blobs: Blobs, ring: Keyring, caplog: pytest.LogCaptureFixture) -> None:
    broken, whole = blobs.write(CONTENT), blobs.write(CONTENT)
    (blobs.folder / broken).write_bytes(b"short")
    ring.add_field_key()
    assert (blobs.reseal(), blobs.remaining()) == (1, 1)
    assert blobs.read(whole) == CONTENT
    assert broken in caplog.text


def test_what_a_power_cut_left_half_written_goes(blobs: Blobs) -> None:
    (blobs.folder / f".{'a' * 32}").write_bytes(b"half")
    assert list(blobs.names()) == []
    blobs.reseal()
    assert not (blobs.folder / f".{'a' * 32}").exists()
