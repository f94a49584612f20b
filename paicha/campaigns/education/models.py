"""How a member takes part in theme education, where no contact record says so already; the material that was sent to
them, and that they confirmed it."""

from django.db import models
from django.db.models import Q

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


class Channel(models.IntegerChoices):
    """How study material reaches somebody who is away."""

    POST = 1, "邮寄"
    ELECTRONIC = 2, "发电子版"
    IN_PERSON = 3, "当面送"
    LOCAL = 4, "请流入地党组织转交"


class Sending(ScopedModel):
    """Study material sent to one member on one day. It covers nobody until it is acknowledged; sent by mistake, it is
    withdrawn and stays."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="sendings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="sendings")
    material = SealedTextField()
    channel = models.PositiveSmallIntegerField(choices=Channel.choices)
    sent_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "unit", "member"], name="sending_member"),)


class Acknowledgement(ScopedModel):
    """The member confirmed on a day that the material is there and was studied. A contact record that served theme
    education says as much of what was sent before it (selectors.sendings_of), and needs none of these."""

    sending = models.ForeignKey(Sending, on_delete=models.PROTECT, related_name="acknowledgements")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "sending"], condition=Q(withdrawn_at=None), name="one_acknowledgement"
            ),
        )
