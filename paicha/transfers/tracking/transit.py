"""在途: who is transferred out and not yet received (notice 二.2). One rule for every page: the roster marks the member
so, or a transfer written down here is underway. Callers have passed access.py."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, UUIDField, When
from django.db.models.functions import Coalesce

from paicha.domain.letters import Stage
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.roster.selectors import open_affiliations, standing_lines
from paicha.transfers.graduating.models import Graduate
from paicha.transfers.tracking.models import Transfer


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody whom the roster alone calls in transit: nothing tells yet whither, or since when. `entry_id` is the open
    entry on the branch's register; who has none has a page of transfer as a member of the branch."""

    name: str
    branch_id: UUID
    member_id: UUID
    entry_id: UUID | None


UNDERWAY = (Stage.UNDERWAY, Stage.EXPIRED)  # an expired letter was sent all the same: a receipt may still come


def whose() -> Coalesce:
    """Whose a transfer is: the entry tells it, since an ID number that was mended may have told that somebody else is
    meant; without one, the transfer itself."""
    return Coalesce("entry__member_id", "member_id", output_field=UUIDField())


def ours(committee_id: UUID, branches: Collection[UUID]) -> QuerySet[Transfer]:
    """Transfers of members who belong to these branches today: whoever they belong to answers for them, whether or
    not they stand on its register; one of who left the Party waits for nobody. With `whose`, the member, and `at`,
    their branch; a page of theirs there: `entry_at`, on the register, or `place`, in a cohort of graduates."""
    here = open_affiliations(committee_id).filter(member=OuterRef("whose"), branch_id__in=list(branches))
    places = Graduate.objects.filter(committee_id=committee_id, member=OuterRef("whose"), taken_off_at=None)
    found = Transfer.objects.filter(committee_id=committee_id).annotate(whose=whose())
    return (
        found.annotate(at=Subquery(here.values("branch_id")[:1], output_field=UUIDField()))
        .filter(at__isnull=False)
        .annotate(
            entry_at=Case(When(entry__branch_id=F("at"), then=F("entry_id")), output_field=UUIDField()),
            place=Subquery(places.order_by("-id").values("id")[:1], output_field=UUIDField()),
        )
    )


def underway(committee_id: UUID, branches: Collection[UUID]) -> QuerySet[Transfer]:
    return ours(committee_id, branches).filter(stage__in=UNDERWAY)


def underway_by_member(committee_id: UUID, branches: Collection[UUID]) -> dict[UUID, Transfer]:
    """Member → the transfer that is underway, its entry with it. One query."""
    found = underway(committee_id, branches).select_related("entry")
    return {transfer.whose: transfer for transfer in found}  # type: ignore[attr-defined]  # annotated in `ours`


def in_transit(committee_id: UUID, branches: Collection[UUID]) -> QuerySet[Affiliation]:
    """The open affiliations of those in transit."""
    marked = standing_lines(committee_id).filter(in_transit=True).values("member")
    moving = underway(committee_id, branches).annotate(theirs=F("whose")).values("theirs")
    members = open_affiliations(committee_id).filter(branch_id__in=list(branches))
    return members.filter(Q(member__in=marked) | Q(member__in=moving))


def in_transit_counts(committee_id: UUID, branches: Collection[UUID]) -> dict[UUID, int]:
    """Branch → how many of its members are in transit. One query."""
    found = in_transit(committee_id, branches).order_by().values_list("branch_id").annotate(Count("id"))
    return dict(found)


def marked_only(committee_id: UUID, branches: Collection[UUID]) -> list[Marked]:
    """Those in transit of whom no transfer is written down here. Two queries."""
    moving = underway(committee_id, branches).annotate(theirs=F("whose")).values("theirs")
    members = in_transit(committee_id, branches).exclude(member__in=moving)
    entries = RegisterEntry.objects.filter(committee_id=committee_id, closed_on=None, branch_id__in=list(branches))
    known = dict(entries.filter(member__in=members.values("member")).values_list("member_id", "id"))
    lines = standing_lines(committee_id).filter(member=OuterRef("member"))
    found = members.annotate(called=Subquery(lines.values("name")[:1]), key=Subquery(lines.values("pinyin")[:1]))
    rows = found.order_by("key", "id").values_list("called", "branch_id", "member_id")
    return [
        Marked(name or "（没有姓名）", branch_id, member_id, known.get(member_id))
        for name, branch_id, member_id in rows
    ]
