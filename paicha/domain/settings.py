"""RuleSet: the settings of one campaign, frozen and versioned (domain.md, `RuleSet`).

`as_of` governs ages and months only; `home` is the 市州 that directions are counted from.
"""

from dataclasses import dataclass
from datetime import date

from paicha.domain.divisions import Division

RULES_VERSION = "2023-11-28"  # the notice's own date


@dataclass(frozen=True, slots=True)
class RuleSet:
    """`as_of`: day on which ages are counted. `home`: GB/T 2260 division of the committee; None where only forms are
    checked and no direction is counted."""

    as_of: date
    home: Division | None = None
    version: str = RULES_VERSION

    @property
    def as_of_month(self) -> int:
        """Months since year 0 of `as_of` (year × 12 + month − 1), the unit in which ages are counted."""
        return self.as_of.year * 12 + self.as_of.month - 1


def default_deadline(today: date) -> date:
    """The report deadline nearest ahead: 15 December of `today`'s year (notice 三.3), last year's until June, when
    the offices still mend the last round."""
    return date(today.year - (today.month <= 6), 12, 15)
