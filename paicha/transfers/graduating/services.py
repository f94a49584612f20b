"""Writes of cohorts and graduates: each one transaction and one audit event, which names nobody's destination."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import User
from paicha.transfers.graduating.models import Cohort, Graduate
from paicha.transfers.graduating.selectors import branch_of
from paicha.transfers.graduating.writing import Written, held, write_versions
from paicha.transfers.tracking.models import OPEN, Transfer
from paicha.transfers.tracking.moving import Step, Whom
from paicha.transfers.tracking.services import move_member
from paicha.transfers.unfit import Unfit


@transaction.atomic
def add_cohort(*, actor: User, name: str, month: int) -> Cohort:
    """A new cohort; `month` of graduation as year × 12 + month − 1. Raises Unfit for a name that is taken."""
    cohort = Cohort(
        committee_id=actor.committee_id,
        name=name,
        month=month,
        made_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    try:
        with transaction.atomic():
            cohort.save(force_insert=True)
    except IntegrityError:
        raise Unfit(f"已经有“{name}”了，请在列表里打开它") from None
    _record(Event.COHORT_ADDED, actor, cohort, name=name)
    return cohort


@transaction.atomic
def revise(*, actor: User, cohort_id: UUID, said: Mapping[UUID, tuple[int, Mapping[str, str]]]) -> set[UUID]:
    """Write down what is known of graduates now: graduate → (the version that was looked at, all values by the name of
    their Field). Those that say nothing new make no version. Returns whom somebody else has changed since: of them
    nothing is written."""
    cohort = Cohort.objects.get(committee_id=actor.committee_id, id=cohort_id)
    mine = Graduate.objects.filter(committee_id=actor.committee_id, cohort=cohort, taken_off_at=None)
    written, overtaken = [], set()
    for graduate in held(mine.filter(id__in=list(said))):
        seen, values = said[graduate.id]
        if graduate.current is None or graduate.current.values == _told(values):
            continue
        if graduate.current.n != seen:
            overtaken.add(graduate.id)
        else:
            written.append(Written(graduate, values))
    if written:
        write_versions(actor, written, timezone.now())
        _record(Event.GRADUATES_REVISED, actor, cohort, people=len(written))
    return overtaken


def move(*, actor: User, graduate_id: UUID, step: Step, today: date) -> Transfer:
    """Take the transfer of a graduate who stands on no register a step on, or begin one. Raises Unfit as
    tracking.services.take_step."""
    graduate = Graduate.objects.select_related("member").get(committee_id=actor.committee_id, id=graduate_id)
    return move_member(actor=actor, whom=Whom(graduate.member, branch_of(graduate)), step=step, today=today)


@transaction.atomic
def take_off(*, actor: User, graduate_id: UUID) -> Graduate:
    """Somebody is on the list by mistake. They stay to be seen, and come back with a list that names them. Raises Unfit
    while their transfer is open."""
    locked = Graduate.objects.select_for_update(of=("self",)).select_related("cohort", "member")
    graduate = locked.get(committee_id=actor.committee_id, id=graduate_id)
    if Transfer.objects.filter(committee_id=actor.committee_id, member=graduate.member, stage__in=OPEN).exists():
        raise Unfit("他的转接还没有办完，不能移出名单")
    if graduate.taken_off_at is None:
        graduate.taken_off_at, graduate.taken_off_by = timezone.now(), actor.name
        graduate.save(update_fields=["taken_off_at", "taken_off_by"])
        _record(Event.GRADUATE_TAKEN_OFF, actor, graduate.cohort, graduate.branch_id)
    return graduate


def _told(values: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in values.items() if text}


def _record(event: Event, actor: User, cohort: Cohort, branch_id: UUID | None = None, **payload: int | str) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="cohort",
        subject_id=cohort.id,
        branch_id=branch_id,
        **payload,
    )
