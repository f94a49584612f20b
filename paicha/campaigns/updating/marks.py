"""That something changed since a report: when, with whom, of what kind. One function a source, each a fixed number of
queries however many branches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Min, Q

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import PENDING
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.reporting.models import Submission, SubmissionLine
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Affiliation, Closing, EntryVersion, RegisterEntry, Reopening
from paicha.tenancy.models import first_key, made_at
from paicha.transfers.models import Receipt


class Kind(Enum):
    """What happened, in the office's words."""

    ADDED = "新登记"
    CHANGED = "修改"
    LEFT = "销册"
    BACK = "恢复登记"
    MOVED_IN = "由别的支部转入"
    MOVED_OUT = "转到别的支部"
    VERDICT = "改了结论"
    RECEIVED = "已转移组织关系"


class Since(NamedTuple):
    """A branch and its newest report: what came after `submission.submitted_at` is an update."""

    unit: CampaignUnit
    submission: Submission


@dataclass(frozen=True, slots=True)
class Mark:
    """One update. `n` is the number of the version that a change made; `entry_id` None for somebody who stood on no
    register."""

    unit: CampaignUnit
    kind: Kind
    at: datetime
    name: str
    entry_id: UUID | None
    who: str = ""
    words: str = ""
    n: int = 0


class _Scope:
    """The branches that are looked at, by organization, and the earliest of their reports."""

    def __init__(self, committee_id: UUID, reported: list[Since]) -> None:
        self.committee_id = committee_id
        self.by_branch = {since.unit.organization_id: since for since in reported}
        self.by_unit = {since.unit.id: since for since in reported}
        self.submissions = [since.submission.id for since in reported]
        self.first = min(since.submission.submitted_at for since in reported)
        self.first_day = min(since.submission.submitted_on for since in reported)

    def after(self, branch_id: UUID, at: datetime | None) -> CampaignUnit | None:
        """The unit of a branch, where `at` lies after its report."""
        since = self.by_branch[branch_id]
        return since.unit if at is not None and at > since.submission.submitted_at else None


def marks_since(committee_id: UUID, reported: list[Since]) -> list[Mark]:
    """Every update of these branches, the newest first."""
    scope = _Scope(committee_id, reported)
    found = [mark for source in SOURCES for mark in source(scope)]
    return sorted(found, key=lambda mark: (mark.at, mark.n), reverse=True)


def _versions(scope: _Scope) -> Iterator[Mark]:
    """Entries made, and changed."""
    rows = EntryVersion.objects.filter(
        committee_id=scope.committee_id,
        id__gte=first_key(scope.first),  # found by the key; the hour decides
        recorded_at__gt=scope.first,
        entry__branch_id__in=scope.by_branch,
    ).values_list("entry_id", "entry__branch_id", "n", "recorded_at", "actor_name", "name")
    for entry_id, branch_id, n, at, who, name in rows:
        if unit := scope.after(branch_id, at):
            yield Mark(unit, Kind.ADDED if n == 1 else Kind.CHANGED, at, name, entry_id, who, n=n)


def _closings(scope: _Scope) -> Iterator[Mark]:
    """Who left the register, and why."""
    entries = RegisterEntry.objects.filter(
        committee_id=scope.committee_id,
        branch_id__in=scope.by_branch,
        closed_on__isnull=False,
        closed_at__gt=scope.first,
    ).values_list("id", "branch_id", "closed_at", "closing", "closed_on", "current__name")
    for entry_id, branch_id, at, closing, day, name in entries:
        if closing and at and (unit := scope.after(branch_id, at)):
            words = f"{Closing(closing).label}（{day:%Y-%m-%d}）"
            yield Mark(unit, Kind.LEFT, at, name or "", entry_id, words=words)


def _reopenings(scope: _Scope) -> Iterator[Mark]:
    """Closings that were taken back."""
    rows = Reopening.objects.filter(
        committee_id=scope.committee_id, reopened_at__gt=scope.first, entry__branch_id__in=scope.by_branch
    ).values_list("entry_id", "entry__branch_id", "reopened_at", "actor_name", "closing", "entry__current__name")
    for entry_id, branch_id, at, who, closing, name in rows:
        if unit := scope.after(branch_id, at):
            words = f"原来销册：{Closing(closing).label}，销错了"
            yield Mark(unit, Kind.BACK, at, name or "", entry_id, who, words)


