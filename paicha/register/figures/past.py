"""附件2 as at the end of a past day, from versions: what stood on the registers then, as it was known then.

A closing counts from the day that it names, one that was taken back until that hour; who moved to another branch since
is counted where they belonged then. Callers have passed access.py; `committee_id` is named all the same."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField, When
from django.db.models.functions import Coalesce

from paicha.domain.annex2 import COUNTED, Statistics, count_kinds, figures
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Reason
from paicha.register.figures.selectors import condition, detail_of, transferred_within
from paicha.register.models import Affiliation, EntryVersion, Reopening
from paicha.web.days import end_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Then(TypedDict):
    """What is told of a version beside its own fields: the branch whose it was on the day."""

    branch_then: UUID


def versions_on(committee_id: UUID, day: date) -> "QuerySet[WithAnnotations[EntryVersion, Then]]":
    """The version of each entry that stood on a register as `day` ended, `branch_then` the branch whose it was."""
    end = end_of(day)
    known = EntryVersion.objects.filter(committee_id=committee_id, recorded_at__lt=end)
    later = known.filter(entry=OuterRef("entry"), n__gt=OuterRef("n"))
    closed = Reopening.objects.filter(
        committee_id=committee_id, entry=OuterRef("entry"), closed_on__lte=day, reopened_at__gte=end
    )
    standing = known.filter(Q(entry__closed_on=None) | Q(entry__closed_on__gt=day))
    return standing.exclude(Exists(later)).exclude(Exists(closed)).annotate(branch_then=_branch_on(committee_id, day))


def _branch_on(committee_id: UUID, day: date) -> Case:
    """The branch of an entry on `day`: where the member belonged then, if both have moved to today's branch since."""
    members = Affiliation.objects.filter(committee_id=committee_id, member=OuterRef("entry__member"))
    came_later = members.filter(branch=OuterRef("entry__branch"), since__gt=day)
    then = members.filter(Q(until=None) | Q(until__gt=day), since__lte=day).values("branch_id")[:1]
    today = F("entry__branch_id")
    moved = Coalesce(Subquery(then, output_field=UUIDField()), today, output_field=UUIDField())
    return Case(When(Exists(came_later), then=moved), default=today, output_field=UUIDField())


def figures_on(committee_id: UUID, branches: Collection[UUID], rules: RuleSet, day: date) -> dict[UUID, Statistics]:
    """Branch → its 附件2 as `day` ended; a branch on whose register nobody stood is left out unless it had a Y. Three
    queries, however many branches."""
    versions = versions_on(committee_id, day).filter(branch_then__in=list(branches))
    kinds: dict[UUID, dict[tuple[int | None, ...], int]] = defaultdict(dict)
    groups = versions.order_by().values_list("branch_then", *(fact.value for fact in COUNTED)).annotate(Count("id"))
    for branch_id, *kind, n in groups:
        kinds[branch_id][tuple(kind)] = n
    others: dict[UUID, Counter[str]] = defaultdict(Counter)
    for version in versions.filter(reason=Reason.OTHER):
        others[version.branch_then][detail_of(version)] += 1
    gone = transferred_within(committee_id, branches, day)
    received = dict(gone.order_by().values_list("branch_id").annotate(Count("id")))
    return {
        branch_id: count_kinds(kinds.get(branch_id, {}), others[branch_id], rules, received.get(branch_id, 0))
        for branch_id in kinds.keys() | received.keys()
    }


def faults_on(committee_id: UUID, branches: Collection[UUID], day: date) -> dict[UUID, tuple[int, int]]:
    """Branch → (errors, warnings) of what stood on its register as `day` ended."""
    versions = versions_on(committee_id, day).filter(branch_then__in=list(branches)).order_by()
    counted = versions.values_list("branch_then").annotate(Sum("errors"), Sum("warnings"))
    return {branch_id: (errors, warnings) for branch_id, errors, warnings in counted}


def people_on(committee_id: UUID, branch_id: UUID, letter: str, rules: RuleSet, day: date) -> Iterable[EntryVersion]:
    """The versions that a figure counted as `day` ended, in the register's order, each with its entry."""
    if letter == "Y":
        newest = EntryVersion.objects.filter(committee_id=committee_id, entry__current=F("id"))
        found = newest.filter(entry__in=transferred_within(committee_id, [branch_id], day).values("id"))
    else:
        found = versions_on(committee_id, day).filter(branch_then=branch_id)
        if letter != "A":
            found = found.filter(condition(figures(rules)[letter], ""))
    return found.select_related("entry").order_by("entry__rank", "entry_id")
