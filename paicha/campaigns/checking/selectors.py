"""Reads of verdicts. Callers have passed access.py; `committee_id` is named all the same."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.consulting.selectors import of_unit
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.domain.vocabulary import Verdict
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.roster.selectors import (
    Listed,
    listed_member,
    members_of,
    open_affiliations,
    roster_of,
)
from paicha.transfers.models import Receipt
from paicha.transfers.selectors import receipts
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.transit import in_transit_counts, underway, underway_by_member

PENDING = (Verdict.OUT_OF_CONTACT, Verdict.UNDECIDED)
Given = dict[tuple[int, bool], int]  # (verdict, still a member) → how many
COVERED = tuple(verdict for verdict in Verdict if verdict.covered)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a branch is: `decided` have a verdict of 1–4 (domain.md), `pending` are 失去联系 or 待定, named in the
    report. `whole` is rostered + in transit; who moved away with a receipt since counts on both sides."""

    rostered: int
    in_transit: int
    decided: int
    pending: int

    @classmethod
    def of(cls, members: int, in_transit: int, given: Given) -> "Coverage":
        """From a branch's members, those underway among them, and the verdicts that stand."""
        return cls(
            rostered=members + given.get((Verdict.TRANSFERRED, False), 0) - in_transit,
            in_transit=in_transit,
            decided=sum(n for (verdict, _), n in given.items() if verdict in COVERED),
            pending=sum(n for (verdict, _), n in given.items() if verdict in PENDING),
        )

    @property
    def whole(self) -> int:
        return self.rostered + self.in_transit

    @property
    def left(self) -> int:
        """Members without any verdict."""
        return self.whole - self.decided - self.pending

    @property
    def percent(self) -> int:
        """Whole percents, never 100 before all are decided; 100 where nobody is to be checked."""
        return self.decided * 100 // self.whole if self.whole else 100


@dataclass(frozen=True, slots=True)
class Checked:
    """One member of a branch, the verdict that stands, None while there is none, and the transfer that is underway."""

    listed: Listed
    verdict: MemberVerdict | None
    transfer: Transfer | None = None

    @property
    def in_transit(self) -> bool:
        """As transfers.tracking.transit has it: marked so on the roster, or underway here."""
        return self.listed.in_transit or self.transfer is not None

    @property
    def away(self) -> bool:
        """Whether the member is decided one by one: on the register, in transit, or no longer only attending."""
        plain = self.verdict is None or self.verdict.verdict == Verdict.ATTENDING
        return self.listed.entry is not None or self.in_transit or not plain

    @property
    def name(self) -> str:
        return self.listed.name or "（没有姓名）"

    @property
    def label(self) -> str:
        return Verdict(self.verdict.verdict).label if self.verdict else ""


def standing(unit: CampaignUnit) -> dict[UUID, MemberVerdict]:
    """Member → the verdict that stands."""
    found = MemberVerdict.objects.filter(committee_id=unit.committee_id, unit=unit, superseded_at=None)
    return {verdict.member_id: verdict for verdict in found}


def checked_of(unit: CampaignUnit, verdicts: Mapping[UUID, MemberVerdict] | None = None) -> list[Checked]:
    """Everybody who is to be checked, by pinyin: members of the branch, those in transit among them. `verdicts`:
    standing(unit), where that is known already."""
    verdicts = standing(unit) if verdicts is None else verdicts
    members = roster_of(unit.committee_id, unit.organization_id).members
    moving = underway_by_member(unit.committee_id, [unit.organization_id])
    return [Checked(one, verdicts.get(one.member.id), moving.get(one.member.id)) for one in members]


def one_of(unit: CampaignUnit, member_id: UUID) -> Checked | None:
    """One member of the branch with the verdict that stands; None for somebody who is none."""
    listed = listed_member(unit.committee_id, unit.organization_id, member_id)
    if listed is None:
        return None
    verdicts = MemberVerdict.objects.filter(committee_id=unit.committee_id, unit=unit, superseded_at=None)
    moving = underway(unit.committee_id, [unit.organization_id]).filter(Q(whose=member_id))
    return Checked(listed, verdicts.filter(member_id=member_id).first(), moving.select_related("entry").first())


def waiting_of(unit: CampaignUnit, after: UUID | None = None) -> list[UUID]:
    """The members who are to be decided one by one and have no verdict yet; those who stand behind `after` first. Once
    some were confirmed together, whoever was left out is one of them."""
    everybody = checked_of(unit)
    confirmed = was_confirmed(everybody)
    place = next((n for n, one in enumerate(everybody, 1) if one.listed.member.id == after), 0)
    turned = [*everybody[place:], *everybody[:place]]
    return [one.listed.member.id for one in turned if one.verdict is None and (one.away or confirmed)]


