"""What is kept of a report-in beside the three cells of 附件1, which stay the one truth of where (and of Z). Nothing is
deleted: one that is over has its end, one that was wrong is withdrawn and stays to be seen."""

from django.db import models
from django.db.models import Q

from paicha.domain.reporting_in import Place
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class ReportIn(ScopedModel):
    """Somebody has reported in: `version` is the one of the entry whose cells say where, `route` the case of 二.3
    (domain.advice.Route), `evidence` the words for what shows it. It holds from `since` until before `until`;
    `followed_by` is the one that took its place: another organisation on the day it ended, or, where it was withdrawn,
    the same mended."""

    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, related_name="report_ins")
    version = models.ForeignKey("register.EntryVersion", on_delete=models.PROTECT, related_name="+")
    route = models.PositiveSmallIntegerField()
    since = models.DateField()
    evidence = SealedTextField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    until = models.DateField(null=True)
    why_ended = SealedTextField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)
    why_withdrawn = SealedTextField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=40, blank=True)
    followed_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "entry"], condition=Q(until=None, withdrawn_at=None), name="one_report_in"
            ),
        )
        indexes = (models.Index(fields=["committee_id", "entry", "since"], name="report_in_entry"),)

    @property
    def place(self) -> Place:
        """Where, as the cells said when it was recorded."""
        return Place.of(self.version.cells)

    @property
    def stands(self) -> bool:
        """Whether it is neither over nor withdrawn; whether it is in force, the cells tell (selectors.py)."""
        return self.until is None and self.withdrawn_at is None
