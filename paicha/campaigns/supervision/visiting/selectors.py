"""Reads of visits. Callers have passed access.py; `committee_id` is named all the same."""

from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.supervision.visiting.models import Visit


def is_open(visit: Visit) -> bool:
    """Whether something is still to be followed up."""
    return bool(visit.follow_up) and visit.settled_at is None


def visits_of(campaign: Campaign) -> list[Visit]:
    """Every visit of a campaign: those with something to follow up first, then the newest."""
    found = Visit.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign).select_related("unit")
    return sorted(found.order_by("-visited_on", "-id"), key=lambda visit: not is_open(visit))
