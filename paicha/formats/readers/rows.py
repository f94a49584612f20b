"""The people's rows below a table's headings: which rows are people, which are not, and why.

A row with a name, an ID number or other content is a person's. A full row is told by two quick looks at its 序号 and
姓名; only a row with few cells, or with odd ones there, gets the slow look.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter

from paicha.domain import annex2
from paicha.domain.annex1 import MARK, TITLE, Column, RawRow
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.readings import EMPTY_WORDS, CellValue, compact, is_empty
from paicha.formats.readers.columns import Extra, Target
from paicha.formats.readers.dividers import divider, leads
from paicha.formats.readers.doubles import doubles
from paicha.formats.readers.head import head_fields, is_title
from paicha.formats.readers.headings import Found, letters, normal
from paicha.formats.readers.source import Sheet
from paicha.formats.readers.spans import Spans
from paicha.formats.readers.valueless import ERROR_VALUES, Valueless

Row = Sequence[CellValue]
Values = tuple[CellValue, ...]
LONGEST_COLUMN_NUMBER = 5
FEW = 10  # a row with fewer filled cells of the 17 gets the slow look
_ODD_NAME = frozenset(("", *"姓党例示样范合小总共累人名填审注说制（( \t\r\n　【[0123456789*备单领经#"))
_EXAMPLE = re.compile(
    r"^[（(【\[]?(例|示例|样例|例如|范例|填写示例|填表示例)\d*[）)】\]]?[:：]?$|^(示例|样例|范例|例如|例)[:：]"
)
_TOTAL = re.compile(r"^(合计|小计|总计|共计|总数|累计|人数合计|合计人数)([:：]?\d*人?)$")
_FOOT = re.compile(
    r"^(注|备注|说明|填表说明|填报说明|填写说明)[:：]|^(填表人|填报人|制表人?|经办人|审核|审核人|审核领导|审批|领导签字|负责人签字|"
    r"党支部书记签字|单位盖章|党支部盖章|党委盖章|填表日期|填报日期|填表时间|填报时间|上报时间|审核意见)"
)
_FOOT_ALONE = re.compile(
    r"^[（(]?(单位|党支部|党委|党组织)?(盖章|公章)[）)]?|^\d+[.、．]\D{8,}|^\d{4}年\d{1,2}月\d{1,2}日$|^第\d+页"
)
_NOTICE_SAMPLE = frozenset({"197808", "200308", "*省*市*县*街道*社区"})
_LONG_NUMBER = re.compile(r"^\d{15,17}[\dXx]?$")


@dataclass(slots=True)
class People:
    """The people of one table; `next_head` is the index of a row that begins another form's head, if one follows."""

    rows: list[RawRow] = field(default_factory=list)
    findings: list[tuple[Place, Finding]] = field(default_factory=list)
    next_head: int | None = None


def read_people(file: str, sheet: Sheet, found: Found[Target], start: int, branch: str | None) -> People:
    """The people of a sheet from row index `start` to the end, or to the head of a form of another branch than `branch`
    (None: to the end). `found` gives the columns. A cell merged over several people's rows is read for each of them, a
    blank one for which there is a second column of the same meaning is read from there."""
    columns, rows = found.columns, sheet.rows
    people = People()
    place = Place(file, sheet.name)
    valueless = Valueless(place, sheet, columns)
    look, spans = _Look(place, rows, found, branch, valueless), Spans(place, sheet, columns, start)
    second = [(double.target, double.column) for double in doubles(found.headings, columns) if double.exact]
    complete = all(column in columns for column in Column)  # else a missing one is read from beyond every row
    width = 0 if complete else max(map(len, rows), default=0)
    pick = itemgetter(*(columns.get(column, width) for column in Column))
    used = (columns.get(column, width) for column in Column)
    needed = 1 + max(chain(used, (column for _, column in second)))
    verdict = columns.get(Extra.VERDICT, width)
    sequence_at, name_at = int(Column.SEQUENCE), int(Column.NAME)
    few = len(Column) - min(FEW, max(1, len(columns) - 3))
    add = people.rows.append
    for index, row in enumerate(islice(rows, start, None), start):
        padded = row if len(row) >= needed else [*row, *(None,) * (needed - len(row))]
        values = _filled(pick(padded), padded, second) if second else pick(padded)
        sequence, name = values[sequence_at], values[name_at]
        odd = type(name) is not str or name[:1] in _ODD_NAME or (type(sequence) is str and not sequence.isdigit())
        if odd or values.count(None) > few:
            skip = look.skips(index, row, values, people)
            if people.next_head is not None:
                break
            if skip:
                continue
        merged: tuple[Column, ...] = ()
        if index in spans.rows:
            values, merged = spans.read(index, values)
        if index in valueless.formulas or not ERROR_VALUES.isdisjoint(values):
            values = valueless.read(index, values)
        add(RawRow(index + 1, values, padded[verdict] if verdict < len(padded) else None, merged))
    people.findings += [*spans.findings, *valueless.findings()]
    return people


def _filled(values: Values, row: Row, second: Sequence[tuple[Column, int]]) -> Values:
    """The values with those of the second columns where the first ones are blank."""
    cells = list(values)
    for column, index in second:
        if is_empty(cells[column]):
            cells[column] = row[index]
    return tuple(cells)


