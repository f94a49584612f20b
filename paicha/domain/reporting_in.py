"""Reporting in at the destination without moving the affiliation (notice 二.3): where, since when, what shows it.

Where stands in three cells of 附件1, which Z of 附件2 counts; days and evidence are kept beside them.

>>> read_place("江城市关山社区党支部", "李书记", "(027) 87650000").place.phone
'027-87650000'
>>> read_place("未报到", "", "").faults["organization"]
'请填写向哪个党组织报到'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from paicha.domain.check import REPORT_IN, read_report_branch, read_words
from paicha.domain.findings import Finding, Severity
from paicha.domain.identity import read_phone
from paicha.domain.readings import CellValue, as_text, compact

CELLS = REPORT_IN
EVIDENCE = ("对方党支部的证明", "电话向对方党支部核实", "本人提供的报到凭据", "在系统里查到")
ENDINGS = ("回到本支部参加活动", "换了工作或住处", "对方党组织已撤并", "不再参加对方党组织的活动")


class Place(NamedTuple):
    """The organisation at the destination, the contact there with the post, the phone; as the three cells hold them."""

    organization: str = ""
    contact: str = ""
    phone: str = ""

    @classmethod
    def of(cls, cells: Sequence[CellValue]) -> "Place":
        return cls(*(as_text(cells[column]) for column in CELLS))

    def over(self, cells: Sequence[CellValue]) -> list[CellValue]:
        """The 17 cells with these three instead of what stood there."""
        found = list(cells)
        for column, value in zip(CELLS, self, strict=True):
            found[column] = value
        return found

    def same(self, other: "Place") -> bool:
        """Whether both name one organisation: contacts and phones change without anybody reporting in anew."""
        return compact(self.organization) == compact(other.organization)


@dataclass(frozen=True, slots=True)
class Read:
    """Three cells as read, and what is wrong: organization, contact, phone → words."""

    place: Place
    faults: dict[str, str]


def read_place(organization: str, contact: str, phone: str) -> Read:
    """What was typed, in official spelling; checked as 附件1's cells are (domain.check), and named it must be."""
    readings = (read_report_branch(organization), read_words(contact), read_phone(phone))
    faults = {
        name: _words(finding)
        for name, reading in zip(("organization", "contact", "phone"), readings, strict=True)
        for finding in reading.findings
        if finding.severity is Severity.ERROR
    }
    if not readings[0].text:
        faults["organization"] = "请填写向哪个党组织报到"
    return Read(Place(*(reading.text for reading in readings)), faults)


def day_fault(since: date, today: date, *, left: date | None = None, joined: int | None = None) -> str:
    """Why nobody can have reported in on a day; "" where one can: it has come, and is not before the day on which the
    person went away (`left`) nor before the month of joining (year × 12 + month − 1), as far as they are known."""
    if since > today:
        return "报到日期还没有到，请填写今天或以前的日期"
    if left and since < left:
        return f"{left.isoformat()} 才流出，报到不会更早，请核对日期"
    if joined is not None and since.year * 12 + since.month - 1 < joined:
        return f"{joined // 12} 年 {joined % 12 + 1} 月才入党，报到不会更早，请核对日期"
    return ""


def _words(finding: Finding) -> str:
    return "，".join(filter(None, (finding.message, finding.suggestion)))
