"""Writes of transfers: each one transaction and one audit event, which names the stage and no destination."""

from datetime import date
from uuid import UUID

from django.db import transaction

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.domain.letters import NEXT, Stage
from paicha.organizations.models import User
from paicha.register.models import Affiliation, RegisterEntry
from paicha.transfers.tracking.models import OPEN, Transfer, TransferMove
from paicha.transfers.tracking.moving import Step, Whom, add_move
from paicha.transfers.tracking.selectors import BEGIN, letter_of, open_transfer
from paicha.transfers.unfit import Unfit


@transaction.atomic
def move(*, actor: User, entry_id: UUID, step: Step, today: date) -> Transfer:
    """Take the transfer of an entry's member a step on, or begin one. Raises Unfit as `take_step`."""
    entry = RegisterEntry.objects.select_related("member").get(committee_id=actor.committee_id, id=entry_id)
    taken = take_step(actor=actor, whom=Whom.of(entry), step=step, today=today)
    record(
        Event.TRANSFER_MOVED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry",
        subject_id=entry.id,
        branch_id=entry.branch_id,
        stage=step.stage.label,
        day=step.day.isoformat(),
    )
    return taken.transfer


@transaction.atomic
def move_member(*, actor: User, whom: Whom, step: Step, today: date) -> Transfer:
    """Take the transfer of a member who stands on no register a step on, or begin one. Raises Unfit as `take_step`."""
    taken = take_step(actor=actor, whom=whom, step=step, today=today)
    record(
        Event.TRANSFER_MOVED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="member",
        subject_id=whom.member.id,
        branch_id=whom.branch_id,
        stage=step.stage.label,
        day=step.day.isoformat(),
    )
    return taken.transfer


def take_step(*, actor: User, whom: Whom, step: Step, today: date) -> TransferMove:
    """One step of somebody's transfer, or the first, within the transaction and the event of what is done. Raises Unfit
    for a step that does not follow (domain.letters.NEXT; the receipt comes by record_receipt alone), for a day to come
    or before the last move's, for what the step lacks, for a member whose affiliation is not in the branch."""
    ours = Affiliation.objects.select_for_update().filter(committee_id=actor.committee_id, until=None)
    if ours.filter(member_id=whom.member.id, branch_id=whom.branch_id).first() is None:
        raise Unfit("这名党员的组织关系已经不在本支部")
    transfer = open_transfer(actor.committee_id, whom.member.id)
    _check(transfer, step, today)
    _leave_to_whose_it_is(actor, whom.member.id)
    if transfer is None:
        transfer = _begun(actor, whom, step)
    transfer.member, transfer.entry = whom.member, whom.entry or transfer.entry
    return add_move(actor, transfer, step)


def _leave_to_whose_it_is(actor: User, member_id: UUID) -> None:
    """An open transfer that was this member's until the number of its entry was put right goes to whose it is now: each
    has one. Raises Unfit where they have another."""
    open_ = Transfer.objects.filter(committee_id=actor.committee_id, stage__in=OPEN)
    for other in open_.filter(member_id=member_id).exclude(entry=None).exclude(entry__member_id=member_id):
        theirs = other.entry.member_id if other.entry else member_id
        if open_.filter(member_id=theirs).exists():
            raise Unfit("这个身份证号原来记在别人名下，那个人有两次转接没有办完：请先把其中一次办完或撤回")
        other.member_id = theirs
        other.save(update_fields=["member"])


def _begun(actor: User, whom: Whom, step: Step) -> Transfer:
    if whom.entry is not None and whom.entry.closed_on is not None:
        raise Unfit("这个人已经销册；要转接，请先恢复")
    transfer = Transfer(committee_id=actor.committee_id, entry=whom.entry, stage=step.stage, moved_on=step.day)
    transfer.member = whom.member
    transfer.save(force_insert=True)
    return transfer


def _check(transfer: Transfer | None, step: Step, today: date) -> None:
    before = Stage(transfer.stage) if transfer else None
    if step.stage is Stage.RECEIVED:
        raise Unfit("收到回执，请在“记下回执”里填")
    if step.stage not in (NEXT[before] if before else BEGIN):
        now = f"现在是“{before.label}”" if before else "还没有开始转接"
        raise Unfit(f"{now}，不能记“{step.stage.label}”；刚有人记过的，看下面的经过")
    if step.day > today:
        raise Unfit("日期还没有到")
    if transfer and step.day < transfer.moved_on:
        said = f"上一步（{Stage(transfer.stage).label}）是 {transfer.moved_on.isoformat()}，这一步不能更早"
        raise Unfit(f"{said}；上一步的日期记错了的，先记“不转了，撤回”，再从头记")
    if step.stage is Stage.UNDERWAY and not step.destination and not (transfer and transfer.destination):
        raise Unfit("请填写转往哪个党组织")
    if step.stage in (Stage.REFUSED, Stage.WITHDRAWN) and not step.words:
        raise Unfit("请写明原因")
    letter = letter_of(transfer) if transfer else None
    if step.stage is Stage.EXPIRED and letter and not letter.expired(step.day):
        raise Unfit(f"介绍信到 {letter.last_day.isoformat()} 为止有效，还没有过期")