class _Look:
    """The slow look at one row."""

    def __init__(
        self, place: Place, rows: Sequence[Row], found: Found[Target], branch: str | None, valueless: Valueless
    ) -> None:
        self.place, self.rows, self.columns, self.branch = place, rows, found.columns, branch
        self.valueless = valueless
        self.labels: dict[int, set[str]] = {}
        for heading in found.headings:
            self.labels[heading.column] = {heading.text, heading.group} - {""}

    def skips(self, index: int, row: Row, values: Values, people: People) -> bool:
        """Whether a row is nobody's; adds a notice where it was more than blank or printed, and `next_head`."""
        told = [(column, text) for column, value in enumerate(values) if (text := _word(value))]
        if self._divides(index, row, people):
            return True
        if not any(column != Column.SEQUENCE and text not in ERROR_VALUES for column, text in told):
            self.valueless.lose(index, values)
            if any(_word(value) for value in row):  # in 序号, or outside the table's columns
                self._is_head(index, row, people) or self._is_total(index, row, values, people)
            return True
        if any(_LONG_NUMBER.match(text) for column, text in told if column == Column.ID_NUMBER):
            return self._is_example(index, row, values, people)
        if self._is_printed(row, told) or self._is_head(index, row, people):
            return True
        return self._is_example(index, row, values, people) or self._is_total(index, row, values, people)

    def _is_printed(self, row: Row, told: list[tuple[int, str]]) -> bool:
        """A repeated heading, a line of column numbers, a title, a note, a foot, or the notice's own sample."""
        filled = [(column, value) for column, value in enumerate(row) if _word(value)]
        repeated = sum(1 for column, value in filled if normal(value) in self.labels.get(column, ()))
        said = {text for column, text in told if column != Column.SEQUENCE}
        if 2 * repeated >= len(filled) or (said <= _NOTICE_SAMPLE and len(said) > 1):
            return True
        words = [_word(value) for _, value in filled]
        numbers = [int(text) for text in words if text.isdecimal() and len(text) <= LONGEST_COLUMN_NUMBER]
        if len(numbers) == len(filled) >= 5 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return True
        first = _word(filled[0][1])
        if is_title(filled[0][1], MARK, TITLE, annex2.MARK, annex2.TITLE) or _FOOT.match(first):
            return True
        return len(filled) <= 2 and bool(_FOOT_ALONE.match(first))

    def _divides(self, index: int, row: Row, people: People) -> bool:
        """A branch's name alone in a row: the next branch's people begin here, where another branch's were read."""
        branch = divider(index, row)
        column = next((column for column, value in enumerate(row) if _word(value)), 0)
        # Further right it is what a person's row goes on with; in its own column it is a row made ready for a person.
        if not branch or column > self.columns.get(Column.NAME, 0) or column == self.columns.get(Extra.BRANCH):
            return False
        if self.branch is not None and normal(branch) == normal(self.branch):
            return True
        if self.branch is not None and leads(index, self.rows):
            people.next_head = index
        else:
            message = f"这一行像是党支部名称（{branch}），没有按另一个党支部读取"
            advice = (
                "请在“所在党支部”一列逐人填写" if self.branch is None else "如果这个党支部没有流出党员，请在下面写“无”"
            )
            people.findings.append(self._skipped(index, row, message, advice))
        return True

    def _is_head(self, index: int, row: Row, people: People) -> bool:
        """A head's line printed again; where it names another branch, another form begins here."""
        filled = [value for value in row if _word(value)]
        # A person's row begins with a number or a name, whatever stands further right.
        if len(filled) > 8 or not head_fields(index, filled[:1]) or not (fields := head_fields(index, row)):
            return False
        branch = fields.get("branch", "")
        if branch and self.branch is not None and normal(branch) != normal(self.branch):
            people.next_head = index
        return True

    def _is_example(self, index: int, row: Row, values: tuple[CellValue, ...], people: People) -> bool:
        marks = [_word(values[Column.SEQUENCE]), _word(values[Column.NAME])]
        if not any(_EXAMPLE.match(mark) for mark in marks):
            return False
        people.findings.append(
            self._skipped(index, row, "这一行是填写示例，没有计入", "如果是真实党员，请填写本人姓名和序号")
        )
        return True

    def _is_total(self, index: int, row: Row, values: tuple[CellValue, ...], people: People) -> bool:
        filled = [_word(value) for value in row if _word(value)]
        marks = [filled[0], _word(values[Column.NAME])]
        if not any(_TOTAL.match(mark) for mark in marks):
            return False
        if len(filled) > 1 or any(mark[-1:].isdigit() or mark.endswith("人") for mark in marks):
            people.findings.append(self._skipped(index, row, "这一行是合计，没有计入", "人数由程序按名单计算"))
        return True

    def _skipped(self, index: int, row: Row, message: str, suggestion: str) -> tuple[Place, Finding]:
        column = next(column for column, value in enumerate(row) if _word(value))
        cell = f"{letters(column)}{index + 1}"
        place = Place(self.place.file, self.place.sheet, index + 1, cell)
        return place, Finding(Code.SKIPPED, message, suggestion)


def _word(value: CellValue) -> str:
    """A cell's text for telling rows apart; "" for blank and for the words that mean empty."""
    if value is None:
        return ""
    text = compact(value)
    return "" if text in EMPTY_WORDS else text