def was_confirmed(everybody: Iterable[Checked]) -> bool:
    """Whether some of a branch were confirmed together: who is open since is proposed to nobody as attending."""
    return any(one.verdict is not None and one.verdict.together for one in everybody)


def earlier_of(unit: CampaignUnit, member_id: UUID) -> MemberVerdict | None:
    """The newest verdict of an earlier round in this branch that rests on dates."""
    ours = MemberVerdict.objects.filter(committee_id=unit.committee_id, unit__organization=unit.organization_id)
    dated = ours.filter(member_id=member_id).exclude(unit=unit).exclude(changed_on=None)
    return dated.select_related("unit__campaign").order_by("-decided_at", "-id").first()


def changed_on(entry: RegisterEntry) -> date | None:
    """The day on which the work, study or residence of an entry's member changed, as the newest verdict of the branch
    that rests on it says; None where none does."""
    dated = MemberVerdict.objects.filter(
        committee_id=entry.committee_id, unit__organization=entry.branch_id, superseded_at=None
    ).exclude(changed_on=None)
    return dated.filter(member=entry.member_id).order_by("-decided_at").values_list("changed_on", flat=True).first()


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who was transferred in this round: out of the branch, and still in its coverage."""

    receipt: Receipt
    begins_on: date

    @property
    def counted(self) -> str:
        """Whether it stands in Y of 附件2, with the reason."""
        if not self.receipt.urged:
            return "不是督促后转移的，不计入Y项"
        if self.receipt.received_on < self.begins_on:
            return f"排查开始（{self.begins_on:%m-%d}）以前收到回执，不计入Y项"
        return "计入Y项"


def moved_of(unit: CampaignUnit, member_id: UUID | None = None) -> list[Moved]:
    """Who has the verdict of 已转移 here, by the day of the receipt."""
    standing = MemberVerdict.objects.filter(
        committee_id=unit.committee_id, unit=unit, superseded_at=None, verdict=Verdict.TRANSFERRED
    )
    found = receipts(unit.committee_id, unit.organization_id).filter(member__in=standing.values("member"))
    found = found.filter(member_id=member_id) if member_id else found
    return [Moved(receipt, unit.campaign.begins_on) for receipt in found]


def answered_of(unit: CampaignUnit) -> list[Consultation]:
    """Questions about somebody of this branch that were answered since the verdict of 待定 or 失去联系, which still
    stands; the oldest first."""
    standing = MemberVerdict.objects.filter(committee_id=unit.committee_id, unit=unit, superseded_at=None)
    pending = standing.filter(verdict__in=PENDING, member=OuterRef("member"), decided_at__lt=OuterRef("answered_at"))
    return list(of_unit(unit).filter(Exists(pending)).order_by("n"))


def has_receipt(unit: CampaignUnit, member_id: UUID) -> bool:
    """Whether the receipt of a member of this branch is in hand."""
    return receipts(unit.committee_id, unit.organization_id).filter(member_id=member_id).exists()


def coverage_among(people: Collection[Checked], verdicts: Mapping[UUID, MemberVerdict]) -> Coverage:
    """The coverage of one branch from its checked_of and standing, where these are known already."""
    here = {one.listed.member.id for one in people}
    given = Counter((verdict.verdict, member_id in here) for member_id, verdict in verdicts.items())
    counted = {key: n for key, n in given.items() if key[1] or key[0] == Verdict.TRANSFERRED}
    return Coverage.of(len(people), sum(one.in_transit for one in people), counted)


def coverage_of(campaign: Campaign, units: Iterable[CampaignUnit]) -> dict[UUID, Coverage]:
    """Unit → its coverage: three queries, however many units."""
    branches = {unit.organization_id: unit.id for unit in units}
    members = members_of(campaign.committee_id, branches)
    transit = in_transit_counts(campaign.committee_id, branches)
    given = given_of(campaign, Q(superseded_at=None), open_affiliations(campaign.committee_id))
    return {
        unit_id: Coverage.of(members.get(branch_id, 0), transit.get(branch_id, 0), given.get(unit_id, {}))
        for branch_id, unit_id in branches.items()
    }


def given_of(campaign: Campaign, standing: Q, affiliations: QuerySet[Affiliation]) -> dict[UUID, Given]:
    """Unit → its verdicts that stand, of those who belong to it by `affiliations`. Who left the branch otherwise than
    by a receipt counts no more."""
    here = Exists(affiliations.filter(member=OuterRef("member"), branch=OuterRef("unit__organization")))
    ours = MemberVerdict.objects.filter(standing, committee_id=campaign.committee_id, unit__campaign=campaign)
    counted = ours.annotate(here=here).filter(Q(here=True) | Q(verdict=Verdict.TRANSFERRED))
    found: dict[UUID, Given] = defaultdict(dict)
    for unit_id, verdict, still, n in counted.values_list("unit_id", "verdict", "here").annotate(Count("id")):
        found[unit_id][verdict, bool(still)] = n
    return found
