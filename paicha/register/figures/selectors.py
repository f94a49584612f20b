"""Counting by the database. A version stores the facts of its person as small integers, so that no cell is opened to
count (domain.annex2: a figure is data); only the details of 其他 are read, for the remark.

Callers have passed access.py; `committee_id` is named all the same."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from paicha.domain.annex1 import Column
from paicha.domain.annex2 import COUNTED, FACT_OF, Between, Dimension, Fact, In, Statistics, count_kinds, figures
from paicha.domain.readings import as_text
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Reason, read_reason
from paicha.register.models import Closing, EntryVersion, RegisterEntry
from paicha.register.records import SEALED_CELLS

FACTS = [f"current__{fact.value}" for fact in COUNTED]
REASON = COUNTED.index(Fact.REASON)


@dataclass(frozen=True, slots=True)
class Breaker:
    """Somebody whose cell keeps a relation from holding: 张三, 性别."""

    entry_id: UUID
    name: str
    column: Column


@dataclass(frozen=True, slots=True)
class BranchFigures:
    """A branch's 附件2 with who breaks each relation that does not hold."""

    statistics: Statistics
    breakers: dict[Dimension, list[Breaker]]


def figures_of(committee_id: UUID, branch_id: UUID, rules: RuleSet) -> BranchFigures:
    """A branch's figures, and who keeps their relations from holding."""
    entries, statistics = open_of(committee_id, branch_id), statistics_of(committee_id, branch_id, rules)
    breakers = {dimension: _breakers(entries, dimension) for dimension in statistics.unbalanced()}
    return BranchFigures(statistics, breakers)


def statistics_of(committee_id: UUID, branch_id: UUID, rules: RuleSet) -> Statistics:
    """A branch's figures from its open entries; Y from those closed this year because they were transferred."""
    return counted_of(committee_id, branch_id, rules)[0]


def counted_of(committee_id: UUID, branch_id: UUID, rules: RuleSet) -> tuple[Statistics, int, int]:
    """A branch's figures, and how many errors and warnings its open entries have. Every write of the register counts
    its branch by this: the entries are gone through once, and opened only where somebody stands in U. Grouping is ours:
    with the month of birth in it there are almost as many groups as people."""
    entries = open_of(committee_id, branch_id)
    rows = list(entries.order_by().values_list(*FACTS, "current__errors", "current__warnings"))
    kinds = Counter(row[:-2] for row in rows)
    other = any(kind[REASON] == Reason.OTHER for kind in kinds)
    others = _details(entries.filter(current__reason=Reason.OTHER)) if other else Counter[str]()
    transferred = transferred_within(committee_id, [branch_id], rules.as_of).count()
    statistics = count_kinds(kinds, others, rules, transferred)
    return statistics, sum(row[-2] or 0 for row in rows), sum(row[-1] or 0 for row in rows)


def people_behind(committee_id: UUID, branch_id: UUID, letter: str, rules: RuleSet) -> QuerySet[RegisterEntry]:
    """The entries that a figure counts, in the register's order, each with its newest version."""
    if letter == "Y":
        found = transferred_within(committee_id, [branch_id], rules.as_of)
    else:
        found = open_of(committee_id, branch_id)
        if letter != "A":
            found = found.filter(condition(figures(rules)[letter]))
    return found.select_related("current").order_by("rank", "id")


def transferred_within(committee_id: UUID, branches: Collection[UUID], as_of: date) -> QuerySet[RegisterEntry]:
    """Who was taken off these registers in the year of `as_of` because the affiliation went out (receipt in hand); who
    stands on the same register again is in A and not here."""
    again = RegisterEntry.objects.filter(
        committee_id=committee_id, branch=OuterRef("branch"), member=OuterRef("member"), closed_on=None
    )
    return RegisterEntry.objects.filter(
        ~Exists(again),
        committee_id=committee_id,
        branch_id__in=list(branches),
        closing=Closing.TRANSFERRED,
        closed_on__year=as_of.year,
        closed_on__lte=as_of,
    )


def condition(figure: In | Between, version: str = "current__") -> Q:
    """Whether an entry counts in `figure`: the adapter for the ORM (domain.annex2.holds is the one for memory).
    `version` is the way from the row to its version, "" for a version itself."""
    fact = f"{version}{figure.fact.value}"
    if isinstance(figure, In):
        return Q((f"{fact}__in", list(figure.codes)))
    return Q((f"{fact}__gte", figure.low), (f"{fact}__lte", figure.high))


def open_of(committee_id: UUID, branch_id: UUID) -> QuerySet[RegisterEntry]:
    """The open entries of a branch."""
    return RegisterEntry.objects.filter(committee_id=committee_id, branch_id=branch_id, closed_on=None)


def _breakers(entries: QuerySet[RegisterEntry], dimension: Dimension) -> list[Breaker]:
    """Those whose fact is unknown, and those whose fact is in no figure (born after the day that ages count to)."""
    unknown = entries.filter(Q((f"current__{FACT_OF[dimension].value}", None)))
    rows = unknown.order_by("rank", "id").values_list("id", "current__name")
    return [Breaker(id_, name or "", dimension.column) for id_, name in rows]


def detail_of(version: EntryVersion) -> str:
    """What stands behind 其他 in the cell of a version."""
    return _detail(as_text(version.cells[Column.REASON]))


def _details(entries: QuerySet[RegisterEntry]) -> Counter[str]:
    """How many of these entries have each detail behind 其他. What is written alike is read once."""
    opened = SEALED_CELLS.opening()
    sealed = entries.order_by().values_list("current_id", "current__cells")
    written = Counter(as_text(opened(version, cells)[Column.REASON]) for version, cells in sealed)
    details = Counter[str]()
    for text, people in written.items():
        details[_detail(text)] += people
    return details


def _detail(text: str) -> str:
    reading = read_reason(text).value
    return reading[1] if reading else ""
