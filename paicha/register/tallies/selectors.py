"""Reads of tallies. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from paicha.domain.annex2 import LETTERS, Statistics, draft_remark
from paicha.organizations.tree import Tree
from paicha.register.rules import homes_of
from paicha.register.tallies.models import BranchTally


@dataclass(frozen=True, slots=True)
class Count:
    """What a branch's register counts to under the rules of a day."""

    as_of: date
    statistics: Statistics
    errors: int = 0
    warnings: int = 0
    balanced: bool = True

    def kept(self) -> dict[str, Any]:
        """The fields of a BranchTally."""
        return {
            "as_of": self.as_of,
            "figures": [self.statistics[letter] for letter in LETTERS],
            "others": dict(self.statistics.others),
            "balanced": self.balanced,
            "errors": self.errors,
            "warnings": self.warnings,
        }


def counts_of(committee_id: UUID, branches: Collection[UUID]) -> dict[UUID, Count]:
    """The counts of these branches, one query; a branch on whose register nobody ever stood is left out."""
    found = BranchTally.objects.filter(committee_id=committee_id)
    return {tally.branch_id: count_kept(tally) for tally in found if tally.branch_id in branches}


def outdated(tree: Tree, committee_id: UUID, as_of: date) -> list[UUID]:
    """The branches whose ages were counted to another day than `as_of` (a new round has begun), or whose directions
    were reckoned from another home than they have."""
    rows = list(BranchTally.objects.filter(committee_id=committee_id).values_list("branch_id", "as_of", "home"))
    homes = homes_of(tree, committee_id, [branch_id for branch_id, *_ in rows])
    return [branch_id for branch_id, day, home in rows if (day, home) != (as_of, homes[branch_id])]


def count_kept(tally: BranchTally) -> Count:
    """A tally as it is kept."""
    figures = dict(zip(LETTERS, tally.figures, strict=True))
    statistics = Statistics(figures, draft_remark(tally.others), tally.others)
    return Count(tally.as_of, statistics, tally.errors, tally.warnings, tally.balanced)
