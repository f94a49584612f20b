"""The book of introduction letters, the letters in it and what was printed of them. Nothing is deleted: a letter that
was wrong is void, and its number stays used (stubs are kept for 10 years)."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from paicha.domain.introduction import Standing, Void
from paicha.domain.letters import Letter, written
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import SealedJSONField, SealedTextField
from paicha.vault.frozen import FrozenFile


class LetterBook(ScopedModel):
    """A committee's book of one year: its row is locked while a number is given, and what is rolled back gives the
    number back, so that there are no gaps. `began_after`: the last number of the paper book that it goes on from."""

    year = models.PositiveSmallIntegerField()
    began_after = models.PositiveIntegerField(default=0)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "year"], name="one_book_of_a_year"),)


class IntroductionLetter(ScopedModel):
    """One letter as it was issued. `facts` are the words that are printed (`words.FIELDS`), frozen; `transfer`
    and `move` what it took underway; `dues` year × 12 + month − 1; `cites` the expired or void letter that it replaces,
    with what that rests on (`graduate`, `statement`, `application`)."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    member = models.ForeignKey("register.Member", on_delete=models.PROTECT, related_name="letters")
    entry = models.ForeignKey("register.RegisterEntry", on_delete=models.PROTECT, null=True, related_name="letters")
    branch_id = models.UUIDField()
    transfer = models.ForeignKey("transfers.Transfer", on_delete=models.PROTECT, related_name="letters")
    move = models.ForeignKey("transfers.TransferMove", on_delete=models.PROTECT, related_name="letters")
    issued_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    direction = models.PositiveSmallIntegerField()
    standing = models.PositiveSmallIntegerField(choices=[(one.value, one.label) for one in Standing])
    dues = models.PositiveIntegerField()
    facts = SealedJSONField()
    cites = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="cited_by")
    graduate = models.BooleanField(default=False)
    statement = SealedTextField(blank=True, default="")
    application = SealedTextField(blank=True, default="")
    issued_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)
    voided_on = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=40, blank=True)
    void = models.PositiveSmallIntegerField(null=True, choices=[(one.value, one.label) for one in Void])
    why_void = SealedTextField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["committee_id", "year", "number"], name="one_letter_of_a_number"),
            models.UniqueConstraint(
                fields=["committee_id", "cites"], condition=Q(voided_at=None), name="one_letter_in_place_of_another"
            ),
        )
        indexes = (
            models.Index(fields=["committee_id", "member"], name="letter_member"),
            models.Index(fields=["committee_id", "branch_id", "year"], name="letter_branch"),
        )

    prints: models.Manager["LetterPrint"]

    @property
    def written(self) -> str:
        return written(self.year, self.number)

    @property
    def whose(self) -> UUID:
        """The member, as the entry tells where there is one."""
        return self.entry.member_id if self.entry else self.member_id

    @property
    def validity(self) -> Letter:
        return Letter(self.issued_on, self.days)


class LetterFile(FrozenFile):
    """A paper as it was printed, or a template as an office sent it."""

    class Meta:
        indexes = (models.Index(fields=["committee_id"], name="letter_file_committee"),)


class Form(models.IntegerChoices):
    DOCX = 1, "Word 文档（.docx）"
    PDF = 2, "PDF"


class LetterPrint(ScopedModel):
    """That a letter was printed: the first on a day of its own is the letter itself, again on the same day the same
    paper, later ones are copies (副本), of a void letter a void one. One file may hold many letters."""

    letter = models.ForeignKey(IntroductionLetter, on_delete=models.PROTECT, related_name="prints")
    file = models.ForeignKey(LetterFile, on_delete=models.PROTECT, related_name="prints")
    form = models.PositiveSmallIntegerField(choices=Form.choices)
    mark = models.CharField(max_length=4, blank=True)
    printed_on = models.DateField()
    printed_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "letter"], name="print_letter"),)


class LetterOrigin(ScopedModel):
    """The committee's address, telephone, fax and postcode, as its letters bear them."""

    address = SealedTextField()
    phone = SealedTextField()
    fax = SealedTextField(blank=True, default="")
    postcode = SealedTextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id"], name="one_origin_of_letters"),)


class LetterTemplate(ScopedModel):
    """The .docx that the office fills its letters into: the newest counts; without `file` the built-in one again."""

    n = models.PositiveIntegerField()
    file = models.ForeignKey(LetterFile, on_delete=models.PROTECT, null=True, related_name="templates")
    set_at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "n"], name="one_template_of_a_number"),)
