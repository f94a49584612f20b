"""Applying a plan: every row of it in one transaction, one audit event for the whole batch."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.intake.models import State, Upload
from paicha.intake.services import decide
from paicha.organizations.models import User
from paicha.register.importing.plan import BranchPlan, Change, Plan, What
from paicha.register.models import Affiliation, EntryVersion, Member, RegisterEntry
from paicha.register.records import SEALED_ID_NUMBER, VALUES, Recorder, version_values
from paicha.register.tallies.services import recount
from paicha.tenancy.bulk import insert
from paicha.tenancy.models import new_id

T = TypeVar("T")
CHUNK = 5_000  # ids in one query: below SQLite's limit of parameters
MEMBER = ("id", "committee_id", "name", "id_number", "id_hash")
AFFILIATION = ("id", "committee_id", "member_id", "branch_id", "since", "until")
ENTRY = ("id", "committee_id", "member_id", "branch_id", "current_id", "rank", "opened_on", "closed_on", "closing")
VERSION = ("id", "committee_id", "entry_id", "n", "recorded_at", "actor_id", "actor_name", "batch_id", *VALUES)


class PlanChanged(Exception):
    """The register or the files are no longer as they were when the plan was looked at."""


@transaction.atomic
def apply_plan(
    *, actor: User, upload: Upload, plan: Plan, digest: str, recorders: dict[UUID, Recorder], today: date
) -> Upload:
    """Write new people and new versions of those that changed. `recorders` hold each branch's rules. Raises
    PlanChanged, intake.services.AlreadyDecided; then nothing is written."""
    if plan.digest != digest:
        raise PlanChanged
    counts = {"new": plan.count(What.NEW), "changed": plan.count(What.CHANGED), "unchanged": plan.count(What.UNCHANGED)}
    decided = decide(
        actor=actor,
        upload_id=upload.id,
        before=State.RECEIVED,
        after=State.APPLIED,
        event=Event.BATCH_APPLIED,
        counts=counts,
    )
    writer = _Writer(actor, upload.id, timezone.now(), today)
    for branch in plan.branches:
        writer.revise(branch, recorders[branch.branch.id])
    writer.add([(branch, recorders[branch.branch.id]) for branch in plan.branches])
    recount(actor.committee_id, [branch.branch.id for branch in plan.branches], today)
    return decided


class _Writer:
    """Writes one batch."""

    def __init__(self, actor: User, batch_id: UUID, now: datetime, today: date) -> None:
        self._actor = actor
        self._committee_id = actor.committee_id
        self._batch_id = batch_id
        self._now = now
        self._today = today

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
            version_id = new_id()
            rows.append(self._version(version_id, entry.id, change.version.n + 1, change, recorder))
            entry.current_id = version_id
        insert(EntryVersion, VERSION, rows)
        RegisterEntry.objects.bulk_update(entries, ["current"], batch_size=CHUNK)

    def add(self, branches: Sequence[tuple[BranchPlan, Recorder]]) -> None:
        """Members, affiliations, entries and first versions of everybody new."""
        new = [(branch, recorder, change) for branch, recorder in branches for change in branch.of(What.NEW)]
        if not new:
            return
        members = self._members([(branch, change) for branch, _, change in new])
        ranks = self._ranks({branch.branch.id for branch, _, _ in new})
        entries, versions = [], []
        for (branch, recorder, change), member_id in zip(new, members, strict=True):
            entry_id, version_id, branch_id = new_id(), new_id(), branch.branch.id
            ranks[branch_id] += 1
            place = (branch_id, version_id, ranks[branch_id], self._today, None, None)
            entries.append((entry_id, self._committee_id, member_id, *place))
            versions.append(self._version(version_id, entry_id, 1, change, recorder))
        insert(RegisterEntry, ENTRY, entries)
        insert(EntryVersion, VERSION, versions)

    def _version(self, id_: UUID, entry_id: UUID, n: int, change: Change, recorder: Recorder) -> Sequence[Any]:
        head = (id_, self._committee_id, entry_id, n, self._now, self._actor.id, self._actor.name, self._batch_id)
        return (*head, *version_values(id_, change.record, recorder.rules, change.id_hash))

    def _members(self, new: Sequence[tuple[BranchPlan, Change]]) -> list[UUID]:
        """The member of each new entry: one known by the ID number, else a new one, affiliated with the branch."""
        known = self._known(change.id_hash for _, change in new if change.id_hash)
        found, members, affiliations = [], [], []
        for branch, change in new:
            member_id = known.get(change.id_hash) if change.id_hash else None
            if member_id is None:
                member_id = new_id()
                number = SEALED_ID_NUMBER.sealed(member_id, change.record.entry.id_number or "")
                members.append((member_id, self._committee_id, change.name[:60], number, change.id_hash))
                affiliations.append((new_id(), self._committee_id, member_id, branch.branch.id, self._today, None))
                if change.id_hash:
                    known[change.id_hash] = member_id
            found.append(member_id)
        insert(Member, MEMBER, members)
        insert(Affiliation, AFFILIATION, affiliations)
        return found

    def _known(self, hashes: Iterable[bytes]) -> dict[bytes, UUID]:
        known: dict[bytes, UUID] = {}
        mine = Member.objects.filter(committee_id=self._committee_id)
        for some in _chunks(hashes):
            rows = mine.filter(id_hash__in=some).values_list("id_hash", "id")
            known |= {bytes(hash_ or b""): id_ for hash_, id_ in rows}
        return known

    def _ranks(self, branches: set[UUID]) -> dict[UUID, int]:
        """The last rank of each branch's register."""
        last = RegisterEntry.objects.filter(committee_id=self._committee_id, branch_id__in=branches)
        ranks = dict.fromkeys(branches, 0)
        return ranks | dict(last.values_list("branch_id").annotate(Max("rank")))


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, CHUNK)):
        yield some
