"""What the office has filed of the updates. The updates themselves are read from versions, closings and verdicts; they
are kept nowhere a second time."""

from django.db import models

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.tenancy.models import ScopedModel


class Filing(ScopedModel):
    """备案: the office has seen what a branch changed up to and with `until`."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="filings")
    until = models.DateTimeField()
    filed_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "unit", "until"], name="filing_unit"),)
