"""The files that a collation leaves behind, each written from the result.

附件1-汇总.xlsx  附件2-汇总.xlsx  附件2-上报.xlsx  情况报告.docx  问题清单.xlsx  result.json
各支部/<name>/附件1.xlsx, 附件2.xlsx, 情况报告.docx   退回/<name>-<file>.xlsx   退回说明/<name>.txt
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from paicha.collation.collect import Collected
from paicha.collation.contract import RESULT_FILE, write_json
from paicha.collation.naming import Naming, file_name
from paicha.collation.result import BranchResult, Coverage, Result
from paicha.collation.told import as_told, legible, told_of
from paicha.domain.annex1 import BY_HEADING, Column, Head
from paicha.domain.findings import Located, Place, Severity
from paicha.domain.masking import mask_personal
from paicha.domain.register import Person
from paicha.formats.writers.annex1 import Marks, write_annex1, write_annex1_summary
from paicha.formats.writers.annex2 import write_annex2
from paicha.formats.writers.annex2_summary import Unit, write_annex2_summary
from paicha.formats.writers.annotated import write_annotated
from paicha.formats.writers.message import missing_note, return_message, unit_note
from paicha.formats.writers.notes import Provenance
from paicha.formats.writers.problems import write_problems
from paicha.formats.writers.report import Outstanding, write_branch_report, write_committee_report
from paicha.formats.writers.sheets import Names

OFFICE = "党委办公室"


def write_all(result: Result, collected: Collected, out: Path, now: datetime, *, returns: bool = True) -> None:
    """Write every file of one collation into `out`. Raises OSError where the folder cannot be written."""
    out.mkdir(parents=True, exist_ok=True)
    _set_aside(out, now)
    told, naming = as_told(result), Naming()
    provenance = _provenance(told, now)
    _write_registers(told, out, naming, provenance)
    _write_statistics(told, out, naming, provenance)
    _write_reports(told, out, naming)
    names = _names(collected)
    _write_problem_list(told, out, names)
    if returns:  # by the names that open the files
        _write_returns(result, collected, out / "退回", naming, names)
    _write_unit_notes(told, out / "退回说明", naming)
    write_json(out / RESULT_FILE, told)


OWN = (
    *("附件1-汇总.xlsx", "附件2-汇总.xlsx", "附件2-上报.xlsx", "情况报告.docx", "问题清单.xlsx"),
    *("各支部", "退回", "退回说明", RESULT_FILE),
)
EARLIER = "以前的结果"


def _set_aside(out: Path, now: datetime) -> None:
    """Move what an earlier run left in `out` into 以前的结果/<time>: old returned files must not mix with new ones, and
    a report that somebody has edited must not be lost."""
    old = [out / name for name in OWN if (out / name).exists()]
    if not old:
        return
    aside = out / EARLIER / f"{now:%Y-%m-%d %H-%M-%S}"
    aside.mkdir(parents=True, exist_ok=True)
    for path in old:
        path.rename(aside / path.name)


def _provenance(result: Result, now: datetime) -> Provenance:
    home = result.rules.home.full_name if result.rules.home else "未设置"
    rules = (
        f"年龄计算截止日：{result.rules.as_of.isoformat()}",
        f"本党委所在地：{home}",
        f"规则版本：{result.rules.version}",
    )
    return Provenance(result.committee or OFFICE, now, rules)


def _write_registers(result: Result, out: Path, naming: Naming, provenance: Provenance) -> None:
    """附件1 of each branch and of all, in the official layout: numbered anew, official spelling where it was read."""
    registers = []
    for branch in result.branches:
        register = (_head(branch), [p.entry.texts for p in branch.people], _marks(branch.people))
        registers.append(register)
        if branch.people or branch.sent is None:
            head, texts, marks = register
            path = _folder(out, naming, branch) / "附件1.xlsx"
            write_annex1(path, head=head, entries=texts, provenance=provenance, marks=marks)
    if result.unassigned:
        texts = [p.entry.texts for p in result.unassigned]
        registers.append((Head("（党支部名称待核实）"), texts, _marks(result.unassigned)))
    if any(texts for _, texts, _ in registers) or not any(b.sent for b in result.branches):
        path = out / "附件1-汇总.xlsx"
        write_annex1_summary(path, committee=result.committee, branches=registers, provenance=provenance)


def _folder(out: Path, naming: Naming, branch: BranchResult) -> Path:
    """The branch's own folder, there to be written to."""
    folder = out / "各支部" / naming.of(branch.branch)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _head(branch: BranchResult) -> Head:
    return Head(branch.branch, branch.leader, branch.phone)


def _marks(people: Sequence[Person]) -> Marks:
    """The gravest finding of each cell: (n-th person, column) → severity; notices are not marked."""
    marks: dict[tuple[int, Column], Severity] = {}
    for index, person in enumerate(people):
        for finding in person.entry.findings:
            column = BY_HEADING.get(finding.column)
            if column is not None and finding.severity > Severity.NOTICE:
                marks[index, column] = max(finding.severity, marks.get((index, column), Severity.NOTICE))
    return marks


