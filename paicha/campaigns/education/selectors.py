"""Who of a branch is to take part in theme education, and who does. Callers have passed access.py; `committee_id` is
named all the same."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.campaigns.checking.selectors import PENDING, Checked, checked_of
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.models import Participation
from paicha.register.contacts.selectors import education_contacts


@dataclass(frozen=True, slots=True)
class Part:
    """Once taken part: on which day, how, by what material; `id` of the participation, None for a contact record."""

    on: date
    how: str
    materials: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Learner:
    """An outflow member or one in transit, and each time that they took part, oldest first."""

    one: Checked
    parts: list[Part]

    @property
    def status(self) -> str:
        return "在途" if self.one.in_transit else "流出党员"


@dataclass(frozen=True, slots=True)
class Education:
    """Coverage of theme education in a campaign's time: everybody who is to be covered."""

    learners: list[Learner]

    @property
    def whole(self) -> int:
        return len(self.learners)

    @property
    def covered(self) -> int:
        return sum(bool(learner.parts) for learner in self.learners)

    @property
    def left(self) -> list[Learner]:
        return [learner for learner in self.learners if not learner.parts]

    @property
    def percent(self) -> int:
        """Whole percents, never 100 before all are covered; 100 where nobody is to be."""
        return self.covered * 100 // self.whole if self.whole else 100


def education_of(unit: CampaignUnit, today: date, people: list[Checked] | None = None) -> Education:
    """From the campaign's first day to today (notice 二.2). `people`: checked_of(unit), where it is known already."""
    everybody = checked_of(unit) if people is None else people
    first = unit.campaign.begins_on
    contacts = education_contacts(unit.committee_id, unit.organization_id, first, today)
    parts: dict[UUID, list[Part]] = {}
    said = Participation.objects.filter(committee_id=unit.committee_id, unit=unit, withdrawn_at=None)
    for row in said.order_by("happened_on", "id"):
        part = Part(row.happened_on, row.get_how_display(), row.materials, row.id)
        parts.setdefault(row.member_id, []).append(part)
    learners = []
    for one in everybody:
        if not is_taught(one):
            continue
        records = contacts.get(one.listed.entry.id, []) if one.listed.entry else []
        told = [Part(record.happened_on, f"{record.get_way_display()}联系", "") for record in records]
        ours = [*told, *parts.get(one.listed.member.id, [])]
        learners.append(Learner(one, sorted(ours, key=lambda part: part.on)))
    return Education(learners)


def is_taught(one: Checked) -> bool:
    """Whether the branch answers for the member's part: on the register and not 待定, or in transit (notice 二.2: until
    the receipt)."""
    pending = one.verdict is not None and one.verdict.verdict in PENDING
    return one.in_transit or (one.listed.entry is not None and not pending)
