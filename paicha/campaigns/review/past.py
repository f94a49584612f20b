"""Reports as they stood at the end of a past day: a submission itself keeps only its newest state, the office's
decisions keep their times. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.reporting.selectors import SIGNED
from paicha.campaigns.review.models import Decision, What
from paicha.web.days import end_of


@dataclass(frozen=True, slots=True)
class Sent:
    """A unit's newest report on a day, and the state that it had then."""

    submission: Submission
    state: State


def reports_on(campaign: Campaign, day: date) -> dict[UUID, Sent]:
    """Unit → its newest report as `day` ended; a unit that had handed in nothing is left out."""
    return reports_by_day(campaign, [day])[0]


def reports_by_day(campaign: Campaign, days: Sequence[date]) -> list[dict[UUID, Sent]]:
    """The same of several days. Two queries, however many days."""
    sent = Submission.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign).order_by("n")
    submissions = list(sent.defer(*SIGNED))
    decided = Decision.objects.filter(committee_id=campaign.committee_id, submission__unit__campaign=campaign)
    decisions = list(decided.order_by("decided_at", "id").values_list("submission_id", "what", "decided_at"))
    found = []
    for end in map(end_of, days):
        newest = {one.unit_id: one for one in submissions if one.submitted_at < end}
        states = {id_: What(what).after for id_, what, at in decisions if at < end}
        found.append({unit: Sent(one, states.get(one.id, State.SUBMITTED)) for unit, one in newest.items()})
    return found
