"""Reads of decisions and of what waits for one. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Sum

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.reporting.models import State, Submission, SubmissionLine
from paicha.campaigns.reporting.selectors import newest_of, statistics_of
from paicha.campaigns.review.models import CommonFault, Decision, ReturnedCell, What
from paicha.domain.questions import ask, ask_moved
from paicha.register.models import EntryVersion, RegisterEntry


def decisions_of(unit: CampaignUnit) -> list[Decision]:
    """What the office decided on a branch's reports, the newest first; `returned` is how many cells came back."""
    found = Decision.objects.filter(committee_id=unit.committee_id, submission__unit=unit)
    counted = found.annotate(returned=Count("cells"))
    return list(counted.select_related("submission").order_by("-decided_at", "-id"))


def common_faults(committee_id: UUID) -> list[CommonFault]:
    """The committee's list, what is used most first."""
    return list(CommonFault.objects.filter(committee_id=committee_id).order_by("-used", "text"))


def cells_of(decision: Decision) -> list[ReturnedCell]:
    """The cells of a return, in the order in which they were given."""
    found = ReturnedCell.objects.filter(committee_id=decision.committee_id, decision=decision)
    return list(found.select_related("version").order_by("id"))


def returned_of(decisions: list[Decision], submission: Submission) -> Decision | None:
    """The return of this report among a branch's decisions (`decisions_of`)."""
    return next((one for one in decisions if one.what == What.RETURNED and one.submission_id == submission.id), None)


def return_before(decisions: list[Decision], submission: Submission) -> Decision | None:
    """The newest return of an earlier report of the same branch."""
    return next((one for one in decisions if one.what == What.RETURNED and one.submission.n < submission.n), None)


def before(submission: Submission) -> Submission | None:
    """The same branch's report before this one in the campaign."""
    found = Submission.objects.filter(committee_id=submission.committee_id, unit_id=submission.unit_id)
    return found.filter(n__lt=submission.n).order_by("-n").first()


def standing(committee_id: UUID, entries: Collection[UUID]) -> dict[UUID, EntryVersion]:
    """Entry → its version on the living register; those that are closed are left out."""
    found = RegisterEntry.objects.filter(committee_id=committee_id, id__in=entries, closed_on=None)
    return {entry.id: entry.current for entry in found.select_related("current") if entry.current}


def last_round(submission: Submission) -> Submission | None:
    """What was approved of the same organization in the campaign before; None where there is none."""
    return last_rounds(submission.unit.campaign, submission.unit.organization_id).get(submission.unit.organization_id)


def last_rounds(campaign: Campaign, organization_id: UUID | None = None) -> dict[UUID, Submission]:
    """Organization → what was approved of it in the newest campaign before this one that has anything of it."""
    found = Submission.objects.filter(
        committee_id=campaign.committee_id, state=State.APPROVED, unit__campaign__begins_on__lt=campaign.begins_on
    )
    if organization_id:
        found = found.filter(unit__organization_id=organization_id)
    ordered = found.select_related("unit__campaign").order_by("unit__campaign__begins_on", "n")
    return {submission.unit.organization_id: submission for submission in ordered}


def questions(submission: Submission, earlier: Submission | None) -> list[str]:
    """The standard questions (domain.md, 附件2). A nil return was confirmed by the branch and is not asked about."""
    statistics = statistics_of(submission)
    asked = [] if submission.nil else list(ask(statistics))
    if earlier:
        as_of = earlier.unit.campaign.as_of.isoformat()
        asked += ask_moved(statistics.figures, statistics_of(earlier).figures, as_of)
    return asked


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for the office: `errors` of its people as they were counted when each was written."""

    submission: Submission
    unit: CampaignUnit
    errors: int
    balanced: bool
    questions: list[str]

    @property
    def order(self) -> tuple[object, ...]:
        """Late first, then worst, then oldest."""
        sent = self.submission
        worst = (-self.errors, self.balanced, -len(self.questions))
        return (not sent.late_days, *worst, sent.submitted_at, sent.id)


def queue_of(campaign: Campaign) -> list[Waiting]:
    """What waits for the office, in the order in which it is looked at. Four queries."""
    sent = [one for one in newest_of(campaign).values() if one.state == State.SUBMITTED]
    units = CampaignUnit.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    by_id = units.in_bulk([one.unit_id for one in sent])
    lines = SubmissionLine.objects.filter(committee_id=campaign.committee_id, submission__in=sent)
    summed = lines.order_by().values_list("submission_id").annotate(Sum("version__errors"))
    errors, earlier = dict(summed), last_rounds(campaign)
    waiting = []
    for one in sent:
        unit = by_id[one.unit_id]
        asked = questions(one, earlier.get(unit.organization_id))
        waiting.append(Waiting(one, unit, errors.get(one.id) or 0, statistics_of(one).balanced, asked))
    return sorted(waiting, key=lambda each: each.order)


def waiting_reports(campaign: Campaign) -> int:
    """How many reports wait for the office: one that waits is always its branch's newest."""
    found = Submission.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign)
    return found.filter(state=State.SUBMITTED).count()
