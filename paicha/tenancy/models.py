"""What every scoped table has: a UUIDv7 key made by the application, and the committee whose row it is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import uuid_utils
from django.db import models
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): sortable by the time it was made, so that an index on it grows at one end."""
    return uuid7()


def made_at(key: UUID) -> datetime:
    """When a key of `new_id` was made, to the millisecond: UUIDv7 begins with it."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)


def first_key(at: datetime) -> UUID:
    """The least key that can have been made at a time or after it: `id__gte` finds newer rows by the primary key."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def new_keys() -> Iterator[str]:
    """Such keys without end in their text, for rows inserted in bulk (bulk.py): ten times as quick."""
    while True:
        yield str(uuid_utils.uuid7())


class ScopedModel(models.Model):
    """A row of one committee. Unique keys of such tables begin with `committee_id`; on PostgreSQL row-level security
    shows a session no other committee's rows (postgres.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee_id = models.UUIDField(editable=False)

    class Meta:
        abstract = True
