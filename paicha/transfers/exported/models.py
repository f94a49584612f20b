"""What a batch of the national system's list wrote down, so that it can be undone."""

from django.db import models

from paicha.tenancy.models import ScopedModel


class ExportedLine(ScopedModel):
    """One thing that a batch (`batch_id`, an upload) made for one member: a step of a transfer, or the receipt that
    ended it. `row` is the sheet's own."""

    batch_id = models.UUIDField()
    row = models.PositiveIntegerField()
    member = models.ForeignKey("register.Member", on_delete=models.PROTECT, related_name="+")
    move = models.ForeignKey("transfers.TransferMove", on_delete=models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey("transfers.Receipt", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["committee_id", "batch_id"], name="exported_batch"),)
