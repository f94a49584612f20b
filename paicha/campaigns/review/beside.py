"""附件2 as it was reported, beside what its 附件1 gives and beside last round's."""

from collections.abc import Callable
from dataclasses import dataclass

from paicha.campaigns.reporting.models import Submission
from paicha.campaigns.reporting.selectors import statistics_of
from paicha.domain.annex2 import HEADINGS, Dimension, Statistics


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure: `counted` from the rows (None for Y, of whom none is in a row), `earlier` of last round, if any."""

    letter: str
    heading: str
    people: int
    counted: int | None
    earlier: int | None
    url: str

    @property
    def differs(self) -> bool:
        return self.counted is not None and self.counted != self.people

    @property
    def moved(self) -> str:
        """+3, −2 or nothing."""
        by = self.people - (self.people if self.earlier is None else self.earlier)
        return f"+{by}" if by > 0 else f"−{-by}" if by else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Figures under one heading; `relation` says whether they add up to A ("" for A, Y and Z alone)."""

    heading: str
    figures: list[Beside]
    relation: str = ""
    holds: bool = True


def beside(
    submission: Submission, counted: Statistics, earlier: Submission | None, url: Callable[[str], str]
) -> list[Group]:
    """A, the five groups, Y, Z. `url` opens the people of a figure."""
    statistics = statistics_of(submission)
    last = statistics_of(earlier) if earlier else None

    def figure(x: str) -> Beside:
        return Beside(
            x, HEADINGS[x], statistics[x], None if x == "Y" else counted[x], last[x] if last else None, url(x)
        )

    unbalanced = statistics.unbalanced()
    groups = [
        Group(d.heading, [figure(x) for x in d.letters], f"{_relation(d.letters)}=A", d not in unbalanced)
        for d in Dimension
    ]
    reported_in = Group("", [figure("Z")], "Z≤A", statistics["Z"] <= statistics["A"])
    return [Group("", [figure("A")]), *groups, Group("", [figure("Y")]), reported_in]


def _relation(letters: str) -> str:
    return "+".join(letters) if len(letters) <= 3 else f"{letters[0]}+…+{letters[-1]}"
