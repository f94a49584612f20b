"""The register as a list to read: its rows as HTML, made here since a template takes 0.4 ms of a row of 14 cells."""

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from paicha.domain.annex1 import Column
from paicha.domain.findings import Finding, Severity
from paicha.register.forms import masked
from paicha.register.selectors import Row

LISTED = (
    *(Column.NAME, Column.SEX, Column.ETHNIC_GROUP, Column.BIRTH, Column.JOINED, Column.ID_NUMBER, Column.EDUCATION),
    *(Column.EMPLOYER, Column.RESIDENCE, Column.PHONE, Column.REASON, Column.REPORT_BRANCH),
)
PLAIN, MARKED = "<td>%s</td>", '<td class="%s">%s</td>'


def line(row: Row) -> SafeString:
    """One `<tr>`: number, name as the way to the person, the other listed cells, what is found."""
    states = _states(row)
    cells = [
        MARKED % (states[column.heading], escape(masked(column, row.cells[column])))
        if column.heading in states
        else PLAIN % escape(masked(column, row.cells[column]))
        for column in LISTED[1:]
    ]
    return format_html(
        '<tr><td class="number">{}</td><td class="{}"><a href="{}">{}</a></td>{}<td>{}</td></tr>',
        row.number,
        f"{states.get(Column.NAME.heading, '')} name".strip(),
        reverse("entry", args=[row.entry.id]),
        row.cells[Column.NAME] or "（没有姓名）",
        SafeString("".join(cells)),  # escaped above, one by one
        format_html_join("", '<p class="{}">{}：{}。{}</p>', (_fault(finding) for finding in _told(row))),
    )


def _told(row: Row) -> list[Finding]:
    return [finding for finding in row.findings if finding.severity > Severity.NOTICE]


def _states(row: Row) -> dict[str, str]:
    """The gravest finding of each column, as a class of the style sheet."""
    found: dict[str, str] = {}
    for finding in row.findings:  # gravest first
        found.setdefault(finding.column, finding.severity.name.lower())
    return found


def _fault(finding: Finding) -> tuple[str, str, str, str]:
    kind = "fault warning" if finding.severity is Severity.WARNING else "fault"
    return kind, finding.column, finding.message, finding.suggestion
