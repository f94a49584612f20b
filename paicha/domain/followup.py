"""定期跟踪: when somebody on the register is to be contacted next (notice 二.1; how often is a setting, domain.md
`RuleSet`: quarterly, abroad half-yearly; six months without any contact raise 失去联系, which a person decides).

>>> due(None, date(2023, 12, 1), abroad=False), due(date(2023, 12, 20), date(2023, 12, 1), abroad=True)
(datetime.date(2024, 3, 1), datetime.date(2024, 6, 20))
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Frequency:
    """Months between two contacts, of people abroad, and after which nobody knows whether they can be reached."""

    months: int = 3
    abroad: int = 6
    lost: int = 6


DEFAULT = Frequency()


def months_on(day: date, months: int) -> date:
    """The same day some months on (20 June → 20 December), or back; the month's last where it has no such day.

    >>> months_on(date(2023, 8, 31), 6), months_on(date(2024, 3, 31), -1)
    (datetime.date(2024, 2, 29), datetime.date(2024, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def since(last_contact: date | None, opened_on: date) -> date:
    """The day from which the months run: of the last contact, or of being put on the register if that came later."""
    return max(last_contact or opened_on, opened_on)


def due(last_contact: date | None, opened_on: date, *, abroad: bool, frequency: Frequency = DEFAULT) -> date:
    """The last day on which the next contact is in time."""
    return months_on(since(last_contact, opened_on), frequency.abroad if abroad else frequency.months)


def maybe_lost(last_contact: date | None, opened_on: date, today: date, frequency: Frequency = DEFAULT) -> bool:
    """Whether six months have gone by, to their last day, without any contact: a question to the branch, no verdict."""
    return months_on(since(last_contact, opened_on), frequency.lost) < today


def latest_start(by: date, frequency: Frequency = DEFAULT) -> date:
    """Whoever was last contacted after this day is not due by `by`, wherever they are."""
    months = min(frequency.months, frequency.abroad)
    start = months_on(by, -months)
    return max(
        (later for n in range(4) if months_on(later := date.fromordinal(start.toordinal() + n), months) <= by),
        default=start,
    )