def _moved_out(scope: _Scope) -> Iterator[Mark]:
    """Reported here, on another branch's register now. When: as old as the affiliation that began there."""
    left = Affiliation.objects.filter(
        committee_id=scope.committee_id, branch_id__in=scope.by_branch, until__gte=scope.first_day
    )
    lines = SubmissionLine.objects.filter(
        committee_id=scope.committee_id,
        submission_id__in=scope.submissions,
        version__entry__member_id__in=left.values("member_id"),
    )
    gone = lines.exclude(version__entry__branch_id=F("submission__unit__organization_id"))
    rows = gone.values_list("submission__unit_id", "version__entry_id", "version__entry__member_id", "version__name")
    gone_rows = list(rows)
    began = _affiliated(scope.committee_id, [member_id for _, _, member_id, _ in gone_rows])
    for unit_id, entry_id, member_id, name in gone_rows:
        unit, submission = scope.by_unit[unit_id]
        yield Mark(unit, Kind.MOVED_OUT, began.get(member_id, submission.submitted_at), name, entry_id)


def _moved_in(scope: _Scope) -> Iterator[Mark]:
    """On the register here, older than the report and not in it: another branch's before. Who was 待定 then is told by
    the verdict, who was put back by the reopening."""
    came = Affiliation.objects.filter(
        committee_id=scope.committee_id, until=None, branch_id__in=scope.by_branch, id__gte=first_key(scope.first)
    )
    entries = RegisterEntry.objects.filter(
        committee_id=scope.committee_id, branch_id__in=scope.by_branch, member_id__in=came.values("member_id")
    ).exclude(reopenings__reopened_at__gt=scope.first)
    entries = entries.annotate(made=Min("versions__recorded_at", filter=Q(versions__n=1)))
    rows = list(entries.values_list("id", "branch_id", "member_id", "made", "current__name"))
    began = _affiliated(scope.committee_id, [member_id for _, _, member_id, _, _ in rows])
    lines = SubmissionLine.objects.filter(committee_id=scope.committee_id, submission_id__in=scope.submissions)
    ids = [entry_id for entry_id, *_ in rows]
    here = set(lines.filter(version__entry_id__in=ids).values_list("version__entry_id", "submission__unit_id"))
    for entry_id, branch_id, member_id, made, name in rows:
        unit, at = scope.after(branch_id, began.get(member_id)), began.get(member_id)
        if unit and at and not scope.after(branch_id, made) and (entry_id, unit.id) not in here:
            yield Mark(unit, Kind.MOVED_IN, at, name or "", entry_id)


def _affiliated(committee_id: UUID, members: list[UUID]) -> dict[UUID, datetime]:
    """Member → when the affiliation that stands was written."""
    found = Affiliation.objects.filter(committee_id=committee_id, until=None, member_id__in=members)
    return {member_id: made_at(id_) for id_, member_id in found.values_list("id", "member_id")}


def _verdicts(scope: _Scope) -> Iterator[Mark]:
    """Who was 待定 or 失去联系 in the report and is no more, or the other way round: 附件1 gains or loses them."""
    ours = MemberVerdict.objects.filter(committee_id=scope.committee_id, unit_id__in=scope.by_unit)
    before: dict[tuple[UUID, UUID], int] = {}
    replaced = ours.filter(superseded_at__gt=scope.first).order_by("decided_at")
    for unit_id, member_id, at, verdict in replaced.values_list("unit_id", "member_id", "decided_at", "verdict"):
        if at <= scope.by_unit[unit_id].submission.submitted_at:
            before[unit_id, member_id] = verdict
    now = ours.filter(superseded_at=None, decided_at__gt=scope.first)
    wanted = {member_id for _, member_id in before}
    entries = RegisterEntry.objects.filter(committee_id=scope.committee_id, closed_on=None, member_id__in=wanted)
    standing = {
        (branch_id, member_id): (entry_id, name or "")
        for entry_id, branch_id, member_id, name in entries.values_list("id", "branch_id", "member_id", "current__name")
    }
    for given in now:
        unit, old = scope.by_unit[given.unit_id].unit, before.get((given.unit_id, given.member_id))
        entry = standing.get((unit.organization_id, given.member_id))
        if old is not None and entry and (old in PENDING) != (given.verdict in PENDING):
            words = f"{Verdict(old).label} → {Verdict(given.verdict).label}"
            yield Mark(unit, Kind.VERDICT, given.decided_at, entry[1], entry[0], given.actor_name, words)


def _receipts(scope: _Scope) -> Iterator[Mark]:
    """Receipts of members who stood on no register: they count in Y."""
    found = Receipt.objects.filter(
        committee_id=scope.committee_id,
        branch_id__in=scope.by_branch,
        recorded_at__gt=scope.first,
        entry=None,
        taken_back_at=None,
    ).values_list("branch_id", "recorded_at", "actor_name", "member__name", "urged", "received_on")
    for branch_id, at, who, name, urged, day in found:
        if unit := scope.after(branch_id, at):
            words = f"{day:%Y-%m-%d} 的回执{'，计入 Y' if urged else ''}"
            yield Mark(unit, Kind.RECEIVED, at, name, None, who, words)


SOURCES = (_versions, _closings, _reopenings, _moved_out, _moved_in, _verdicts, _receipts)
