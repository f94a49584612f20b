"""Whom to call. Callers have passed access.py; `committee_id` is named all the same."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from paicha.domain.advice import Course
from paicha.domain.followup import months_on
from paicha.register.contacts.models import ContactRecord, Purpose
from paicha.register.models import RegisterEntry
from paicha.transfers.advising.models import EntryFacts, Overruling
from paicha.transfers.advising.selectors import Advised, advised_of
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.transit import UNDERWAY, whose

MONTHS = 3  # who was reached about it is called again after as many, where no campaign begins anew
MOST = 500  # people that one page lists
CALLED = (Course.MUST_URGE, Course.ENCOURAGE)


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody to call, with the advice; `tried`: the last attempt in vain, None if there was none."""

    entry: RegisterEntry
    name: str
    advised: Advised
    tried: ContactRecord | None

    @property
    def must(self) -> bool:
        return self.advised.course is Course.MUST_URGE


def usual_start(today: date) -> date:
    """The day from which contacts count where no campaign runs."""
    return months_on(today, -MONTHS)


def to_call(committee_id: UUID, branches: Collection[UUID], since: date, today: date) -> tuple[list[ToCall], bool]:
    """Who of these branches is to be urged or encouraged to transfer, was not reached about it from `since` on and is
    not underway: those who must be urged first, then by who was tried longest ago. Nobody is advised before facts are
    known or a person has decided, so that only such entries are opened, MOST of them; and whether there are others."""
    first = advisable(committee_id, branches)
    entries = first[:MOST]
    advice = advised_of(committee_id, entries, today)
    calls = calls_about(committee_id, [entry.id for entry in entries], Purpose.TRANSFER, since)
    found = []
    for entry in entries:
        made, known = calls[entry.id], advice[entry.id]
        if known.course in CALLED and not any(call.reached for call in made):
            name = entry.current.name if entry.current else ""
            found.append(ToCall(entry, name, known, made[-1] if made else None))
    found.sort(key=lambda one: (not one.must, one.tried.happened_on if one.tried else date.min))
    return found, len(first) > MOST


def advisable(committee_id: UUID, branches: Collection[UUID]) -> list[RegisterEntry]:
    """The open entries of which facts or a decision are known, and whose member is not underway; MOST and one more."""
    found = _here(committee_id, branches).filter(_answered(committee_id)).select_related("current")
    return list(found.order_by("rank", "id")[: MOST + 1])


def unanswered(committee_id: UUID, branches: Collection[UUID]) -> QuerySet[RegisterEntry]:
    """The open entries of which neither facts nor a decision are known, and whose member is not underway: nothing can
    be advised before the questions are answered."""
    return _here(committee_id, branches).exclude(_answered(committee_id)).order_by("rank", "id")


def _here(committee_id: UUID, branches: Collection[UUID]) -> QuerySet[RegisterEntry]:
    """The open entries of those not underway."""
    entries = RegisterEntry.objects.filter(committee_id=committee_id, branch_id__in=list(branches), closed_on=None)
    sent = Transfer.objects.filter(committee_id=committee_id, stage__in=UNDERWAY).annotate(whose=whose())
    return entries.exclude(Exists(sent.filter(whose=OuterRef("member"))))


def _answered(committee_id: UUID) -> Q:
    """Whether facts of an entry or a decision on it are known."""
    known = Exists(EntryFacts.objects.filter(committee_id=committee_id, entry=OuterRef("id")))
    return Q(known) | Q(Exists(Overruling.objects.filter(committee_id=committee_id, entry=OuterRef("id"))))


def calls_about(
    committee_id: UUID, entries: Collection[UUID], about: Purpose, since: date
) -> dict[UUID, list[ContactRecord]]:
    """Entry → the contacts that served a purpose from `since` on, oldest first."""
    records = ContactRecord.objects.filter(
        committee_id=committee_id, entry_id__in=list(entries), happened_on__gte=since, withdrawn_at=None
    ).annotate(urging=F("purposes").bitand(about.value))
    found: dict[UUID, list[ContactRecord]] = defaultdict(list)
    for record in records.filter(urging__gt=0).order_by("happened_on", "id"):
        found[record.entry_id].append(record)
    return found
