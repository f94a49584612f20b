"""What the office decided on a submission, and why."""

from django.db import models

from paicha.campaigns.reporting.models import State, Submission
from paicha.register.models import EntryVersion
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class What(models.IntegerChoices):
    RETURNED = 1, "退回"
    APPROVED = 2, "审核通过"
    REOPENED = 3, "重新打开"

    @property
    def after(self) -> State:
        """The state of a report after this step."""
        return _AFTER[self]


_AFTER = {What.RETURNED: State.RETURNED, What.APPROVED: State.APPROVED, What.REOPENED: State.REOPENED}


class Decision(ScopedModel):
    """One step of the office on a submission; never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    what = models.PositiveSmallIntegerField(choices=What.choices)
    reason = SealedTextField(blank=True, default="")
    decided_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "submission", "decided_at"], name="decision_submission"),)


class CommonFault(ScopedModel):
    """A fault as the office words it: the list grows with use, and what is used most stands first."""

    text = models.CharField(max_length=200)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "text"], name="one_common_fault"),)


class ReturnedCell(ScopedModel):
    """A reason of a return, on a cell: `version` is the row of the reported 附件1 (null: 附件2 or the report as a
    whole), `column` a value of annex1.Column or null, `letter` a figure of 附件2 or ""."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="cells")
    version = models.ForeignKey(EntryVersion, on_delete=models.PROTECT, null=True, related_name="+")
    column = models.PositiveSmallIntegerField(null=True)
    letter = models.CharField(max_length=1, blank=True)
    fault = models.ForeignKey(CommonFault, on_delete=models.PROTECT, null=True, related_name="+")
    said = SealedTextField()

    class Meta:
        indexes = (models.Index(fields=["committee_id", "decision"], name="returned_cell_decision"),)
