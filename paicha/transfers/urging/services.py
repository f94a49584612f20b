"""The write of a call: one contact record, and with it the transfer's step."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from paicha.domain.letters import Stage
from paicha.organizations.models import User
from paicha.register.contacts.models import ContactRecord, Purpose, Way
from paicha.register.contacts.services import record_contact
from paicha.transfers.tracking.moving import Step
from paicha.transfers.tracking.selectors import open_transfer
from paicha.transfers.tracking.services import move


@transaction.atomic
def record_call(
    *,
    actor: User,
    entry_id: UUID,
    happened_on: date,
    way: Way,
    purposes: Collection[Purpose],
    reached: bool,
    said: str,
    by: str,
    today: date,
    about: Purpose = Purpose.TRANSFER,
) -> ContactRecord:
    """Write down a call about transferring or (`about`) reporting in; it serves `purposes` too, and is the only record
    of it. Who was reached about transferring is urged: the transfer says so from that day, unless it is further on.
    Raises contacts.services.Unfit."""
    contact = record_contact(
        actor=actor,
        entry_id=entry_id,
        happened_on=happened_on,
        way=way,
        purposes={*purposes, about},
        reached=reached,
        said=said,
        by=by,
        today=today,
    )
    if about is not Purpose.TRANSFER:
        return contact
    transfer = open_transfer(actor.committee_id, contact.entry.member_id)
    if reached and (transfer is None or transfer.stage == Stage.ADVISED):
        day = max(happened_on, transfer.moved_on) if transfer else happened_on
        move(actor=actor, entry_id=entry_id, step=Step(Stage.URGED, day), today=today)
    return contact
