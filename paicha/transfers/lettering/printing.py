"""Writes about papers: printing letters, and the template that they are filled into."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.formats.writers.letter import TemplateFault, check_template
from paicha.organizations.models import Organization, User
from paicha.transfers.lettering.models import Form, IntroductionLetter, LetterFile, LetterPrint, LetterTemplate
from paicha.transfers.lettering.papers import name_of, paper
from paicha.transfers.unfit import Unfit

COPY, VOID = "副本", "作废"


@transaction.atomic
def print_letters(*, actor: User, letters: Sequence[UUID], form: Form, today: date) -> LetterFile:
    """The paper of these letters in the order of their numbers, kept as it is printed. On the day of its first printing
    a letter can be printed again (a jammed printer), later it is a copy; a void one is void. Raises Unfit where no PDF
    can be made."""
    found = IntroductionLetter.objects.select_for_update().filter(committee_id=actor.committee_id, id__in=list(letters))
    chosen = list(found.order_by("year", "number"))
    before = _printed_before(actor.committee_id, chosen, today)
    marked = [(letter, _mark(letter, before)) for letter in chosen]
    file = _as_this_day(chosen, form, today) if not any(mark for _, mark in marked) else None
    if file is None:
        made = paper(marked, form, timezone.now())
        file = LetterFile.keep(actor.committee_id, name_of(chosen, form), made)
    LetterPrint.objects.bulk_create(
        LetterPrint(
            committee_id=actor.committee_id,
            letter=letter,
            file=file,
            form=form,
            mark=mark,
            printed_on=today,
            printed_at=timezone.now(),
            actor_id=actor.id,
            actor_name=actor.name,
        )
        for letter, mark in marked
    )
    record(
        Event.LETTER_PRINTED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="letter",
        subject_id=chosen[0].id,
        branch_id=chosen[0].branch_id if len({letter.branch_id for letter in chosen}) == 1 else None,
        number=chosen[0].written,
        letters=len(chosen),
        copies=sum(mark == COPY for _, mark in marked),
    )
    return file


def _mark(letter: IntroductionLetter, before: set[UUID]) -> str:
    if letter.voided_at is not None:
        return VOID
    return COPY if letter.id in before else ""


def _printed_before(committee_id: UUID, letters: Sequence[IntroductionLetter], today: date) -> set[UUID]:
    """The letters that were printed on an earlier day."""
    prints = LetterPrint.objects.filter(committee_id=committee_id, letter__in=letters, mark="", printed_on__lt=today)
    return set(prints.values_list("letter_id", flat=True))


def _as_this_day(letters: Sequence[IntroductionLetter], form: Form, today: date) -> LetterFile | None:
    """The paper of just these letters that was made earlier today."""
    prints = LetterPrint.objects.filter(committee_id=letters[0].committee_id, form=form, mark="", printed_on=today)
    wanted = {letter.id for letter in letters}
    for file_id in prints.filter(letter=letters[0]).values_list("file_id", flat=True):
        if set(prints.filter(file_id=file_id).values_list("letter_id", flat=True)) == wanted:
            return LetterFile.objects.get(committee_id=letters[0].committee_id, id=file_id)
    return None


@transaction.atomic
def set_template(*, actor: User, name: str, content: bytes) -> LetterTemplate:
    """The office's own template from now on. Raises Unfit with what is wrong with it."""
    try:
        check_template(content)
    except TemplateFault as fault:
        raise Unfit(str(fault)) from fault
    return _next_template(actor, LetterFile.keep(actor.committee_id, name, content))


@transaction.atomic
def reset_template(*, actor: User) -> LetterTemplate:
    """Back to the built-in template."""
    return _next_template(actor, None)


def _next_template(actor: User, file: LetterFile | None) -> LetterTemplate:
    Organization.objects.select_for_update().get(committee_id=actor.committee_id, id=actor.committee_id)  # one by one
    newest = LetterTemplate.objects.filter(committee_id=actor.committee_id).order_by("-n").first()
    template = LetterTemplate(
        committee_id=actor.committee_id,
        n=newest.n + 1 if newest else 1,
        file=file,
        set_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    template.save(force_insert=True)
    record(Event.LETTER_TEMPLATE_SET, actor=actor, committee_id=actor.committee_id, own=file is not None)
    return template
