"""Who of a branch is to take part in theme education, and who does. Callers have passed access.py; `committee_id` is
named all the same."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from paicha.campaigns.checking.selectors import PENDING, Checked, checked_of
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.models import Acknowledgement, Participation, Sending
from paicha.register.contacts.models import ContactRecord
from paicha.register.contacts.selectors import education_contacts


@dataclass(frozen=True, slots=True)
class Part:
    """Once taken part: on which day, how, by what material; `id` of the participation, None for what else says so: a
    contact record, or (`sent`) material that was confirmed."""

    on: date
    how: str
    materials: str
    id: UUID | None = None
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """Material sent to a member; `confirmed_on` the day on which they confirmed it, None while that is waited for; `by`
    in words, "" where an acknowledgement was written down (`acknowledgement`) and no contact record says so."""

    sending: Sending
    confirmed_on: date | None = None
    by: str = ""
    acknowledgement: UUID | None = None

    @property
    def words(self) -> str:
        """What of it is waited for, or by what it was confirmed."""
        if self.confirmed_on is None:
            return f"{self.sending.sent_on:%m-%d} 已送学习材料，等确认"
        return f"{self.confirmed_on:%m-%d} {self.by or '本人'}确认"


@dataclass(frozen=True, slots=True)
class Learner:
    """An outflow member or one in transit, each time that they took part, oldest first, and what was sent to them."""

    one: Checked
    parts: list[Part]
    sent: list[Sent] = field(default_factory=list)

    @property
    def status(self) -> str:
        return "在途" if self.one.in_transit else "流出党员"

    @property
    def waiting(self) -> list[Sent]:
        """What they have not confirmed yet."""
        return [sent for sent in self.sent if sent.confirmed_on is None]

    @property
    def lacks(self) -> str:
        """How far it is with somebody who has not taken part."""
        return self.waiting[-1].words if self.waiting else ""


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

    @property
    def waiting(self) -> list[tuple[Learner, Sent]]:
        """Material that was sent and is not confirmed, the oldest first."""
        found = [(learner, sent) for learner in self.learners for sent in learner.waiting]
        return sorted(found, key=lambda one: (one[1].sending.sent_on, one[1].sending.id))

    @property
    def sent(self) -> list[tuple[Learner, Sent]]:
        """Everything that was sent, the newest first."""
        found = [(learner, sent) for learner in self.learners for sent in learner.sent]
        return sorted(found, key=lambda one: (one[1].sending.sent_on, one[1].sending.id), reverse=True)


def education_of(unit: CampaignUnit, today: date, people: list[Checked] | None = None) -> Education:
    """From the campaign's first day to today (notice 二.2). `people`: checked_of(unit), where it is known already."""
    everybody = checked_of(unit) if people is None else people
    contacts = education_contacts(unit.committee_id, unit.organization_id, unit.campaign.begins_on, today)
    sent, parts = _sent_of(unit, contacts), _parts_of(unit)
    learners = []
    for one in everybody:
        if is_taught(one):
            id_ = one.listed.member.id
            ours = [*_told(contacts.get(id_, [])), *parts.get(id_, []), *_confirmed(sent.get(id_, []))]
            learners.append(Learner(one, sorted(ours, key=lambda part: part.on), sent.get(id_, [])))
    return Education(learners)


def is_taught(one: Checked) -> bool:
    """Whether the branch answers for the member's part: on the register and not 待定, or in transit (notice 二.2: until
    the receipt)."""
    pending = one.verdict is not None and one.verdict.verdict in PENDING
    return one.in_transit or (one.listed.entry is not None and not pending)


def sendings_of(unit: CampaignUnit, ids: Collection[UUID]) -> list[Sending]:
    """These sendings of a unit, those that were withdrawn left out."""
    found = Sending.objects.filter(committee_id=unit.committee_id, unit=unit, withdrawn_at=None, id__in=list(ids))
    return list(found.order_by("sent_on", "id"))


def _parts_of(unit: CampaignUnit) -> dict[UUID, list[Part]]:
    """Member → the participations that were written down."""
    found: dict[UUID, list[Part]] = defaultdict(list)
    said = Participation.objects.filter(committee_id=unit.committee_id, unit=unit, withdrawn_at=None)
    for row in said.order_by("happened_on", "id"):
        found[row.member_id].append(Part(row.happened_on, row.get_how_display(), row.materials, row.id))
    return found


def _sent_of(unit: CampaignUnit, contacts: dict[UUID, list[ContactRecord]]) -> dict[UUID, list[Sent]]:
    """Member → what was sent to them. Two queries."""
    confirmed = {
        one.sending_id: one
        for one in Acknowledgement.objects.filter(committee_id=unit.committee_id, sending__unit=unit, withdrawn_at=None)
    }
    found: dict[UUID, list[Sent]] = defaultdict(list)
    sendings = Sending.objects.filter(committee_id=unit.committee_id, unit=unit, withdrawn_at=None)
    for sending in sendings.order_by("sent_on", "id"):
        told = confirmed.get(sending.id)
        if told is not None:
            sent = Sent(sending, told.happened_on, acknowledgement=told.id)
        else:
            sent = _by_contact(sending, contacts.get(sending.member_id, []))
        found[sending.member_id].append(sent)
    return found


def _by_contact(sending: Sending, contacts: Sequence[ContactRecord]) -> Sent:
    """Whoever was reached about theme education since it was sent has confirmed it: entered once."""
    after = next((record for record in contacts if record.happened_on >= sending.sent_on), None)
    if after is None:
        return Sent(sending)
    return Sent(sending, after.happened_on, f"{after.get_way_display()}联系时")


def _told(contacts: Sequence[ContactRecord]) -> list[Part]:
    return [Part(record.happened_on, f"{record.get_way_display()}联系", "") for record in contacts]


def _confirmed(sent: Sequence[Sent]) -> list[Part]:
    """Material that was confirmed was studied; a contact that confirmed it is a part of its own."""
    return [
        Part(
            one.confirmed_on, f"学习材料已确认（{one.sending.get_channel_display()}）", one.sending.material, sent=True
        )
        for one in sent
        if one.confirmed_on is not None and one.acknowledgement is not None
    ]
