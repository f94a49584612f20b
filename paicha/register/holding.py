"""Who writes on a register and who reports it take turns. What is written has its hour before it is committed: were a
report made in between, the edit would be older than the report and not in it, and reach nobody as an update.

Called inside the transaction of what is done, before its hour is taken; held until that transaction ends. Writers do
not wait for each other. SQLite lets one writer in at a time and needs none of this."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from paicha.tenancy.postgres import hold


def write_on(branches: Iterable[UUID]) -> None:
    """Something is about to be written on the registers of these branches."""
    if connection.vendor == "postgresql":
        hold(branches, alone=False)


def stand_still(branch_id: UUID) -> None:
    """Wait for those who are writing on a branch's register, and let nobody begin before this transaction ends."""
    if connection.vendor == "postgresql":
        hold([branch_id], alone=True)
