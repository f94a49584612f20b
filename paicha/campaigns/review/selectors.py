"""Reads of decisions. Callers have passed access.py; `committee_id` is named all the same."""

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.review.models import Decision


def decisions_of(unit: CampaignUnit) -> list[Decision]:
    """What the office decided on a branch's reports, the newest first."""
    found = Decision.objects.filter(committee_id=unit.committee_id, submission__unit=unit)
    return list(found.select_related("submission").order_by("-decided_at", "-id"))
