"""The office's decisions on what was handed in: each one transaction and one audit event."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.reporting.selectors import statistics_of
from paicha.campaigns.review.models import Decision, What
from paicha.organizations.models import User

STEPS = {
    What.RETURNED: (State.SUBMITTED, State.RETURNED, Event.REPORT_RETURNED),
    What.APPROVED: (State.SUBMITTED, State.APPROVED, Event.REPORT_APPROVED),
    What.REOPENED: (State.APPROVED, State.REOPENED, Event.REPORT_REOPENED),
}


class Unfit(ValueError):
    """A decision that cannot be taken; the message says why, in Chinese."""


@transaction.atomic
def decide(*, actor: User, submission_id: UUID, what: What, reason: str = "") -> Decision:
    """Return with a reason, approve, or reopen with a reason. The unit is held, so that of a branch that hands in and
    an office that decides one comes first.

    Raises Unfit where it is no longer the newest, not in the state for it, without a needed reason, for an unbalanced
    sheet."""
    found = Submission.objects.get(committee_id=actor.committee_id, id=submission_id)
    CampaignUnit.objects.select_for_update().get(committee_id=actor.committee_id, id=found.unit_id)
    submission = Submission.objects.select_related("unit").get(committee_id=actor.committee_id, id=submission_id)
    before, after, event = STEPS[what]
    later = Submission.objects.filter(committee_id=actor.committee_id, unit=submission.unit, n__gt=submission.n)
    if later.exists() or submission.state != before:
        raise Unfit(f"这一份现在是“{State(submission.state).label}”，不能{what.label}；请刷新后再看")
    if what is not What.APPROVED and not reason:
        raise Unfit(f"{what.label}要写明原因，党支部会看到")
    if what is What.APPROVED and not statistics_of(submission).balanced:
        raise Unfit("附件2不平衡，不能通过")
    submission.state = after
    submission.save(update_fields=["state"])
    decision = Decision(
        committee_id=actor.committee_id,
        submission=submission,
        what=what,
        reason=reason,
        decided_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    decision.save(force_insert=True)
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="submission",
        subject_id=submission.id,
        branch_id=submission.unit.organization_id,
        number=submission.n,
    )
    return decision
