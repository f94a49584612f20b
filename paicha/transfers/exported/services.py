"""Writes of a list: a batch applied, a batch taken back; each one transaction and one event beside those of the
receipts. How a receipt is written down and taken back is given by the apps above, since the campaign's verdict goes
with it (desk/receiving)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction

from paicha.audit.events import Event
from paicha.domain.exported import Deed
from paicha.domain.letters import Stage
from paicha.intake import services
from paicha.intake.models import State, Upload
from paicha.intake.services import AlreadyDecided, PlanChanged
from paicha.organizations.models import User
from paicha.register.belonging import hold_members
from paicha.transfers.exported.models import ExportedLine
from paicha.transfers.exported.plan import Change, Plan
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.models import TransferMove
from paicha.transfers.tracking.moving import Step, add_move, standing, take_back
from paicha.transfers.tracking.selectors import open_transfer
from paicha.transfers.tracking.services import take_step
from paicha.transfers.unfit import Unfit

REASON = "整批撤销系统转接名单"


class Receive(Protocol):
    """Writes a receipt down, as transfers.services.record_receipt does."""

    def __call__(
        self,
        *,
        actor: User,
        member_id: UUID,
        branch_id: UUID,
        received_on: date,
        destination: str,
        number: str,
        urged: bool,
        today: date,
    ) -> None: ...


class TakeBack(Protocol):
    """Takes a receipt back, as transfers.services.take_back_receipt does."""

    def __call__(self, *, actor: User, receipt: Receipt, reason: str, today: date) -> None: ...


class Refused(Exception):
    """A row turned out not to be possible; the message names it and says why. Nothing is written."""


@transaction.atomic
def apply_export(*, actor: User, upload: Upload, plan: Plan, digest: str, receive: Receive, today: date) -> Upload:
    """Write what the plan says, all of it or nothing. Raises PlanChanged, intake.services.AlreadyDecided, Refused."""
    decided = services.applied(
        actor=actor, upload=upload, event=Event.EXPORT_APPLIED, counts=plan.counts, planned=plan.digest, seen=digest
    )
    hold_members(actor.committee_id, [change.whom.member.id for change in plan.to_write if change.whom])
    try:
        lines = [line for change in plan.to_write for line in _written(actor, upload, change, receive, today)]
        ExportedLine.objects.bulk_create(lines, batch_size=500)
    except IntegrityError:  # somebody began the same transfer since the plan was made
        raise PlanChanged from None
    return decided


def _written(actor: User, upload: Upload, change: Change, receive: Receive, today: date) -> Iterator[ExportedLine]:
    """A line for each deed of one row."""
    whom, said = change.whom, change.said
    if whom is None or said is None:
        raise PlanChanged
    for deed in change.deeds:
        line = ExportedLine(
            committee_id=actor.committee_id, batch_id=upload.id, row=change.place.row, member=whom.member
        )
        try:
            if deed.stage is Stage.RECEIVED:
                transfer = open_transfer(actor.committee_id, whom.member.id)
                receive(
                    actor=actor,
                    member_id=whom.member.id,
                    branch_id=whom.branch_id,
                    received_on=deed.day,
                    destination=said.destination or (transfer.destination if transfer else ""),
                    number=said.number,
                    urged=change.urged,
                    today=today,
                )
                line.receipt = _newest_receipt(actor, whom.member.id)
            else:
                line.move = _moved(actor, change, deed, today)
        except Unfit as unfit:
            raise Refused(f"第{change.place.row}行 {change.name}：{unfit}") from None
        yield line


def _moved(actor: User, change: Change, deed: Deed, today: date) -> TransferMove:
    said, whom = change.said, change.whom
    if said is None or whom is None:
        raise PlanChanged
    sent = deed.stage is Stage.UNDERWAY
    step = Step(
        stage=deed.stage,
        day=deed.day,
        words=f"系统里的状态：{said.word}",
        destination=said.destination if sent and not deed.note else "",
        number=said.number if sent else "",
        direction=said.direction if sent and not deed.note else None,
    )
    if not deed.note:
        return take_step(actor=actor, whom=whom, step=step, today=today)
    transfer = open_transfer(actor.committee_id, whom.member.id)
    if transfer is None or transfer.stage != Stage.UNDERWAY:
        raise PlanChanged
    return add_move(actor, transfer, step)


def _newest_receipt(actor: User, member_id: UUID) -> Receipt:
    standing_ = Receipt.objects.filter(committee_id=actor.committee_id, member_id=member_id, taken_back_at=None)
    return standing_.latest("id")


@dataclass(slots=True)
class Undone:
    """How many people are as they were before, and the names of those who went on since and stay."""

    people: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def undo_export(*, actor: User, upload: Upload, back: TakeBack, today: date) -> Undone:
    """Take back what applying `upload` wrote, the last first. Whoever went on since (a step, come back to the branch)
    stays as they are, and is named. Raises AlreadyDecided."""
    if upload.state != State.APPLIED:
        raise AlreadyDecided
    lines = ExportedLine.objects.filter(committee_id=actor.committee_id, batch_id=upload.id)
    kept: dict[UUID, str] = {}
    people: set[UUID] = set()
    for line in lines.select_related("member", "receipt", "move__transfer").order_by("-id"):
        if line.member_id in kept:
            continue
        try:
            with transaction.atomic():
                _undo(actor, line, back, today)
                people.add(line.member_id)
        except Unfit:
            kept[line.member_id] = line.member.name
    undone = Undone(len(people - kept.keys()), list(kept.values()))
    services.undone(actor=actor, upload=upload, counts={"taken_out": undone.people, "kept": len(kept)})
    return undone


def _undo(actor: User, line: ExportedLine, back: TakeBack, today: date) -> None:
    """Raises Unfit where something came after it."""
    if line.receipt is not None:
        if line.receipt.taken_back_at is None:
            back(actor=actor, receipt=line.receipt, reason=REASON, today=today)
    elif line.move is not None and line.move.taken_back_at is None:
        transfer = line.move.transfer
        newest = standing(transfer)[-1]
        other = open_transfer(actor.committee_id, line.member_id)
        if newest.id != line.move_id or (other is not None and other.id != transfer.id):
            raise Unfit("这次转接又有了下一步")
        take_back(line.move)
