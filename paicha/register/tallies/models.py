"""What a branch's register counts to, recomputed from it in each transaction that writes to it, never incremented."""

from django.db import models

from paicha.organizations.models import Organization
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedJSONField


class BranchTally(ScopedModel):
    """A branch's 附件2 (`figures`: A … Z in order) and its faults, by ages on `as_of` and directions from `home` (a
    division's code, "" for none). `others` are the people of U by the detail of their reason."""

    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    home = models.CharField(max_length=12, blank=True, default="")
    figures = models.JSONField()
    others = SealedJSONField()
    balanced = models.BooleanField()
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "branch"], name="one_tally_of_a_branch"),)
