"""What shows that an affiliation moved. Nothing is deleted: a receipt that was wrong is taken back and stays to be
seen."""

from django.db import models
from django.db.models import Q

from paicha.register.models import Affiliation, Member, RegisterEntry
from paicha.tenancy.models import ScopedModel
from paicha.transfers.advising.models import EntryFacts, Overruling  # noqa: F401  models of this app
from paicha.transfers.exported.models import ExportedLine  # noqa: F401
from paicha.transfers.graduating.models import Cohort, Graduate, GraduateVersion  # noqa: F401
from paicha.transfers.lettering.models import (  # noqa: F401
    IntroductionLetter,
    LetterBook,
    LetterFile,
    LetterOrigin,
    LetterPrint,
    LetterTemplate,
)
from paicha.transfers.reporting_in.models import ReportIn  # noqa: F401
from paicha.transfers.tracking.models import Transfer, TransferMove  # noqa: F401
from paicha.vault.fields import SealedTextField


class Receipt(ScopedModel):
    """回执: the destination has received a member (notice 二.2: until then the origin is responsible). It closes the
    affiliation on `received_on`. `urged`: the campaign urged the transfer, so that it counts in Y. `number` is the
    national system's, `destination` the organisation that received them; `why_taken_back` what was wrong with it."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="receipts")
    affiliation = models.ForeignKey(Affiliation, on_delete=models.PROTECT, related_name="receipts")
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, null=True, related_name="receipts")
    branch_id = models.UUIDField()
    received_on = models.DateField()
    destination = SealedTextField()
    number = SealedTextField(blank=True, default="")
    urged = models.BooleanField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=40, blank=True)
    why_taken_back = SealedTextField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "affiliation"], condition=Q(taken_back_at=None), name="one_receipt"
            ),
        )
        indexes = (models.Index(fields=["committee_id", "branch_id", "received_on"], name="receipt_branch"),)
