"""Numbers and letters, inside the transaction and event of what is done: one letter, or a cohort's two hundred."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from paicha.domain.introduction import Ready, Wanted, ready, wanted_to_replace
from paicha.domain.letters import Stage, written
from paicha.organizations.models import User
from paicha.organizations.tree import tree_of
from paicha.register.belonging import hold_members
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook, LetterOrigin
from paicha.transfers.lettering.selectors import (
    first_of_line,
    in_force,
    letters_of,
    origin_of,
    to_cite,
    underway_without_letter,
    void_before_it_expired,
)
from paicha.transfers.lettering.words import facts_of
from paicha.transfers.tracking.models import TransferMove
from paicha.transfers.tracking.moving import Step, Whom
from paicha.transfers.tracking.services import take_step
from paicha.transfers.unfit import Unfit


def give_letters(actor: User, wanted: Sequence[tuple[Whom, Wanted]], today: date) -> list[IntroductionLetter]:
    """A letter for each, numbered in this order, dated today; each takes its transfer underway. A letter that expired
    or was void as written wrongly or lost is cited by the one in its place. Raises Unfit: then none was given."""
    origin = origin_of(actor.committee_id)
    if origin is None:
        raise Unfit("请先填写本党委的通讯地址、电话和邮编：介绍信上要印")
    root = tree_of(actor.committee_id).root
    book = locked_book(actor, today.year)
    hold_members(actor.committee_id, [whom.member.id for whom, _ in wanted])
    lettered = letters_of(actor.committee_id, [whom.member.id for whom, _ in wanted])
    issuing = Issuing(actor, book, origin, root.name if root else "", today, frozenset(lettered))
    given = [issuing.give(whom, one) for whom, one in wanted]
    book.save(update_fields=["last"])
    return given


def locked_book(actor: User, year: int) -> LetterBook:
    """The year's book, held until the transaction ends: two at once never give one number."""
    books = LetterBook.objects.select_for_update()
    return books.get_or_create(committee_id=actor.committee_id, year=year)[0]


class Issuing:
    """Letters out of one locked book on one day. `lettered` are the members who have had one: of others, most of a
    cohort, nothing is in force and nothing to be cited, and that need not be asked of each."""

    def __init__(
        self,
        actor: User,
        book: LetterBook,
        origin: LetterOrigin,
        committee: str,
        today: date,
        lettered: frozenset[UUID],
    ) -> None:
        self._actor, self._book, self._origin = actor, book, origin
        self._committee, self._today, self._lettered = committee, today, lettered

    def give(self, whom: Whom, wanted: Wanted) -> IntroductionLetter:
        sure, cites = self._sure(wanted), self._cited(whom, wanted)
        self._book.last += 1
        number = written(self._book.year, self._book.last)
        if cites is not None and cites.voided_at is None and cites.transfer.stage == Stage.UNDERWAY:
            self._step(whom, Step(Stage.EXPIRED, self._today, f"换开{number}"))
        step = Step(
            Stage.UNDERWAY,
            self._today,
            words=f"换开{cites.written}" if cites else "",
            destination=wanted.destination,
            number=number,
            direction=sure.direction,
            days=sure.days,
        )
        letter = self._letter(whom, wanted, sure, cites)
        letter.move = self._step(whom, step)
        letter.transfer = letter.move.transfer
        letter.save(force_insert=True)
        return letter

    def _sure(self, wanted: Wanted) -> Ready:
        try:
            return ready(wanted, self._today)
        except ValueError as lacking:
            raise Unfit(f"{_of(wanted)}{lacking}") from lacking

    def _cited(self, whom: Whom, wanted: Wanted) -> IntroductionLetter | None:
        """The letter that this one is to cite. Raises Unfit."""
        committee_id, member_id = self._actor.committee_id, whom.member.id
        known = member_id in self._lettered
        if known and (valid := in_force(committee_id, member_id, self._today)):
            until = valid.validity.last_day.isoformat()
            raise Unfit(f"{_of(wanted)}已有介绍信{valid.written}，到 {until} 为止有效；写错或遗失的，先把它作废")
        if underway_without_letter(committee_id, member_id, self._today):
            raise Unfit(f"{_of(wanted)}已在系统里转出，不用开介绍信；对方没有接收的，先在“转接和报到”页记下")
        cites = to_cite(committee_id, member_id, self._today) if known else None
        if cites is not None:
            void = void_before_it_expired(cites)
            lacking = wanted_to_replace(void, first_of_line(cites).issued_on, self._today, wanted.grounds)
            if lacking:
                raise Unfit(f"{_of(wanted)}换开{cites.written}，还缺：{'、'.join(lacking)}")
        return cites

    def _step(self, whom: Whom, step: Step) -> TransferMove:
        return take_step(actor=self._actor, whom=whom, step=step, today=self._today)

    def _letter(self, whom: Whom, wanted: Wanted, sure: Ready, cites: IntroductionLetter | None) -> IntroductionLetter:
        numbered = (self._book.year, self._book.last)
        return IntroductionLetter(
            committee_id=self._actor.committee_id,
            year=self._book.year,
            number=self._book.last,
            member=whom.member,
            entry=whom.entry,
            branch_id=whom.branch_id,
            issued_on=self._today,
            days=sure.days,
            direction=sure.direction.value,
            standing=sure.standing.value,
            dues=sure.dues,
            facts=facts_of(
                wanted, sure, self._origin, self._committee, numbered, self._today, cites.written if cites else ""
            ),
            cites=cites,
            graduate=wanted.grounds.graduate,
            statement=wanted.grounds.statement,
            application=wanted.grounds.application,
            issued_at=timezone.now(),
            actor_id=self._actor.id,
            actor_name=self._actor.name,
        )


def _of(wanted: Wanted) -> str:
    """Whose letter it is, where several are given at once."""
    return f"{wanted.person.name}：" if wanted.person.name else ""
