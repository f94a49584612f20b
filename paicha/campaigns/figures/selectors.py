"""附件2 of a branch in a campaign: as it stands now, as it was reported, and who stands behind each figure. Callers
have passed access.py; `committee_id` is named all the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.reporting.drafting import Draft, breakers_among, draft_of
from paicha.campaigns.reporting.models import Submission, SubmissionLine
from paicha.campaigns.reporting.selectors import newest, said_in, statistics_of
from paicha.domain.annex1 import Entry
from paicha.domain.annex2 import LETTERS, Dimension, Statistics, facts_of, figures, holds
from paicha.domain.settings import RuleSet
from paicha.organizations.tree import Tree
from paicha.register.figures.selectors import Breaker
from paicha.register.records import Recorder
from paicha.transfers.models import Receipt


@dataclass(frozen=True, slots=True)
class Standing:
    """A branch's 附件2: what would be reported now (`draft`), and its newest report, None before the first."""

    draft: Draft
    submission: Submission | None

    @property
    def now(self) -> Statistics:
        return self.draft.statistics

    @property
    def reported(self) -> Statistics | None:
        return statistics_of(self.submission) if self.submission else None

    def change(self) -> dict[str, int]:
        """Letter → how many more now than were reported; nothing before the first report."""
        before = self.reported
        return {letter: self.now[letter] - before[letter] for letter in LETTERS} if before else {}


@dataclass(frozen=True, slots=True)
class Behind:
    """Somebody whom a figure counts: `before` in the report, `now` on the register; in Y with the `receipt`."""

    name: str
    entry_id: UUID | None
    before: bool
    now: bool
    receipt: Receipt | None = None

    @property
    def words(self) -> str:
        if self.before and self.now:
            return ""
        return "上报后增加" if self.now else "上报后减少"


def standing_of(tree: Tree, unit: CampaignUnit, today: date) -> Standing:
    return Standing(draft_of(tree, unit, today), newest(unit))


def breakers_of(draft: Draft) -> dict[Dimension, list[Breaker]]:
    """Who keeps each relation from holding: whose cell says nothing that is counted."""
    return breakers_among(draft.statistics, draft.rows, draft.rules)


def behind(standing: Standing, unit: CampaignUnit, letter: str) -> list[Behind]:
    """The people of a figure, now and as they were reported, in the register's order; who left it stands below. Before
    the first report everybody counts as there before, since nothing changed yet."""
    if letter == "Y":
        return _behind_y(standing, unit)
    rules = standing.draft.rules
    now = {row.entry_id: row.name for row in standing.draft.rows if _counts(row.read, letter, rules)}
    before = dict(_reported(standing.submission, letter, rules)) if standing.submission else now
    return [Behind(name, id_, id_ in before, True) for id_, name in now.items()] + [
        Behind(name, id_, True, False) for id_, name in before.items() if id_ not in now
    ]


def _counts(entry: Entry, letter: str, rules: RuleSet) -> bool:
    return letter == "A" or holds(figures(rules)[letter], facts_of(entry, rules))


def _reported(submission: Submission, letter: str, rules: RuleSet) -> Iterator[tuple[UUID, str]]:
    """(entry, name) of the reported rows that a figure counts, read from the versions that were reported."""
    lines = SubmissionLine.objects.filter(committee_id=submission.committee_id, submission=submission)
    recorder = Recorder(rules)
    for line in lines.select_related("version").order_by("number"):
        if _counts(recorder.read(line.version.cells).entry, letter, rules):
            yield line.version.entry_id, line.version.name


def _behind_y(standing: Standing, unit: CampaignUnit) -> list[Behind]:
    """Receipts that count in Y now, and those that did in the report: who came back since counts no more."""
    now = {receipt.id: receipt for receipt in standing.draft.urged}
    said = said_in(standing.submission) if standing.submission else None
    before = {UUID(one["receipt"]) for one in said["transferred"]} if said else set(now)
    gone = Receipt.objects.filter(committee_id=unit.committee_id, id__in=before - set(now)).select_related("member")
    return [Behind(one.member.name, one.entry_id, one.id in before, True, one) for one in now.values()] + [
        Behind(one.member.name, one.entry_id, True, False, one) for one in gone
    ]
