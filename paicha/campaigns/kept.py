"""Files that are kept as they are (vault.frozen): the notice, what a branch handed in, the signed paper."""

from uuid import UUID

from django.db import models

from paicha.vault.frozen import Changed, FrozenFile

__all__ = ["LARGEST", "Changed", "KeptFile", "bytes_of", "is_scan", "keep"]

LARGEST = 10 * 1024 * 1024  # bytes: a scan of some pages


SCANS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}


def is_scan(name: str, content: bytes) -> bool:
    """Whether a file is a scan: told by its first bytes, which must be what its ending says."""
    return any(name.lower().endswith(ending) and content.startswith(first) for ending, first in SCANS.items())


class KeptFile(FrozenFile):
    """A file of a campaign."""

    class Meta:
        indexes = (models.Index(fields=["committee_id"], name="kept_file_committee"),)


def keep(committee_id: UUID, name: str, content: bytes) -> KeptFile:
    """Keep bytes. Call it in the transaction of what they belong to."""
    return KeptFile.keep(committee_id, name, content)


def bytes_of(file: KeptFile) -> bytes:
    """The bytes, held to their sum. Raises Changed, sealing.Tampered."""
    return file.opened()
