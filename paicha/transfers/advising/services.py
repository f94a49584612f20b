"""Writes of facts and of decisions against the advice: one transaction and one event each, which holds no fact."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.domain.advice import Course, Work
from paicha.organizations.models import User
from paicha.register.models import RegisterEntry
from paicha.transfers.advising.models import EntryFacts, Overruling
from paicha.transfers.advising.selectors import KEPT, advised
from paicha.transfers.unfit import Unfit


@transaction.atomic
def record_facts(*, actor: User, entry_id: UUID, answers: Mapping[str, bool | Work | None]) -> EntryFacts:
    """Write down facts of an entry, by their names in KEPT; those that are not named stay as they were, None says that
    it is not known. Answers that say the same as before make no version. Raises Unfit for somebody off the register."""
    entry = _locked(actor, entry_id)
    before = EntryFacts.objects.filter(committee_id=actor.committee_id, entry=entry).order_by("-n").first()
    known = {name: getattr(before, name) if before else None for name in KEPT}
    if before and known == known | dict(answers):
        return before
    facts = EntryFacts(
        committee_id=actor.committee_id,
        entry=entry,
        n=before.n + 1 if before else 1,
        recorded_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
        **(known | dict(answers)),
    )
    facts.save(force_insert=True)
    _record(Event.TRANSFER_FACTS_RECORDED, actor, entry, n=facts.n)
    return facts


@transaction.atomic
def overrule(*, actor: User, entry_id: UUID, course: Course | None, reason: str, today: date) -> Overruling:
    """Set a course instead of the advised one; None: the advice holds again. Raises Unfit without a reason, for
    somebody off the register."""
    if not reason:
        raise Unfit("请写明为什么这样定")
    entry = _locked(actor, entry_id)
    rows = Overruling.objects.filter(committee_id=actor.committee_id, entry=entry)
    overruling = Overruling(
        committee_id=actor.committee_id,
        entry=entry,
        n=(rows.aggregate(last=Max("n"))["last"] or 0) + 1,
        course=course,
        advised=advised(entry, today).by_rules.course,
        reason=reason,
        recorded_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    overruling.save(force_insert=True)
    _record(Event.ADVICE_OVERRULED, actor, entry, course=course.label if course else "")
    return overruling


def _locked(actor: User, entry_id: UUID) -> RegisterEntry:
    # without its version: of an entry that is being edited, PostgreSQL would give the one before, which is no match
    entry = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    if entry.closed_on is not None:
        raise Unfit("这个人已经销册")
    return entry


def _record(event: Event, actor: User, entry: RegisterEntry, **payload: int | str) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry",
        subject_id=entry.id,
        branch_id=entry.branch_id,
        **payload,
    )
