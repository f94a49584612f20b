"""Filing what branches changed since their reports: one transaction and one audit event."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.updating.models import Filing
from paicha.organizations.models import User


class Unfit(ValueError):
    """What cannot be filed; the message says why, in Chinese."""


@transaction.atomic
def file_updates(*, actor: User, unit_id: UUID, until: datetime) -> Filing:
    """Say that the office has seen a branch's updates up to and with `until`, the newest that it had before its eyes.
    Raises Unfit for a time to come, for one that is filed already."""
    unit = CampaignUnit.objects.select_for_update().get(committee_id=actor.committee_id, id=unit_id)
    now = timezone.now()
    if until > now:
        raise Unfit("备案的时间还没有到")
    filed = Filing.objects.filter(committee_id=actor.committee_id, unit=unit, until__gte=until)
    if filed.exists():
        raise Unfit("到这一条为止的更新已经备案")
    filing = Filing(
        committee_id=actor.committee_id, unit=unit, until=until, filed_at=now, actor_id=actor.id, actor_name=actor.name
    )
    filing.save(force_insert=True)
    record(
        Event.UPDATES_FILED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="unit",
        subject_id=unit.id,
        branch_id=unit.organization_id,
        until=until.isoformat(timespec="seconds"),
    )
    return filing
