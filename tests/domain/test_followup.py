"""When somebody is to be contacted next: months by the calendar."""

from datetime import date, timedelta

import pytest

from paicha.domain.followup import Frequency, due, latest_start, maybe_lost, months_on

OPENED = date(2023, 12, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 6, 20), 6, date(2023, 12, 20)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 12, 15), 12, date(2024, 12, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 31), -3, date(2023, 10, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_on(day, months) == expected


def test_contact_is_due_quarterly_and_abroad_half_yearly() -> None:
    assert due(None, OPENED, abroad=False) == date(2024, 3, 1)
    assert due(None, OPENED, abroad=True) == date(2024, 6, 1)
    assert due(date(2024, 2, 10), OPENED, abroad=False) == date(2024, 5, 10)


def test_a_contact_from_before_somebody_was_registered_does_not_shorten_the_first_quarter() -> None:
    assert due(date(2023, 9, 1), OPENED, abroad=False) == date(2024, 3, 1)


def test_six_months_without_any_contact_raise_the_question_on_the_day_after() -> None:
    assert not maybe_lost(None, OPENED, date(2024, 6, 1))
    assert maybe_lost(None, OPENED, date(2024, 6, 2))
    assert not maybe_lost(date(2024, 1, 1), OPENED, date(2024, 6, 2))


def test_the_frequency_is_a_setting() -> None:
    assert due(None, OPENED, abroad=False, frequency=Frequency(months=1)) == date(2024, 1, 1)


def test_the_latest_start_parts_exactly_those_due_from_those_not_yet_on_every_day_of_two_years() -> None:
    for n in range(731):
        by = date(2023, 1, 1) + timedelta(n)
        start = latest_start(by)
        assert due(None, start, abroad=False) <= by
        assert due(None, start + timedelta(1), abroad=False) > by
