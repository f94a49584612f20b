"""Reads of unmaskings. Callers have passed access.py; `committee_id` is named all the same."""

from paicha.register.models import RegisterEntry
from paicha.register.unmasking.models import Unmasking


def unmaskings_of(entry: RegisterEntry) -> list[Unmasking]:
    """Who was shown the numbers of an entry, and what for: for those who may see the log."""
    return list(Unmasking.objects.filter(committee_id=entry.committee_id, entry=entry))
