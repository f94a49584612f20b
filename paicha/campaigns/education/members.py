"""Theme education by members, whatever branch they are of: who among some has taken no part. Callers have passed
access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from uuid import UUID

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.deployment.selectors import running
from paicha.campaigns.education.models import Acknowledgement, Participation
from paicha.domain.vocabulary import Verdict
from paicha.register.contacts.selectors import taught_members

PRESENT = (Verdict.ATTENDING, Verdict.ATTENDING_AFTER_URGING)


def not_taught(committee_id: UUID, members: Collection[UUID]) -> set[UUID] | None:
    """Those of these members of whom no part in theme education is recorded since the running campaign began (material
    that was confirmed is one), and whom their branch has not found attending; None where no campaign runs. Five
    queries."""
    campaign = running(committee_id)
    if campaign is None:
        return None
    ids = list(members)
    parts = Participation.objects.filter(
        committee_id=committee_id, unit__campaign=campaign, member_id__in=ids, withdrawn_at=None
    )
    present = MemberVerdict.objects.filter(
        committee_id=committee_id,
        unit__campaign=campaign,
        member_id__in=ids,
        superseded_at=None,
        verdict__in=PRESENT,
    )
    confirmed = Acknowledgement.objects.filter(
        committee_id=committee_id,
        sending__unit__campaign=campaign,
        sending__member_id__in=ids,
        sending__withdrawn_at=None,
        withdrawn_at=None,
    )
    taught = set(parts.values_list("member_id", flat=True)) | set(present.values_list("member_id", flat=True))
    taught |= set(confirmed.values_list("sending__member_id", flat=True))
    return set(members) - taught - taught_members(committee_id, ids, campaign.begins_on)
