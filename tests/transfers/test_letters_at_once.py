"""Two offices at once, on PostgreSQL: never one number for two letters, and no gap where one of them was refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, connections, transaction

from paicha.domain.introduction import Void
from paicha.formats.writers.letter import built_in
from paicha.intake.selectors import saved_columns
from paicha.intake.services import set_columns
from paicha.register.models import Affiliation, RegisterEntry
from paicha.transfers.lettering.giving import give_letters
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook, LetterOrigin, LetterTemplate
from paicha.transfers.lettering.printing import set_template
from paicha.transfers.lettering.services import issue, set_origin, void
from paicha.transfers.lettering.verification import faults
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.moving import Whom
from paicha.transfers.unfit import Unfit
from tests.college import TODAY, College
from tests.transfers.world import ADDRESS, lettered, ready_for_letters, receive, wanted

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
OFFICES = 8


def at_once(*ways: Callable[[], object]) -> list[bool]:
    """Whether each went through; all begin together, one that was told why it cannot did not."""
    begin = Barrier(len(ways))

    def one(way: Callable[[], object]) -> bool:
        try:
            begin.wait(10)
            way()
            return True
        except Unfit:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(ways)) as pool:
        return list(pool.map(one, ways))


def numbers(college: College) -> list[int]:
    with college.at_work():
        assert list(faults(college.root.id)) == []
        return sorted(IntroductionLetter.objects.values_list("number", flat=True))


def test_the_first_letters_of_a_year_by_many_at_once_are_numbered_through(
    transactional_db: None, college: College
) -> None:
    ready_for_letters(college)
    entries = [college.add(college.survey, number) for number in range(6, 6 + OFFICES)]
    with college.at_work():
        LetterBook.objects.all().delete()  # the book itself is begun by whoever is first
    ways = [lambda entry=entry: lettered(college, entry) for entry in entries]
    assert at_once(*ways) == [True] * OFFICES
    assert numbers(college) == list(range(1, OFFICES + 1))


def test_of_many_letters_for_one_member_at_once_one_is_issued(transactional_db: None, college: College) -> None:
    ready_for_letters(college)
    entry = college.add(college.survey)
    assert sum(at_once(*[lambda: lettered(college, entry)] * 4)) == 1
    assert numbers(college) == [1]
    with college.at_work():
        assert Transfer.objects.count() == 1


def test_who_waited_for_one_that_was_rolled_back_gets_its_number(transactional_db: None, college: College) -> None:
    ready_for_letters(college)
    first, second = (college.add(college.survey, number) for number in (6, 7))
    given, broken = Event(), Event()

    def breaks() -> None:
        asked = wanted(college, first)
        with college.at_work(), transaction.atomic():
            issue(actor=college.people["office"], entry_id=first.id, wanted=asked, today=TODAY)
            given.set()
            broken.wait(1)  # so that the other waits for the book
            transaction.set_rollback(True)

    def waits() -> None:
        given.wait(10)
        lettered(college, second)
        broken.set()

    assert at_once(breaks, waits) == [True, True]
    assert numbers(college) == [1]
    with college.at_work():
        assert IntroductionLetter.objects.get().member_id == second.member_id


def test_a_batch_and_a_letter_at_once_do_not_mix_up(transactional_db: None, college: College) -> None:
    ready_for_letters(college)
    entries = [college.add(college.survey, number) for number in range(6, 16)]

    def batch() -> None:
        with college.at_work(), transaction.atomic():
            asked = [(Whom.of(RegisterEntry.objects.get(id=one.id)), wanted(college, one)) for one in entries[:8]]
            give_letters(college.people["office"], asked, TODAY)

    assert at_once(batch, lambda: lettered(college, entries[8]), lambda: lettered(college, entries[9])) == [True] * 3
    assert numbers(college) == list(range(1, 11))
    with college.at_work():
        whose = [letter.member_id for letter in IntroductionLetter.objects.order_by("number")]
    together = [whose.index(one.member_id) for one in entries[:8]]
    assert together == list(range(together[0], together[0] + 8)), "one transaction, one run of numbers"


def test_a_letter_that_is_made_void_as_its_receipt_comes_is_one_of_both(
    transactional_db: None, college: College
) -> None:
    ready_for_letters(college)
    entry = college.add(college.survey)
    letter = lettered(college, entry)

    def makes_void() -> None:
        with college.at_work():
            office = college.people["office"]
            void(actor=office, letter_id=letter.id, kind=Void.MISWRITTEN, reason="写错了", today=TODAY)

    done = at_once(makes_void, lambda: receive(college, entry))
    assert done[1], "the receipt is what has happened"
    numbers(college)
    with college.at_work():
        assert not Affiliation.objects.filter(member_id=entry.member_id, until=None).exists()


def test_what_every_letter_bears_is_set_by_two_at_once_and_one_of_them_counts(
    transactional_db: None, college: College
) -> None:
    office = college.people["office"]

    def origin() -> None:
        with college.at_work():
            set_origin(actor=office, origin=ADDRESS, today=TODAY)

    def template() -> None:
        with college.at_work():
            set_template(actor=office, name="模板.docx", content=built_in())

    def columns() -> None:
        with college.at_work():
            set_columns(actor=office, kind="graduates", called="毕业生名单", columns={"名字": "姓名"})

    assert at_once(*[origin] * 4, *[template] * 4, *[columns] * 4) == [True] * 12
    with college.at_work():
        assert LetterOrigin.objects.count() == 1
        assert sorted(LetterTemplate.objects.values_list("n", flat=True)) == [1, 2, 3, 4]
        assert saved_columns(college.root.id, "graduates") == {"名字": "姓名"}
