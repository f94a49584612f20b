"""Reads of inspections. Callers have passed access.py; `committee_id` is named all the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.supervision.inspecting.models import Inspection, InspectionPerson, InspectionUnit, Result
from paicha.domain.annex1 import Column
from paicha.domain.masking import mask_phone
from paicha.domain.readings import as_text
from paicha.domain.sampling import drawn, size_of
from paicha.register.forms import masked
from paicha.register.roster.selectors import BLANK


@dataclass(frozen=True, slots=True)
class Rate:
    """How an inspection went: people by result; those not called yet are `left`."""

    drawn: int = 0
    true: int = 0
    untrue: int = 0
    missed: int = 0

    @property
    def left(self) -> int:
        return self.drawn - self.true - self.untrue - self.missed

    @property
    def reached(self) -> int:
        return self.true + self.untrue

    @property
    def percent(self) -> int | None:
        """属实 of those who were reached, in whole percents, never 100 with one untrue; None where nobody was."""
        return self.true * 100 // self.reached if self.reached else None

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(
            self.drawn + other.drawn,
            self.true + other.true,
            self.untrue + other.untrue,
            self.missed + other.missed,
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody drawn, with what register and roster said on that day, blanks of the register filled from the roster."""

    row: InspectionPerson

    def _cell(self, column: Column) -> str:
        own = self.row.version.cells if self.row.version else BLANK
        roster = self.row.line.cells if self.row.line else BLANK
        return as_text(own[column] or roster[column])

    @property
    def name(self) -> str:
        said = self.row.version or self.row.line
        return (said.name if said else self.row.member.name) or "（没有姓名）"

    @property
    def phone(self) -> str:
        return self._cell(Column.PHONE)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def shown(self) -> dict[str, str]:
        """The same three for a page: rows slip, and a number may stand in any cell."""
        return {
            "residence": masked(Column.RESIDENCE, self.residence),
            "employer": masked(Column.EMPLOYER, self.employer),
            "reported_to": masked(Column.REPORT_BRANCH, self.reported_to),
        }

    @property
    def residence(self) -> str:
        return self._cell(Column.RESIDENCE)

    @property
    def employer(self) -> str:
        return self._cell(Column.EMPLOYER)

    @property
    def reported_to(self) -> str:
        return self._cell(Column.REPORT_BRANCH)


def inspections_of(campaign: Campaign) -> list[tuple[Inspection, Rate]]:
    """Every list of a campaign, the newest first, with how it went. Two queries."""
    found = Inspection.objects.filter(committee_id=campaign.committee_id, campaign=campaign).order_by("-n")
    people = InspectionPerson.objects.filter(committee_id=campaign.committee_id, inspection__campaign=campaign)
    counts = people.values_list("inspection_id", "result").annotate(Count("id"))
    rates = _rates((id_, result, count) for id_, result, count in counts)
    return [(inspection, rates.get(inspection.id, Rate())) for inspection in found]


def rates_of(campaign: Campaign) -> dict[UUID, Rate]:
    """Unit → how all inspections of a campaign went there."""
    people = InspectionPerson.objects.filter(committee_id=campaign.committee_id, inspection__campaign=campaign)
    counts = people.values_list("unit_id", "result").annotate(Count("id"))
    return _rates((id_, result, count) for id_, result, count in counts)


def units_of(inspection: Inspection) -> list[tuple[InspectionUnit, Rate]]:
    """The branches of a list in the office's order, with how it went there. Two queries."""
    people = InspectionPerson.objects.filter(committee_id=inspection.committee_id, inspection=inspection)
    counts = people.values_list("unit_id", "result").annotate(Count("id"))
    rates = _rates((id_, result, count) for id_, result, count in counts)
    units = InspectionUnit.objects.filter(committee_id=inspection.committee_id, inspection=inspection)
    ordered = units.select_related("unit").order_by("unit__rank", "unit_id")
    return [(of, rates.get(of.unit_id, Rate())) for of in ordered]


def people_of(inspection: Inspection, unit_id: UUID | None = None) -> list[Person]:
    """Who was drawn, by branch and in the order of the draw; one query."""
    people = InspectionPerson.objects.filter(committee_id=inspection.committee_id, inspection=inspection)
    if unit_id:
        people = people.filter(unit_id=unit_id)
    known = people.select_related("unit", "member", "version", "line")
    return [Person(row) for row in known.order_by("unit__rank", "unit_id", "rank")]


def is_as_drawn(inspection: Inspection) -> bool:
    """Draw again by the seed that was kept: whether the same people come out."""
    people = InspectionPerson.objects.filter(committee_id=inspection.committee_id, inspection=inspection)
    kept: dict[UUID, list[str]] = defaultdict(list)
    for unit_id, member_id in people.order_by("rank").values_list("unit_id", "member_id"):
        kept[unit_id].append(str(member_id))
    units = InspectionUnit.objects.filter(committee_id=inspection.committee_id, inspection=inspection)
    return all(
        kept[of.unit_id]
        == drawn(inspection.seed, of.whole, size_of(len(of.whole), share=inspection.share, number=inspection.number))
        for of in units
    )


def untrue_of(campaign: Campaign, unit: CampaignUnit | None = None) -> list[Person]:
    """Who was found 不属实 of whom nothing was mended since: neither the entry was revised or closed nor a new verdict
    given."""
    newer = MemberVerdict.objects.filter(
        committee_id=campaign.committee_id,
        unit=OuterRef("unit"),
        member=OuterRef("member"),
        decided_at__gt=OuterRef("asked_at"),
    )
    untouched = Q(version=None) | Q(version__entry__current=F("version"), version__entry__closed_on=None)
    people = InspectionPerson.objects.filter(committee_id=campaign.committee_id, inspection__campaign=campaign)
    found = people.filter(untouched, ~Exists(newer), result=Result.UNTRUE)
    if unit:
        found = found.filter(unit=unit)
    return [Person(row) for row in found.select_related("unit", "member", "version", "line", "inspection")]


def _rates(counts: Iterable[tuple[UUID, int | None, int]]) -> dict[UUID, Rate]:
    found: dict[UUID, Rate] = defaultdict(Rate)
    for id_, result, count in counts:
        found[id_] += Rate(
            drawn=count,
            true=count if result == Result.TRUE else 0,
            untrue=count if result == Result.UNTRUE else 0,
            missed=count if result == Result.MISSED else 0,
        )
    return dict(found)
