"""Members, where they belong, and the register of those who are away.

A `RegisterEntry` is one episode of being away; what is known of it stands in its `EntryVersion`s, which are never
changed: each edit adds one. `current` points to the newest. Records are closed, never deleted.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from paicha.organizations.models import Organization
from paicha.register.contacts.models import ContactPerson, ContactRecord, LastContact  # noqa: F401  models of this app
from paicha.register.roster.models import RosterLine  # noqa: F401
from paicha.register.tallies.models import BranchTally  # noqa: F401
from paicha.register.unmasking.models import Unmasking  # noqa: F401
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedJSONField, SealedTextField


class Member(ScopedModel):
    """A person in a committee, found again by the keyed hash of the ID number; null while that is unknown or wrong."""

    name = models.CharField(max_length=60, blank=True)
    id_number = SealedTextField(blank=True, default="")
    id_hash = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "id_hash"],
                condition=Q(id_hash__isnull=False),
                name="one_member_of_an_id_number",
            ),
        )


class Affiliation(ScopedModel):
    """The branch that a member's 正式组织关系 is in, from `since` until before `until`."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="affiliations")
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "member"], condition=Q(until=None), name="one_affiliation"),
        )
        indexes = (models.Index(fields=["committee_id", "branch", "until"], name="affiliation_branch"),)


class Closing(models.IntegerChoices):
    """Why an entry is closed: nobody leaves the register in silence."""

    RETURNED = 1, "已返回，不再流出"
    TRANSFERRED = 2, "组织关系已转出并收到回执"
    NOT_OUTFLOW = 3, "核实后不属于流出党员"
    DUPLICATE = 4, "重复登记"
    LEFT_PARTY = 5, "出党或去世"
    IMPORT_UNDONE = 6, "导入已撤销"

    @classmethod
    def offered(cls) -> list["Closing"]:
        """Those that a person may choose: a transfer ends by its receipt alone (notice 二.2)."""
        return [closing for closing in cls if closing not in (cls.TRANSFERRED, cls.IMPORT_UNDONE)]


class RegisterEntry(ScopedModel):
    """One person's being away, on a branch's register. Open entries are the branch's 附件1, in the order of `rank`.
    `closed_on` is the day that the closing holds from (a receipt's may lie back), `closed_at` when it was written."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="entries")
    branch = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    current = models.OneToOneField("EntryVersion", on_delete=models.PROTECT, null=True, related_name="+")
    rank = models.PositiveIntegerField(default=0)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing = models.PositiveSmallIntegerField(choices=Closing.choices, null=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "branch", "closed_on", "rank"], name="entry_register"),)

    versions: models.Manager["EntryVersion"]


class Reopening(ScopedModel):
    """A closing that was taken back: the day and reason that the entry had, who took it back and when."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="reopenings")
    closed_on = models.DateField()
    closing = models.PositiveSmallIntegerField(choices=Closing.choices)
    reopened_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "entry"], name="reopening_entry"),)


class EntryVersion(ScopedModel):
    """All fields of an entry at one time: who wrote them and when, never changed afterwards.

    `cells` are the 17 cells of 附件1 (JSON: official spelling where the cell was read, else as written, numbers as
    numbers); the small integers beside them are what figures look at (domain.annex2.Fact); months are year × 12 +
    month − 1. `direction` is from the branch's home, and the one thing reckoned anew when that changes
    (tallies/directions.py). Hashes are keyed (vault.hashing): of a right ID number, of a phone. `errors` and
    `warnings` count what the check found under the rules of that day."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=40, blank=True)
    batch_id = models.UUIDField(null=True)
    cells = SealedJSONField()
    name = models.CharField(max_length=60, blank=True)
    pinyin = models.CharField(max_length=120, blank=True)
    strokes = models.CharField(max_length=60, blank=True)
    id_hash = models.BinaryField(max_length=32, null=True)
    phone_hash = models.BinaryField(max_length=32, null=True)
    sex = models.PositiveSmallIntegerField(null=True)
    birth = models.PositiveIntegerField(null=True)
    education = models.PositiveSmallIntegerField(null=True)
    reason = models.PositiveSmallIntegerField(null=True)
    direction = models.PositiveSmallIntegerField(null=True)
    reported_in = models.PositiveSmallIntegerField(default=0)
    joined = models.PositiveIntegerField(null=True)
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)

    FACTS: ClassVar[tuple[str, ...]] = (
        *("sex", "birth", "education", "reason", "direction", "reported_in"),
        "joined",
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "entry", "n"], name="one_version_of_a_number"),)
        indexes = (
            models.Index(fields=["committee_id", "id_hash"], name="version_id_hash"),
            models.Index(fields=["committee_id", "phone_hash"], name="version_phone_hash"),
            models.Index(fields=["committee_id", "batch_id"], name="version_batch"),
        )
