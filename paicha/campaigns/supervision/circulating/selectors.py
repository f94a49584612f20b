"""Reads of circulars. Callers have passed access.py; `committee_id` is named all the same."""

import re
from collections.abc import Iterable
from uuid import UUID

from paicha.campaigns.deployment.models import Campaign
from paicha.campaigns.supervision.circulating.models import Circular
from paicha.register.models import Member
from paicha.register.roster.selectors import chunks

HAN = re.compile(r"[\u3400-\u9fff·]+")
SHORTEST_NAME, LONGEST_NAME = 2, 8  # characters; 买买提·阿卜杜拉 has eight


def circulars_of(campaign: Campaign, *, drafts: bool) -> list[Circular]:
    """What was sent, the newest first; before it, for the office, the drafts."""
    found = Circular.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    if not drafts:
        found = found.exclude(sent_at=None)
    return sorted(found, key=lambda one: (one.n is not None, -(one.n or 0), one.drafted_at))


def names_in(committee_id: UUID, texts: Iterable[str]) -> list[str]:
    """Names of members that stand in these texts: what a circular must not hold. A word that is also somebody's name
    is found too; a person decides."""
    parts = {
        run[start : start + length]
        for text in texts
        for run in HAN.findall(text)
        for length in range(SHORTEST_NAME, LONGEST_NAME + 1)
        for start in range(len(run) - length + 1)
    }
    found: set[str] = set()
    for some in chunks(parts):
        found.update(Member.objects.filter(committee_id=committee_id, name__in=some).values_list("name", flat=True))
    return sorted(found)
