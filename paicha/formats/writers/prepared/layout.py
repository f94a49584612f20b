"""Where everything stands in a prepared workbook: sheets, the columns of 名册, rows, and the names of hidden parts."""

from dataclasses import dataclass
from enum import IntEnum

from paicha.domain.annex1 import Column

ROSTER, ANNEX1, ANNEX2, REPORT, GUIDE = "名册", "附件1", "附件2", "情况报告", "说明"
CALCULATION, LISTS, MARK = "_calc", "_lists", "_paicha"  # hidden
MARK_WORD, MARK_VERSION = "paicha-prepared", 1
HEAD_ROW, PROGRESS_ROW, HEADING_ROW, FIRST_ROW = 2, 3, 4, 5  # 1-based rows of 名册, and of `_calc` beside it
SPARE_ROWS = 20  # for people whom the roster does not hold


class Field(IntEnum):
    """The columns of 名册 from left to right; `source` is the 附件1 column that fills it and that it fills."""

    SEQUENCE = 0, "序号", 5, Column.SEQUENCE
    NAME = 1, "姓名", 9, Column.NAME
    SEX = 2, "性别", 5.5, Column.SEX
    ETHNIC_GROUP = 3, "民族", 8, Column.ETHNIC_GROUP
    BIRTH = 4, "出生年月", 9, Column.BIRTH
    JOINED = 5, "入党时间", 9, Column.JOINED
    ID_NUMBER = 6, "身份证号", 20, Column.ID_NUMBER
    EDUCATION = 7, "文化程度", 10, Column.EDUCATION
    PHONE = 8, "本人联系电话", 14, Column.PHONE
    IN_TRANSIT = 9, "是否在途", 8.5, None
    VERDICT = 10, "排查结论", 21, None
    PROBLEM = 11, "问题", 36, None
    RESIDENCE = 12, "现居住地（流入地）", 36, Column.RESIDENCE
    REASON = 13, "从事行业或流动原因", 25, Column.REASON
    EMPLOYER = 14, "单位名称", 22, Column.EMPLOYER
    EMPLOYER_HAS_ORGANIZATION = 15, "是否建立党组织", 9.5, Column.EMPLOYER_HAS_ORGANIZATION
    REPORT_BRANCH = 16, "报到的党支部名称", 22, Column.REPORT_BRANCH
    REPORT_CONTACT = 17, "报到联系人姓名及职务", 16, Column.REPORT_CONTACT
    REPORT_PHONE = 18, "报到联系电话", 14, Column.REPORT_PHONE
    NOTE = 19, "备注", 20, None

    heading: str
    width: float
    source: Column | None

    def __new__(cls, index: int, heading: str, width: float, source: Column | None) -> "Field":
        field = int.__new__(cls, index)
        field._value_ = index
        field.heading = heading
        field.width = width
        field.source = source
        return field

    @property
    def letter(self) -> str:
        """The column's letter in 名册: A … T."""
        return chr(ord("A") + self)


STATE_COLUMN, FAULTY_COLUMN = "U", "V"  # hidden in 名册: the row's state, the letters of its faulty cells
OUTFLOW_ONLY = (
    Field.RESIDENCE,
    Field.REASON,
    Field.EMPLOYER,
    Field.EMPLOYER_HAS_ORGANIZATION,
    Field.REPORT_BRANCH,
    Field.REPORT_CONTACT,
    Field.REPORT_PHONE,
)
REQUIRED = (
    Field.NAME,
    Field.SEX,
    Field.ETHNIC_GROUP,
    Field.BIRTH,
    Field.JOINED,
    Field.ID_NUMBER,
    Field.EDUCATION,
    Field.PHONE,
    Field.RESIDENCE,
    Field.REASON,
)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the rows go: `members` of the roster, then `SPARE_ROWS`."""

    members: int

    @property
    def rows(self) -> int:
        return self.members + SPARE_ROWS

    @property
    def last_row(self) -> int:
        """The last 1-based row of 名册 and of `_calc`."""
        return FIRST_ROW + self.rows - 1


def typed(field: Field) -> str:
    """Formula text: the cell of `field` in 名册, in the formula's own row.

    A whole column taken by ROW() and never a plain reference: cutting and pasting, sorting, inserting or deleting in
    名册 would drag plain references along, or turn them into #REF!."""
    return f"INDEX({ROSTER}!${field.letter}:${field.letter},ROW())"
