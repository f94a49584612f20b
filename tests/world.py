"""One small named world that tests read over: a college in Wuhan, its office, two branches, a dozen made-up people.

All is invented; ID numbers are made here with a right check digit and belong to nobody."""

from datetime import date
from typing import Any

from paicha.domain.annex1 import Column, Form, Head, RawRow
from paicha.domain.divisions import find_home
from paicha.domain.settings import RuleSet

AS_OF = date(2023, 12, 15)
WUHAN = RuleSet(AS_OF, find_home("武汉市"))
SURVEY, COMPUTING = "测绘支部", "信息支部"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(born: str = "19780815", sequence: int = 123, county: str = "420106") -> str:
    """An ID number of GB 11643-1999: county, date of birth YYYYMMDD, sequence (odd: a man), check digit."""
    body = f"{county}{born}{sequence:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def row(number: int = 6, **cells: Any) -> RawRow:
    """A right row of 附件1, a man born in August 1978 who joined in 2003; cells are replaced by their column's name."""
    right: dict[Column, Any] = {
        Column.SEQUENCE: number - 5,
        Column.NAME: "张三",
        Column.SEX: "男",
        Column.ETHNIC_GROUP: "汉族",
        Column.BIRTH: "197808",
        Column.AGE: 45,
        Column.JOINED: "200308",
        Column.ID_NUMBER: id_number(sequence=2 * number + 1),
        Column.EDUCATION: "本科",
        Column.EMPLOYER: "江城测绘有限公司",
        Column.EMPLOYER_HAS_ORGANIZATION: "是",
        Column.RESIDENCE: "湖北省武汉市洪山区关山街道幸福社区",
        Column.PHONE: f"138000{number:05d}",
        Column.REASON: "两新组织员工（职工）",
        Column.REPORT_BRANCH: "",
        Column.REPORT_CONTACT: "",
        Column.REPORT_PHONE: "",
    }
    for name, value in cells.items():
        right[Column[name.upper()]] = value
    return RawRow(number, tuple(right[column] for column in Column))


def form(*rows: RawRow, branch: str = SURVEY, file: str = "测绘.xlsx", modified: str = "2023-12-01T08:00:00Z") -> Form:
    """A form of the notice's own layout: columns A to Q, headings in rows 4 and 5."""
    letters = {column: chr(ord("A") + column) for column in Column}
    return Form(file, "附件1", Head(branch, "王书记", "027-87650000", "B3"), rows, letters, 5, modified)
