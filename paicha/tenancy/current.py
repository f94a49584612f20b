"""For which committee the database works at the moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from paicha.tenancy.postgres import set_committee

_working: ContextVar[UUID | None] = ContextVar("working", default=None)


@contextmanager
def working_for(committee_id: UUID) -> Iterator[None]:
    """Work for one committee until the block ends: on PostgreSQL in one transaction in which row-level security shows
    this committee's rows only. SQLite has no such wall, and a transaction would take its write lock: there it is the
    scope of access.py alone."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _working.get()
    token = _working.set(committee_id)
    try:
        with transaction.atomic():
            set_committee(committee_id)
            yield
    finally:
        _working.reset(token)
    if before not in (None, committee_id) and connection.in_atomic_block:
        set_committee(before)  # work within work: what was set would else hold until the outer transaction ends
