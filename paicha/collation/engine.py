"""The engine: files in, one `Result` out. Read and check → assign to branches → drop old versions → mark duplicates →
count → ask. Nothing here knows a file format or a screen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from paicha.collation.assign import Assignment, Dropped, drop_old_versions
from paicha.collation.collect import CheckedForm, Collected, Progress, collect
from paicha.collation.faults import compare, findings_of_forms, findings_of_sent
from paicha.collation.last_round import LastRound
from paicha.collation.result import BranchResult, Coverage, Result, UnbalancedBy
from paicha.domain import annex2
from paicha.domain.annex1 import Column, Form
from paicha.domain.annex2 import LETTERS, SentStatistics, Statistics
from paicha.domain.branches import BranchList, ListedBranch, branch_key
from paicha.domain.findings import Located
from paicha.domain.questions import ask, ask_as_of
from paicha.domain.readings import as_text
from paicha.domain.register import mark_duplicates
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Verdict, read_verdict


def check_files(paths: Sequence[str], rules: RuleSet, progress: Progress = lambda _: None) -> tuple[list[Located], int]:
    """Findings of each file, and how many files could be read. Old versions are told as in `collate`; a form that
    names no branch stands for itself."""
    collected = collect(paths, rules, progress)
    located, by_branch = list(collected.findings), defaultdict[str, list[CheckedForm]](list)
    for number, (form, people) in enumerate(collected.annex1):
        by_branch[branch_key(form.head.branch) or f"#{number}"].append((form, people))
    drop_old_versions(by_branch, located)
    mark_duplicates(person for forms_of in by_branch.values() for _, people in forms_of for person in people)
    for forms_of in by_branch.values():
        located += findings_of_forms(forms_of)
    for sent in collected.annex2:
        located += findings_of_sent(sent)
    return located, collected.read


def collate_files(
    paths: Sequence[str],
    rules: RuleSet,
    branches: Iterable[ListedBranch] = (),
    committee: str = "",
    progress: Progress = lambda _: None,
) -> Result:
    """Collate the forms in `paths`; with the office's list of `branches`, who is missing and misspelt is told."""
    return collate(collect(paths, rules, progress), rules, BranchList(branches), committee)


def collate(
    collected: Collected,
    rules: RuleSet,
    listed: BranchList,
    committee: str = "",
    last_round: LastRound | None = None,
) -> Result:
    """Decide between the collected forms: whose they are, which count, what adds up, what moved since `last_round`."""
    assigned = Assignment(listed)
    result = Result(rules, committee, [], Statistics({}), findings=list(collected.findings))
    for form, people in collected.annex1:
        assigned.add_form(form, people, result.findings)
    for sent in collected.annex2:
        assigned.add_sent(sent, result.findings)
    dropped = drop_old_versions(assigned.forms, result.findings)
    counted = [checked for forms_of in assigned.forms.values() for checked in forms_of]
    everybody = [person for _, people in [*counted, *assigned.unassigned] for person in people]
    surplus = {id(person) for person in mark_duplicates(everybody)}
    for checked in assigned.unassigned:
        result.findings += findings_of_forms([checked])
        result.unassigned += checked[1]
    for key in assigned.order():
        branch = _add_branch(result, assigned, key, dropped[key])
        branch.superseded = dropped[key].places
        result.questions += [(branch.branch, question) for question in dropped[key].questions]
        branch.duplicates = sum(id(person) in surplus for person in branch.people)
    result.total = annex2.total(b.statistics for b in result.branches)
    result.probably = assigned.probably
    result.missing = [b for b in listed if branch_key(b.name) not in assigned.names]
    if result.unassigned:
        result.questions.append(
            ("", f"有{len(result.unassigned)}人的表格认不出是哪个党支部，没有计入任何合计，请先改正党支部名称。")
        )
    if last_round is not None:
        result.questions += last_round.ask(result, listed)
    return result


