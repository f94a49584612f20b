"""附件2 as a page shows it: the five groups that each add up to A, every figure with the page of what is behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from paicha.domain.annex2 import HEADINGS, Dimension, Statistics
from paicha.register.figures.selectors import Breaker


@dataclass(frozen=True, slots=True)
class Figure:
    """One of A–Z; `url` opens what is behind it."""

    letter: str
    heading: str
    people: int
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """One of the five groups of figures, with whether they add up to A and who breaks it."""

    heading: str
    figures: list[Figure]
    total: int
    holds: bool
    breakers: Sequence[Breaker]

    @property
    def relation(self) -> str:
        """B+C, or J+…+U where there are many."""
        letters = [figure.letter for figure in self.figures]
        return "+".join(letters) if len(letters) <= 3 else f"{letters[0]}+…+{letters[-1]}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet: A, Y and Z stand alone."""

    statistics: Statistics
    groups: list[Group]
    a: Figure
    y: Figure
    z: Figure


def sheet_of(
    statistics: Statistics, url: Callable[[str], str], breakers: Mapping[Dimension, Sequence[Breaker]] | None = None
) -> Sheet:
    """`url` gives the address of what is behind a letter; `breakers` are those who keep a group from adding up."""

    def figure(letter: str) -> Figure:
        return Figure(letter, HEADINGS[letter], statistics[letter], url(letter))

    groups, unbalanced = [], statistics.unbalanced()
    for dimension in Dimension:
        figures = [figure(letter) for letter in dimension.letters]
        total = sum(each.people for each in figures)
        who = (breakers or {}).get(dimension, ())
        groups.append(Group(dimension.heading, figures, total, dimension not in unbalanced, who))
    return Sheet(statistics, groups, figure("A"), figure("Y"), figure("Z"))
