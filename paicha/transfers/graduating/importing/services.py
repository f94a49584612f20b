"""Writes of a cohort's list: a batch applied, a batch taken back. Each is one transaction and one audit event."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.intake import services
from paicha.intake.models import State, Upload
from paicha.intake.services import AlreadyDecided, PlanChanged
from paicha.organizations.models import User
from paicha.register.sorting import sort_keys
from paicha.transfers.graduating.importing.plan import Change, Plan, What
from paicha.transfers.graduating.models import Cohort, Graduate, GraduateVersion
from paicha.transfers.graduating.writing import BATCH, Written, held, write_versions
from paicha.transfers.tracking.models import Transfer


@transaction.atomic
def apply_list(*, actor: User, upload: Upload, plan: Plan, digest: str) -> Upload:
    """Write who is new on the list and what changed. Raises PlanChanged, intake.services.AlreadyDecided; then nothing
    is written."""
    decided = services.applied(
        actor=actor, upload=upload, event=Event.GRADUATES_IMPORTED, counts=plan.counts, planned=plan.digest, seen=digest
    )
    cohort_id = upload.about_id or upload.id  # a list is always of a cohort
    cohort = Cohort.objects.select_for_update().get(committee_id=actor.committee_id, id=cohort_id)
    new = [_graduate(cohort, change) for change in plan.of(What.NEW)]
    try:
        Graduate.objects.bulk_create([one for one in new if one.current_id is None], batch_size=BATCH)
    except IntegrityError:  # another batch brought the same person since the plan was made
        raise PlanChanged from None
    _hold(actor.committee_id, plan)
    again = [one for one in new if one.current_id is not None]
    Graduate.objects.bulk_update(again, ["taken_off_at", "taken_off_by", "branch_id"], batch_size=BATCH)
    written = [
        Written(graduate, change.values, joins=True) for graduate, change in zip(new, plan.of(What.NEW), strict=True)
    ]
    written += [Written(change.graduate, change.values) for change in plan.of(What.CHANGED) if change.graduate]
    write_versions(actor, written, timezone.now(), upload.id)
    return decided


def _graduate(cohort: Cohort, change: Change) -> Graduate:
    """Who is new on the list, or was taken off it before."""
    if change.graduate is not None:
        change.graduate.taken_off_at, change.graduate.taken_off_by = None, ""
        change.graduate.branch_id = change.branch_id
        return change.graduate
    return Graduate(
        committee_id=cohort.committee_id,
        cohort=cohort,
        member=change.member,
        branch_id=change.branch_id,
        pinyin=sort_keys(change.member.name)[0],
    )


def _hold(committee_id: UUID, plan: Plan) -> None:
    """Raises PlanChanged where somebody was written anew since the plan was made."""
    current = {change.graduate.id: change.graduate.current_id for change in plan.changes if change.graduate}
    standing = Graduate.objects.select_for_update().filter(committee_id=committee_id, id__in=list(current))
    if dict(standing.values_list("id", "current_id")) != current:
        raise PlanChanged


@dataclass(slots=True)
class Undone:
    """How many were taken off the list again and put back, and who was changed since and stays."""

    taken_off: int = 0
    put_back: int = 0
    kept: list[str] = field(default_factory=list)


@transaction.atomic
def undo_list(*, actor: User, upload: Upload) -> Undone:
    """Take back what applying `upload` did: who was new is taken off, the others are as before. Who was written anew
    since, or whose transfer was begun since, is kept. Raises intake.services.AlreadyDecided."""
    if upload.state != State.APPLIED:
        raise AlreadyDecided
    ours = GraduateVersion.objects.filter(committee_id=actor.committee_id)
    written = ours.filter(batch_id=upload.id).values("graduate")
    graduates = held(Graduate.objects.filter(committee_id=actor.committee_id, id__in=written))
    begun = set(
        Transfer.objects.filter(
            committee_id=actor.committee_id,
            member_id__in=[graduate.member_id for graduate in graduates],
            moves__recorded_at__gte=upload.decided_at,
        ).values_list("member_id", flat=True)
    )
    before = {
        version.graduate_id: version
        for version in ours.filter(graduate__in=graduates).exclude(batch_id=upload.id).order_by("n")
    }
    undone = Undone()
    changed = []
    for graduate in graduates:
        if graduate.current is None or graduate.current.batch_id != upload.id or graduate.member_id in begun:
            undone.kept.append(graduate.member.name)
            continue
        changed.append(graduate)
        if graduate.current.joined:
            graduate.taken_off_at, graduate.taken_off_by = timezone.now(), actor.name
            undone.taken_off += 1
        else:
            graduate.current = before[graduate.id]
            undone.put_back += 1
    Graduate.objects.bulk_update(changed, ["current", "taken_off_at", "taken_off_by"], batch_size=BATCH)
    counts = {"taken_out": undone.taken_off, "put_back": undone.put_back, "kept": len(undone.kept)}
    services.undone(actor=actor, upload=upload, counts=counts)
    return undone
