"""Reads of receipts. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from paicha.register.models import Affiliation, RegisterEntry
from paicha.transfers.models import Receipt
from paicha.web.days import end_of


def receipts(committee_id: UUID, branch_id: UUID) -> QuerySet[Receipt]:
    """The receipts that stand, of members who belonged to this branch and have not come back to it since (who came back
    and went again counts by the later receipt alone) nor stand on its register, oldest first."""
    found = Receipt.objects.filter(committee_id=committee_id, branch_id=branch_id, taken_back_at=None)
    came = Q(until=None) | Q(until__gt=F("since")) | Q(receipts__isnull=False)  # else it was a mistake: `forget`
    later = Affiliation.objects.filter(
        came, committee_id=committee_id, branch_id=branch_id, member=OuterRef("member"), id__gt=OuterRef("affiliation")
    )
    here = RegisterEntry.objects.filter(
        committee_id=committee_id, branch_id=branch_id, member=OuterRef("member"), closed_on=None
    )
    return found.exclude(Exists(later) | Exists(here)).select_related("member").order_by("received_on", "id")


def urged_between(committee_id: UUID, branch_id: UUID, first: date, last: date) -> QuerySet[Receipt]:
    """Those that count in Y: urged, received from `first` to `last`, both included (domain.md, 附件2)."""
    return receipts(committee_id, branch_id).filter(urged=True, received_on__range=(first, last))


def urged_on(committee_id: UUID, branches: Collection[UUID], first: date, day: date) -> dict[UUID, int]:
    """Branch → its Y as `day` ended: urged, received from `first` on, written by then and not taken back by then, of
    members who had not come back. One query, however many branches."""
    end = end_of(day)
    back = Affiliation.objects.filter(
        Q(until=None) | Q(until__gt=day),
        committee_id=committee_id,
        branch_id=OuterRef("branch_id"),
        member=OuterRef("member"),
        since__lte=day,
        id__gt=OuterRef("affiliation"),
    )
    found = Receipt.objects.filter(
        Q(taken_back_at=None) | Q(taken_back_at__gte=end),
        committee_id=committee_id,
        branch_id__in=list(branches),
        urged=True,
        received_on__range=(first, day),
        recorded_at__lt=end,
    ).exclude(Exists(back))
    return dict(found.order_by().values_list("branch_id").annotate(Count("id")))
