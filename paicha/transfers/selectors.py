"""Reads of receipts. Callers have passed access.py; `committee_id` is named all the same."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from paicha.register.models import Affiliation
from paicha.transfers.models import Receipt


def receipts(committee_id: UUID, branch_id: UUID) -> QuerySet[Receipt]:
    """The receipts that stand, of members who belonged to this branch and have not come back to it, oldest first."""
    found = Receipt.objects.filter(committee_id=committee_id, branch_id=branch_id, taken_back_at=None)
    back = Affiliation.objects.filter(
        committee_id=committee_id, branch_id=branch_id, until=None, member=OuterRef("member")
    )
    return found.exclude(Exists(back)).select_related("member").order_by("received_on", "id")


def urged_between(committee_id: UUID, branch_id: UUID, first: date, last: date) -> QuerySet[Receipt]:
    """Those that count in Y: urged, received from `first` to `last`, both included (domain.md, 附件2)."""
    return receipts(committee_id, branch_id).filter(urged=True, received_on__range=(first, last))
