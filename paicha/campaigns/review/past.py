"""Reports as they stood at the end of a past day: a submission itself keeps only its newest state, the office's
decisions keep their times. Callers have passed access.py; `committee_id` is named all the same."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.review.models import Decision, What
from paicha.web.days import end_of

STATE_AFTER = {What.RETURNED: State.RETURNED, What.APPROVED: State.APPROVED, What.REOPENED: State.REOPENED}


@dataclass(frozen=True, slots=True)
class Sent:
    """A unit's newest report on a day, and the state that it had then."""

    submission: Submission
    state: State


def reports_on(campaign: Campaign, day: date) -> dict[UUID, Sent]:
    """Unit → its newest report as `day` ended; a unit that had handed in nothing is left out. Two queries."""
    end = end_of(day)
    sent = Submission.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign, submitted_at__lt=end)
    newest = {submission.unit_id: submission for submission in sent.order_by("n")}
    decided = Decision.objects.filter(
        committee_id=campaign.committee_id, submission__unit__campaign=campaign, decided_at__lt=end
    )
    states = {
        submission_id: STATE_AFTER[What(what)]
        for submission_id, what in decided.order_by("decided_at", "id").values_list("submission_id", "what")
    }
    return {unit: Sent(one, states.get(one.id, State.SUBMITTED)) for unit, one in newest.items()}
