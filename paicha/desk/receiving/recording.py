"""A receipt written down and taken back, and with it the verdict where a campaign runs."""

from datetime import date
from uuid import UUID

from paicha.campaigns.checking import services as checking
from paicha.campaigns.deployment.selectors import running_unit
from paicha.organizations.models import User
from paicha.transfers import services as transfers
from paicha.transfers.models import Receipt
from paicha.transfers.unfit import Unfit


def receive(
    *,
    actor: User,
    member_id: UUID,
    branch_id: UUID,
    received_on: date,
    destination: str,
    number: str,
    urged: bool,
    today: date,
) -> None:
    """The receipt is in hand: the affiliation ends, with it the entry and the transfer, and the verdict is 已转移.
    Raises Unfit."""
    unit = running_unit(actor.committee_id, branch_id)
    if unit is None:
        transfers.record_receipt(
            actor=actor,
            member_id=member_id,
            branch_id=branch_id,
            received_on=received_on,
            destination=destination,
            number=number,
            urged=urged,
            today=today,
        )
        return
    try:
        checking.receive(
            actor=actor,
            unit_id=unit.id,
            member_id=member_id,
            received_on=received_on,
            destination=destination,
            number=number,
            urged=urged,
            today=today,
        )
    except checking.Unfit as unfit:
        raise Unfit(str(unfit)) from None


def take_back(*, actor: User, receipt: Receipt, reason: str, today: date) -> None:
    """The receipt was wrong: everything is as it was, the verdict too. Raises Unfit."""
    unit = running_unit(actor.committee_id, receipt.branch_id)
    if unit is None:
        transfers.take_back_receipt(actor=actor, receipt_id=receipt.id, reason=reason, today=today)
    else:
        checking.take_back(actor=actor, unit_id=unit.id, receipt_id=receipt.id, reason=reason, today=today)
