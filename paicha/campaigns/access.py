"""The gate of campaigns: one line at the start of each view."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.education.models import Participation, Sending
from paicha.campaigns.reporting.models import Submission
from paicha.organizations.access import Scope, require, scope_of
from paicha.organizations.permissions import Permission


def campaign_for(request: HttpRequest, permission: Permission, campaign_id: UUID) -> tuple[Scope, Campaign]:
    """A campaign and the scope of a person who holds `permission` anywhere. Raises Http404, PermissionDenied."""
    scope = require(request, permission)
    campaign = Campaign.objects.filter(committee_id=scope.committee_id, id=campaign_id).first()
    if campaign is None:
        raise Http404
    return scope, campaign


def consultation_for(request: HttpRequest, permission: Permission, consultation_id: UUID) -> tuple[Scope, Consultation]:
    """A question and the scope of a person who holds `permission` at the branch that asked. Raises as unit_for."""
    scope = scope_of(request)
    found = Consultation.objects.filter(committee_id=scope.committee_id, id=consultation_id)
    consultation = found.select_related("unit", "member").first()
    if consultation is None:
        raise Http404
    scope.check(permission, consultation.unit.organization_id)
    return scope, consultation


def participation_for(
    request: HttpRequest, permission: Permission, unit_id: UUID, participation_id: UUID
) -> tuple[Scope, CampaignUnit, Participation]:
    """A record of theme education of a unit, and the scope as unit_for. Raises as unit_for."""
    scope, unit = unit_for(request, permission, unit_id)
    found = Participation.objects.filter(committee_id=scope.committee_id, unit=unit, id=participation_id).first()
    if found is None:
        raise Http404
    return scope, unit, found


def sending_for(
    request: HttpRequest, permission: Permission, unit_id: UUID, sending_id: UUID
) -> tuple[Scope, CampaignUnit, Sending]:
    """Material that a unit sent to somebody, and the scope as unit_for. Raises as unit_for."""
    scope, unit = unit_for(request, permission, unit_id)
    found = Sending.objects.filter(committee_id=scope.committee_id, unit=unit, id=sending_id).first()
    if found is None:
        raise Http404
    return scope, unit, found


def submission_for(request: HttpRequest, permission: Permission, submission_id: UUID) -> tuple[Scope, Submission]:
    """A report and the scope of a person who holds `permission` at its branch. Raises as unit_for."""
    scope = scope_of(request)
    found = Submission.objects.filter(committee_id=scope.committee_id, id=submission_id)
    submission = found.select_related("unit", "unit__campaign").first()
    if submission is None:
        raise Http404
    scope.check(permission, submission.unit.organization_id)
    return scope, submission


def unit_for(request: HttpRequest, permission: Permission, unit_id: UUID) -> tuple[Scope, CampaignUnit]:
    """A unit and the scope of a person who holds `permission` at its organization. Raises Http404, PermissionDenied."""
    scope = scope_of(request)
    units = CampaignUnit.objects.filter(committee_id=scope.committee_id, id=unit_id)
    unit = units.select_related("campaign").first()
    if unit is None:
        raise Http404
    scope.check(permission, unit.organization_id)
    return scope, unit
