"""Applying a plan: every row of it in one transaction, one audit event for the whole batch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.intake import services
from paicha.intake.models import Upload
from paicha.intake.services import PlanChanged
from paicha.organizations.models import User
from paicha.organizations.structure.services import locked_tree
from paicha.register.belonging import NumberTaken, affiliate, forget, person_meant
from paicha.register.holding import write_on
from paicha.register.importing.plan import BranchPlan, Change, Plan, What
from paicha.register.models import Affiliation, EntryVersion, Member, RegisterEntry
from paicha.register.records import SEALED_ID_NUMBER, VALUES, Recorder
from paicha.register.tallies.services import recount
from paicha.tenancy.bulk import Row, Rows, insert, insert_parts, uncollected
from paicha.tenancy.models import new_keys

T = TypeVar("T")
New = tuple[UUID, Change]  # somebody new, and whose
Key = UUID | str  # of a row that is there, or of one that comes with this batch
CHUNK = 5_000  # ids in one query: below SQLite's limit of parameters
MEMBER = ("id", "name", "id_number", "id_hash")
AFFILIATION = ("id", "member_id", "branch_id")
ENTRY = ("id", "member_id", "branch_id", "current_id", "rank")
VERSION = ("id", "entry_id", "n", *VALUES)


@uncollected()
@transaction.atomic
def apply_plan(
    *, actor: User, upload: Upload, plan: Plan, digest: str, recorders: dict[UUID, Recorder], today: date
) -> Upload:
    """Write new people and new versions of those that changed. `recorders` hold each branch's rules. Raises
    PlanChanged, intake.services.AlreadyDecided; then nothing is written."""
    _hold(actor, plan)
    counts = {"new": plan.count(What.NEW), "changed": plan.count(What.CHANGED), "unchanged": plan.count(What.UNCHANGED)}
    decided = services.applied(
        actor=actor, upload=upload, event=Event.BATCH_APPLIED, counts=counts, planned=plan.digest, seen=digest
    )
    writer = _Writer(actor, upload.id, timezone.now(), today)
    try:
        for branch in plan.branches:
            writer.revise(branch, recorders[branch.branch.id])
        writer.add(plan.branches, recorders)
    except (IntegrityError, NumberTaken):  # a page made the same member since the plan was made
        raise PlanChanged from None
    recount(actor.committee_id, [branch.branch.id for branch in plan.branches], today)
    return decided


def _hold(actor: User, plan: Plan) -> None:
    """One import of a committee at a time, its tree held: of two that bring the same people, made before either was
    applied, the second would bring them in twice. Raises PlanChanged where the registers are not as they were."""
    locked_tree(actor)
    write_on(branch.branch.id for branch in plan.branches)
    there: dict[UUID, set[UUID | None]] = {branch.branch.id: set() for branch in plan.branches}
    entries = RegisterEntry.objects.filter(committee_id=actor.committee_id, branch_id__in=list(there), closed_on=None)
    for branch_id, version_id in entries.values_list("branch_id", "current_id"):
        there[branch_id].add(version_id)
    if any(there[branch.branch.id] != branch.standing for branch in plan.branches):
        raise PlanChanged


class _Writer:
    """Writes one batch: rows as tuples, table by table, with what is alike in all of them said once."""

    def __init__(self, actor: User, batch_id: UUID, now: datetime, today: date) -> None:
        self._committee_id = actor.committee_id
        self._keys = new_keys()
        self._ours: dict[str, Any] = {"committee_id": actor.committee_id}
        self._of_version = {"recorded_at": now, "actor_id": actor.id, "actor_name": actor.name, "batch_id": batch_id}
        self._today = today
        self._left = list[UUID]()  # members whose entries turned out to be somebody else's

    def revise(self, branch: BranchPlan, recorder: Recorder) -> None:
        """A new version of everybody who changed. Rows are locked first: a page saved meanwhile shows in the digest."""
        changed = branch.of(What.CHANGED)
        if not changed:
            return
        current = {change.entry.id: change for change in changed if change.entry}
        locked = RegisterEntry.objects.select_for_update().filter(committee_id=self._committee_id, id__in=list(current))
        entries = list(locked)
        rows = []
        for entry in entries:
            change = current[entry.id]
            if change.version is None or entry.current_id != change.version.id:
                raise PlanChanged
            key = next(self._keys)
            stored = recorder.stored(key, change.record, change.id_hash)
            rows.append((key, entry.id, change.version.n + 1, *stored))
            entry.current_id = UUID(key)
            if change.id_hash and change.version.id_hash is None:
                self._number(entry, change, recorder)
        insert(EntryVersion, VERSION, rows, self._ours | self._of_version)
        RegisterEntry.objects.bulk_update(entries, ["current", "member"], batch_size=CHUNK)
        forget(self._committee_id, self._left)

    def _number(self, entry: RegisterEntry, change: Change, recorder: Recorder) -> None:
        """Somebody known by name and month has a right number now, and may turn out to be somebody else known."""
        before = entry.member
        entry.member = person_meant(self._committee_id, recorder, change.record, before, entry.id)
        if entry.member_id != before.id:
            affiliate(self._committee_id, entry.member_id, entry.branch_id, self._today)
            self._left.append(before.id)

    def add(self, branches: Sequence[BranchPlan], recorders: Mapping[UUID, Recorder]) -> None:
        """Members, affiliations, entries and first versions of everybody new, some thousands at a time."""
        new = [(branch.branch.id, change) for branch in branches for change in branch.of(What.NEW)]
        known = self._known(change.id_hash for _, change in new if change.id_hash)
        ranks = self._ranks({branch_id for branch_id, _ in new})
        nowhere = self._nowhere(known.values())
        insert_parts(self._part(some, recorders, known, nowhere, ranks) for some in _chunks(new))

    def _part(
        self,
        new: Sequence[New],
        recorders: Mapping[UUID, Recorder],
        known: dict[bytes, Key],
        nowhere: set[Key],
        ranks: dict[UUID, int],
    ) -> list[Rows]:
        """The rows of some new people. A member known by the ID number (`known`, which grows) is not made again; who
        belongs to no branch (`nowhere`) is affiliated with this one."""
        keys, seal = self._keys, SEALED_ID_NUMBER.sealing()
        members, affiliations, entries, versions = list[Row](), list[Row](), list[Row](), list[Row]()
        for branch_id, change in new:
            member = known.get(change.id_hash) if change.id_hash else None
            if member is None:
                member = key = next(keys)
                number = seal(key, change.record.entry.id_number or "")
                members.append((key, change.name, number, change.id_hash))
                affiliations.append((next(keys), key, branch_id))
                if change.id_hash:
                    known[change.id_hash] = member
            elif member in nowhere:
                nowhere.discard(member)
                affiliations.append((next(keys), member, branch_id))
            entry, version = next(keys), next(keys)
            ranks[branch_id] += 1
            entries.append((entry, member, branch_id, version, ranks[branch_id]))
            stored = recorders[branch_id].stored(version, change.record, change.id_hash)
            versions.append((version, entry, 1, *stored))
        away, opened = {"since": self._today, "until": None}, {"opened_on": self._today}
        return [
            Rows(Member, MEMBER, members, self._ours),
            Rows(Affiliation, AFFILIATION, affiliations, self._ours | away),
            Rows(RegisterEntry, ENTRY, entries, self._ours | opened | {"closed_on": None, "closing": None}),
            Rows(EntryVersion, VERSION, versions, self._ours | self._of_version),
        ]

    def _known(self, hashes: Iterable[bytes]) -> dict[bytes, Key]:
        known: dict[bytes, Key] = {}
        mine = Member.objects.filter(committee_id=self._committee_id)
        for some in _chunks(hashes):
            rows = mine.filter(id_hash__in=some).values_list("id_hash", "id")
            known |= {bytes(hash_ or b""): id_ for hash_, id_ in rows}
        return known

    def _nowhere(self, members: Iterable[Key]) -> set[Key]:
        """Those of these members who belong to no branch."""
        left = set(members)
        belonging = Affiliation.objects.filter(committee_id=self._committee_id, until=None)
        for some in _chunks(list(left)):
            left -= set(belonging.filter(member_id__in=some).values_list("member_id", flat=True))
        return left

    def _ranks(self, branches: set[UUID]) -> dict[UUID, int]:
        """The last rank of each branch's register."""
        last = RegisterEntry.objects.filter(committee_id=self._committee_id, branch_id__in=branches)
        ranks = dict.fromkeys(branches, 0)
        return ranks | dict(last.values_list("branch_id").annotate(Max("rank")))


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some
