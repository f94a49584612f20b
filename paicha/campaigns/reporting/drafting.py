"""What a branch would hand in now: its rows, its 附件2, and what still hinders it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import PENDING, Checked, Coverage, checked_of, coverage_of
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.deployment.selectors import rules_of
from paicha.campaigns.education.selectors import Education, education_of
from paicha.campaigns.looking_back.selectors import looking_of
from paicha.domain.annex2 import Statistics, count
from paicha.domain.findings import Severity
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Verdict
from paicha.organizations.tree import Tree
from paicha.register.records import Recorder
from paicha.register.selectors import Row, register_of
from paicha.transfers.models import Receipt
from paicha.transfers.selectors import urged_between

NAMED = 8  # people that one hindrance names; the rest are counted


@dataclass(frozen=True, slots=True)
class Draft:
    """`rows`: the reported 附件1, those who are 待定 left out; `urged`: who counts in Y; `hindrances` must be mended
    first, `reminders` are said; `pending`: names of those reported as 待定."""

    rules: RuleSet
    rows: list[Row]
    urged: list[Receipt]
    statistics: Statistics
    coverage: Coverage
    education: Education
    pending: list[str]
    hindrances: list[str]
    reminders: list[str]

    @property
    def nil(self) -> bool:
        """零报告: nobody is away."""
        return not self.rows


def draft_of(tree: Tree, unit: CampaignUnit, today: date) -> Draft:
    """Raises nothing: what is wrong is said in `hindrances`."""
    rules = rules_of(unit.campaign, unit)
    people = checked_of(unit)
    verdicts = {one.listed.member.id: one.verdict for one in people if one.verdict}
    registered = register_of(tree, unit.committee_id, unit.organization_id, Recorder(rules)).rows
    rows = [row for row in registered if not _is_pending(verdicts, row.member_id)]
    urged = list(urged_between(unit.committee_id, unit.organization_id, unit.campaign.begins_on, today))
    statistics = count((row.read for row in rows), rules, len(urged))
    education = education_of(unit, today, people)
    hindrances = [
        *_undecided(people),
        *_not_looked_at(unit, people),
        *_against_verdicts(rows, verdicts),
        *_off_the_register(people),
        *_unbalanced(statistics),
    ]
    return Draft(
        rules=rules,
        rows=rows,
        urged=urged,
        statistics=statistics,
        coverage=coverage_of(unit.campaign, [unit])[unit.id],
        education=education,
        pending=[one.name for one in people if one.verdict and one.verdict.verdict in PENDING],
        hindrances=hindrances,
        reminders=[*_faults(rows), *_not_taught(education)],
    )


def _is_pending(verdicts: Mapping[UUID, MemberVerdict], member_id: UUID) -> bool:
    found = verdicts.get(member_id)
    return found is not None and found.verdict in PENDING


def _undecided(people: list[Checked]) -> list[str]:
    """Nobody can be reported about whom nothing was decided, a nil return without anybody checked least of all."""
    if not people:
        return ["党员名册是空的，还没有排查任何人；请党委办公室先导入名册"]
    names = [one.name for one in people if one.verdict is None]
    return [f"{len(names)} 人还没有排查结论：{_named(names)}"] if names else []


def _not_looked_at(unit: CampaignUnit, people: list[Checked]) -> list[str]:
    """回头看: each entry is gone over again before the report; who has no verdict at all is named already."""
    looking = looking_of(unit, people)
    names = [one.name for one in looking.decided_before] if looking else []
    return [f"回头看：{len(names)} 人还没有逐人重新核对：{_named(names)}"] if names else []


def _against_verdicts(rows: list[Row], verdicts: Mapping[UUID, MemberVerdict]) -> list[str]:
    """Who stands on the register and was decided to be no outflow member."""
    names = [row.name for row in rows if _is_no_outflow(verdicts.get(row.member_id))]
    if not names:
        return []
    return [f"{len(names)} 人的结论不是流出党员，却还在台账上，请销册或改结论：{_named(names)}"]


def _is_no_outflow(found: MemberVerdict | None) -> bool:
    return found is not None and not _is_outflow(found)


def _is_outflow(found: MemberVerdict) -> bool:
    return Verdict(found.verdict).outflow


def _off_the_register(people: list[Checked]) -> list[str]:
    """Who was decided to be away and was taken off the register since: 附件1 would lose them without a word."""
    names = [one.name for one in people if one.verdict and one.listed.entry is None and _is_outflow(one.verdict)]
    if not names:
        return []
    return [f"{len(names)} 人的结论是流出党员，却不在台账上，请恢复登记或改结论：{_named(names)}"]


def _unbalanced(statistics: Statistics) -> list[str]:
    found = [f"附件2不平衡：{dimension.heading}各项加起来不等于A" for dimension in statistics.unbalanced()]
    return found if statistics["Z"] <= statistics["A"] else [*found, "附件2不平衡：Z大于A"]


def _faults(rows: list[Row]) -> list[str]:
    names = [row.name for row in rows if row.worst() is Severity.ERROR]
    return [f"台账里 {len(names)} 人还有错误，会照原样上报：{_named(names)}"] if names else []


def _not_taught(education: Education) -> list[str]:
    """A reminder and no hindrance: whoever cannot be reached cannot be taught in time."""
    names = [learner.one.name for learner in education.left]
    return [f"主题教育还有 {len(names)} 人没有参加：{_named(names)}"] if names else []


def _named(names: list[str]) -> str:
    listed = "、".join(name or "（没有姓名）" for name in names[:NAMED])
    return f"{listed}等" if len(names) > NAMED else listed
