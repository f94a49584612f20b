"""A campaign, the tree as it was copied for it, and each branch's work plan."""

from django.db import models

from paicha.organizations.models import Kind, Organization
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class Phase(models.IntegerChoices):
    """The three steps of the notice (三), each with its last day."""

    DEPLOY = 1, "安排部署"
    CHECK = 2, "开展排查"
    REPORT = 3, "报告情况"


class Paper(models.IntegerChoices):
    """What a branch hands in (notice 三.3)."""

    ANNEX1 = 1, "附件1 流出党员基本信息登记表"
    ANNEX2 = 2, "附件2 流出党员有关情况统计表"
    SUMMARY = 3, "排查工作情况报告"
    EDUCATION = 4, "流出党员参加主题教育情况"
    SIGNED = 5, "签字扫描件"


class Campaign(ScopedModel):
    """One round. `begins_on` is the day from which receipts count in Y; `deploy_by`, `check_by`, `report_by` are the
    last days of the phases; `as_of` is the day that ages count to; `home_code` and `rules_version` as in RuleSet;
    `papers` are values of Paper."""

    name = models.CharField("名称", max_length=80)
    begins_on = models.DateField()
    deploy_by = models.DateField()
    check_by = models.DateField()
    report_by = models.DateField()
    as_of = models.DateField()
    home_code = models.CharField(max_length=12, blank=True)
    rules_version = models.CharField(max_length=20)
    papers = models.JSONField(default=list)
    notice = models.ForeignKey("campaigns.KeptFile", on_delete=models.PROTECT, null=True, related_name="+")
    deployed_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "name"], name="one_campaign_of_a_name"),)
        indexes = (models.Index(fields=["committee_id", "begins_on"], name="campaign_newest"),)


class PhaseMove(ScopedModel):
    """A last day that was moved, and why: told to every branch."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="moves")
    phase = models.PositiveSmallIntegerField(choices=Phase.choices)
    before = models.DateField()
    after = models.DateField()
    reason = models.CharField(max_length=200)
    moved_at = models.DateTimeField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "campaign", "moved_at"], name="phase_move_campaign"),)


class CampaignUnit(ScopedModel):
    """An organization as it stood at deployment; campaigns sum over these, whatever becomes of the living tree.
    `looked_before`: it had checked before the notice and goes over each entry again (回头看, notice 四.2)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="units")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    name = models.CharField(max_length=120)
    sector = models.CharField(max_length=40, blank=True)
    leader = models.CharField(max_length=80, blank=True)
    phone = SealedTextField(blank=True, default="")
    home_code = models.CharField(max_length=12, blank=True)
    rank = models.PositiveIntegerField(default=0)
    looked_before = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "campaign", "organization"], name="one_unit_of_a_campaign"),
        )
        indexes = (models.Index(fields=["committee_id", "organization"], name="unit_organization"),)


class LookBack(ScopedModel):
    """回头看 (notice 四.2): from `asked_at` on the branch goes over each entry of its register again, one by one. Asked
    at deployment of a branch that had checked before, or by the office later, with `reason`; withdrawn, it is no longer
    asked for and stays to be seen."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="look_backs")
    reason = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "unit", "asked_at"], name="look_back_unit"),)


class WorkPlan(ScopedModel):
    """A branch's work plan (notice 三.1: 意义, 对象, 任务, 纪律): drafted for it, edited and confirmed by it. Edited
    later it is confirmed again; `first_confirmed_at` says whether it was in time."""

    unit = models.OneToOneField(CampaignUnit, on_delete=models.PROTECT, related_name="plan")
    meaning = models.TextField()
    targets = models.TextField()
    tasks = models.TextField()
    discipline = models.TextField()
    confirmed_at = models.DateTimeField(null=True)
    first_confirmed_at = models.DateTimeField(null=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "unit"], name="plan_unit"),)
