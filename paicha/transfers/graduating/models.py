"""Cohorts and their graduates. What is known of a graduate stands in versions, which are never changed: each edit adds
one; `current` points to the newest that holds."""

from django.db import models

from paicha.domain.divisions import Direction
from paicha.domain.graduate_list import Field
from paicha.domain.graduates import Destination
from paicha.domain.identity import read_month
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedJSONField


class Cohort(ScopedModel):
    """一届毕业生, as the office calls it (2026届); `month` is when most of them graduate, year × 12 + month − 1."""

    name = models.CharField(max_length=40)
    month = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "name"], name="one_cohort_of_a_name"),)

    @property
    def month_words(self) -> str:
        """The month as pages have it: 2023-06."""
        return f"{self.month // 12}-{self.month % 12 + 1:02}"


class Graduate(ScopedModel):
    """A member in a cohort. `branch_id` is where they belonged when they came onto the list: the branch that looks
    after them today is their affiliation's. Who was put on it by mistake is taken off and stays to be seen."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="graduates")
    member = models.ForeignKey("register.Member", on_delete=models.PROTECT, related_name="graduations")
    branch_id = models.UUIDField()
    current = models.OneToOneField("GraduateVersion", on_delete=models.PROTECT, null=True, related_name="+")
    pinyin = models.CharField(max_length=120, blank=True)
    taken_off_at = models.DateTimeField(null=True)
    taken_off_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "cohort", "member"], name="once_in_a_cohort"),)
        indexes = (models.Index(fields=["committee_id", "member"], name="graduate_member"),)

    versions: models.Manager["GraduateVersion"]


class GraduateVersion(ScopedModel):
    """What is known of a graduate at one time. `values` are the kept columns of the list by the name of their Field, in
    official spelling (domain.graduate_list); beside them what counts ask for: `month` of graduation, `destination`
    (domain.graduates.Destination), whether somebody is named who looks after them (`looked_after`), whether an
    organisation that is to receive them (`organized`). `joined`: with it they came onto the list."""

    graduate = models.ForeignKey(Graduate, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    values = SealedJSONField()
    month = models.PositiveIntegerField()
    destination = models.PositiveSmallIntegerField(null=True)
    looked_after = models.BooleanField()
    organized = models.BooleanField()
    joined = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    batch_id = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "graduate", "n"], name="one_graduate_version_of_a_n"),
        )
        indexes = (models.Index(fields=["committee_id", "batch_id"], name="graduate_batch"),)

    def text(self, field: Field) -> str:
        """A kept column, "" where nothing is known."""
        return str(self.values.get(field.name, ""))

    @property
    def kind(self) -> Destination | None:
        return Destination(self.destination) if self.destination else None

    @property
    def direction(self) -> Direction | None:
        return next((one for one in Direction if one.label == self.text(Field.DIRECTION)), None)

    @property
    def dues(self) -> int | None:
        return read_month(self.text(Field.DUES)).value
