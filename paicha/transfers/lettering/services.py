"""Writes of introduction letters: each one transaction and one audit event, which names the number and nobody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.domain.introduction import LetterState, Void, Wanted
from paicha.domain.letters import Stage
from paicha.organizations.models import User
from paicha.register.models import Affiliation, RegisterEntry
from paicha.transfers.lettering.giving import give_letters, locked_book
from paicha.transfers.lettering.models import IntroductionLetter, LetterOrigin
from paicha.transfers.lettering.selectors import letters, state
from paicha.transfers.tracking.moving import Step, Whom, add_move, standing, take_back
from paicha.transfers.unfit import Unfit


@transaction.atomic
def issue(*, actor: User, entry_id: UUID, wanted: Wanted, today: date) -> IntroductionLetter:
    """A letter for somebody on a register: the next number, its transfer underway with it. In place of one that expired
    or was void it cites the old. Raises Unfit as `give_letters`."""
    entry = RegisterEntry.objects.select_related("member").get(committee_id=actor.committee_id, id=entry_id)
    (letter,) = give_letters(actor, [(Whom.of(entry), wanted)], today)
    record(
        Event.LETTER_ISSUED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry",
        subject_id=entry.id,
        branch_id=entry.branch_id,
        number=letter.written,
        cites=letter.cites.written if letter.cites else "",
    )
    return letter


@transaction.atomic
def issue_to(*, actor: User, whom: Whom, wanted: Wanted, today: date) -> IntroductionLetter:
    """A letter for a member who stands on no register. Raises Unfit as `give_letters`."""
    (letter,) = give_letters(actor, [(whom, wanted)], today)
    record(
        Event.LETTER_ISSUED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="letter",
        subject_id=letter.id,
        branch_id=whom.branch_id,
        number=letter.written,
        cites=letter.cites.written if letter.cites else "",
    )
    return letter


@transaction.atomic
def void(*, actor: User, letter_id: UUID, kind: Void, reason: str, today: date) -> IntroductionLetter:
    """A letter is void: its number stays used. Where its sending was the last thing that happened, the transfer is
    where it was before; one that began with it is withdrawn. Raises Unfit without a reason, for one that is void
    already or whose receipt is in hand."""
    if not reason:
        raise Unfit("请写明为什么作废")
    letter = letters(actor.committee_id).select_for_update(of=("self",)).get(id=letter_id)
    of_member = Affiliation.objects.select_for_update().filter(committee_id=actor.committee_id, until=None)
    list(of_member.filter(member_id=letter.whose))  # held against a step or a receipt that is written just now
    letter.transfer.refresh_from_db()
    if letter.voided_at is not None:
        raise Unfit("这封介绍信已经作废")
    if state(letter, today) is LetterState.RECEIVED:
        raise Unfit("已经收到回执，介绍信不能作废")
    letter.voided_on, letter.voided_at, letter.voided_by = today, timezone.now(), actor.name
    letter.void, letter.why_void = kind, reason
    letter.save(update_fields=["voided_on", "voided_at", "voided_by", "void", "why_void"])
    _undo_sending(actor, letter, today)
    record(
        Event.LETTER_VOIDED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="letter",
        subject_id=letter.id,
        branch_id=letter.branch_id,
        number=letter.written,
        reason=kind.label,
    )
    return letter


def _undo_sending(actor: User, letter: IntroductionLetter, today: date) -> None:
    moves = standing(letter.transfer)
    if moves[-1].id != letter.move_id:
        return
    if len(moves) > 1:
        take_back(moves[-1])
    else:
        add_move(actor, letter.transfer, Step(Stage.WITHDRAWN, today, f"介绍信{letter.written}作废"))


@dataclass(frozen=True, slots=True)
class Origin:
    """What the settings page asks for; `began_after`: the last number of this year's paper book, None: not asked."""

    address: str
    phone: str
    postcode: str
    fax: str = ""
    began_after: int | None = None


@transaction.atomic
def set_origin(*, actor: User, origin: Origin, today: date) -> LetterOrigin:
    """What every letter of the committee bears from now on, and where this year's numbers begin. Raises Unfit for what
    is missing, for a beginning after the first number was given."""
    if not (origin.address and origin.phone and origin.postcode):
        raise Unfit("通讯地址、联系电话和邮编都要填")
    if origin.began_after is not None:
        _begin_after(actor, origin.began_after, today.year)
    said = {"address": origin.address, "phone": origin.phone, "postcode": origin.postcode, "fax": origin.fax}
    kept, _ = LetterOrigin.objects.update_or_create(committee_id=actor.committee_id, defaults=said)
    record(Event.LETTER_ORIGIN_SET, actor=actor, committee_id=actor.committee_id, began_after=origin.began_after or 0)
    return kept


def _begin_after(actor: User, number: int, year: int) -> None:
    book = locked_book(actor, year)
    if number == book.began_after:
        return
    if book.last > book.began_after:
        raise Unfit("今年已经开过介绍信，不能再改从第几号接着编")
    book.began_after = book.last = number
    book.save(update_fields=["began_after", "last"])
