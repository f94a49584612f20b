"""Moves of a transfer, inside the transaction and event of what is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from paicha.domain.divisions import Direction
from paicha.domain.letters import Stage
from paicha.organizations.models import User
from paicha.register.models import Member, RegisterEntry
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.models import Transfer, TransferMove


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose transfer it is: a member of a branch, and the entry on its register if they stand on it."""

    member: Member
    branch_id: UUID
    entry: RegisterEntry | None = None

    @classmethod
    def of(cls, entry: RegisterEntry) -> "Whom":
        return cls(entry.member, entry.branch_id, entry)


@dataclass(frozen=True, slots=True)
class Step:
    """What is written down with a move: the day, and what is new with it; `days` that a letter holds, None: as its
    direction says."""

    stage: Stage
    day: date
    words: str = ""
    destination: str = ""
    number: str = ""
    direction: Direction | None = None
    days: int | None = None


def add_move(actor: User, transfer: Transfer, step: Step, receipt: Receipt | None = None) -> TransferMove:
    """One more move, and the transfer as it stands after it. The caller holds the transfer and has checked the step."""
    move = TransferMove(
        committee_id=transfer.committee_id,
        transfer=transfer,
        n=TransferMove.objects.filter(committee_id=transfer.committee_id, transfer=transfer).count() + 1,
        stage=step.stage,
        day=step.day,
        words=step.words,
        destination=step.destination,
        number=step.number,
        direction=step.direction,
        days=step.days,
        receipt=receipt,
        recorded_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    move.save(force_insert=True)
    reckon(transfer)
    return move


def receive(actor: User, receipt: Receipt, transfer: Transfer) -> None:
    """The receipt ends the transfer. Of one that was only advised or urged nobody wrote down that it was underway: that
    is written with it, since no receipt comes otherwise."""
    found = {"destination": receipt.destination, "number": receipt.number}
    if transfer.stage in (Stage.ADVISED, Stage.URGED):
        step = Step(Stage.UNDERWAY, receipt.received_on, "随回执补记", **found)
        add_move(actor, transfer, step, receipt)
    add_move(actor, transfer, Step(Stage.RECEIVED, receipt.received_on, **found), receipt)


def give_back(receipt: Receipt) -> Transfer | None:
    """The moves that came with a wrong receipt no longer stand; the transfer is where it was before."""
    moves = TransferMove.objects.filter(committee_id=receipt.committee_id, receipt=receipt, taken_back_at=None)
    first = moves.select_related("transfer").first()
    if first is None:
        return None
    moves.update(taken_back_at=timezone.now())
    reckon(first.transfer)
    return first.transfer


def take_back(move: TransferMove) -> None:
    """A move no longer stands; its transfer is where it was before."""
    move.taken_back_at = timezone.now()
    move.save(update_fields=["taken_back_at"])
    reckon(move.transfer)


def standing(transfer: Transfer) -> list[TransferMove]:
    """The moves that were not taken back, in their order."""
    moves = TransferMove.objects.filter(committee_id=transfer.committee_id, transfer=transfer, taken_back_at=None)
    return list(moves.order_by("n"))


def reckon(transfer: Transfer) -> None:
    """The transfer as its standing moves say; one without any never began: it is over, and the lists pass it over."""
    moves = standing(transfer)
    if not moves:
        transfer.stage, transfer.issued_on = Stage.WITHDRAWN, None
        transfer.save(update_fields=["stage", "issued_on"])
        return
    transfer.stage, transfer.moved_on = moves[-1].stage, moves[-1].day
    sent = [move for move in moves if move.stage == Stage.UNDERWAY]
    transfer.issued_on, transfer.days = (sent[-1].day, sent[-1].days) if sent else (None, None)
    transfer.destination = _newest(move.destination for move in moves)
    transfer.number = _newest(move.number for move in moves)
    directions = [move.direction for move in moves if move.direction]
    transfer.direction = directions[-1] if directions else None
    transfer.save()


def _newest(said: Iterable[str]) -> str:
    found = [words for words in said if words]
    return found[-1] if found else ""
