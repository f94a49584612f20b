"""Names of members in words that all branches read: no circular and no published answer may hold one (notice 四.3)."""

import re
from collections.abc import Iterable
from uuid import UUID

from paicha.register.models import Member
from paicha.register.roster.selectors import chunks

HAN = re.compile(r"[\u3400-\u9fff·]+")
SHORTEST_NAME, LONGEST_NAME = 2, 8  # characters; 买买提·阿卜杜拉 has eight


def names_in(committee_id: UUID, texts: Iterable[str]) -> list[str]:
    """Names of members that stand in these texts. A word that is also a name is found too; a person decides."""
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
