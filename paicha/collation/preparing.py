"""From the office's roster to one workbook a branch, ready to be filled in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from paicha.domain.annex1 import Column
from paicha.domain.branches import BranchList, branch_key
from paicha.domain.check import Checker
from paicha.domain.settings import RuleSet
from paicha.formats.readers.roster import RosterMember


@dataclass(slots=True)
class BranchRoster:
    """The members of one branch: 17 texts each in 附件1's order ("" where the roster does not hold them), and
    whether each is in transit."""

    branch: str
    leader: str = ""
    phone: str = ""
    members: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)


def by_branch(members: Iterable[RosterMember], rules: RuleSet, listed: BranchList) -> list[BranchRoster]:
    """The roster divided by branch, in the order of its first members. A branch is named as the office's list names it;
    one that the list does not have keeps its own name. Members without a branch come under ""."""
    checker, rosters = Checker(rules), dict[str, BranchRoster]()
    for member in members:
        known = listed.match(member.branch)
        name = known.name if known else member.branch
        roster = rosters.setdefault(branch_key(name), BranchRoster(name))
        if known:
            roster.leader, roster.phone = known.leader, known.phone
        texts = checker.check(member.row).texts
        roster.members.append(((str(len(roster.members) + 1), *texts[Column.NAME :]), member.in_transit))
    return list(rosters.values())
