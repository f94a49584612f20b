"""Findings with their places: of a branch's forms, of an 附件2 as sent, and of the two held against each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from paicha.collation.collect import CheckedForm
from paicha.domain.annex1 import BY_HEADING, Form
from paicha.domain.annex2 import HEADINGS, LETTERS, SentStatistics, Statistics
from paicha.domain.findings import Code, Finding, Located, Place
from paicha.domain.register import Person, check_sequence
from paicha.domain.vocabulary import read_verdict


def findings_of_forms(forms_of: Sequence[CheckedForm]) -> list[Located]:
    """The findings of the parts of one branch's register; 序号 may run on from part to part of one file."""
    located: list[Located] = []
    ended: dict[str, int] = defaultdict(int)
    for form, people in forms_of:
        located += findings_of(form, people, ended[form.file])
        ended[form.file] += len(form.rows)
    return located


def findings_of(form: Form, people: Iterable[Person], sequence_after: int) -> list[Located]:
    """The findings of one form: the reader's own, of its verdicts or its 序号, and of each person's cells."""
    located = [Located(place, finding) for place, finding in form.findings]
    if form.verdict_letters:
        located += _findings_of_verdicts(form)
    elif broken := check_sequence(form, sequence_after):
        located.append(Located(*broken))
    missing = _missing_columns(form)
    for person in people:
        for finding in person.entry.findings:
            if finding.code is Code.REQUIRED and finding.column in missing:
                continue  # said once at the headings; the entry keeps it, and stays marked as incomplete
            located.append(Located(person.place(BY_HEADING.get(finding.column)), finding))
    return located


def _missing_columns(form: Form) -> set[str]:
    """The headings of required columns of which the reader has said that the form has none."""
    told = {finding.column for _, finding in form.findings if finding.code is Code.REQUIRED}
    return told - {column.heading for column in form.letters}


def _findings_of_verdicts(form: Form) -> list[Located]:
    return [
        Located(Place(form.file, form.sheet, row.number, f"{form.verdict_letters}{row.number}"), finding.at("排查结论"))
        for row in form.rows
        for finding in read_verdict(row.verdict).findings
    ]


def findings_of_sent(sent: SentStatistics) -> list[Located]:
    """What is wrong with an 附件2 as sent, for itself: figures that cannot be read, relations that do not hold."""
    located = [Located(place, finding) for place, finding in sent.findings]
    if set(sent.figures) != set(LETTERS):
        return located
    statistics = Statistics(sent.figures, sent.remark)
    place = Place(sent.file, sent.sheet, sent.row, sent.cells.get("A", ""))
    for dimension in statistics.unbalanced():
        added = "+".join(dimension.letters)
        wrong = (
            f"{dimension.heading}：{added}={sum(statistics[x] for x in dimension.letters)}，A={statistics['A']}，不相等"
        )
        located.append(Located(place, Finding(Code.UNBALANCED, wrong, "请按附件1逐项核对", HEADINGS["A"])))
    if statistics["Z"] > statistics["A"]:
        wrong = f"Z={statistics['Z']}，大于A={statistics['A']}"
        place = Place(sent.file, sent.sheet, sent.row, sent.cells.get("Z", ""))
        located.append(Located(place, Finding(Code.UNBALANCED, wrong, "已报到人数不能多于流出党员人数", HEADINGS["Z"])))
    return located


def compare(counted_from_annex1: Statistics, sent: SentStatistics) -> list[Located]:
    """附件2 as sent against 附件2 as counted from 附件1, figure by figure."""
    located = []
    for letter in LETTERS:
        counted, given = counted_from_annex1[letter], sent.figures.get(letter)
        if given is not None and given != counted:
            message = f"{letter}项报{given}，按附件1计算为{counted}"
            finding = Finding(Code.FIGURE_DIFFERS, message, "请核对附件1与附件2", HEADINGS[letter])
            located.append(Located(Place(sent.file, sent.sheet, sent.row, sent.cells.get(letter, "")), finding))
    return located
