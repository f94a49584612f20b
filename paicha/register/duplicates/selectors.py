"""Who stands on more than one register. Callers have passed access.py; `committee_id` is named all the same."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Count

from paicha.register.models import RegisterEntry
from paicha.register.selectors import current_of

MOST = 200  # people that the page lists


@dataclass(frozen=True, slots=True)
class Duplicates:
    """For each ID number that stands on the registers of several branches its open entries, oldest first, each with its
    newest version. `more`: there are others."""

    people: list[list[RegisterEntry]]
    more: bool


def duplicates_of(committee_id: UUID, *, most: int = MOST) -> Duplicates:
    """Found by the keyed hash, no number is opened. Two queries."""
    standing = RegisterEntry.objects.filter(committee_id=committee_id, closed_on=None)
    numbered = standing.exclude(current__id_hash=None).order_by("current__id_hash").values("current__id_hash")
    several = numbered.annotate(branches=Count("branch_id", distinct=True)).filter(branches__gt=1)
    hashes = [bytes(hash_ or b"") for hash_ in several.values_list("current__id_hash", flat=True)[: most + 1]]
    entries = standing.filter(current__committee_id=committee_id, current__id_hash__in=hashes[:most])
    found = entries.select_related("current").order_by("current__id_hash", "id")
    people = [list(same) for _, same in groupby(found, lambda entry: bytes(current_of(entry).id_hash or b""))]
    return Duplicates(people, len(hashes) > most)


def names_of(entries: list[RegisterEntry]) -> list[str]:
    """What the entries call their person, each once."""
    return list(dict.fromkeys(current_of(entry).name for entry in entries))
