"""Each look at the numbers of an entry in full. The event says that it was and of which kind; here stand the words,
which may say more of a person than the log may hold."""

from django.db import models

from paicha.register.unmasking.reasons import Why
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class Unmasking(ScopedModel):
    """Who was shown an entry's numbers, when and what for."""

    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, related_name="unmaskings")
    why = models.PositiveSmallIntegerField(choices=Why.choices)
    words = SealedTextField()
    shown_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "entry", "shown_at"], name="unmasking_entry"),)
