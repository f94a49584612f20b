"""Encrypted files: what somebody uploads lies sealed in a folder, under a name that says nothing."""

import logging
import os
import re
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.core.files import locks

from paicha.vault.keys import keyring
from paicha.vault.sealing import SHORTEST, Tampered, key_id_of, seal, unseal

log = logging.getLogger(__name__)
MODE = 0o700
_NAME = re.compile(r"[0-9a-f]{32}")
_UNFINISHED = re.compile(r"\.[0-9a-f]{32}")


class Blobs:
    """A folder (mode 0700) of sealed files (0600). A blob opens under its own name only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=MODE, parents=True, exist_ok=True)
        if os.name == "posix" and folder.stat().st_mode & 0o777 != MODE:
            folder.chmod(MODE)

    def write(self, data: bytes) -> str:
        """Keep bytes; returns their name (32 hexadecimal digits)."""
        name = uuid4().hex
        with self._alone():
            self._put(name, seal(data, _context(name)))
        return name

    def read(self, name: str) -> bytes:
        """The bytes of a blob. Raises FileNotFoundError, sealing.Tampered, ValueError for what is no name of ours."""
        return unseal(self._path(name).read_bytes(), _context(name))

    def delete(self, name: str) -> None:
        """Remove a blob; one that is gone already is no error."""
        path = self._path(name)
        with self._alone():
            path.unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        return (path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name))

    def sweep(self, known: Collection[str], older_than: timedelta = timedelta(days=1)) -> int:
        """Remove blobs that nobody knows (any more); how many. A young one may belong to a write that is under way."""
        before, found = time.time() - older_than.total_seconds(), 0
        for name in list(self.names()):
            path = self._path(name)
            with self._alone():
                if name not in known and path.exists() and path.stat().st_mtime < before:
                    path.unlink()
                    found += 1
        return found

    def reseal(self, *, progress: Callable[[int], None] = lambda done: None) -> int:
        """Seal again what an older key sealed; how many. Can be stopped and begun again; a blob that does not open is
        told in the log and left (`remaining` counts it). `progress` is told how many so far."""
        self._clear()
        done = 0
        for name in list(self.names()):
            if self._reseal(name):
                done += 1
                progress(done)
        return done

    def remaining(self) -> int:
        """How many are sealed with another key than the one in use, or are damaged."""
        return sum(self._is_old(name) for name in list(self.names()))

    def _reseal(self, name: str) -> bool:
        """Under the lock, or a blob deleted in between would come back."""
        with self._alone():
            try:
                if not self._is_old(name):
                    return False
                self._put(name, seal(self.read(name), _context(name)))
            except Tampered:
                log.error("blob %s does not open and is left as it is", name)
                return False
        return True

    def _is_old(self, name: str) -> bool:
        try:
            with self._path(name).open("rb") as file:
                head = file.read(SHORTEST)
        except FileNotFoundError:
            return False  # deleted since
        return len(head) < SHORTEST or key_id_of(head) != keyring().current_field_key[0]

    def _clear(self) -> None:
        """Remove what a power cut left half written: it is sealed with some older key for good."""
        with self._alone():
            for path in list(self.folder.iterdir()):
                if _UNFINISHED.fullmatch(path.name):
                    path.unlink()

    def _put(self, name: str, sealed: bytes) -> None:
        """Write beside and rename: a blob is whole or not there, and on the disk before its old key is forgotten."""
        beside = self.folder / f".{uuid4().hex}"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path(name))
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        _to_disk(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time changes the folder."""
        descriptor = os.open(self.folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            locks.lock(file, locks.LOCK_EX)
            yield  # closing the file gives the lock back

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("no name of a blob")
        return self.folder / name


def _context(name: str) -> bytes:
    return f"blob|{name}".encode()


def _to_disk(folder: Path) -> None:
    """Bring the names of a folder to the disk, or a power cut undoes a rename. Windows knows no such call."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
