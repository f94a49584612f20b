"""How a member takes part in theme education, where no contact record says so already."""

from django.db import models

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.register.models import Member
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class How(models.IntegerChoices):
    """In what way somebody who is away takes part."""

    ONLINE = 1, "线上参加本支部学习"
    BACK = 2, "回本支部参加"
    THERE = 3, "在流入地党组织参加"
    SENT = 4, "寄送、发送学习材料自学"
    VISIT = 5, "送学上门"


class Participation(ScopedModel):
    """One member on one day; recorded by mistake, it is withdrawn and stays. `materials`: what was studied."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="participations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="participations")
    how = models.PositiveSmallIntegerField(choices=How.choices)
    happened_on = models.DateField()
    materials = SealedTextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "unit", "member"], name="participation_member"),)
