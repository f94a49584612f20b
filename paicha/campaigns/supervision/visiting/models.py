"""Visits as they were noted; a note is not changed, what became of it is added once."""

from django.db import models

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class Visit(ScopedModel):
    """One visit: the day, who went, what was `seen`, what to `follow_up` ("": nothing); `outcome` once that is done."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    who = models.CharField(max_length=120)
    seen = SealedTextField()
    follow_up = SealedTextField(blank=True, default="")
    noted_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    outcome = SealedTextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settler_name = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "unit", "visited_on"], name="visit_unit"),)
