"""Coverage as at the end of a past day, from affiliations and verdicts, which keep their times. What a roster said of
who was in transit is not kept by day: they are among the rostered here.

Callers have passed access.py; `committee_id` is named all the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import COVERED, Coverage, given_of
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Affiliation
from paicha.web.days import end_of

Spans = list[tuple[date, date | None]]  # (since, until) of affiliations


def standing_on(day: date) -> Q:
    """Whether a verdict stood as `day` ended."""
    end = end_of(day)
    return Q(decided_at__lt=end) & (Q(superseded_at=None) | Q(superseded_at__gte=end))


def coverage_on(campaign: Campaign, units: Iterable[CampaignUnit], day: date) -> dict[UUID, Coverage]:
    """Unit → its coverage as `day` ended: two queries, however many units. Counts as selectors.coverage_of does."""
    branches = {unit.organization_id: unit.id for unit in units}
    belonging = Q(until=None) | Q(until__gt=day)
    affiliations = Affiliation.objects.filter(belonging, committee_id=campaign.committee_id, since__lte=day)
    members = affiliations.filter(branch__in=list(branches)).order_by().values_list("branch_id").annotate(Count("id"))
    given, whole = given_of(campaign, standing_on(day), affiliations), dict(members)
    return {
        unit_id: Coverage.of(whole.get(branch_id, 0), 0, given.get(unit_id, {}))
        for branch_id, unit_id in branches.items()
    }


def decided_by(campaign: Campaign, days: Sequence[date]) -> list[int]:
    """How many members of the campaign had a verdict of 1–4 as each of these days ended, counted as `coverage_on` does.
    Three queries: who left a branch is looked up by name, since few do."""
    verdicts = MemberVerdict.objects.filter(
        committee_id=campaign.committee_id, unit__campaign=campaign, verdict__in=COVERED
    )
    counts = {f"day{n}": Count("id", filter=standing_on(day)) for n, day in enumerate(days)}
    found, left = verdicts.aggregate(**counts), _left(campaign, verdicts)
    return [found[f"day{n}"] - sum(gone(day) for gone in left) for n, day in enumerate(days)]


def _left(campaign: Campaign, verdicts: QuerySet[MemberVerdict]) -> list[Callable[[date], bool]]:
    """Of each verdict on somebody who left its branch otherwise than by a receipt: whether on a day it stood and they
    were gone."""
    closed = Affiliation.objects.filter(
        committee_id=campaign.committee_id, member=OuterRef("member"), branch=OuterRef("unit__organization")
    )
    theirs = verdicts.exclude(verdict=Verdict.TRANSFERRED).filter(Exists(closed.exclude(until=None)))
    rows = list(theirs.values_list("unit__organization_id", "member_id", "decided_at", "superseded_at"))
    spans: dict[tuple[UUID, UUID], Spans] = defaultdict(list)
    known = Affiliation.objects.filter(committee_id=campaign.committee_id, member__in=theirs.values("member"))
    for branch_id, member_id, since, until in known.values_list("branch_id", "member_id", "since", "until"):
        spans[branch_id, member_id].append((since, until))

    def gone_on(day: date, given: datetime, replaced: datetime | None, belonged: Spans) -> bool:
        end = end_of(day)
        stood = given < end and (replaced is None or replaced >= end)
        return stood and not any(since <= day and (until is None or until > day) for since, until in belonged)

    return [
        partial(gone_on, given=given, replaced=replaced, belonged=spans[branch_id, member_id])
        for branch_id, member_id, given, replaced in rows
    ]
