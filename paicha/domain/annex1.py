"""附件1《流出党员基本信息登记表》as data: its head, its 17 columns, one row, one entry.

Columns and their order are those of the notice's 附件1. `RawRow` is a row as a reader found it; `Entry` is the same
row read: what `check.check_entry` makes of it, from a workbook, a page or a bundle.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from paicha.domain.divisions import Residence
from paicha.domain.findings import Finding, Place
from paicha.domain.readings import CellValue
from paicha.domain.vocabulary import Education, EthnicGroup, Reason, Sex, Verdict

TITLE = "流出党员基本信息登记表"
MARK = "附件1"
NOTE = "注：从事行业或流动原因参照附件 2《流出党员有关情况统计表》中的相关情形填写。"
HEAD_LABELS = ("党支部名称", "党支部负责人姓名及职务", "联系电话")
EMPLOYER_GROUP = "现工作（学习）单位"
REPORT_IN_GROUP = "在流入地报到的党支部"


class Column(IntEnum):
    """The 17 columns in the notice's order; the value is the index in a row."""

    SEQUENCE = 0, "序号"
    NAME = 1, "姓名"
    SEX = 2, "性别"
    ETHNIC_GROUP = 3, "民族"
    BIRTH = 4, "出生年月"
    AGE = 5, "年龄"
    JOINED = 6, "入党时间"
    ID_NUMBER = 7, "身份证号"
    EDUCATION = 8, "文化程度"
    EMPLOYER = 9, "单位名称", EMPLOYER_GROUP
    EMPLOYER_HAS_ORGANIZATION = 10, "是否建立党组织", EMPLOYER_GROUP
    RESIDENCE = 11, "现居住地（流入地）"
    PHONE = 12, "本人联系电话"
    REASON = 13, "从事行业或流动原因"
    REPORT_BRANCH = 14, "党支部名称", REPORT_IN_GROUP
    REPORT_CONTACT = 15, "联系人姓名及职务", REPORT_IN_GROUP
    REPORT_PHONE = 16, "联系电话", REPORT_IN_GROUP

    heading: str
    group: str

    def __new__(cls, index: int, heading: str, group: str = "") -> "Column":
        column = int.__new__(cls, index)
        column._value_ = index
        column.heading = heading
        column.group = group
        return column


_NAME = int(Column.NAME)
BY_HEADING = {column.heading: column for column in Column}

REQUIRED = (
    Column.NAME,
    Column.SEX,
    Column.ETHNIC_GROUP,
    Column.BIRTH,
    Column.JOINED,
    Column.ID_NUMBER,
    Column.EDUCATION,
    Column.RESIDENCE,
    Column.PHONE,
    Column.REASON,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The three fields above the table, as written (trimmed), and the cell of the branch's name ("" if none)."""

    branch: str = ""
    leader: str = ""
    phone: str = ""
    branch_cell: str = ""


class RawRow(NamedTuple):
    """One person's row as found: `number` is the sheet's own 1-based row, `values` the 17 cells in Column order (None
    where the sheet has no such column), `verdict` the raw cell of a prepared workbook's 排查结论.
    `merged`: columns that are empty here because the cell is one with that of the person above, whose own it is."""

    number: int
    values: tuple[CellValue, ...]
    verdict: CellValue = None
    merged: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One 附件1 as found in one sheet or table.

    `letters` maps a column to its letters in the sheet (absent: the sheet has no such column), `heading_row` is
    1-based, `modified` the newest time known of the file (ISO 8601, "" if unknown): its own modified date, else the
    file's. `findings` are the reader's own (rows skipped, columns missing). `verdict_letters` is set for a prepared
    workbook, whose rows are the whole roster; `in_transit` of them are transferred out and not yet received."""

    file: str
    sheet: str
    head: Head
    rows: tuple[RawRow, ...]
    letters: dict[Column, str]
    heading_row: int = 0
    modified: str = ""
    findings: tuple[tuple[Place, Finding], ...] = ()
    verdict_letters: str = ""
    in_transit: int = 0

    def place(self, row: int, column: Column | None = None) -> Place:
        """The place of a row's cell; without column letters, of the row."""
        letters = self.letters.get(column, "") if column is not None else ""
        return Place(self.file, self.sheet, row, f"{letters}{row}" if letters else "")


@dataclass(slots=True)
class Entry:
    """One person as read. `texts` are the 17 cells as the official form shows them (official spelling where read,
    the words as written elsewhere); a value is None where the cell is empty or unreadable.

    `birth` and `joined` are months since year 0 (year × 12 + month − 1); `id_number` is the 18-place number in upper
    case where it is formally right, else None; `phone` likewise; `reported_in` is domain.md's Z: 报到党支部名称 holds
    a name."""

    texts: tuple[str, ...]
    sex: Sex | None
    ethnic_group: EthnicGroup | None
    birth: int | None
    joined: int | None
    id_number: str | None
    education: Education | None
    residence: Residence
    reason: Reason | None
    reason_detail: str
    reported_in: bool
    phone: str | None = None
    verdict: Verdict | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.texts[_NAME]
