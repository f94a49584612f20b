"""The page of one entry as 17 cells: masked where they are personal, taken as typed, checked by the one check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paicha.domain.annex1 import REQUIRED, Column
from paicha.domain.findings import Code, Finding
from paicha.domain.masking import mask_id, mask_personal, mask_phone
from paicha.domain.readings import CellValue, as_text
from paicha.domain.vocabulary import Education, EthnicGroup, Reason, Sex
from paicha.register.belonging import NumberTaken
from paicha.register.records import RECKONED

COLUMNS = tuple(column for column in Column if column not in RECKONED)
MASKS = {Column.ID_NUMBER: mask_id, Column.PHONE: mask_phone, Column.REPORT_PHONE: mask_phone}
CHOICES = {
    Column.SEX: [sex.label for sex in Sex],
    Column.ETHNIC_GROUP: [group.label for group in EthnicGroup],
    Column.EDUCATION: [education.label for education in Education],
    Column.EMPLOYER_HAS_ORGANIZATION: ["是", "否"],
    Column.REASON: [reason.label for reason in Reason],
}
HINTS = {
    Column.BIRTH: "如 197808",
    Column.JOINED: "如 200306",
    Column.RESIDENCE: "写到街道、社区，如 湖北省武汉市洪山区关山街道××社区",
    Column.REASON: "“其他”请写明情形，如 其他（升学）",
    Column.REPORT_BRANCH: "没有报到的，三格都留空",
}
LONGEST = 500  # characters of one cell


def label(column: Column) -> str:
    """A column's heading as it is read alone, with the group that it stands under."""
    return f"{column.group} · {column.heading}" if column.group else column.heading


def name_of(column: Column) -> str:
    """What a column's field is called when a page is sent."""
    return f"c{column.value}"


def masked(column: Column, text: str) -> str:
    """A cell as a page may show it. Rows slip: a number is masked in whatever column it stands."""
    return MASKS.get(column, mask_personal)(text)


@dataclass(frozen=True, slots=True)
class Field:
    """One cell on the page."""

    column: Column
    value: str
    findings: list[Finding]

    @property
    def name(self) -> str:
        return name_of(self.column)

    @property
    def label(self) -> str:
        return label(self.column)

    @property
    def required(self) -> bool:
        return self.column in REQUIRED

    @property
    def hint(self) -> str:
        return HINTS.get(self.column, "")

    @property
    def choices(self) -> list[str]:
        return CHOICES.get(self.column, [])

    @property
    def state(self) -> str:
        """The gravest finding's severity as a class of the style sheet."""
        severity = max((finding.severity for finding in self.findings), default=None)
        return severity.name.lower() if severity else ""

    @property
    def wide(self) -> bool:
        return self.column in (Column.RESIDENCE, Column.REASON)


def fields(
    cells: Sequence[CellValue], findings: Sequence[Finding], known: Sequence[CellValue] | None = None
) -> list[Field]:
    """The cells of a person's page, each with what was found in it. With `known`, only numbers that stand there are
    masked: what somebody has just typed and not yet saved is shown as typed, or it could not be sent again."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.column, []).append(finding)
    return [
        Field(column, _value(column, as_text(cells[column]), known), found.get(column.heading, []))
        for column in COLUMNS
    ]


def number_taken(problem: NumberTaken) -> Finding:
    """What a page says in the cell of an ID number that somebody else wrote down first."""
    advice = "请核对号码；是同一个人、仍要登记的，再点一次保存"
    return Finding(Code.ID_DUPLICATE, str(problem), advice, Column.ID_NUMBER.heading)


def _value(column: Column, text: str, known: Sequence[CellValue] | None) -> str:
    return masked(column, text) if known is None or text == as_text(known[column]) else text


def typed(posted: Mapping[str, str], before: Sequence[CellValue] | None = None) -> list[CellValue]:
    """The 17 cells of a submitted page. A number left as its mask is the number that stood there."""
    cells: list[CellValue] = [""] * len(Column)
    for column in COLUMNS:
        text = posted.get(name_of(column), "").strip()[:LONGEST]
        cells[column] = text if before is None else meant(column, text, before)
    return cells


def meant(column: Column, text: str, before: Sequence[CellValue]) -> CellValue:
    """What somebody meant who sent `text` for a cell: its mask left alone is the number that stood there."""
    return before[column] if text and text == masked(column, as_text(before[column])) else text
