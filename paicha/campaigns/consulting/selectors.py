"""Reads of consultations. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.web.days import end_of


def of_unit(unit: CampaignUnit) -> QuerySet[Consultation]:
    """A branch's questions, the newest first."""
    found = Consultation.objects.filter(committee_id=unit.committee_id, unit=unit)
    return found.select_related("member", "unit").order_by("-n")


def of_campaign(campaign: Campaign, organizations: Collection[UUID]) -> list[Consultation]:
    """All questions of these organizations: unanswered ones first, major ones before others, then the oldest."""
    found = Consultation.objects.filter(committee_id=campaign.committee_id, campaign_id=campaign.id)
    listed = [one for one in found.select_related("member", "unit") if one.unit.organization_id in organizations]
    return sorted(listed, key=lambda one: (not is_open(one), not one.major, one.n))


def is_open(consultation: Consultation) -> bool:
    """Whether it waits for an answer."""
    return consultation.answered_at is None and consultation.withdrawn_at is None


def waiting(campaign: Campaign, *, major: bool) -> int:
    """How many questions of a campaign wait for an answer."""
    found = Consultation.objects.filter(committee_id=campaign.committee_id, campaign_id=campaign.id, major=major)
    return found.filter(answered_at=None, withdrawn_at=None).count()


def open_on(campaign: Campaign, day: date) -> dict[UUID, int]:
    """Unit → how many of its questions waited for an answer as `day` ended."""
    end = end_of(day)
    answered = Q(answered_at=None) | Q(answered_at__gte=end)
    kept = Q(withdrawn_at=None) | Q(withdrawn_at__gte=end)
    asked = Consultation.objects.filter(
        answered, kept, committee_id=campaign.committee_id, campaign_id=campaign.id, asked_at__lt=end
    )
    return dict(asked.order_by().values_list("unit_id").annotate(Count("id")))


def published(campaign: Campaign) -> QuerySet[Consultation]:
    """口径问答: what all branches may read, in the order of its numbers."""
    found = Consultation.objects.filter(committee_id=campaign.committee_id, campaign_id=campaign.id)
    return found.exclude(published_at=None).order_by("n")


def open_question(unit: CampaignUnit, member_id: UUID) -> Consultation | None:
    """The question about a member that waits for an answer."""
    return of_unit(unit).filter(member_id=member_id, answered_at=None, withdrawn_at=None).first()


def answers_of(unit: CampaignUnit, member_id: UUID) -> list[Consultation]:
    """What the office answered about a member, the newest first."""
    return list(of_unit(unit).filter(member_id=member_id).exclude(answered_at=None))
