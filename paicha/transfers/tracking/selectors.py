"""Reads of transfers. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from paicha.domain.divisions import Direction
from paicha.domain.letters import DEFAULT, Letter, Outlook, Stage, outlook
from paicha.register.roster.selectors import chunks, open_affiliations
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.models import OPEN, Transfer, TransferMove
from paicha.transfers.tracking.transit import in_transit, ours, underway, whose

BEGIN = frozenset({Stage.ADVISED, Stage.URGED, Stage.UNDERWAY})
"""What a transfer may begin with: units write down what has long been underway."""
SHOWN = {
    "underway": "在途",
    "late": "逾期",
    "before": "已督促还没有办",
    "refused": "对方未接收",
    "withdrawn": "已撤回",
    "back": "转出后又转回",
}
OF_STAGE = {"refused": Stage.REFUSED, "withdrawn": Stage.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Tracked:
    """One transfer as the list shows it."""

    transfer: Transfer
    name: str
    branch_id: UUID
    outlook: Outlook

    @property
    def stage(self) -> Stage:
        return Stage(self.transfer.stage)


def open_transfer(committee_id: UUID, member_id: UUID) -> Transfer | None:
    """The transfer of a member that is not over."""
    return _of_member(committee_id, member_id).filter(stage__in=OPEN).order_by("-id").first()


def sent_first(committee_id: UUID, member_id: UUID) -> date | None:
    """The day on which the open transfer of a member was sent for the first time; None where it was not."""
    moves = TransferMove.objects.filter(committee_id=committee_id, stage=Stage.UNDERWAY, taken_back_at=None)
    transfer = open_transfer(committee_id, member_id)
    return moves.filter(transfer=transfer).order_by("n").values_list("day", flat=True).first() if transfer else None


def last_transfer(committee_id: UUID, member_id: UUID) -> Transfer | None:
    """The newest transfer of a member, open or over."""
    return _of_member(committee_id, member_id).filter(begun()).order_by("-id").first()


def last_transfers(committee_id: UUID, members: Collection[UUID]) -> dict[UUID, Transfer]:
    """Member → their newest transfer, of those who have any. One query."""
    found = Transfer.objects.filter(begun(), committee_id=committee_id).annotate(whose=whose())
    return {transfer.whose: transfer for transfer in found.filter(whose__in=list(members)).order_by("id")}


def moving(committee_id: UUID, members: Collection[UUID]) -> set[UUID]:
    """Those of these members whose transfer is open: whoever brought them in cannot take them back meanwhile."""
    found: set[UUID] = set()
    for some in chunks(members):
        open_ = Transfer.objects.filter(committee_id=committee_id, stage__in=OPEN).annotate(whose=whose())
        found |= set(open_.filter(whose__in=some).values_list("whose", flat=True))
    return found


def begun() -> Exists:
    """Whether a transfer ever began: not every one of its moves was taken back."""
    return Exists(TransferMove.objects.filter(transfer=OuterRef("pk"), taken_back_at=None))


def moves_of(committee_id: UUID, member_id: UUID) -> list[TransferMove]:
    """Every move of every transfer of a member, newest first; those taken back among them."""
    found = TransferMove.objects.filter(transfer__in=_of_member(committee_id, member_id))
    return list(found.select_related("transfer").order_by("-transfer_id", "-n"))


def urged(committee_id: UUID, member_id: UUID) -> bool:
    """Whether the open transfer of a member was urged: offered where its receipt is written down, as what counts in
    Y."""
    moves = TransferMove.objects.filter(transfer__in=_of_member(committee_id, member_id).filter(stage__in=OPEN))
    return moves.filter(stage=Stage.URGED, taken_back_at=None).exists()


def receipts_of(committee_id: UUID, member_id: UUID) -> list[Receipt]:
    """Every receipt of a member, newest first; those taken back among them."""
    return list(Receipt.objects.filter(committee_id=committee_id, member_id=member_id).order_by("-id"))


def standing_receipt(committee_id: UUID, member_id: UUID, branch_id: UUID) -> Receipt | None:
    """The receipt that holds for a member of this branch who has not come back to it."""
    if open_affiliations(committee_id).filter(member_id=member_id).exists():
        return None
    found = Receipt.objects.filter(committee_id=committee_id, member_id=member_id, taken_back_at=None)
    return found.filter(branch_id=branch_id).order_by("-id").first()


def letter_of(transfer: Transfer) -> Letter | None:
    """The letter in force, or the sending in the national system, with the days that it holds."""
    if transfer.issued_on is None:
        return None
    direction = next((one for one in Direction if one == transfer.direction), None)
    return Letter(transfer.issued_on, transfer.days or DEFAULT.days(direction))


def outlook_of(transfer: Transfer | None, receipt: Receipt | None, branch: str, today: date) -> Outlook:
    """Who is responsible today, until when, what comes next: for somebody with this transfer, or this receipt."""
    if receipt is not None:
        return outlook(Stage.RECEIVED, branch, receipt.destination, today)
    if transfer is None or transfer.stage == Stage.RECEIVED:
        return outlook(None, branch, "", today)  # who came back begins anew
    return outlook(Stage(transfer.stage), branch, transfer.destination, today, letter_of(transfer))


def tracked(
    committee_id: UUID, branches: Collection[UUID], names: dict[UUID, str], shown: str, today: date
) -> list[Tracked]:
    """The transfers of `SHOWN` within these branches (`names` by branch), those longest without a move first."""
    found = _of(committee_id, branches, shown).select_related("entry", "entry__current", "member")
    rows = [_tracked(transfer, names, today) for transfer in found.order_by("moved_on", "id")]
    return [row for row in rows if row.outlook.late] if shown == "late" else rows


def _tracked(transfer: Transfer, names: dict[UUID, str], today: date) -> Tracked:
    """`transfer` is one of `transit.ours`."""
    entry = transfer.entry
    name = (entry.current.name if entry.current else "") if entry else transfer.member.name
    branch_id = transfer.at  # type: ignore[attr-defined]
    return Tracked(transfer, name, branch_id, outlook_of(transfer, None, names[branch_id], today))


def late(committee_id: UUID, branches: Collection[UUID], today: date) -> int:
    """How many transfers within these branches wait for a receipt that is overdue, or for a new letter."""
    found = _of(committee_id, branches, "late")
    return sum(outlook_of(transfer, None, "", today).late for transfer in found)


def counts(committee_id: UUID, branches: Collection[UUID], today: date) -> dict[str, int]:
    """How many each of `SHOWN` holds."""
    number = {shown: _of(committee_id, branches, shown).count() for shown in SHOWN if shown not in ("late", "underway")}
    number["underway"] = in_transit(committee_id, branches).count()
    number["late"] = late(committee_id, branches, today)
    return {shown: number[shown] for shown in SHOWN}


def _of_member(committee_id: UUID, member_id: UUID) -> QuerySet[Transfer]:
    mine = Q(entry__member_id=member_id) | Q(entry=None, member_id=member_id)
    return Transfer.objects.filter(mine, committee_id=committee_id)


def _of(committee_id: UUID, branches: Collection[UUID], shown: str) -> QuerySet[Transfer]:
    found = ours(committee_id, branches)
    if shown == "back":
        theirs = {"transfer": OuterRef("id"), "receipt__branch_id": OuterRef("at"), "taken_back_at": None}
        return found.filter(Exists(TransferMove.objects.filter(**theirs)), stage=Stage.RECEIVED)
    if shown == "before":
        return found.filter(stage__in=(Stage.ADVISED, Stage.URGED))
    if shown in OF_STAGE:
        return found.filter(id__in=_newest(found, OF_STAGE[shown]))
    return underway(committee_id, branches)


def _newest(found: QuerySet[Transfer], stage: Stage) -> list[UUID]:
    """Those of `transit.ours` at this stage after which their member began no other. Asked in two steps: a database
    would look at all of a committee's transfers for each of them."""
    whose_ = found.filter(begun()).annotate(theirs=F("whose"))
    ended = dict(whose_.filter(stage=stage).values_list("id", "theirs"))
    newest: dict[UUID, UUID] = {}
    for some in chunks(set(ended.values())):
        newest |= dict(whose_.filter(theirs__in=some).order_by("id").values_list("theirs", "id"))
    return [id_ for id_, member_id in ended.items() if newest[member_id] == id_]
