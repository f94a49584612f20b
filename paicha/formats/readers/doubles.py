"""Two columns of one meaning in a table: 流入地 beside 现居住地, 身份证号 beside 身份证号码.

The first is read (`columns.register_columns` says which), and that is told; a blank cell of it takes the other's value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paicha.domain.annex1 import Column
from paicha.domain.findings import Code, Finding, Place
from paicha.formats.readers.columns import Extra, Target, target_of
from paicha.formats.readers.headings import Found, Heading, letters


@dataclass(frozen=True, slots=True)
class Double:
    """A further column of the same meaning as the one that is read. `exact`: its heading is a synonym word for word,
    so that its values may stand for blank ones; a looser one (身份证有效期) may hold something else."""

    target: Column
    column: int
    text: str
    exact: bool


def doubles(headings: Sequence[Heading], columns: Mapping[Target, int]) -> list[Double]:
    """The columns that `columns` passes over because their meaning is taken. A second 序号 is no matter."""
    used = set(columns.values())
    found = []
    for heading in headings:
        target, exact = target_of(heading.text, heading.group)
        if target is Extra.ANY_PHONE:  # whose, nobody knows
            target, exact = Column.PHONE, False
        if heading.column in used or not isinstance(target, Column) or target is Column.SEQUENCE:
            continue
        if target in columns:
            found.append(Double(target, heading.column, heading.text, exact))
    return found


def notices(place: Place, found: Found[Target]) -> list[tuple[Place, Finding]]:
    """One notice for each double, at its heading; `place` is the sheet's."""
    texts = {heading.column: heading.text for heading in found.headings}
    told = []
    for double in doubles(found.headings, found.columns):
        first = found.columns[double.target]
        a, b = letters(first), letters(double.column)
        how = f"{a}列空白的取{b}列" if double.exact else f"{b}列没有读取"
        message = f"“{texts.get(first, '')}”（{a}列）和“{double.text}”（{b}列）意思相同，以{a}列为准，{how}"
        finding = Finding(Code.NORMALISED, message, "请核对；应以另一列为准的，只留那一列后重报", double.target.heading)
        told.append((Place(place.file, place.sheet, found.last + 1, f"{b}{found.last + 1}"), finding))
    return told
