"""Transfers and receipts on a person's line of time."""

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from paicha.domain.divisions import Direction
from paicha.domain.letters import Stage
from paicha.register.models import RegisterEntry
from paicha.register.timeline import Moment
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.models import TransferMove
from paicha.transfers.tracking.selectors import moves_of, receipts_of


def moments_of(entry: RegisterEntry) -> list[Moment]:
    """Every move and receipt of the entry's member, newest first. Two queries."""
    return moments_of_member(entry.committee_id, entry.member_id)


def moments_of_member(committee_id: UUID, member_id: UUID) -> list[Moment]:
    receipts = receipts_of(committee_id, member_id)
    moves = [move for move in moves_of(committee_id, member_id) if move.receipt_id is None]
    found = [*map(_move, moves), *(moment for receipt in receipts for moment in _receipt(receipt))]
    return sorted(found, key=lambda moment: moment.at or timezone.now(), reverse=True)


def _move(move: TransferMove) -> Moment:
    direction = next((one.label for one in Direction if one == move.direction), "")
    taken_back = "这一步已撤销" if move.taken_back_at else ""
    words = (move.destination, direction, f"编号 {move.number}" if move.number else "", move.words, taken_back)
    at = timezone.localtime(move.recorded_at)
    return Moment(
        move.day, f"转接：{Stage(move.stage).label}", move.actor_name, at, words="，".join(filter(None, words))
    )


def _receipt(receipt: Receipt) -> Iterator[Moment]:
    number = f"编号 {receipt.number}" if receipt.number else ""
    words = "，".join(filter(None, (receipt.destination, number, "计入附件2的Y" if receipt.urged else "")))
    at = timezone.localtime(receipt.recorded_at)
    yield Moment(receipt.received_on, "转接：收到回执", receipt.actor_name, at, words=words)
    if receipt.taken_back_at:
        back = timezone.localtime(receipt.taken_back_at)
        yield Moment(back.date(), "转接：撤回回执", receipt.taken_back_by, back, words=receipt.why_taken_back or "")
