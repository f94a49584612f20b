"""What a branch handed in, frozen: the bytes, the versions they were made from, the figures."""

from django.db import models

from paicha.campaigns.deployment.models import CampaignUnit, Paper
from paicha.campaigns.kept import KeptFile
from paicha.register.models import EntryVersion
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedJSONField, SealedTextField


class State(models.IntegerChoices):
    """draft (no row yet) → submitted → returned → submitted … → approved; an approved one can be reopened."""

    SUBMITTED = 1, "已上报"
    RETURNED = 2, "已退回"
    APPROVED = 3, "已审核通过"
    REOPENED = 4, "已重新打开"


class Submission(ScopedModel):
    """The `n`th report of a unit. `figures`: A … Z in order, `others` as in BranchTally; `coverage`: [rostered, in
    transit, with a verdict of 1–4]; `pending`: names of those reported as 待定; `report_by`: the last day as it was
    then; `late_days`: days after it (0: in time) of the branch's first report, which a return makes neither better nor
    worse; `canonical`: JSON of everything with the versions of rules, settings and divisions. Only `state` changes."""

    unit = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="submissions")
    n = models.PositiveIntegerField()
    state = models.PositiveSmallIntegerField(choices=State.choices, default=State.SUBMITTED)
    submitted_at = models.DateTimeField()
    submitted_on = models.DateField()
    report_by = models.DateField()
    late_days = models.PositiveIntegerField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    reviewer = SealedTextField()  # 审核领导
    filler = SealedTextField()  # 填表人
    filler_phone = SealedTextField(blank=True, default="")
    figures = models.JSONField()
    others = SealedJSONField()
    remark = SealedTextField(blank=True, default="")
    coverage = models.JSONField()
    pending = SealedJSONField(default=list)
    nil = models.BooleanField(default=False)
    canonical = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "unit", "n"], name="one_submission_of_a_number"),
        )
        indexes = (models.Index(fields=["committee_id", "state"], name="submission_state"),)


class SubmissionFile(ScopedModel):
    """One paper of a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    paper = models.PositiveSmallIntegerField(choices=Paper.choices)
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "submission", "paper"], name="one_paper_of_a_kind"),
        )


class SubmissionLine(ScopedModel):
    """One row of the reported 附件1: the version that it was made from."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="lines")
    version = models.ForeignKey(EntryVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "submission", "number"], name="one_line_of_a_number"),
        )
