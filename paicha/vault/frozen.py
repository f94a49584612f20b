"""Files that are kept as they are. Encrypted, in the database, so that they come and go with the transaction that
writes them and stand in every backup; never changed, never made again from data (architecture.md, Frozen)."""

import hashlib
from typing import Self
from uuid import UUID

from django.db import models

from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedBytesField, SealedTextField


class Changed(Exception):
    """The bytes are no longer those that were kept."""


class FrozenFile(ScopedModel):
    """Bytes with the name they came or leave under; `sha256` is of the bytes in the clear."""

    name = SealedTextField()
    content = SealedBytesField()
    sha256 = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()

    class Meta:
        abstract = True

    @classmethod
    def keep(cls, committee_id: UUID, name: str, content: bytes) -> Self:
        """Keep bytes. Call it in the transaction of what they belong to."""
        sha256 = hashlib.sha256(content).digest()
        file = cls(committee_id=committee_id, name=name, content=content, sha256=sha256, size=len(content))
        file.save(force_insert=True)
        return file

    def opened(self) -> bytes:
        """The bytes, held to their sum. Raises Changed, sealing.Tampered."""
        content: bytes = self.content
        if hashlib.sha256(content).digest() != bytes(self.sha256):
            raise Changed
        return content
