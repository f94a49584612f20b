"""One entry gone over again and found as it was: the same verdict, given anew by who looked, now."""

from uuid import UUID

from django.db import transaction

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.services import Decision, decide
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.domain.vocabulary import Verdict
from paicha.organizations.models import User


class Unfit(ValueError):
    """What cannot be confirmed; the message says why, in Chinese."""


@transaction.atomic
def confirm_again(*, actor: User, unit_id: UUID, member_id: UUID) -> MemberVerdict:
    """Give a member the verdict that stands once more. Raises Unfit where there is none; checking.services.Unfit where
    it cannot stand any longer."""
    unit = CampaignUnit.objects.select_for_update().get(committee_id=actor.committee_id, id=unit_id)
    verdicts = MemberVerdict.objects.filter(committee_id=actor.committee_id, unit=unit, superseded_at=None)
    before = verdicts.filter(member_id=member_id).first()
    if before is None:
        raise Unfit("这名党员还没有结论，请先逐人排查")
    again = Decision(
        verdict=Verdict(before.verdict),
        rule=before.rule,
        reason=before.reason,
        proposed=Verdict(before.proposed) if before.proposed else None,
        changed_on=before.changed_on,
        attended_on=before.attended_on,
        contact_id=before.contact_id,
    )
    return decide(actor=actor, unit_id=unit_id, member_id=member_id, decision=again)
