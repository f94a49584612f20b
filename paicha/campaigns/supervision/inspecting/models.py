"""Inspections: what was drawn from what, and what was found."""

from django.db import models

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.register.models import EntryVersion, Member
from paicha.register.roster.models import RosterLine
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class Whom(models.IntegerChoices):
    """From whom the list is drawn."""

    REGISTER = 1, "台账上的流出党员"
    EVERYBODY = 2, "全部排查对象"


class Result(models.IntegerChoices):
    TRUE = 1, "属实"
    UNTRUE = 2, "不属实"
    MISSED = 3, "未接通"


class Inspection(ScopedModel):
    """The `n`th list of a campaign: `share` percent or `number` people of each branch, drawn by `seed` (hexadecimal;
    domain.sampling) from the people that InspectionUnit keeps."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="inspections")
    n = models.PositiveIntegerField()
    whom = models.PositiveSmallIntegerField(choices=Whom.choices)
    share = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    seed = models.CharField(max_length=32)
    drawn_on = models.DateField()
    drawn_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "campaign", "n"], name="one_inspection_of_a_number"),
        )


class InspectionUnit(ScopedModel):
    """One branch of a list: `whole`, ids of all members that could have been drawn."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="+")
    whole = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "inspection", "unit"], name="one_inspection_of_a_unit"),
        )


class InspectionPerson(ScopedModel):
    """Somebody drawn, in the order of the draw (`rank`). `version` and `line`: what register and roster said on that
    day. `result` null: not called yet; `words`: what was found. `revision` counts the changes, so that of two who type
    at once none writes over the other."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="people")
    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(EntryVersion, on_delete=models.PROTECT, null=True, related_name="+")
    line = models.ForeignKey(RosterLine, on_delete=models.PROTECT, null=True, related_name="+")
    rank = models.PositiveIntegerField()
    result = models.PositiveSmallIntegerField(choices=Result.choices, null=True)
    words = SealedTextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    asker_name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "inspection", "member"], name="one_inspection_of_a_member"),
        )
        indexes = (models.Index(fields=["committee_id", "unit", "result"], name="inspection_person_unit"),)
