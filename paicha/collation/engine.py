"""The engine: files in, one `Result` out. Read → assign to branches → check → drop old versions → mark duplicates →
count → ask. Nothing here knows a file format or a screen."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from paicha.collation.result import BranchResult, Coverage, Result, UnbalancedBy
from paicha.domain import annex2
from paicha.domain.annex1 import BY_HEADING, Form
from paicha.domain.annex2 import LETTERS, SentStatistics, Statistics
from paicha.domain.branches import BranchList, ListedBranch, branch_key
from paicha.domain.check import Checker
from paicha.domain.findings import Code, Finding, Located, Place
from paicha.domain.questions import ask, ask_as_of
from paicha.domain.register import Person, check_sequence, mark_duplicates, superseded
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Verdict, read_verdict
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.recognise import forms
from paicha.formats.readers.source import Source, Unreadable

Progress = Callable[[str], None]
CheckedForm = tuple[Form, list[Person]]


@dataclass(slots=True)
class Collected:
    """What the files hold, before anything is decided between them."""

    annex1: list[CheckedForm] = field(default_factory=list)
    annex2: list[SentStatistics] = field(default_factory=list)
    findings: list[Located] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    read: int = 0


def collect(paths: Sequence[str], rules: RuleSet, progress: Progress = lambda _: None, keep: bool = False) -> Collected:
    """Read and check every file; a file that cannot be read is a finding and stops nothing.

    `keep` keeps the cells of each file, for handing it back marked."""
    checker, collected = Checker(rules), Collected()
    for source in read_files(paths):
        if isinstance(source, Unreadable):
            collected.findings.append(Located(Place(source.file), source.finding))
        else:
            _collect_source(collected, source, checker)
            if keep:
                collected.sources[source.file] = source
        progress(source.file)
    return collected


def _collect_source(collected: Collected, source: Source, checker: Checker) -> None:
    found = forms(source)
    collected.findings += [Located(place, finding) for place, finding in found.findings]
    if found.annex1 or found.annex2:
        collected.read += 1
    for form in found.annex1:
        collected.annex1.append((form, _people(form, checker)))
    collected.annex2 += found.annex2


def _people(form: Form, checker: Checker) -> list[Person]:
    """The people of a form; of a prepared workbook's roster, those that its branch found to be outflow."""
    if not form.verdict_letters:
        return [Person(form, row, checker.check(row)) for row in form.rows]
    people = []
    for row in form.rows:
        verdict = read_verdict(row.verdict).value
        if verdict is not None and verdict.outflow:
            person = Person(form, row, checker.check(row))
            person.entry.verdict = verdict
            people.append(person)
    return people


def check_files(paths: Sequence[str], rules: RuleSet, progress: Progress = lambda _: None) -> tuple[list[Located], int]:
    """Findings of each file for itself and of numbers given twice; and how many files could be read."""
    collected = collect(paths, rules, progress)
    mark_duplicates(person for _, people in collected.annex1 for person in people)
    located = list(collected.findings)
    for form, people in collected.annex1:
        located += _findings_of(form, people, 0)
    for sent in collected.annex2:
        located += _findings_of_sent(sent)
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


def collate(collected: Collected, rules: RuleSet, listed: BranchList, committee: str = "") -> Result:
    """Decide between the collected forms: whose they are, which count, what adds up."""
    assigned = _Assignment(listed)
    result = Result(rules, committee, [], Statistics({}), findings=list(collected.findings))
    for form, people in collected.annex1:
        assigned.add_form(form, people, result)
    for sent in collected.annex2:
        assigned.add_sent(sent, result)
    _drop_old_versions(assigned, result)
    counted = [p for forms_of in assigned.forms.values() for _, people in forms_of for p in people]
    mark_duplicates([*counted, *result.unassigned])
    for key, name in assigned.names.items():
        _add_branch(result, assigned, key, name)
    result.total = annex2.total(b.statistics for b in result.branches if b.statistics is not None)
    result.missing = [b for b in listed if branch_key(b.name) not in assigned.names]
    if result.unassigned:
        result.questions.append(("", f"有{len(result.unassigned)}人的表格认不出是哪个党支部，没有计入任何合计，请先改正党支部名称。"))
    return result


