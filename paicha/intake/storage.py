"""Where the bytes of uploads lie: encrypted, and in the clear only for as long as a reader needs a file."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings

from paicha.intake.models import UploadedFile
from paicha.vault.blobs import Blobs


class FilesGone(Exception):
    """The upload has expired: its bytes are no longer kept."""


@cache
def uploads() -> Blobs:
    return Blobs(settings.DATA / "uploads")


@contextmanager
def in_the_clear(files: Sequence[UploadedFile]) -> Iterator[list[str]]:
    """Paths of the files, each under its own name in a folder of its own that only this account can read and that goes
    with the block. Raises FilesGone."""
    if any(not file.blob for file in files):
        raise FilesGone
    scratch = settings.DATA / "scratch"
    scratch.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        paths = []
        for number, file in enumerate(files):
            path = Path(folder) / str(number) / safe_name(file.name)
            path.parent.mkdir()
            path.write_bytes(uploads().read(file.blob))
            paths.append(str(path))
        yield paths


def safe_name(name: str) -> str:
    """The file's own name without a path and what a file system refuses; 120 characters at most, its ending kept."""
    plain = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name.replace("\\", "/").rpartition("/")[2]).strip(" .") or "文件"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:110]}.{ending[:9]}" if dot else plain[:120]
