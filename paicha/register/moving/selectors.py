"""Who stands where they can stay no longer. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count

from paicha.register.models import Affiliation, RegisterEntry


def people_of(committee_id: UUID, branches: Collection[UUID]) -> dict[UUID, int]:
    """How many members belong to each of these branches or stand open on its register; branches without any are left
    out."""
    belonging = Affiliation.objects.filter(committee_id=committee_id, branch_id__in=branches, until=None)
    found = dict(belonging.values_list("branch_id").annotate(Count("id")))
    standing = RegisterEntry.objects.filter(committee_id=committee_id, branch_id__in=branches, closed_on=None)
    for branch_id, entries in standing.values_list("branch_id").annotate(Count("id")):
        found[branch_id] = max(entries, found.get(branch_id, 0))
    return found
