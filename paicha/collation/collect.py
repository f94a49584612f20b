"""Reading and checking every file: what the forms hold, before anything is decided between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from paicha.domain.annex1 import Form
from paicha.domain.annex2 import SentStatistics
from paicha.domain.check import Checker
from paicha.domain.findings import Located, Place
from paicha.domain.register import Person
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import read_verdict
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.recognise import forms
from paicha.formats.readers.roster import RosterSheet
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
    if found.annex1 or found.annex2 or found.roster:
        collected.read += 1
    # A prepared workbook's 附件1 only shows what its roster holds: the roster is the source.
    rosters = [_as_form(sheet, source.modified) for sheet in found.roster]
    # A column 排查结论 that a branch added to an ordinary form decides nothing: everybody on it is on the register.
    for form in rosters or [replace(form, verdict_letters="") for form in found.annex1]:
        collected.annex1.append((form, _people(form, checker)))
    collected.annex2 += [replace(sent, modified=source.modified) for sent in found.annex2]


def _as_form(sheet: RosterSheet, modified: str) -> Form:
    """A prepared workbook's roster as the form it becomes once its branch has given verdicts."""
    return Form(
        sheet.file,
        sheet.sheet,
        sheet.head,
        tuple(member.row for member in sheet.members),
        sheet.letters,
        sheet.heading_row,
        modified,
        sheet.findings,
        sheet.verdict_letters,
        sum(member.in_transit for member in sheet.members),
    )


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
