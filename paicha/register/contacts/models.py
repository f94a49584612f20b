"""Contact persons and contact records of an entry. Nothing here is deleted: a person is followed by the next one, a
record made by mistake is withdrawn and stays to be seen."""

from django.db import models
from django.db.models import Q

from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedTextField


class Way(models.IntegerChoices):
    """How somebody was contacted."""

    PHONE = 1, "电话"
    WECHAT = 2, "微信"
    VISIT = 3, "走访"
    TALK = 4, "座谈"
    OTHER = 5, "其他"


class Purpose(models.IntegerChoices):
    """What a contact served; one serves several, so each is a bit of `ContactRecord.purposes`."""

    FOLLOW_UP = 1, "定期联系"
    TRANSFER = 2, "督促转移"
    REPORT_IN = 4, "督促报到"
    EDUCATION = 8, "主题教育"
    VERIFY = 16, "核实"


class ContactPerson(ScopedModel):
    """Who keeps in touch with somebody, from `since` until before `until`."""

    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, related_name="contact_persons")
    name = SealedTextField()
    phone = SealedTextField(blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "entry"], condition=Q(until=None), name="one_contact_person"
            ),
        )
        indexes = (models.Index(fields=["committee_id", "entry", "since"], name="contact_person_entry"),)


class ContactRecord(ScopedModel):
    """One contact or attempt at one. `by` is who made it, `actor_*` who wrote it down. An attempt (`reached` false)
    shows that the branch tried, but no quarter runs from it; nor from one that was withdrawn."""

    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, related_name="contacts")
    happened_on = models.DateField()
    way = models.PositiveSmallIntegerField(choices=Way.choices)
    purposes = models.PositiveSmallIntegerField()
    reached = models.BooleanField()
    said = SealedTextField(blank=True, default="")
    by = SealedTextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "entry", "happened_on"], name="contact_record_entry"),)

    @property
    def served(self) -> list[Purpose]:
        return [purpose for purpose in Purpose if self.purposes & purpose]


class LastContact(ScopedModel):
    """The newest day on which somebody was reached: reckoned from the records, kept so that one look at a register's
    entries tells who is overdue. Null when every record was withdrawn."""

    entry = models.OneToOneField("register.RegisterEntry", on_delete=models.PROTECT, related_name="last_contact")
    happened_on = models.DateField(null=True)
