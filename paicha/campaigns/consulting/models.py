"""Questions of branches and the office's answers (notice 四.3)."""

from django.db import models

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.register.models import Member
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class Consultation(ScopedModel):
    """One question, about a member or (`member` null) in general; `major`: a 重大问题, on top of the office head's page
    until answered. `n` numbers a campaign's questions, so that an answer can be cited. What is published to all
    branches (口径问答) is written anew without names, in `public_question` and `public_answer`."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="consultations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="consultations")
    n = models.PositiveIntegerField()
    campaign_id = models.UUIDField()
    question = SealedTextField()
    major = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asker_id = models.UUIDField()
    asker_name = models.CharField(max_length=40)
    answer = SealedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answerer_name = models.CharField(max_length=40, blank=True)
    public_question = models.TextField(blank=True)
    public_answer = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "campaign_id", "n"], name="one_consultation_of_a_number"),
        )
        indexes = (models.Index(fields=["committee_id", "unit", "asked_at"], name="consultation_unit"),)
