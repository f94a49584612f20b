"""Reads of organizations and accounts."""

from uuid import UUID

from paicha.organizations.models import Organization, User


def organization(committee_id: UUID, organization_id: UUID) -> Organization:
    """One organization of a committee. Raises Organization.DoesNotExist."""
    return Organization.objects.get(committee_id=committee_id, id=organization_id)


def committees() -> list[UUID]:
    """Every committee of this installation: those that have an account, since that table alone is seen by all."""
    return list(User.objects.order_by("committee_id").values_list("committee_id", flat=True).distinct())