def _add_branch(result: Result, assigned: Assignment, key: str, dropped: Dropped) -> BranchResult:
    forms_of, sheets = assigned.forms.get(key, []), _newest_last(assigned.sent.get(key, []), dropped)
    listed = assigned.listed.get(key)
    heads = [form.head for form, _ in forms_of]
    branch = BranchResult(
        assigned.names[key],
        next((h.leader for h in heads if h.leader), listed.leader if listed else ""),
        next((h.phone for h in heads if h.phone), listed.phone if listed else ""),
        list(dict.fromkeys([(form.file, form.sheet) for form, _ in forms_of] + [(s.file, s.sheet) for s in sheets])),
        [person for _, people in forms_of for person in people],
        sent=sheets[-1] if sheets else None,
        has_register=bool(forms_of),
    )
    transferred = _count(branch, forms_of, result.rules)
    result.findings += findings_of_forms(forms_of)
    for sent in sheets:
        result.findings += findings_of_sent(sent)
    if forms_of and branch.sent is not None:
        result.findings += compare(branch.statistics, branch.sent)
    _ask(result, branch, sheets, transferred)
    result.branches.append(branch)
    return branch


def _newest_last(sheets: Sequence[SentStatistics], dropped: Dropped) -> list[SentStatistics]:
    """A branch's 附件2 in order of time; that of a workbook whose 附件1 was replaced goes with it, if there is
    another."""
    old = {file for file, _ in dropped.places}
    standing = [sent for sent in sheets if sent.file not in old] or list(sheets)
    return sorted(standing, key=lambda sent: sent.modified)


def _count(branch: BranchResult, forms_of: Sequence[CheckedForm], rules: RuleSet) -> int:
    """Fill in the figures; returns how many were transferred by the verdicts of prepared workbooks."""
    if not forms_of and branch.sent is not None:
        sent = branch.sent
        branch.statistics = Statistics({x: sent.figures.get(x, 0) for x in LETTERS}, sent.remark)
        return 0
    transferred = _count_verdicts(branch, [form for form, _ in forms_of if form.verdict_letters])
    # 附件1 does not hold those who were transferred: Y is what the branch itself says, in its 附件2 or its verdicts.
    urged = branch.sent.figures.get("Y", transferred) if branch.sent else transferred
    branch.statistics = annex2.count((p.entry for p in branch.people), rules, urged)
    for person in branch.people if branch.statistics.unbalanced() else ():
        if None not in annex2.kind_of(person.entry, rules):
            continue  # nearly everybody, and told quickly
        for dimension in annex2.unknown_dimensions(annex2.facts_of(person.entry, rules)):
            branch.unbalanced_by.append(UnbalancedBy(person.place(dimension.column), dimension))
    return transferred


def _count_verdicts(branch: BranchResult, rosters: Sequence[Form]) -> int:
    """Fill in coverage and who is 待定 by the verdicts of prepared workbooks; returns how many were transferred."""
    if not rosters:
        return 0
    rows = [(row, read_verdict(row.verdict).value) for form in rosters for row in form.rows]
    covered = sum(verdict is not None and verdict.covered for _, verdict in rows)
    in_transit = sum(form.in_transit for form in rosters)
    branch.coverage = Coverage(len(rows) - in_transit, in_transit, covered, len(rows) - covered)
    pending = (Verdict.OUT_OF_CONTACT, Verdict.UNDECIDED, None)  # no verdict is none: 待定, never 不流出
    branch.pending = [as_text(row.values[Column.NAME]) for row, verdict in rows if verdict in pending]
    return sum(verdict is Verdict.TRANSFERRED for _, verdict in rows)


def _ask(result: Result, branch: BranchResult, sheets: Sequence[SentStatistics], transferred: int) -> None:
    undecided = branch.coverage.undecided if branch.coverage else 0
    if undecided:
        result.questions.append((branch.branch, f"名册中有{undecided}人没有填写排查结论或待定，没有计入流出党员。"))
    if branch.counted and not (undecided and branch.statistics["A"] == 0):
        result.questions += [(branch.branch, text) for text in ask(branch.statistics)]
    if branch.sent is None:
        return
    urged = branch.sent.figures.get("Y", transferred)
    if branch.coverage and urged != transferred:
        text = f"附件2的“经督促转移”（Y）填{urged}人，排查结论中已转出的有{transferred}人，采用的是附件2，请核对。"
        result.questions.append((branch.branch, text))
    result.questions += [(branch.branch, text) for text in ask_as_of(branch.sent.as_of, result.rules.as_of.isoformat())]
    if len(sheets) > 1:
        result.questions.append((branch.branch, f"收到{len(sheets)}份附件2，采用的是{branch.sent.file}。"))
