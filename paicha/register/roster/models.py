"""What the office's roster says of each member. Nothing is deleted: a later upload ends a line and adds another."""

from django.db import models
from django.db.models import Q

from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedJSONField


class RosterLine(ScopedModel):
    """A member as one upload (`batch_id`) had them; never changed but for `ended_by`, the upload that replaced it or,
    undone, its own. One line of a member stands: the one not ended.

    `cells` are 附件1's 17 as far as a roster holds them, in official spelling where they were read, as in EntryVersion;
    `birth` is year × 12 + month − 1. `affiliation` is the one that the upload found or (`affiliated`) made,
    `before` the one that it ended; `numbered`: it gave the member the ID number."""

    member = models.ForeignKey("register.Member", on_delete=models.PROTECT, related_name="roster_lines")
    affiliation = models.ForeignKey("register.Affiliation", on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey("register.Affiliation", on_delete=models.PROTECT, null=True, related_name="+")
    affiliated = models.BooleanField(default=False)
    numbered = models.BooleanField(default=False)
    cells = SealedJSONField()
    name = models.CharField(max_length=60, blank=True)
    pinyin = models.CharField(max_length=120, blank=True)
    strokes = models.CharField(max_length=60, blank=True)
    sex = models.PositiveSmallIntegerField(null=True)
    birth = models.PositiveIntegerField(null=True)
    id_hash = models.BinaryField(max_length=32, null=True)
    in_transit = models.BooleanField(default=False)
    batch_id = models.UUIDField()
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "member"], condition=Q(ended_by=None), name="one_roster_line"
            ),
        )
        indexes = (
            models.Index(fields=["committee_id", "batch_id"], name="roster_batch"),
            models.Index(fields=["committee_id", "ended_by"], name="roster_ended"),
            models.Index(fields=["committee_id", "id_hash"], name="roster_id_hash"),
            models.Index(  # few of many, asked for by every first page
                fields=["committee_id", "member"], condition=Q(in_transit=True, ended_by=None), name="roster_in_transit"
            ),
        )
