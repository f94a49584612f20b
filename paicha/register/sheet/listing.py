"""The register as a list to read: its rows as HTML, made here since a template takes 0.4 ms of a row of 14 cells."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from paicha.domain.annex1 import Column
from paicha.domain.findings import Finding, Severity
from paicha.domain.masking import mask_personal
from paicha.register.forms import MASKS
from paicha.register.selectors import Row

LISTED = (
    *(Column.NAME, Column.SEX, Column.ETHNIC_GROUP, Column.BIRTH, Column.JOINED, Column.ID_NUMBER, Column.EDUCATION),
    *(Column.EMPLOYER, Column.RESIDENCE, Column.PHONE, Column.REASON, Column.REPORT_BRANCH),
)
LINE = '<tr><td class="number">%d</td><td class="%s"><a href="%s">%s</a></td>%s<td>%s</td></tr>'
PLAIN, MARKED = "<td>%s</td>", '<td class="%s">%s</td>'
ALL_PLAIN = PLAIN * (len(LISTED) - 1)  # as nearly every row is
FAULT = '<p class="%s">%s：%s。%s</p>'
_TO_ESCAPE = re.compile("[&<>\"']")
_MASKED = tuple((column, MASKS.get(column, mask_personal)) for column in LISTED)
_NAME = Column.NAME.heading
_HEADINGS = tuple(column.heading for column in LISTED[1:])


def line(row: Row) -> SafeString:
    """One `<tr>`: number, name as the way to the person, the other listed cells, what is found."""
    name, *texts = _texts(row.cells)
    states = _states(row.findings) if row.read.findings else {}
    filled = LINE % (
        row.number,
        f"{states[_NAME]} name" if _NAME in states else "name",
        _addresses().format(row.entry_id),
        name or "（没有姓名）",
        _marked(texts, states) if states else ALL_PLAIN % tuple(texts),
        "".join(FAULT % _fault(f) for f in row.findings if f.severity > Severity.NOTICE) if states else "",
    )
    return SafeString(filled)  # every text in it was escaped


def _texts(cells: Sequence[str]) -> list[str]:
    """The listed cells, masked and escaped: one look at all of them, since there is rarely anything to escape. Python's
    own escape: Django's is three times as slow, as it looks for lazy texts, of which there are none here."""
    texts = [mask(text) if (text := cells[column]) else text for column, mask in _MASKED]
    return [escape(text) for text in texts] if _TO_ESCAPE.search("".join(texts)) else texts


def _marked(texts: Sequence[str], states: dict[str, str]) -> str:
    return "".join(
        MARKED % (states[heading], text) if heading in states else PLAIN % text
        for heading, text in zip(_HEADINGS, texts, strict=True)
    )


@lru_cache(maxsize=1)
def _addresses() -> str:
    """The page of any entry: `reverse` takes 20 µs, which counts in a list of 500."""
    nobody = UUID(int=0)
    return reverse("entry", args=[nobody]).replace(str(nobody), "{}")


def _states(findings: Sequence[Finding]) -> dict[str, str]:
    """The gravest finding of each column, as a class of the style sheet."""
    found: dict[str, str] = {}
    for finding in findings:  # gravest first
        found.setdefault(finding.column, finding.severity.name.lower())
    return found


def _fault(finding: Finding) -> tuple[str, str, str, str]:
    kind = "fault warning" if finding.severity is Severity.WARNING else "fault"
    return kind, escape(finding.column), escape(finding.message), escape(finding.suggestion)
