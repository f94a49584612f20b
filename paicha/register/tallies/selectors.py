"""Reads of tallies. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from paicha.domain.annex2 import LETTERS, Statistics
from paicha.organizations.tree import Tree
from paicha.register.rules import homes_of
from paicha.register.tallies.models import BranchTally
from paicha.vault.fields import SealedField

SEALED_OTHERS = cast(SealedField, BranchTally._meta.get_field("others"))
# Values and not rows: 2,000 objects of a model take as long as the rest of the page.
COLUMNS = ("branch_id", "id", "others", "as_of", "figures", "errors", "warnings", "balanced")


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
    opened = SEALED_OTHERS.opening()
    found = BranchTally.objects.filter(committee_id=committee_id).values_list(*COLUMNS)
    return {
        branch: _count(as_of, figures, opened(key, others), *rest)
        for branch, key, others, as_of, figures, *rest in found
        if branch in branches
    }


def outdated(tree: Tree, committee_id: UUID, as_of: date) -> list[UUID]:
    """The branches whose ages were counted to another day than `as_of` (a new round has begun), or whose directions
    were reckoned from another home than they have."""
    rows = list(BranchTally.objects.filter(committee_id=committee_id).values_list("branch_id", "as_of", "home"))
    homes = homes_of(tree, committee_id, [branch_id for branch_id, *_ in rows])
    return [branch_id for branch_id, day, home in rows if (day, home) != (as_of, homes[branch_id])]


def count_kept(tally: BranchTally) -> Count:
    """A tally as it is kept."""
    return _count(tally.as_of, tally.figures, tally.others, tally.errors, tally.warnings, tally.balanced)


def _count(
    as_of: date, figures: Sequence[int], others: Mapping[str, int], errors: int, warnings: int, balanced: bool
) -> Count:
    statistics = Statistics(dict(zip(LETTERS, figures, strict=True)), others=others)
    return Count(as_of, statistics, errors, warnings, balanced)