def _write_statistics(result: Result, out: Path, naming: Naming, provenance: Provenance) -> None:
    questions = defaultdict(list)
    for name, text in result.questions:
        questions[name].append(text)
    units = [
        Unit(b.branch, b.statistics, "已报", [*_unbalanced(b), *questions[b.branch]], b.duplicates)
        for b in result.branches
    ]
    units += [
        Unit(b.name, None, "未报", [f"负责人{b.leader or '未填'}，电话{b.phone or '未填'}"], 0) for b in result.missing
    ]
    write_annex2_summary(
        out / "附件2-汇总.xlsx", committee=result.committee, units=units, total=result.total, provenance=provenance
    )
    held_back = replace(provenance, rules=(*provenance.rules, *result.hindrances()))
    write_annex2(out / "附件2-上报.xlsx", branch=result.committee, statistics=result.total, provenance=held_back)
    for branch in result.branches:
        path = _folder(out, naming, branch) / "附件2.xlsx"
        write_annex2(path, branch=branch.branch, statistics=branch.statistics, provenance=provenance)


def _unbalanced(branch: BranchResult) -> list[str]:
    return [f"{by.dimension.heading}不平衡：{by.place}" for by in branch.unbalanced_by]


def _write_reports(result: Result, out: Path, naming: Naming) -> None:
    as_of = result.rules.as_of
    for branch in result.branches:
        write_branch_report(
            _folder(out, naming, branch) / "情况报告.docx",
            branch=branch.branch,
            statistics=branch.statistics,
            coverage=_covered(branch.coverage),
            undecided=branch.pending,
            as_of=as_of,
        )
    severities = [item.finding.severity for item in result.findings]
    write_committee_report(
        out / "情况报告.docx",
        committee=result.committee or "本党委",
        total=result.total,
        branches=[(b.branch, b.statistics if b.counted else None) for b in result.branches],
        missing=[b.name for b in result.missing],
        outstanding=Outstanding(
            severities.count(Severity.ERROR),
            severities.count(Severity.WARNING),
            sum(len(b.pending) for b in result.branches),
        ),
        as_of=as_of,
        deadline=as_of,
    )


def _covered(coverage: Coverage | None) -> tuple[int, int, int] | None:
    return (coverage.rostered, coverage.in_transit, coverage.decided) if coverage else None


def _by_file(result: Result) -> dict[str, list[Located]]:
    by_file: dict[str, list[Located]] = defaultdict(list)
    for item in result.findings:
        by_file[item.place.file].append(item)
    return by_file


def _names(collected: Collected) -> Names:
    """The people of every form by their rows, files as they are told; a number that stands in the column 姓名 is
    masked."""
    people = (person for _, people in collected.annex1 for person in people)
    return {
        (legible(p.form.file), p.form.sheet, p.row.number): mask_personal(p.entry.texts[Column.NAME]) for p in people
    }


def _write_problem_list(result: Result, out: Path, names: Names) -> None:
    lines = [(result.branch_of(item.place), item) for item in result.findings]
    summary = [f"还没有报的党支部：{'、'.join(b.name for b in result.missing)}"] if result.missing else []
    summary += [f"{branch}：{text}" if branch else text for branch, text in result.questions]
    write_problems(out / "问题清单.xlsx", located=lines, summary=summary, names=names)


def _write_returns(result: Result, collected: Collected, folder: Path, naming: Naming, names: Names) -> None:
    """Each branch's own file, marked, where it has an error or a warning; with the ready message beside it."""
    returned = Naming()
    without_people = {sent.file for sent in collected.annex2} - {form.file for form, _ in collected.annex1}
    for file, found in sorted(_by_file(result).items()):
        if all(item.finding.severity is Severity.NOTICE for item in found):
            continue
        folder.mkdir(parents=True, exist_ok=True)
        branch = result.branch_of(Place(file))
        items = [told_of(item) for item in found]
        name = returned.free(_returned_name(naming.of(branch) if branch else "", legible(Path(file).stem)))
        personal = file not in without_people
        message = return_message(
            branch or "贵支部", items, result.rules.as_of, OFFICE, f"{name}.xlsx", personal=personal
        )
        source = collected.sources.get(file)
        sheets = source.sheets if source else None
        target = folder / f"{name}.xlsx"
        write_annotated(Path(file), target, branch=branch, located=items, sheets=sheets, message=message, names=names)


def _write_unit_notes(result: Result, folder: Path, naming: Naming) -> None:
    """A drafted note for each unit of which only 附件2 came, and is in question; and for each that sent nothing."""
    deadline, by_file = result.rules.as_of, _by_file(result)
    register = not result.branches or any(branch.has_register for branch in result.branches)
    missing = [b.name for b in result.missing if b.name not in result.probably]
    notes = {name: missing_note(name, deadline, register=register) for name in missing}
    for branch in result.branches:
        if branch.sent is None or branch.has_register:
            continue
        faults = [i for i in by_file.get(branch.sent.file, []) if i.finding.severity > Severity.NOTICE]
        problems = [f"{item.place}：{item.finding.message}" for item in faults]
        questions = [text for name, text in result.questions if name == branch.branch]
        if problems or questions:
            notes[branch.branch] = unit_note(branch.branch, problems, questions, deadline)
    for unit, note in notes.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{naming.of(unit)}.txt").write_text(note, encoding="utf-8")


def _returned_name(named: str, stem: str) -> str:
    """The branch's name before its file's own, once: a returned file may be returned again. As short as a branch's."""
    once = not named or stem.startswith(f"{named}-") or stem == named
    return file_name(stem if once else f"{named}-{stem}")
