"""Whether the audit is whole: nothing changed, missing, put in between or cut off since it was sealed.

One way through the chain, a page at a time; the rows need not fit in memory."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from paicha.audit import anchor
from paicha.audit.chain import BEFORE_THE_FIRST, Head, digest_of_event, mac_of
from paicha.audit.events import Event
from paicha.audit.models import AuditEvent, AuditSeal
from paicha.audit.payloads import digest_of
from paicha.audit.services import unsealed
from paicha.tenancy.current import working_for

_PAGE = 500
# The longest a transaction may run between recording its event and committing it: till then the sealer passes it over.
LATEST = timedelta(hours=1)


class FaultKind(StrEnum):
    """What is wrong; the value is the message, with {number} where a seal's number goes."""

    EVENT_CHANGED = "第{number}号：操作记录被改过"
    EVENT_MISSING = "第{number}号：操作记录不见了"
    PAYLOAD_CHANGED = "第{number}号：操作明细被改过"
    PAYLOAD_MISSING = "第{number}号：操作明细不见了，又没有清除它的记录"
    SEAL_MISSING = "第{number}号：封存不见了"
    SEAL_WRONG = "第{number}号：封存校验不符，被改过、换过位置或是后补的"
    UNREADABLE = "第{number}号之后的操作记录或封存被改过，已读不出来"
    OUT_OF_TIME = "第{number}号：时间比前一号早一小时以上，可能是后补的，或服务器时钟调过"
    UNSEALED_BEFORE_A_SEAL = "有{number}条未封存的操作记录比最后一号封存早一小时以上，可能是后补的或封存被删"
    TAIL_CUT = "第{number}号：曾经封存并锚定，现在末尾被截掉"
    HEAD_REPLACED = "第{number}号：与锚定的不是同一个，末尾被截掉后重写过"
    ANCHOR_MISSING = "没有锚定：数据文件夹里的 audit-heads.json 被删，或其中没有本党委（已封存到第{number}号）"
    ANCHOR_DAMAGED = "锚定文件 audit-heads.json 被改过或损坏（已封存到第{number}号）"


@dataclass(frozen=True)
class Fault:
    """One thing wrong, without any data: `number` is the seal's, for UNSEALED_BEFORE_A_SEAL a count; a run of faults
    of one kind over missing seals or a cut tail is one, up to `until`."""

    kind: FaultKind
    number: int
    until: int | None = None

    @property
    def message(self) -> str:
        shown = f"{self.number}至{self.until}" if self.until and self.until > self.number else str(self.number)
        return self.kind.value.format(number=shown)


def verify(committee_id: UUID) -> list[Fault]:
    """Everything wrong with a committee's audit, in order of the chain; empty: it is whole."""
    try:
        # Before the chain is read: a sealer at work meanwhile only makes the chain longer than the anchored head says.
        kept = anchor.heads().get(committee_id)
        damaged = False
    except anchor.AnchorDamaged:
        kept, damaged = None, True
    with working_for(committee_id):
        walk = _Walk(kept)
        try:
            walk.follow(_chain(committee_id))
        except (ValueError, TypeError, AttributeError):
            # SQLite keeps whatever is put in a column: a word for a time, a text for a key.
            return [*walk.faults, Fault(FaultKind.UNREADABLE, walk.number)]
        return [
            *walk.faults,
            *_unexplained(walk.blanks, _purged_before(committee_id)),
            *_unsealed_before(committee_id, walk.time),
            *_against_anchor(walk, damaged),
        ]


def _chain(committee_id: UUID) -> Iterator[tuple[AuditSeal, AuditEvent | None]]:
    """Each seal with its event (None: it is not there), by number."""
    seals = AuditSeal.objects.filter(committee_id=committee_id).order_by("number")
    last = -1
    while page := list(seals.filter(number__gt=last)[:_PAGE]):
        ids = [seal.event_id for seal in page]
        # By key alone: with the committee beside it, SQLite goes through all of the committee's events for each page.
        events = AuditEvent.objects.in_bulk(ids)
        for seal in page:
            event = events.get(seal.event_id)
            yield seal, event if event and event.committee_id == committee_id else None
        last = page[-1].number


