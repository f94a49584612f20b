"""Files that are kept as they are: the notice, what a branch handed in, the signed paper. Encrypted, in the database,
so that they come and go with the transaction that writes them and stand in every backup; never changed, never made
again from data (architecture.md, Frozen)."""

import hashlib
from uuid import UUID

from django.db import models

from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedBytesField, SealedTextField

LARGEST = 10 * 1024 * 1024  # bytes: a scan of some pages


SCANS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}


def is_scan(name: str, content: bytes) -> bool:
    """Whether a file is a scan: told by its first bytes, which must be what its ending says."""
    return any(name.lower().endswith(ending) and content.startswith(first) for ending, first in SCANS.items())


class KeptFile(ScopedModel):
    """Bytes with the name they came or leave under; `sha256` is of the bytes in the clear."""

    name = SealedTextField()
    content = SealedBytesField()
    sha256 = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["committee_id"], name="kept_file_committee"),)


class Changed(Exception):
    """The bytes are no longer those that were kept."""


def keep(committee_id: UUID, name: str, content: bytes) -> KeptFile:
    """Keep bytes. Call it in the transaction of what they belong to."""
    sha256 = hashlib.sha256(content).digest()
    file = KeptFile(committee_id=committee_id, name=name, content=content, sha256=sha256, size=len(content))
    file.save(force_insert=True)
    return file


def bytes_of(file: KeptFile) -> bytes:
    """The bytes, held to their sum. Raises Changed, sealing.Tampered."""
    content: bytes = file.content
    if hashlib.sha256(content).digest() != bytes(file.sha256):
        raise Changed
    return content
