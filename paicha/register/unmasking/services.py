"""The one write of unmasking: who saw whose numbers, and why."""

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import User
from paicha.register.models import RegisterEntry
from paicha.register.unmasking.models import Unmasking
from paicha.register.unmasking.reasons import Why


@transaction.atomic
def record_unmasking(*, actor: User, entry: RegisterEntry, why: Why, words: str) -> None:
    """Record that `actor` is shown the numbers of an entry in full; before they are shown, or they are not. The event
    has the kind of reason alone, the words are kept sealed beside the entry."""
    Unmasking(
        committee_id=actor.committee_id,
        entry=entry,
        why=why,
        words=words,
        shown_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    ).save(force_insert=True)
    record(
        Event.UNMASKED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry",
        subject_id=entry.id,
        branch_id=entry.branch_id,
        reason=why.label,
    )
