"""Writes of the roster: a batch applied, a batch taken back. Each is one transaction and one audit event."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from paicha.audit.events import Event
from paicha.intake import services
from paicha.intake.models import State, Upload
from paicha.intake.services import AlreadyDecided, PlanChanged
from paicha.organizations.models import User
from paicha.register.importing.undo import Busy
from paicha.register.models import Affiliation, EntryVersion, Member
from paicha.register.roster.importing.plan import Change, Plan
from paicha.register.roster.models import RosterLine
from paicha.register.roster.selectors import chunks
from paicha.register.sorting import sort_keys

BATCH = 500


@transaction.atomic
def apply_roster(*, actor: User, upload: Upload, plan: Plan, digest: str, today: date) -> Upload:
    """Write new members, lines that changed and moves between branches. Raises importing's PlanChanged,
    intake.services.AlreadyDecided; then nothing is written."""
    decided = services.applied(
        actor=actor, upload=upload, event=Event.ROSTER_IMPORTED, counts=plan.counts, planned=plan.digest, seen=digest
    )
    writer = _Writer(actor.committee_id, upload.id, today)
    for change in plan.to_write:
        writer.take(change)
    try:
        writer.write()
    except IntegrityError:  # another batch made the same member or line since the plan was made
        raise PlanChanged from None
    return decided


class _Writer:
    """Gathers the rows of one batch, then writes them."""

    def __init__(self, committee_id: UUID, batch_id: UUID, today: date) -> None:
        self._committee_id, self._batch_id, self._today = committee_id, batch_id, today
        self._members: list[Member] = []
        self._numbered: list[Member] = []
        self._left: list[Affiliation] = []
        self._affiliations: list[Affiliation] = []
        self._ended: list[UUID] = []
        self._lines: list[RosterLine] = []

    def take(self, change: Change) -> None:
        here = change.affiliation
        before = here if here is not None and here.branch_id != change.branch.id else None
        if before is not None:
            before.until = self._today
            self._left.append(before)
        affiliation = here if here is not None and before is None else self._affiliate(change)
        if change.line is not None:
            self._ended.append(change.line.id)
        line = self._line(change)
        line.member_id, line.affiliation, line.before = affiliation.member_id, affiliation, before
        line.affiliated, line.numbered = affiliation is not here, self._number(change)
        self._lines.append(line)

    def write(self) -> None:
        """Raises PlanChanged where a line was ended by somebody else meanwhile."""
        Member.objects.bulk_create(self._members, batch_size=BATCH)
        for member in self._numbered:  # few, and encrypted fields are written row by row
            member.save(update_fields=["id_number", "id_hash"])
        Affiliation.objects.bulk_update(self._left, ["until"], batch_size=BATCH)
        Affiliation.objects.bulk_create(self._affiliations, batch_size=BATCH)
        for some in chunks(self._ended):
            mine = RosterLine.objects.filter(committee_id=self._committee_id, id__in=some, ended_by=None)
            if mine.update(ended_by=self._batch_id) != len(some):
                raise PlanChanged
        RosterLine.objects.bulk_create(self._lines, batch_size=BATCH)

    def _affiliate(self, change: Change) -> Affiliation:
        """A new affiliation from today, of somebody known or of a new member."""
        member_id = change.member_id
        if member_id is None:
            number = change.record.entry.id_number or ""
            member = Member(committee_id=self._committee_id, name=change.name, id_number=number, id_hash=change.id_hash)
            self._members.append(member)
            member_id = member.id
        made = Affiliation(
            committee_id=self._committee_id, member_id=member_id, branch_id=change.branch.id, since=self._today
        )
        self._affiliations.append(made)
        return made

    def _number(self, change: Change) -> bool:
        """Whether somebody known without a right ID number gets it now."""
        member = change.affiliation.member if change.affiliation else None
        if member is None or member.id_hash is not None or change.id_hash is None:
            return False
        member.id_number, member.id_hash = change.record.entry.id_number or "", change.id_hash
        self._numbered.append(member)
        return True

    def _line(self, change: Change) -> RosterLine:
        entry, name = change.record.entry, change.name
        pinyin, strokes = sort_keys(name)
        return RosterLine(
            committee_id=self._committee_id,
            cells=list(change.record.cells),
            name=name,
            pinyin=pinyin,
            strokes=strokes,
            sex=entry.sex,
            birth=entry.birth,
            id_hash=change.id_hash,
            in_transit=change.in_transit,
            batch_id=self._batch_id,
        )


@dataclass(slots=True)
class Undone:
    """How many lines were taken out and put back, and who was changed since and stays."""

    taken_out: int = 0
    put_back: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def undo_roster(*, actor: User, upload: Upload, busy: Busy) -> Undone:
    """Take back what applying `upload` did: its lines end, those before stand again, affiliations are as before. Who
    was written anew since, by a roster, a move or on the register, is kept, and who would belong nowhere while
    something is underway (`busy`). Raises intake.services.AlreadyDecided."""
    if upload.state != State.APPLIED:
        raise AlreadyDecided
    mine = RosterLine.objects.filter(committee_id=actor.committee_id)
    written = list(
        mine.filter(batch_id=upload.id)
        .select_related("affiliation", "before", "member")
        .select_for_update(of=("self",))
    )
    registered = _registered_since(actor.committee_id, upload)
    only_here = [line.member_id for line in written if line.affiliated and line.before is None]
    since = registered | busy(actor.committee_id, only_here)
    kept = [line for line in written if line.ended_by or line.affiliation.until or line.member_id in since]
    stay = {line.id for line in kept}
    undone = [line for line in written if line.id not in stay]
    back = _end(undone)
    put_back = 0
    for some in chunks(line.member_id for line in undone):
        before = mine.filter(ended_by=upload.id, member_id__in=some).exclude(batch_id=upload.id)
        put_back += before.update(ended_by=None)
    Affiliation.objects.bulk_update(back, ["until"], batch_size=BATCH)
    result = Undone(len(undone) - put_back, put_back, [line.name for line in kept])
    counts = {"taken_out": result.taken_out, "put_back": put_back, "kept": len(kept)}
    services.undone(actor=actor, upload=upload, counts=counts)
    return result


def _registered_since(committee_id: UUID, upload: Upload) -> set[UUID]:
    """Members who came onto the register after the batch was applied."""
    since = EntryVersion.objects.filter(committee_id=committee_id, n=1, recorded_at__gte=upload.decided_at)
    return set(since.values_list("entry__member_id", flat=True))


def _end(lines: Sequence[RosterLine]) -> list[Affiliation]:
    """End lines, take away numbers and affiliations that they gave; the affiliations that are to be open again."""
    gone, back = [], []
    for line in lines:
        line.ended_by = line.batch_id
        if line.affiliated:
            line.affiliation.until = line.affiliation.since  # it never was
            gone.append(line.affiliation)
        if line.before is not None:
            line.before.until = None
            back.append(line.before)
        if line.numbered:
            line.member.id_number, line.member.id_hash = "", None
            line.member.save(update_fields=["id_number", "id_hash"])
    RosterLine.objects.bulk_update(lines, ["ended_by"], batch_size=BATCH)
    Affiliation.objects.bulk_update(gone, ["until"], batch_size=BATCH)
    return back
