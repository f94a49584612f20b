"""Cells that a formula left without a value: error values (#REF!), and formulas that no program has calculated.

Read as blank they would vanish from a person's row in silence; so each is told at its cell. A row that a formula was to
fill with a name, and did not, is nobody's: how many such rows there are is told once.
"""

from collections import defaultdict
from collections.abc import Mapping

from paicha.domain.annex1 import Column
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.readings import CellValue
from paicha.formats.readers.columns import Target
from paicha.formats.readers.headings import letters
from paicha.formats.readers.source import Sheet

# ECMA-376 18.18.11 and what came later; Err:… is LibreOffice's.
ERROR_VALUES = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
    | {f"Err:{number}" for number in range(501, 541)}
)
SAVE_ONCE = "请用 WPS 或 Excel 打开这个文件，保存一次后再交"
NOT_CALCULATED = "是公式，文件里没有计算结果"
_OF_PERSON = (Column.NAME, Column.ID_NUMBER)
Values = tuple[CellValue, ...]


def is_error(value: CellValue) -> bool:
    """Whether a cell holds an error value, be it typed or pasted as text."""
    return isinstance(value, str) and value in ERROR_VALUES


def error_value(value: CellValue, heading: str) -> Finding:
    """What is said of a cell with an error value."""
    message = f"格里是错误值（{value}）"
    return Finding(Code.UNREADABLE, message, "请改正公式，或直接填写内容后再交", heading)


class Valueless:
    """The cells without a value of one table's people; `findings` grow as rows are given to `read` and `lose`."""

    def __init__(self, place: Place, sheet: Sheet, columns: Mapping[Target, int]) -> None:
        self._place, self._columns = place, columns
        self._lost: list[tuple[int, Column, str]] = []  # row index, the cell, what is wrong with it
        self._findings: list[tuple[Place, Finding]] = []
        of = {index: target for target, index in columns.items() if isinstance(target, Column)}
        self.formulas: dict[int, set[Column]] = defaultdict(set)
        for index, column in sheet.uncalculated:
            if column in of:
                self.formulas[index].add(of[column])

    def read(self, index: int, values: Values) -> Values:
        """A person's values with None for error values; each such cell is told, but for 序号, which is counted anew."""
        for column in Column:
            if column is Column.SEQUENCE:
                continue
            if is_error(values[column]):
                self._tell(index, column, error_value(values[column], column.heading))
            elif column in self.formulas.get(index, ()) and values[column] is None:
                message = f"“{column.heading}”{NOT_CALCULATED}"
                self._tell(index, column, Finding(Code.UNREADABLE, message, SAVE_ONCE, column.heading))
        return tuple([None if is_error(value) else value for value in values])

    def lose(self, index: int, values: Values) -> None:
        """Note a row without content of a person's own, if a name or an ID number was to stand in it."""
        for column in _OF_PERSON:
            if is_error(values[column]):
                self._lost.append((index, column, f"是错误值（{values[column]}）"))
            elif column in self.formulas.get(index, ()):
                self._lost.append((index, column, NOT_CALCULATED))
            else:
                continue
            return

    def findings(self) -> list[tuple[Place, Finding]]:
        """What was told of cells, and one finding for all rows that are nobody's."""
        if not self._lost:
            return self._findings
        index, column, why = self._lost[0]
        more = f"；这样的共{len(self._lost)}行" if len(self._lost) > 1 else ""
        message = f"“{column.heading}”{why}，这一行没有计入{more}"
        suggestion = SAVE_ONCE if why == NOT_CALCULATED else "请改正公式，或直接填写内容后再交；不是党员的行请删去"
        finding = Finding(Code.UNREADABLE, message, suggestion, column.heading)
        return [*self._findings, (self._at(index, column), finding)]

    def _tell(self, index: int, column: Column, finding: Finding) -> None:
        self._findings.append((self._at(index, column), finding))

    def _at(self, index: int, column: Column) -> Place:
        cell = f"{letters(self._columns[column])}{index + 1}"
        return Place(self._place.file, self._place.sheet, index + 1, cell)
