"""All branches at once, from their kept counts: what each has, what is to be mended, and the committee's sum."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from paicha.domain import annex2
from paicha.domain.annex2 import HEADINGS, NIL, Statistics
from paicha.organizations.tree import Node, Tree
from paicha.register.tallies.selectors import counts_of

FILTERS = {"errors": "有错误的", "warnings": "有提醒的", "unbalanced": "不平衡的", "empty": "一个人也没有的"}


@dataclass(frozen=True, slots=True)
class Line:
    """One branch."""

    branch: Node
    statistics: Statistics
    errors: int
    warnings: int

    @property
    def people(self) -> int:
        return self.statistics["A"]

    def shows(self, what: str) -> bool:
        """Whether the line belongs to a filter of `FILTERS`, or to a figure's letter."""
        if what in HEADINGS:
            return self.statistics[what] > 0
        return {
            "errors": self.errors > 0,
            "warnings": self.warnings > 0,
            "unbalanced": not self.statistics.balanced,
            "empty": self.people == 0,
        }.get(what, True)


def lines_of(tree: Tree, committee_id: UUID, branches: Collection[UUID]) -> list[Line]:
    """A line for each of these branches, in the office's order. One query."""
    counts, lines = counts_of(committee_id, branches), []
    for node in tree.branches():
        if node.id not in branches:
            continue
        count = counts.get(node.id)
        if count is None:
            lines.append(Line(node, NIL, 0, 0))
        else:
            lines.append(Line(node, count.statistics, count.errors, count.warnings))
    return lines


def total(lines: Collection[Line]) -> Statistics:
    return annex2.total(line.statistics for line in lines)
