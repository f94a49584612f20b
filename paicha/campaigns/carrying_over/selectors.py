"""What came between the last round's approved report and today's register, read from the same marks as the updates
since a report. Callers have passed access.py; `committee_id` is named all the same."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.reporting.models import Submission
from paicha.campaigns.review.selectors import last_rounds
from paicha.campaigns.updating.marks import Kind, Mark, Since, marks_since
from paicha.register.selectors import Tally, tallies

CAME = (Kind.ADDED, Kind.BACK, Kind.MOVED_IN)
LEFT = (Kind.LEFT, Kind.MOVED_OUT)
TOLD = (*CAME, *LEFT, Kind.VERDICT)


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """One branch: what was approved last round (None: nothing was), its people then, how many came and left since, and
    how many stand on its register now."""

    unit: CampaignUnit
    earlier: Submission | None
    came: int
    left: int
    now: int

    @property
    def opening(self) -> int:
        return int(self.earlier.figures[0]) if self.earlier else 0


def carried_over(campaign: Campaign, units: Collection[CampaignUnit]) -> tuple[list[CarriedOver], list[Mark]]:
    """Every branch of `units` in their order, and who came and left since the last round, the newest first. The number
    of queries does not depend on how many units there are."""
    of = {unit.organization_id for unit in units}
    earlier = {id_: sent for id_, sent in last_rounds(campaign).items() if id_ in of}
    since = [Since(sent.unit, sent) for sent in earlier.values()]
    marks = [mark for mark in marks_since(campaign.committee_id, since) if mark.kind in TOLD] if since else []
    counted = Counter((mark.unit.organization_id, mark.kind in CAME) for mark in marks if mark.kind is not Kind.VERDICT)
    now = tallies(campaign.committee_id, of)
    return [_line(unit, earlier.get(unit.organization_id), counted, now) for unit in units], marks


def _line(
    unit: CampaignUnit, earlier: Submission | None, counted: Counter[tuple[UUID, bool]], now: dict[UUID, Tally]
) -> CarriedOver:
    branch = unit.organization_id
    people = now[branch].people if branch in now else 0
    return CarriedOver(unit, earlier, counted[branch, True], counted[branch, False], people)
