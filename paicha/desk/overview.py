"""All branches at once, from their kept counts: what each has, what is to be mended, and the committee's sum."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.domain import annex2
from paicha.domain.annex2 import HEADINGS, NIL, Statistics
from paicha.domain.settings import RuleSet
from paicha.organizations.tree import Node, Tree
from paicha.register.figures.past import faults_on, figures_on
from paicha.register.tallies.selectors import counts_of

FILTERS = {"errors": "有错误的", "warnings": "有提醒的", "unbalanced": "不平衡的", "empty": "一个人也没有的"}


@dataclass(frozen=True, slots=True)
class Line:
    """One branch."""

    branch: Node
    statistics: Statistics
    errors: int = 0
    warnings: int = 0
    balanced: bool = True

    @property
    def people(self) -> int:
        return self.statistics["A"]

    def shows(self, what: str) -> bool:
        """Whether the line belongs to a filter of `FILTERS`, or to a figure's letter."""
        if what in HEADINGS:
            return self.statistics[what] > 0
        shows = _SHOWS.get(what)
        return shows is None or shows(self)


_SHOWS: dict[str, Callable[[Line], bool]] = {
    "errors": lambda line: line.errors > 0,
    "warnings": lambda line: line.warnings > 0,
    "unbalanced": lambda line: not line.balanced,
    "empty": lambda line: line.people == 0,
}


def lines_of(tree: Tree, committee_id: UUID, branches: Collection[UUID]) -> list[Line]:
    """A line for each of these branches, in the office's order. One query."""
    counts, lines = counts_of(committee_id, branches), []
    for node in tree.branches():
        if node.id not in branches:
            continue
        count = counts.get(node.id)
        if count is None:
            lines.append(Line(node, NIL))
        else:
            lines.append(Line(node, count.statistics, count.errors, count.warnings, count.balanced))
    return lines


def lines_on(tree: Tree, committee_id: UUID, branches: Collection[UUID], rules: RuleSet, day: date) -> list[Line]:
    """The same as a past day ended; `tree` as it stood then."""
    statistics = figures_on(committee_id, branches, rules, day)
    faults = faults_on(committee_id, branches, day)
    lines = []
    for node in tree.branches():
        if node.id in branches:
            counted = statistics.get(node.id, NIL)
            lines.append(Line(node, counted, *faults.get(node.id, (0, 0)), counted.balanced))
    return lines


def total(lines: Collection[Line]) -> Statistics:
    return annex2.total(line.statistics for line in lines)
