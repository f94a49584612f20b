"""Reads of circulars. Callers have passed access.py; `committee_id` is named all the same."""

from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.supervision.circulating.models import Circular


def circulars_of(campaign: Campaign, *, drafts: bool) -> list[Circular]:
    """What was sent, the newest first; before it, for the office, the drafts."""
    found = Circular.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    if not drafts:
        found = found.exclude(sent_at=None)
    return sorted(found, key=lambda one: (one.n is not None, -(one.n or 0), one.drafted_at))
