"""What a branch would hand in now: its rows, its 附件2, and what still hinders it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import PENDING, Coverage, checked_of, coverage_among, standing
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.deployment.selectors import rules_of
from paicha.campaigns.education.selectors import Education, education_of
from paicha.campaigns.reporting import hints
from paicha.campaigns.reporting.hints import Hint
from paicha.domain.annex2 import Dimension, Statistics, count, facts_of, unknown_dimensions
from paicha.domain.settings import RuleSet
from paicha.organizations.tree import Tree
from paicha.register.figures.selectors import Breaker
from paicha.register.records import Recorder
from paicha.register.selectors import Row, register_of
from paicha.transfers.models import Receipt
from paicha.transfers.selectors import urged_between


@dataclass(frozen=True, slots=True)
class Draft:
    """`rows`: the reported 附件1, those who are 待定 left out; `urged`: who counts in Y; `hindrances` must be mended
    first, `reminders` are said, and so is who is `unsettled`: reported as 待定."""

    rules: RuleSet
    rows: list[Row]
    urged: list[Receipt]
    statistics: Statistics
    coverage: Coverage
    education: Education
    unsettled: Hint | None
    hindrances: list[Hint]
    reminders: list[Hint]

    @property
    def nil(self) -> bool:
        """零报告: nobody is away."""
        return not self.rows

    @property
    def pending(self) -> list[str]:
        """The names of those reported as 待定."""
        return [name for name, _ in self.unsettled.people] if self.unsettled else []


def draft_of(tree: Tree, unit: CampaignUnit, today: date) -> Draft:
    """Raises nothing: what is wrong is said in `hindrances`."""
    rules = rules_of(unit.campaign, unit)
    given = standing(unit)
    people = checked_of(unit, given)
    verdicts = {one.listed.member.id: one.verdict for one in people if one.verdict}
    registered = register_of(tree, unit.committee_id, unit.organization_id, Recorder(rules)).rows
    rows = [row for row in registered if not _is_pending(verdicts, row.member_id)]
    urged = list(urged_between(unit.committee_id, unit.organization_id, unit.campaign.begins_on, today))
    statistics = count((row.read for row in rows), rules, len(urged))
    education = education_of(unit, today, people)
    hindrances = (
        hints.undecided(unit, people),
        hints.not_looked_at(unit, people),
        hints.against_verdicts(rows, verdicts),
        hints.off_the_register(unit, people),
        *hints.unbalanced(unit, statistics, breakers_among(statistics, rows, rules)),
    )
    return Draft(
        rules=rules,
        rows=rows,
        urged=urged,
        statistics=statistics,
        coverage=coverage_among(people, given),
        education=education,
        unsettled=hints.unsettled(unit, people),
        hindrances=[hint for hint in hindrances if hint],
        reminders=[hint for hint in (hints.faults(rows), hints.not_taught(unit, education)) if hint],
    )


def _is_pending(verdicts: Mapping[UUID, MemberVerdict], member_id: UUID) -> bool:
    found = verdicts.get(member_id)
    return found is not None and found.verdict in PENDING


def breakers_among(statistics: Statistics, rows: list[Row], rules: RuleSet) -> dict[Dimension, list[Breaker]]:
    """Who keeps each relation from holding: whose cell says nothing that is counted."""
    found: dict[Dimension, list[Breaker]] = {dimension: [] for dimension in statistics.unbalanced()}
    for row in rows:
        for dimension in unknown_dimensions(facts_of(row.read, rules)):
            if dimension in found:
                found[dimension].append(Breaker(row.entry_id, row.name, dimension.column))
    return found
