"""Circulars: a draft the office edits, frozen once it is sent."""

from django.db import models

from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.kept import KeptFile
from paicha.tenancy.models import ScopedModel


class Circular(ScopedModel):
    """`sections`: section → text, a paragraph a line (drafting.SECTIONS); `lines`: a table's rows as texts, by branch;
    both without names of members. `figures_on`: the day of the figures. Sent, it has its number `n` and the bytes
    that went out (`file`), and is never changed; `revision` counts the edits before."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="circulars")
    n = models.PositiveIntegerField(null=True)
    sections = models.JSONField()
    lines = models.JSONField()
    figures_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)
    drafted_at = models.DateTimeField()
    drafter_name = models.CharField(max_length=40)
    sent_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=40, blank=True)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "campaign", "n"], name="one_circular_of_a_number"),
        )
