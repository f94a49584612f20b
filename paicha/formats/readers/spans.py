"""Cells merged downward over several people's rows: whose value they are.

A residence or a report-in branch written once for several people holds for each of them, and that is said. A name, an
ID number or a telephone is one person's own: the rows below it stay empty there and ask for the cells to be split.
"""

from collections import defaultdict
from collections.abc import Mapping

from paicha.domain.annex1 import Column
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.readings import CellValue, is_empty
from paicha.formats.readers.columns import Target
from paicha.formats.readers.headings import letters
from paicha.formats.readers.source import Merged, Sheet

_OWN = frozenset({Column.NAME, Column.ID_NUMBER, Column.PHONE})
_SPLIT = "如果各人情况不同，请取消合并单元格后逐人填写"
Values = tuple[CellValue, ...]


class Spans:
    """The merged areas of one table's people. Rows are given to `read` from above to below, each person's row once;
    only `rows` need be given. `findings` grow by one notice for each area whose value was read for several rows."""

    def __init__(self, place: Place, sheet: Sheet, columns: Mapping[Target, int], start: int) -> None:
        self.rows: dict[int, list[tuple[Column, Merged]]] = defaultdict(list)
        self.findings: list[tuple[Place, Finding]] = []
        self._place = place
        self._first: dict[tuple[Column, Merged], CellValue] = {}  # what a person wrote in an area's first row
        self._told: set[tuple[Column, Merged]] = set()
        by_left = {index: target for target, index in columns.items() if isinstance(target, Column)}
        by_left.pop(columns.get(Column.SEQUENCE, -1), None)
        ended: dict[int, int] = {}  # areas may not overlap; a file that says so must not cost more than its cells
        for area in sorted(sheet.merged):
            top, left, bottom, _ = area
            column = by_left.get(left)
            if column is None or top < start or top <= ended.get(left, -1):
                continue
            ended[left] = bottom
            for index in range(top, min(bottom + 1, len(sheet.rows))):
                self.rows[index].append((column, area))

    def read(self, index: int, values: Values) -> tuple[Values, tuple[Column, ...]]:
        """The values of a person's row with those of merged areas; and the columns that stay empty in it because the
        area's value is another person's own."""
        own, cells = [], list(values)
        for column, area in self.rows[index]:
            if index == area[0]:
                self._first[column, area] = values[column]
            elif not is_empty(self._first.get((column, area))):
                if column in _OWN:
                    own.append(column)
                else:
                    cells[column] = self._first[column, area]
                    self._tell(column, area)
        return tuple(cells), tuple(own)

    def _tell(self, column: Column, area: Merged) -> None:
        if (column, area) in self._told:
            return
        self._told.add((column, area))
        top, left, bottom, _ = area
        first = f"{letters(left)}{top + 1}"
        message = f"{first}:{letters(left)}{bottom + 1}是合并单元格，各行都按{first}的内容读取"
        place = Place(self._place.file, self._place.sheet, top + 1, first)
        self.findings.append((place, Finding(Code.NORMALISED, message, _SPLIT, column.heading)))