@dataclass
class _Walk:
    """How far the chain was followed, and what was found on the way. `blanks`: number and time of events without
    payload."""

    kept: Head | None
    number: int = 0
    mac: bytes = BEFORE_THE_FIRST
    time: datetime | None = None
    anchored: AuditSeal | None = None
    blanks: list[tuple[int, datetime]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def follow(self, chain: Iterator[tuple[AuditSeal, AuditEvent | None]]) -> None:
        """Go through the chain from its beginning."""
        for seal, event in chain:
            self.pass_seal(seal)
            self.pass_event(seal, event)

    def pass_seal(self, seal: AuditSeal) -> None:
        """Hold a seal to the one before. After a gap its MAC cannot be reckoned: the gap is the fault."""
        if seal.number != self.number + 1:
            self.faults.append(Fault(FaultKind.SEAL_MISSING, self.number + 1, seal.number - 1))
        elif not hmac.compare_digest(mac_of(self.mac, seal.number, bytes(seal.digest)), bytes(seal.mac)):
            self.faults.append(Fault(FaultKind.SEAL_WRONG, seal.number))
        self.number, self.mac = seal.number, bytes(seal.mac)
        if self.kept and self.kept.number == seal.number:
            self.anchored = seal

    def pass_event(self, seal: AuditSeal, event: AuditEvent | None) -> None:
        """Hold an event to its seal."""
        if event is None:
            self.faults.append(Fault(FaultKind.EVENT_MISSING, seal.number))
            return
        if digest_of_event(event) != bytes(seal.digest):
            self.faults.append(Fault(FaultKind.EVENT_CHANGED, seal.number))
        if event.salt is None and not event.payload:
            self.blanks.append((seal.number, event.occurred_at))
        elif not _payload_holds(event):
            self.faults.append(Fault(FaultKind.PAYLOAD_CHANGED, seal.number))
        if self.time and event.occurred_at < self.time - LATEST:
            self.faults.append(Fault(FaultKind.OUT_OF_TIME, seal.number))
        self.time = event.occurred_at


def _payload_holds(event: AuditEvent) -> bool:
    return event.salt is not None and digest_of(bytes(event.salt), event.payload) == bytes(event.payload_digest)


def _purged_before(committee_id: UUID) -> datetime | None:
    """Up to when payloads were purged, by the purges' own events."""
    purges = AuditEvent.objects.filter(committee_id=committee_id, event=Event.PAYLOADS_PURGED.value)
    return max(filter(None, map(_limit_of, purges)), default=None)


def _limit_of(purge: AuditEvent) -> datetime | None:
    """The time before which this purge took payloads; None where its own is gone, or says what no purge says."""
    if not _payload_holds(purge):
        return None
    try:
        before = datetime.fromisoformat(json.loads(purge.payload)["before"])
        return before if before <= purge.occurred_at else None
    except (ValueError, KeyError, TypeError):
        return None


def _unexplained(blanks: list[tuple[int, datetime]], before: datetime | None) -> list[Fault]:
    return [Fault(FaultKind.PAYLOAD_MISSING, number) for number, time in blanks if before is None or time >= before]


def _unsealed_before(committee_id: UUID, time: datetime | None) -> list[Fault]:
    """Events that no seal covers although later ones are sealed."""
    count = unsealed(committee_id).filter(occurred_at__lt=time - LATEST).count() if time else 0
    return [Fault(FaultKind.UNSEALED_BEFORE_A_SEAL, count)] if count else []


def _against_anchor(walk: _Walk, damaged: bool) -> list[Fault]:
    if damaged:
        return [Fault(FaultKind.ANCHOR_DAMAGED, walk.number)]
    if walk.kept is None:
        return [Fault(FaultKind.ANCHOR_MISSING, walk.number)] if walk.number else []
    if walk.kept.number > walk.number:
        return [Fault(FaultKind.TAIL_CUT, walk.number + 1, walk.kept.number)]
    if walk.anchored and not walk.kept.is_of(walk.anchored):
        return [Fault(FaultKind.HEAD_REPLACED, walk.kept.number)]
    return []  # not there at all: then the chain has a gap, which is told already