class _Assignment:
    """Forms and sheets by branch: by the list where there is one, else by the name in the head."""

    def __init__(self, listed: BranchList) -> None:
        self._listed = listed
        self.names: dict[str, str] = {}
        self.listed: dict[str, ListedBranch] = {}
        self.forms: dict[str, list[CheckedForm]] = defaultdict(list)
        self.sent: dict[str, list[SentStatistics]] = defaultdict(list)

    def add_form(self, form: Form, people: list[Person], result: Result) -> None:
        place = Place(form.file, form.sheet, _row_of(form.head.branch_cell), form.head.branch_cell)
        key = self._key(form.head.branch, place, result)
        if key:
            self.forms[key].append((form, people))
        else:
            result.unassigned += people
            result.findings += _findings_of(form, people, 0)

    def add_sent(self, sent: SentStatistics, result: Result) -> None:
        key = self._key(sent.branch, Place(sent.file, sent.sheet, _row_of(sent.branch_cell), sent.branch_cell), result)
        if key:
            self.sent[key].append(sent)
        else:
            result.findings += _findings_of_sent(sent)

    def _key(self, name: str, place: Place, result: Result) -> str:
        listed = self._listed.match(name) if name else None
        if listed:
            key = branch_key(listed.name)
            self.listed[key] = listed
            self.names[key] = listed.name
            return key
        if name and not self._listed.branches:
            self.names.setdefault(branch_key(name), name)
            return branch_key(name)
        nearest = self._listed.nearest(name)
        message = f"“{name}”不在党支部名单中" if name else "没有填写党支部名称"
        suggestion = f"可能是“{nearest.name}”；请改成名单中的名称" if nearest else "请填写名单中的党支部名称"
        result.findings.append(Located(place, Finding(Code.BRANCH_UNKNOWN, message, suggestion, "党支部名称")))
        return ""


def _row_of(cell: str) -> int:
    return int("".join(c for c in cell if c.isdigit()) or 0)


def _drop_old_versions(assigned: _Assignment, result: Result) -> None:
    for key, forms_of in assigned.forms.items():
        old = superseded(forms_of)
        for index, newer in old.items():
            message = f"这是旧版本，已由{Place(newer.file, newer.sheet)}代替，没有计入"
            finding = Finding(Code.SUPERSEDED, message, "如这一份才是新的，请删去另一份再汇总")
            form = forms_of[index][0]
            result.findings.append(Located(Place(form.file, form.sheet), finding))
        assigned.forms[key] = [checked for index, checked in enumerate(forms_of) if index not in old]


def _add_branch(result: Result, assigned: _Assignment, key: str, name: str) -> None:
    forms_of, sheets = assigned.forms.get(key, []), assigned.sent.get(key, [])
    listed = assigned.listed.get(key)
    heads = [form.head for form, _ in forms_of]
    branch = BranchResult(
        name,
        next((h.leader for h in heads if h.leader), listed.leader if listed else ""),
        next((h.phone for h in heads if h.phone), listed.phone if listed else ""),
        list(dict.fromkeys([form.file for form, _ in forms_of] + [sent.file for sent in sheets])),
        [person for _, people in forms_of for person in people],
        sent=sheets[-1] if sheets else None,
    )
    _count(branch, forms_of, result.rules)
    _add_findings(result, forms_of)
    for sent in sheets:
        result.findings += _findings_of_sent(sent)
    if forms_of and branch.sent is not None:
        result.findings += _compare(branch, branch.sent)
    _ask(result, branch, sheets)
    result.branches.append(branch)


def _count(branch: BranchResult, forms_of: Sequence[CheckedForm], rules: RuleSet) -> None:
    if not forms_of and branch.sent is not None:
        sent = branch.sent
        branch.statistics = Statistics({x: sent.figures.get(x, 0) for x in LETTERS}, sent.remark)
        return
    branch.coverage, transferred = _coverage([form for form, _ in forms_of])
    # 附件1 does not hold those who were transferred: Y is what the branch itself reports.
    urged = transferred if branch.coverage else branch.sent.figures.get("Y", 0) if branch.sent else 0
    branch.statistics = annex2.count((p.entry for p in branch.people), rules, urged)
    for person in branch.people:
        for dimension in annex2.unknown_dimensions(annex2.facts_of(person.entry, rules)):
            branch.unbalanced_by.append(UnbalancedBy(person.place(dimension.column), dimension))
    numbers = [p.entry.id_number for p in branch.people if p.entry.id_number]
    branch.duplicates = len(numbers) - len(set(numbers))


