"""Encrypted files: what somebody uploads lies sealed in a folder, under a name that says nothing."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from paicha.vault.sealing import seal, unseal

_NAME = re.compile(r"[0-9a-f]{32}")


class Blobs:
    """A folder (mode 0700) of sealed files (0600). A blob opens under its own name only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(self, data: bytes) -> str:
        """Keep bytes; returns their name (32 hexadecimal digits)."""
        name = uuid4().hex
        self._put(name, seal(data, _context(name)))
        return name

    def read(self, name: str) -> bytes:
        """The bytes of a blob. Raises FileNotFoundError, sealing.Tampered, ValueError for what is no name of ours."""
        return unseal(self._path(name).read_bytes(), _context(name))

    def delete(self, name: str) -> None:
        """Remove a blob; one that is gone already is no error."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        return (path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name))

    def _put(self, name: str, sealed: bytes) -> None:
        """Write beside and rename: a blob is whole or not there."""
        beside = self.folder / f".{uuid4().hex}"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(sealed)
        beside.replace(self._path(name))

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("no name of a blob")
        return self.folder / name


def _context(name: str) -> bytes:
    return f"blob|{name}".encode()
