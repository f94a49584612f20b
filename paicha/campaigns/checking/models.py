"""Verdicts: what a branch decided for a member, when and why. A row is never changed but for the time at which another
took its place."""

from django.db import models
from django.db.models import Q

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.register.contacts.models import ContactRecord
from paicha.register.models import Member, RegisterEntry
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class MemberVerdict(ScopedModel):
    """`verdict` and `proposed` are values of domain.vocabulary.Verdict (`proposed` null: nothing was proposed); `rule`
    is the clause, `reason` the branch's words. `changed_on`: the day on which work, study or residence changed;
    `attended_on`: the last activity attended in person. `together`: confirmed with others in one step, names shown."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="verdicts")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="verdicts")
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, null=True, related_name="verdicts")
    contact = models.ForeignKey(ContactRecord, on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.PositiveSmallIntegerField()
    proposed = models.PositiveSmallIntegerField(null=True)
    rule = models.CharField(max_length=40, blank=True)
    reason = SealedTextField(blank=True, default="")
    changed_on = models.DateField(null=True)
    attended_on = models.DateField(null=True)
    together = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "unit", "member"], condition=Q(superseded_at=None), name="one_verdict"
            ),
        )
        indexes = (models.Index(fields=["committee_id", "member", "decided_at"], name="verdict_member"),)