def _coverage(forms_of: Sequence[Form]) -> tuple[Coverage | None, int]:
    """Coverage by the verdicts of prepared workbooks, and how many were transferred; None where there is none."""
    rosters = [form for form in forms_of if form.verdict_letters]
    if not rosters:
        return None, 0
    verdicts = [read_verdict(row.verdict).value for form in rosters for row in form.rows]
    covered = sum(verdict is not None and verdict.covered for verdict in verdicts)
    coverage = Coverage(len(verdicts), 0, covered, len(verdicts) - covered)
    return coverage, sum(verdict is Verdict.TRANSFERRED for verdict in verdicts)


def _add_findings(result: Result, forms_of: Sequence[CheckedForm]) -> None:
    ended: dict[str, int] = {}
    for form, people in forms_of:
        result.findings += _findings_of(form, people, ended.get(form.file, 0))
        ended[form.file] = ended.get(form.file, 0) + len(form.rows)


def _findings_of(form: Form, people: Iterable[Person], sequence_after: int) -> list[Located]:
    located = [Located(place, finding) for place, finding in form.findings]
    if not form.verdict_letters and (broken := check_sequence(form, sequence_after)):
        located.append(Located(*broken))
    for person in people:
        for finding in person.entry.findings:
            located.append(Located(person.place(BY_HEADING.get(finding.column)), finding))
    return located


def _findings_of_sent(sent: SentStatistics) -> list[Located]:
    """What is wrong with an 附件2 as sent, for itself: figures that cannot be read, relations that do not hold."""
    located = [Located(place, finding) for place, finding in sent.findings]
    if set(sent.figures) != set(LETTERS):
        return located
    statistics = Statistics(sent.figures, sent.remark)
    place = Place(sent.file, sent.sheet, sent.row, sent.cells.get("A", ""))
    for dimension in statistics.unbalanced():
        added = "+".join(dimension.letters)
        wrong = f"{dimension.heading}：{added}={sum(statistics[x] for x in dimension.letters)}，A={statistics['A']}，不相等"
        located.append(Located(place, Finding(Code.UNBALANCED, wrong, "请按附件1逐项核对", annex2.HEADINGS["A"])))
    if statistics["Z"] > statistics["A"]:
        wrong = f"Z={statistics['Z']}，大于A={statistics['A']}"
        place = Place(sent.file, sent.sheet, sent.row, sent.cells.get("Z", ""))
        located.append(Located(place, Finding(Code.UNBALANCED, wrong, "已报到人数不能多于流出党员人数", annex2.HEADINGS["Z"])))
    return located


def _ask(result: Result, branch: BranchResult, sheets: Sequence[SentStatistics]) -> None:
    if branch.statistics is not None:
        result.questions += [(branch.branch, text) for text in ask(branch.statistics)]
    if branch.sent is None:
        return
    result.questions += [(branch.branch, text) for text in ask_as_of(branch.sent.as_of, result.rules.as_of.isoformat())]
    if len(sheets) > 1:
        result.questions.append((branch.branch, f"收到{len(sheets)}份附件2，采用的是{branch.sent.file}。"))


def _compare(branch: BranchResult, sent: SentStatistics) -> list[Located]:
    """附件2 as sent against 附件2 as counted from 附件1, figure by figure."""
    assert branch.statistics is not None
    located = []
    for letter in LETTERS:
        counted, given = branch.statistics[letter], sent.figures.get(letter)
        if given is not None and given != counted:
            message = f"{letter}项报{given}，按附件1计算为{counted}"
            finding = Finding(Code.FIGURE_DIFFERS, message, "请核对附件1与附件2", annex2.HEADINGS[letter])
            located.append(Located(Place(sent.file, sent.sheet, sent.row, sent.cells.get(letter, "")), finding))
    return located
