"""A transfer and each of its moves. A move is never changed; one that came with a wrong receipt is taken back with it
and stays to be seen."""

from django.db import models
from django.db.models import Q

from paicha.domain.letters import Stage
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField

OPEN = tuple(stage.value for stage in Stage if not stage.over)


class Transfer(ScopedModel):
    """One transfer of a member, begun from an entry of the register or, of a graduate who is leaving, without one:
    whose it is then, `member` says, and where, their affiliation. The other fields are the newest standing moves', kept
    so that one look tells who is underway: `stage` (domain.letters.Stage), `issued_on` the day of the letter in
    force or of the sending in the national system, `destination`, `number` the national system's, `direction`
    (domain.divisions.Direction), whence the days that a letter holds unless its own `days` say."""

    member = models.ForeignKey("register.Member", on_delete=models.PROTECT, related_name="transfers")
    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, null=True, related_name="transfers")
    stage = models.PositiveSmallIntegerField()
    moved_on = models.DateField()
    issued_on = models.DateField(null=True)
    destination = SealedTextField(blank=True, default="")
    number = SealedTextField(blank=True, default="")
    direction = models.PositiveSmallIntegerField(null=True)
    days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "member"], condition=Q(stage__in=OPEN), name="one_open_transfer"
            ),
        )
        indexes = (models.Index(fields=["committee_id", "stage", "moved_on"], name="transfer_stage"),)

    moves: models.Manager["TransferMove"]


class TransferMove(ScopedModel):
    """One step of a transfer: on which day it came to `stage`, the words said, and what was new with it (empty: as it
    was). `receipt` is the one that ended it."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="moves")
    n = models.PositiveIntegerField()
    stage = models.PositiveSmallIntegerField()
    day = models.DateField()
    words = SealedTextField(blank=True, default="")
    destination = SealedTextField(blank=True, default="")
    number = SealedTextField(blank=True, default="")
    direction = models.PositiveSmallIntegerField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    receipt = models.ForeignKey("transfers.Receipt", on_delete=models.PROTECT, null=True, related_name="moves")
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "transfer", "n"], name="one_move_of_a_number"),)
