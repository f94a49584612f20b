"""From when on a contact about transferring counts."""

from datetime import date
from uuid import UUID

from paicha.campaigns.deployment.selectors import running
from paicha.transfers.urging.selectors import usual_start


def calls_since(committee_id: UUID, today: date) -> date:
    """The day on which the running campaign began, that of the usual months where none runs."""
    campaign = running(committee_id)
    return campaign.begins_on if campaign else usual_start(today)
