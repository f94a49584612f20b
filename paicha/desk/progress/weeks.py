"""How a campaign goes on, week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from paicha.campaigns.checking.past import decided_by
from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.reporting.models import State
from paicha.campaigns.review.past import reports_by_day

MOST = 12  # weeks shown: a campaign takes three


@dataclass(frozen=True, slots=True)
class Week:
    """As `day` ended: members with a verdict, branches that had reported (a returned one has not), approved ones."""

    day: date
    decided: int
    reported: int
    approved: int


def week_ends(first: date, last: date) -> list[date]:
    """Each Sunday from `first` on, and `last`; the newest `MOST`."""
    sunday = first + timedelta(days=6 - first.weekday())
    days = [sunday + timedelta(days=7 * n) for n in range((last - sunday).days // 7 + 1)] if sunday <= last else []
    return [*(day for day in days if day < last), last][-MOST:]


def weeks_of(campaign: Campaign, last: date) -> Sequence[Week]:
    """Every week from the campaign's first day to `last`, oldest first."""
    days = week_ends(min(campaign.begins_on, last), last)
    found = []
    for day, decided, sent in zip(days, decided_by(campaign, days), reports_by_day(campaign, days), strict=True):
        states = [one.state for one in sent.values()]
        approved = states.count(State.APPROVED)
        found.append(Week(day, decided, approved + states.count(State.SUBMITTED), approved))
    return found
