"""What was approved, added up along the tree as it was deployed: the committee, its general branches, the branches."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.reporting.models import State, Submission
from paicha.campaigns.reporting.selectors import newest_of, statistics_of
from paicha.domain.annex2 import Statistics, total
from paicha.organizations.models import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """A unit with the sum of what was approved below it: of `approved` of its `branches`. `submission` is a branch's
    newest, approved or not."""

    unit: CampaignUnit
    depth: int
    statistics: Statistics
    approved: int
    branches: int
    submission: Submission | None = None

    @property
    def is_branch(self) -> bool:
        return self.unit.kind == Kind.BRANCH


def lines_of(campaign: Campaign) -> list[Line]:
    """The committee first, each unit before those below it, in the office's order. Two queries."""
    units = CampaignUnit.objects.filter(committee_id=campaign.committee_id, campaign=campaign).order_by("rank", "id")
    below: dict[UUID | None, list[CampaignUnit]] = defaultdict(list)
    for unit in units:
        below[unit.parent_id].append(unit)
    sent = newest_of(campaign)
    return [line for root in below[None] for line in _walk(root, 0, below, sent)]


def approved_of(lines: list[Line]) -> list[tuple[CampaignUnit, Submission]]:
    """The approved reports among the lines."""
    return [(line.unit, line.submission) for line in lines if line.submission and line.approved]


def _walk(
    unit: CampaignUnit, depth: int, below: dict[UUID | None, list[CampaignUnit]], sent: dict[UUID, Submission]
) -> Iterator[Line]:
    if unit.kind == Kind.BRANCH:
        submission = sent.get(unit.id)
        approved = submission is not None and submission.state == State.APPROVED
        statistics = total([statistics_of(submission)] if submission and approved else [])
        yield Line(unit, depth, statistics, int(approved), 1, submission)
        return
    parts = [list(_walk(child, depth + 1, below, sent)) for child in below[unit.id]]
    heads = [part[0] for part in parts]
    statistics = total(head.statistics for head in heads)
    yield Line(unit, depth, statistics, sum(h.approved for h in heads), sum(h.branches for h in heads))
    for part in parts:
        yield from part
