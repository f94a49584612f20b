"""Facts of an entry on which the advice rests, and what a person decided instead. Rows are never changed: the newest
counts."""

from django.db import models

from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class EntryFacts(ScopedModel):
    """What was known of somebody away at one time, as domain.advice.Facts; null: not known. `work` is its Work.
    Employer, reason and age stand in the entry's own cells and are not asked here."""

    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, related_name="facts")
    n = models.PositiveIntegerField()
    household = models.BooleanField(null=True)
    home = models.BooleanField(null=True)
    long_resident = models.BooleanField(null=True)
    retired = models.BooleanField(null=True)
    work = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "entry", "n"], name="one_version_of_the_facts"),)


class Overruling(ScopedModel):
    """A course that a person set instead of the advice, with the reason; `course` null: the advice holds again.
    `advised` is what the rules said then (null: facts were missing). Values of domain.advice.Course."""

    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, related_name="overrulings")
    n = models.PositiveIntegerField()
    course = models.PositiveSmallIntegerField(null=True)
    advised = models.PositiveSmallIntegerField(null=True)
    reason = SealedTextField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "entry", "n"], name="one_overruling_of_a_n"),)
