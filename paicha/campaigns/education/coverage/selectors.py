"""Coverage of theme education of many branches at once: the same people as selectors.education_of, counted by the
database. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import PENDING
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.education.models import Acknowledgement, Participation, Sending
from paicha.register.contacts.selectors import taught
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.roster.selectors import open_affiliations, standing_lines
from paicha.transfers.tracking.transit import in_transit

NAMED = 20  # beyond these a branch has hardly begun: how many is said, and its own page names them


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is to take part and has not; `sent`: material is on its way and not confirmed yet."""

    member_id: UUID
    name: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """A branch: `whole` are to take part, `covered` do; those left out are named where they are `NAMED` or fewer."""

    unit: CampaignUnit
    whole: int
    covered: int
    waiting: int
    left_out: list[LeftOut]

    @property
    def left(self) -> int:
        return self.whole - self.covered

    @property
    def percent(self) -> int:
        """As Education.percent."""
        return self.covered * 100 // self.whole if self.whole else 100


def taught_of(campaign: Campaign, units: Sequence[CampaignUnit], today: date) -> list[Taught]:
    """Every branch, those with most people left out first. Four queries, however many branches."""
    branches = [unit.organization_id for unit in units]
    learners = learners_of(campaign, branches)
    left = left_of(campaign, learners, today)
    whole, out = _by_branch(learners), _by_branch(left)
    waiting = _by_branch(left.filter(_waiting(campaign)))
    few = [branch_id for branch_id, n in out.items() if n <= NAMED]
    named = _named(campaign, left.filter(branch_id__in=few))
    found = []
    for unit in units:
        id_ = unit.organization_id
        counts = (whole.get(id_, 0), whole.get(id_, 0) - out.get(id_, 0), waiting.get(id_, 0))
        found.append(Taught(unit, *counts, named.get(id_, [])))
    return sorted(found, key=lambda one: (-one.left, bool(one.whole)))


def lacking(campaign: Campaign, units: Sequence[CampaignUnit], today: date) -> dict[UUID, int]:
    """Branch → how many are left out, of those where somebody is. One query, for the home page."""
    branches = [unit.organization_id for unit in units]
    return _by_branch(left_of(campaign, learners_of(campaign, branches), today))


def learners_of(campaign: Campaign, branches: Sequence[UUID]) -> QuerySet[Affiliation]:
    """Whose part these branches answer for, as selectors.is_taught: on the register and not 待定, or in transit."""
    members = open_affiliations(campaign.committee_id).filter(branch_id__in=list(branches))
    entries = RegisterEntry.objects.filter(
        committee_id=campaign.committee_id, closed_on=None, branch_id__in=list(branches)
    )
    # From the entries, once: looked for from each member, a register is read through as often as it has people.
    here = entries.filter(member__affiliations__until=None, member__affiliations__branch=F("branch"))
    moving = in_transit(campaign.committee_id, branches).values("id")
    pending = _standing(campaign).filter(verdict__in=PENDING)
    on_register = Q(id__in=here.values("member__affiliations__id"))
    return members.filter(Q(id__in=moving) | (on_register & ~Exists(pending)))


def left_of(campaign: Campaign, learners: QuerySet[Affiliation], today: date) -> QuerySet[Affiliation]:
    """Those of these people whom neither a contact, nor a participation, nor confirmed material covers."""
    committee_id = campaign.committee_id
    theirs = {"member": OuterRef("member"), "unit__organization": OuterRef("branch"), "unit__campaign": campaign}
    contacts = taught(committee_id, campaign.begins_on, today).filter(
        entry__member=OuterRef("member"), entry__branch=OuterRef("branch")
    )
    parts = Participation.objects.filter(committee_id=committee_id, withdrawn_at=None, **theirs)
    confirmed = Acknowledgement.objects.filter(
        committee_id=committee_id,
        withdrawn_at=None,
        sending__withdrawn_at=None,
        **{f"sending__{name}": value for name, value in theirs.items()},
    )
    return learners.exclude(Exists(contacts) | Exists(parts) | Exists(confirmed))


def _waiting(campaign: Campaign) -> Exists:
    """Whether something was sent that is not withdrawn: of those left out, nothing of it is confirmed."""
    sent = Sending.objects.filter(committee_id=campaign.committee_id, withdrawn_at=None, unit__campaign=campaign)
    return Exists(sent.filter(member=OuterRef("member"), unit__organization=OuterRef("branch")))


def _standing(campaign: Campaign) -> QuerySet[MemberVerdict]:
    """The verdict that stands on an affiliation's member in its branch."""
    verdicts = MemberVerdict.objects.filter(committee_id=campaign.committee_id, superseded_at=None)
    return verdicts.filter(unit__campaign=campaign, unit__organization=OuterRef("branch"), member=OuterRef("member"))


def _by_branch(members: QuerySet[Affiliation]) -> dict[UUID, int]:
    return dict(members.order_by().values_list("branch_id").annotate(Count("id")))


def _named(campaign: Campaign, members: QuerySet[Affiliation]) -> dict[UUID, list[LeftOut]]:
    """Branch → those left out, by pinyin where the roster knows it."""
    line = standing_lines(campaign.committee_id).filter(member=OuterRef("member"))
    entry = RegisterEntry.objects.filter(
        committee_id=campaign.committee_id, closed_on=None, member=OuterRef("member"), branch=OuterRef("branch")
    )
    called = members.annotate(
        called=Coalesce(
            Subquery(line.values("name")[:1]), Subquery(entry.values("current__name")[:1]), F("member__name")
        ),
        key=Coalesce(Subquery(line.values("pinyin")[:1]), Subquery(entry.values("current__pinyin")[:1])),
        sent=_waiting(campaign),
    )
    found: dict[UUID, list[LeftOut]] = {}
    for branch_id, member_id, name, sent in called.order_by("key", "id").values_list(
        "branch_id", "member_id", "called", "sent"
    ):
        found.setdefault(branch_id, []).append(LeftOut(member_id, name or "（没有姓名）", bool(sent)))
    return found
