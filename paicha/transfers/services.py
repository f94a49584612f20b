"""Writes of transfers: each one transaction and one audit event."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import User
from paicha.register.belonging import belongs
from paicha.register.holding import write_on
from paicha.register.models import Affiliation, Closing, RegisterEntry
from paicha.register.services import put_back
from paicha.register.tallies.services import recount
from paicha.transfers.lettering.models import IntroductionLetter
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.moving import give_back, receive
from paicha.transfers.tracking.selectors import open_transfer
from paicha.transfers.unfit import Unfit


@transaction.atomic
def record_receipt(
    *,
    actor: User,
    member_id: UUID,
    branch_id: UUID,
    received_on: date,
    destination: str,
    urged: bool,
    number: str = "",
    today: date,
) -> Receipt:
    """The receipt of a member of this branch is in hand: the affiliation ends on its day, and with it the entry on the
    register (notice 二.2: not before) and the transfer, if one was tracked. Raises Unfit for a day to come or before
    the letter was issued, without a destination, for somebody who is no member of the branch any more."""
    if received_on > today:
        raise Unfit("回执日期还没有到")
    if not destination:
        raise Unfit("没有填接收的党组织")
    write_on([branch_id])
    ours = Affiliation.objects.select_for_update().filter(committee_id=actor.committee_id, branch_id=branch_id)
    affiliation = ours.filter(member_id=member_id, until=None).first()
    if affiliation is None:
        raise Unfit("这名党员的组织关系已经不在本支部")
    entry, transfer = _open_entry(affiliation), open_transfer(actor.committee_id, member_id)
    if transfer and (letter := _first_letter(transfer)) and received_on < letter.issued_on:
        raise Unfit(f"介绍信{letter.written}是 {letter.issued_on.isoformat()} 才开，回执不会更早，请核对日期")
    receipt = Receipt(
        committee_id=actor.committee_id,
        member_id=member_id,
        affiliation=affiliation,
        entry=entry,
        branch_id=branch_id,
        received_on=received_on,
        destination=destination,
        number=number,
        urged=urged,
        recorded_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    receipt.save(force_insert=True)
    affiliation.until = received_on
    affiliation.save(update_fields=["until"])
    if entry:
        entry.closed_on, entry.closed_at, entry.closing = received_on, receipt.recorded_at, Closing.TRANSFERRED
        entry.save(update_fields=["closed_on", "closed_at", "closing"])
    if transfer:
        receive(actor, receipt, transfer)
    recount(actor.committee_id, [branch_id], today)
    record(
        Event.RECEIPT_RECORDED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="member",
        subject_id=member_id,
        branch_id=branch_id,
        day=received_on.isoformat(),
        urged=urged,
    )
    return receipt


@transaction.atomic
def take_back_receipt(*, actor: User, receipt_id: UUID, reason: str, today: date) -> Receipt:
    """A receipt was wrong (another's, or never sent): it stays to be seen with the reason, and everything is as it was:
    the affiliation goes on in its old row, the entry stands on the register again, the transfer is where it was. Raises
    Unfit without a reason, for one taken back already, for somebody who belongs to a branch or stands on this register
    again."""
    if not reason:
        raise Unfit("请写明回执错在哪里")
    receipts = Receipt.objects.select_for_update(of=("self",)).filter(committee_id=actor.committee_id)
    receipt = receipts.select_related("affiliation", "entry").get(id=receipt_id)
    if receipt.taken_back_at is not None:
        raise Unfit("这份回执已经撤回")
    if belongs(actor.committee_id, receipt.affiliation.member_id):
        raise Unfit("这名党员的组织关系又转回来了，回执不能撤回")
    write_on([receipt.branch_id])
    receipt.taken_back_at, receipt.taken_back_by, receipt.why_taken_back = timezone.now(), actor.name, reason
    receipt.save(update_fields=["taken_back_at", "taken_back_by", "why_taken_back"])
    receipt.affiliation.until = None
    receipt.affiliation.save(update_fields=["until"])
    if receipt.entry:
        put_back(actor=actor, entry=receipt.entry)
    give_back(receipt)
    recount(actor.committee_id, [receipt.branch_id], today)
    record(
        Event.RECEIPT_TAKEN_BACK,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="member",
        subject_id=receipt.member_id,
        branch_id=receipt.branch_id,
        day=receipt.received_on.isoformat(),
    )
    return receipt


def _first_letter(transfer: Transfer) -> IntroductionLetter | None:
    """The first letter that a transfer was sent with, those void left out."""
    given = IntroductionLetter.objects.filter(committee_id=transfer.committee_id, transfer=transfer, voided_at=None)
    return given.order_by("id").first()


def _open_entry(affiliation: Affiliation) -> RegisterEntry | None:
    entries = RegisterEntry.objects.select_for_update().filter(committee_id=affiliation.committee_id, closed_on=None)
    return entries.filter(member_id=affiliation.member_id, branch_id=affiliation.branch_id).first()
