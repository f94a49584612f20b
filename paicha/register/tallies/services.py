"""Recomputing tallies. Called by every write of the register, in its transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.domain.annex2 import NIL
from paicha.domain.settings import RuleSet, default_deadline
from paicha.organizations.tree import Node, tree_of
from paicha.register.figures.selectors import counted_of
from paicha.register.models import EntryVersion
from paicha.register.rules import code_of, rules_of
from paicha.register.tallies.directions import reckon
from paicha.register.tallies.models import BranchTally
from paicha.register.tallies.selectors import Count, count_kept, outdated

_waiting: ContextVar[dict[tuple[UUID, date], set[UUID]] | None] = ContextVar("waiting", default=None)


@contextmanager
def counted_once() -> Iterator[None]:
    """Many writes of one transaction: what they would each count anew is counted once, when the block ends."""
    found: dict[tuple[UUID, date], set[UUID]] = {}
    token = _waiting.set(found)
    try:
        yield
    finally:
        _waiting.reset(token)
    for (committee_id, today), branches in found.items():
        recount(committee_id, branches, today)


def recount(committee_id: UUID, branches: Iterable[UUID], today: date) -> None:
    """Count these branches anew and keep what came out; where their home is another since, their directions too. A
    branch's tally is held while it is counted, so that of two who write at once the second counts what the first has
    committed; in one order, lest they wait for each other."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.setdefault((committee_id, today), set()).update(branches)
        return
    tree = tree_of(committee_id)
    with transaction.atomic(savepoint=False):  # the write that is counted comes to nothing without it
        for branch_id in sorted(set(branches)):
            rules = rules_of(tree, branch_id, today)
            home = code_of(rules.home)
            tally = _held(committee_id, branch_id, home)
            if tally.home != home:
                reckon(EntryVersion.objects.filter(committee_id=committee_id, entry__branch_id=branch_id), rules)
                tally.home = home
            for name, value in count_of(committee_id, branch_id, rules).kept().items():
                setattr(tally, name, value)
            tally.counted_at = timezone.now()
            tally.save()


def _held(committee_id: UUID, branch_id: UUID, home: str) -> BranchTally:
    """A branch's tally, locked until the transaction ends; a new one where it has none yet."""
    held = BranchTally.objects.select_for_update().filter(committee_id=committee_id, branch_id=branch_id)
    tally = held.first()
    if tally is None:
        nothing = Count(date.min, NIL).kept() | {"home": home, "counted_at": timezone.now()}
        BranchTally.objects.get_or_create(committee_id=committee_id, branch_id=branch_id, defaults=nothing)
        tally = held.get()
    return tally


def count_of(committee_id: UUID, branch_id: UUID, rules: RuleSet) -> Count:
    """What a branch's register counts to now."""
    statistics, errors, warnings = counted_of(committee_id, branch_id, rules)
    return Count(rules.as_of, statistics, errors, warnings, statistics.balanced)


def refresh(committee_id: UUID, today: date) -> int:
    """Count the branches anew that were counted by other rules than today's; how many they were."""
    branches = outdated(tree_of(committee_id), committee_id, default_deadline(today))
    recount(committee_id, branches, today)
    return len(branches)


def wrong(committee_id: UUID) -> Iterator[tuple[Node, Count, Count]]:
    """(branch, kept, counted) of each branch whose kept tally is not what its register counts to: never, as long as
    every write recounts. Both by the ages of the day that is kept."""
    tree = tree_of(committee_id)
    for tally in BranchTally.objects.filter(committee_id=committee_id):
        rules = rules_of(tree, tally.branch_id, tally.as_of)
        kept, counted = count_kept(tally), count_of(committee_id, tally.branch_id, rules)
        if kept.kept() != counted.kept():
            yield tree[tally.branch_id], kept, counted
