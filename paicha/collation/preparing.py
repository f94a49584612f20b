"""From the office's roster to one workbook a branch, ready to be filled in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from paicha.domain.annex1 import BY_HEADING, Column, Entry
from paicha.domain.branches import BranchList, branch_key
from paicha.domain.check import Checker
from paicha.domain.findings import Code, Finding, Located, Severity
from paicha.domain.settings import RuleSet
from paicha.formats.readers.roster import RosterSheet


@dataclass(slots=True)
class BranchRoster:
    """The members of one branch: 17 texts each in 附件1's order ("" where the roster does not hold them), and
    whether each is in transit."""

    branch: str
    leader: str = ""
    phone: str = ""
    members: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)


def by_branch(
    sheets: Iterable[RosterSheet], rules: RuleSet, listed: BranchList
) -> tuple[list[BranchRoster], list[Located]]:
    """The roster divided by branch, in the order of its first members; and what is wrong in it. A branch is named as
    the office's list names it; one that the list does not have keeps its own name. Members without a branch come
    under ""."""
    checker, rosters, located = Checker(rules), dict[str, BranchRoster](), list[Located]()
    for sheet in sheets:
        located += [Located(place, finding) for place, finding in sheet.findings]
        for member in sheet.members:
            known = listed.match(member.branch)
            name = known.name if known else member.branch
            roster = rosters.setdefault(branch_key(name), BranchRoster(name))
            if known:
                roster.leader, roster.phone = known.leader, known.phone
            entry = checker.check(member.row)
            roster.members.append(((str(len(roster.members) + 1), *entry.texts[Column.NAME :]), member.in_transit))
            for finding in _faults(entry, sheet):
                located.append(Located(sheet.place(member, BY_HEADING.get(finding.column)), finding))
    return list(rosters.values()), located


def _faults(entry: Entry, sheet: RosterSheet) -> list[Finding]:
    """What the office should look at: not what a roster has no column for (the branch fills it in), nor how a value was
    read where it could be (a system writes every month as a day: 429 members would be a thousand lines)."""
    return [
        finding
        for finding in entry.findings
        if finding.severity > Severity.NOTICE
        and not (finding.code is Code.REQUIRED and BY_HEADING.get(finding.column) not in sheet.letters)
    ]
