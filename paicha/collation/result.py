"""What collating gives: branches with their people, figures and findings. `result.json` and every file in the output
folder are written from this and from nothing else."""

from dataclasses import dataclass, field

from paicha.domain.annex2 import NIL, Dimension, SentStatistics, Statistics
from paicha.domain.branches import ListedBranch
from paicha.domain.findings import Located, Place
from paicha.domain.register import Person
from paicha.domain.settings import RuleSet


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of the check by verdicts 1–4 ÷ (rostered + in transit); only prepared workbooks give it."""

    rostered: int
    in_transit: int
    decided: int
    undecided: int


@dataclass(frozen=True, slots=True)
class UnbalancedBy:
    """A person who breaks a relation, by the cell that is the cause."""

    place: Place
    dimension: Dimension


@dataclass(slots=True)
class BranchResult:
    """One branch: who it is, its people and figures; `sheets` are the (file, sheet) that count. `statistics`
    are counted from 附件1; from the 附件2 as sent where no 附件1 came. `pending` names those reported as 待定,
    `duplicates` counts the rows whose ID number stood in an earlier row of any branch: A holds these people twice."""

    branch: str
    leader: str = ""
    phone: str = ""
    sheets: list[tuple[str, str]] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    statistics: Statistics = NIL
    sent: SentStatistics | None = None
    has_register: bool = False
    superseded: list[tuple[str, str]] = field(default_factory=list)
    unbalanced_by: list[UnbalancedBy] = field(default_factory=list)
    coverage: Coverage | None = None
    duplicates: int = 0
    pending: list[str] = field(default_factory=list)

    @property
    def counted(self) -> bool:
        """Whether every figure is known: not so where an 附件2 as sent has one that cannot be read."""
        return self.has_register or (self.sent is not None and len(self.sent.figures) == len(self.statistics.figures))

    @property
    def sources(self) -> list[str]:
        """The files that count, as given."""
        return list(dict.fromkeys(file for file, _ in self.sheets))


@dataclass(slots=True)
class Result:
    """Everything that one run found. `missing` names the listed branches that sent nothing that counts, `probably` the
    file that a missing branch may have sent under a wrong name; `unassigned` are the people of forms whose branch is
    unknown: kept and checked, counted in no total. A question is (branch, text)."""

    rules: RuleSet
    committee: str
    branches: list[BranchResult]
    total: Statistics
    missing: list[ListedBranch] = field(default_factory=list)
    probably: dict[str, str] = field(default_factory=dict)
    questions: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Located] = field(default_factory=list)
    unassigned: list[Person] = field(default_factory=list)

    def hindrances(self) -> list[str]:
        """Why the committee's sheet is not yet fit to go upward, a sentence each; none: it is."""
        unbalanced = [branch.branch for branch in self.branches if not branch.statistics.balanced]
        reasons = [f"尚不能上报：{'、'.join(unbalanced)}的统计表不平衡"] if unbalanced else []
        unread = [branch.branch for branch in self.branches if not branch.counted]
        if unread:
            reasons.append(f"尚不能上报：{'、'.join(unread)}的附件2有读不出的数，合计里按0计算")
        if undecided := sum(branch.coverage.undecided for branch in self.branches if branch.coverage):
            reasons.append(f"尚不能上报：{undecided}人没有排查结论或待定，没有计入流出党员")
        if self.missing:
            names = "、".join(branch.name for branch in self.missing)
            reasons.append(f"尚不能上报：{len(self.missing)}个党支部没有报（{names}）")
        if self.unassigned:
            reasons.append(f"尚不能上报：{len(self.unassigned)}人的表格认不出是哪个党支部，没有计入")
        return reasons

    def branch_of(self, place: Place) -> str:
        """The branch that a place belongs to, "" where none is known; a finding on a whole file of several branches
        names them together."""
        if self._names is None:
            self._names = _names_of(self.branches)
        return self._names.get((place.file, place.sheet)) or self._names.get((place.file, ""), "")

    _names: dict[tuple[str, str], str] | None = None


def _names_of(branches: list[BranchResult]) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], list[str]] = {}
    for branch in branches:
        for file, sheet in [*branch.sheets, *branch.superseded, *((file, "") for file in branch.sources)]:
            names.setdefault((file, sheet), []).append(branch.branch)
    return {place: "、".join(dict.fromkeys(of_place)) for place, of_place in names.items()}
