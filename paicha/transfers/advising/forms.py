"""The short form of facts: only what is missing, or all of it to be mended; each 是, 否 or 不清楚."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paicha.domain.advice import ASKED, Course, Facts, Work
from paicha.transfers.advising.selectors import KEPT

LONGEST = 500  # characters of a reason
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Question:
    """One fact as the form asks for it; `choices`: (value, words, whether it is marked)."""

    name: str
    words: str
    choices: list[tuple[str, str, bool]]


def questions(facts: Facts, names: Iterable[str]) -> list[Question]:
    """The questions for these facts, marked with what is known."""
    return [Question(name, ASKED[name], _choices(name, getattr(facts, name))) for name in names]


def answers(posted: Mapping[str, str]) -> dict[str, bool | Work | None]:
    """The facts that were sent; what is neither 是 nor 否 is not known, what was not asked is not there."""
    found: dict[str, bool | Work | None] = {}
    for name in KEPT:
        if name in posted:
            found[name] = _work(posted[name]) if name == "work" else _ANSWERS.get(posted[name])
    return found


def course_of(text: str) -> Course | None:
    """The course that was chosen; None: the advice is to hold."""
    return next((course for course in Course if str(course.value) == text), None)


def _choices(name: str, known: bool | Work | None) -> list[tuple[str, str, bool]]:
    if name == "work":
        works = [(str(work.value), work.label, known is work) for work in Work]
        return [*works, ("", "不清楚", known is None)]
    return [("yes", "是", known is True), ("no", "否", known is False), ("", "不清楚", known is None)]


def _work(text: str) -> Work | None:
    return next((work for work in Work if str(work.value) == text), None)
