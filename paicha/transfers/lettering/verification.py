"""Holds the book to itself: no gaps, no number twice, each paper as it was kept, each transfer as its letters say."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from paicha.domain.letters import Stage, written
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook, LetterFile
from paicha.transfers.lettering.selectors import gaps
from paicha.transfers.tracking.moving import standing
from paicha.vault.frozen import Changed
from paicha.vault.sealing import Tampered


def faults(committee_id: UUID) -> Iterator[str]:
    """What is wrong with a committee's letters, a sentence each, without names of people; nothing when all is right."""
    letters = IntroductionLetter.objects.filter(committee_id=committee_id).order_by("year", "number")
    found = list(letters.select_related("move", "transfer"))
    for book in LetterBook.objects.filter(committee_id=committee_id).order_by("year"):
        yield from _of_book(book, [letter.number for letter in found if letter.year == book.year])
    books = set(LetterBook.objects.filter(committee_id=committee_id).values_list("year", flat=True))
    for year in sorted({letter.year for letter in found} - books):
        yield f"{year} 年有介绍信，没有介绍信簿"
    for letter in found:
        yield from (f"{letter.written}：{fault}" for fault in _of_letter(letter))
    for file in LetterFile.objects.filter(committee_id=committee_id).iterator():
        yield from _of_file(file)


def _of_book(book: LetterBook, numbers: list[int]) -> Iterator[str]:
    for number in gaps(book.committee_id, book.year, numbers):
        yield f"{written(book.year, number)}：缺号，没有这封介绍信"
    for number, times in sorted(Counter(numbers).items()):
        if times > 1:
            yield f"{written(book.year, number)}：用了 {times} 次"
        if not book.began_after < number <= book.last:
            yield f"{written(book.year, number)}：不在介绍信簿的 {book.began_after + 1} 到 {book.last} 号之间"


def _of_letter(letter: IntroductionLetter) -> Iterator[str]:
    move = letter.move
    try:
        facts = letter.facts
    except Tampered:
        yield "印的内容打不开，被改动过"
        return
    if facts["编号"] != letter.written:
        yield f"印的编号是{facts['编号']}"
    if move.transfer_id != letter.transfer_id or move.stage != Stage.UNDERWAY:
        yield "不对应它开始的转接"
    elif (move.number, move.day, move.days) != (letter.written, letter.issued_on, letter.days):
        yield "转接里记的编号、日期或有效期和介绍信不同"
    elif move.taken_back_at is not None and letter.voided_at is None:
        yield "没有作废，转接里这一步却已撤销"
    elif letter.voided_at is not None and standing(letter.transfer)[-1].id == move.id:
        yield "已经作废，转接却仍按它在途"


def _of_file(file: LetterFile) -> Iterator[str]:
    try:
        file.opened()
    except (Changed, Tampered):
        yield f"保存的文件和打印时不同（{file.id}）"
