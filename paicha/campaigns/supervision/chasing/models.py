"""督办单 and what branches answered. Neither is ever changed: who has more to say answers once more."""

from django.db import models

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class Chasing(ScopedModel):
    """One 督办单 to a branch, the `n`th of its campaign. `lacking`: what was not done on that day, as it was said
    (lacking.Lack.frozen; figures, no names); `answer_by`: the day until which it is to be done and answered; `turn`:
    how often in a row, from the second on the branch is named to the office head; `batch_id`: issued in one step."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="chasings")
    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="chasings")
    n = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField(default=1)
    lacking = models.JSONField()
    answer_by = models.DateField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    batch_id = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "campaign", "n"], name="one_chasing_of_a_number"),
        )
        indexes = (models.Index(fields=["committee_id", "unit", "n"], name="chasing_unit"),)


class ChasingAnswer(ScopedModel):
    """What a branch answered: what is done, and (`done_by`) until when the rest will be."""

    chasing = models.ForeignKey(Chasing, on_delete=models.PROTECT, related_name="answers")
    words = SealedTextField()
    done_by = models.DateField(null=True)
    answered_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "chasing", "answered_at"], name="chasing_answer"),)
