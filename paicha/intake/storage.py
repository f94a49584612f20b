"""Where the bytes of uploads lie: encrypted, and in the clear only for as long as a reader needs a file."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from django.conf import settings

from paicha.collation.naming import file_name
from paicha.intake.models import UploadedFile
from paicha.vault.blobs import Blobs
from paicha.vault.scratch import scratch

_ENDING = re.compile(r"[A-Za-z0-9]{1,9}")


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
    with scratch() as folder:
        paths = []
        for number, file in enumerate(files):
            path = folder / str(number) / safe_name(file.name)
            path.parent.mkdir()
            path.write_bytes(uploads().read(file.blob))
            paths.append(str(path))
        yield paths


def safe_name(name: str) -> str:
    """The file's own name without a path and what a file system refuses, short enough for one; its ending kept."""
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return f"{file_name(stem)}.{ending}" if dot and _ENDING.fullmatch(ending) else file_name(stem + dot + ending)
