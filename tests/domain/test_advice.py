"""Advice: must urge, encourage, report in, or ask; nothing is assumed."""

from itertools import product

import pytest

from paicha.domain.advice import ASKED, Advice, Course, Facts, Route, Work, advise, retired_at, ways
from paicha.domain.vocabulary import Reason

MAYBE = (True, False, None)
EVERY = [
    Facts(household, home, resident, retired, work, organized)
    for household, home, resident, retired, work, organized in product(MAYBE, MAYBE, MAYBE, MAYBE, (*Work, None), MAYBE)
]


@pytest.mark.parametrize(
    ("facts", "course", "says"),
    [
        (Facts(household=True, long_resident=True, retired=False), Course.MUST_URGE, "落户"),
        (Facts(home=True, long_resident=True, retired=False), Course.MUST_URGE, "购买房产"),
        (Facts(work=Work.STABLE, employer_organized=True, retired=False), Course.MUST_URGE, "已成立党组织"),
        (Facts(work=Work.STUDY, employer_organized=True, retired=False), Course.MUST_URGE, "学习"),
        (Facts(retired=True, household=True, long_resident=True), Course.ENCOURAGE, "离退休"),
        (Facts(retired=False, long_resident=False, work=Work.UNSTABLE), Course.ENCOURAGE, "不太稳定"),
        (Facts(False, False, True, False, Work.STABLE, False), Course.REPORT_IN, "不具备"),
        (Facts(retired=False, long_resident=False, work=Work.NONE), Course.REPORT_IN, "不具备"),
    ],
)
def test_the_clauses_of_the_notice(facts: Facts, course: Course, says: str) -> None:
    advice = advise(facts)
    assert advice.course is course
    assert says in advice.reason


def settled(advice: Advice) -> bool:
    return advice.course is not None


def test_what_is_asked_for_is_unknown_and_everything_known_is_enough() -> None:
    for facts in EVERY:
        advice = advise(facts)
        assert (advice.course is None) == bool(advice.missing)
        names = [name for name, words in ASKED.items() if words in advice.missing]
        assert all(getattr(facts, name) is None for name in names)
        if all(getattr(facts, name) is not None for name in ASKED):
            assert settled(advice)


def _answers(facts: Facts) -> list[Facts]:
    """Every way in which the unknown facts may turn out."""
    known = [
        (value,) if value is not None else (tuple(Work) if name == "work" else (True, False))
        for name, value in ((name, getattr(facts, name)) for name in Facts.__dataclass_fields__ if name != "reason")
    ]
    return [Facts(*answers) for answers in product(*known)]


def test_advice_given_early_holds_however_the_unknown_turns_out() -> None:
    for facts in EVERY:
        advice = advise(facts)
        if advice.course is Course.MUST_URGE or facts.retired:
            assert {advise(answer).course for answer in _answers(facts)} == {advice.course}, facts


def test_who_is_too_young_to_be_retired_is_not_asked() -> None:
    assert retired_at(None, 44) is False
    assert retired_at(None, 45) is None
    assert retired_at(None, None) is None
    assert retired_at(True, 30) is True


@pytest.mark.parametrize(
    ("facts", "routes"),
    [
        (Facts(work=Work.STABLE, employer_organized=True), {Route.EMPLOYER}),
        (Facts(work=Work.STABLE, employer_organized=False), {Route.PLACE, Route.RESIDENCE}),
        (Facts(work=Work.UNSTABLE), {Route.PLACE, Route.RESIDENCE}),
        (Facts(reason=Reason.COURIER, work=Work.UNSTABLE), {Route.TRADE, Route.PLACE, Route.RESIDENCE}),
        (Facts(retired=True, work=Work.NONE), {Route.RESIDENCE}),
        (Facts(), set()),
    ],
)
def test_where_to_report_in(facts: Facts, routes: set[Route]) -> None:
    assert {way.route for way in ways(facts)} == routes | {Route.MOBILE}
