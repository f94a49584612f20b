"""Letters for many graduates, or for one: one transaction and one audit event each."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import User
from paicha.transfers.graduating.issuing.candidates import Candidate
from paicha.transfers.graduating.models import Graduate
from paicha.transfers.lettering.giving import give_letters
from paicha.transfers.lettering.models import IntroductionLetter
from paicha.transfers.unfit import Unfit


@transaction.atomic
def issue_letters(
    *, actor: User, cohort_id: UUID, chosen: Sequence[Candidate], today: date
) -> list[IntroductionLetter]:
    """A letter for each of these, numbered in their order; all of them or none. Raises Unfit where one lacks something,
    or was changed since they were looked at."""
    versions = {one.person.graduate.id: one.person.version.id for one in chosen}
    held = Graduate.objects.select_for_update().filter(committee_id=actor.committee_id, cohort_id=cohort_id)
    standing = held.filter(id__in=list(versions), taken_off_at=None).order_by("id")
    if not chosen or dict(standing.values_list("id", "current_id")) != versions:
        raise Unfit("名单在您核对时有了改动，请再核对一次")
    given = give_letters(actor, [(one.whom, one.wanted) for one in chosen], today)
    record(
        Event.GRADUATE_LETTERS_ISSUED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="cohort",
        subject_id=cohort_id,
        letters=len(given),
        first=given[0].written,
        last=given[-1].written,
    )
    return given
