"""附件2 out of a sheet or a table: 26 figures, the remark, whose they are, and as of which day."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from paicha.domain import annex2
from paicha.domain.annex2 import LETTERS, SentStatistics
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.masking import quote, read_as
from paicha.domain.readings import CellValue, as_text, compact, is_empty
from paicha.formats.readers.head import as_of_day, is_title, read_head
from paicha.formats.readers.headings import SEARCH_COLUMNS, SEARCH_ROWS, Found, Heading, find, letters, normal
from paicha.formats.readers.source import Sheet
from paicha.formats.readers.valueless import error_value, is_error

REMARK, UNIT = "备注", "单位"
FEWEST_LETTERS = 10
MOST_PEOPLE = 999_999_999  # nine digits, as in _NUMBER
FEWEST_HEADINGS = 8
FEWEST_MORE = 3
_EXACT = {normal(heading): letter for letter, heading in annex2.HEADINGS.items()}
_NEARLY = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"^备注", REMARK),
        (r"^(党支部名称|党支部|支部名称|支部|单位名称|单位|填报单位|党组织名称)$", UNIT),
        (r"(已|经督促).*转移.*组织关系|^转移组织关系", "Y"),
        (r"已.*报到|^报到.*人数", "Z"),
        (r"^流[出动]党员(总|人)数?数?$", "A"),
        (r"^男", "B"),
        (r"^女", "C"),
        (r"^(不满|未满)?35岁?(周岁)?(以下|及以下)", "D"),
        (r"^3[56]岁?(周岁)?[至到\-—~～]?(59|60)", "E"),
        (r"^60岁?(周岁)?(及?以上)", "F"),
        (r"^(高中|中专)", "G"),
        (r"^(大专|专科)", "H"),
        (r"^(大学)?本科", "I"),
        (r"^个体", "J"),
        (r"建筑", "K"),
        (r"^(两新|新经济|新社会)", "L"),
        (r"派驻", "M"),
        (r"快递", "N"),
        (r"外卖|送餐", "O"),
        (r"网约车", "P"),
        (r"货车", "Q"),
        (r"照顾家庭|异地居住", "R"),
        (r"灵活就业", "S"),
        (r"(尚未|未|待)就业", "T"),
        (r"^其他", "U"),
        (r"^(市州内|市内|本市州?内)", "V"),
        (r"^(市州?外省内|省内市外|省内)", "W"),
        (r"^(省外|外省)", "X"),
    )
)
_ANY_NEARLY = re.compile("|".join(pattern.pattern for pattern, _ in _NEARLY))
_NUMBER = re.compile(r"^\+?(\d{1,9})(?:\.0+)?(?:人|名|个|位)?$")
_TOTAL = re.compile(r"^(合计|总计|小计|共计|总数|累计)")
LONGEST_LETTER = 8  # characters of a cell that names a figure's letter: “A 栏”, with white space
_UNIT_NAME = re.compile(r"支部|总支|党委|委员会|党组")  # a column without a heading may also say 人数
_FOOT = re.compile(r"^(注|说明|备注)[:：]|^(审核|填表|填报|制表|单位盖章|联系电话|2\.)")


@dataclass(slots=True)
class Table:
    """Where the figures are: column of each letter, of remark and unit; rows `first` … `last` are headings."""

    first: int
    last: int
    columns: dict[str, int]
    remark: int | None
    unit: int | None


@dataclass(slots=True)
class Sent:
    """What one sheet gave."""

    statistics: list[SentStatistics] = field(default_factory=list)
    findings: list[tuple[Place, Finding]] = field(default_factory=list)


def _letter_of(text: str) -> str | None:
    if text in _EXACT or not _ANY_NEARLY.search(text):
        return _EXACT.get(text)
    return next(letter for pattern, letter in _NEARLY if pattern.search(text))


def _columns(headings: Sequence[Heading]) -> dict[str, int]:
    found: dict[str, int] = {}
    for heading in headings:
        letter = _letter_of(heading.text)
        if letter is not None:
            found.setdefault(letter, heading.column)
    return found


def _letter_row(rows: Sequence[Sequence[CellValue]], start: int) -> tuple[int, dict[str, int]] | None:
    """The row of letters A … Z and the column of each."""
    for index in range(start, min(len(rows), start + SEARCH_ROWS)):
        found: dict[str, int] = {}
        for column, value in enumerate(rows[index][:SEARCH_COLUMNS]):
            if isinstance(value, str) and len(value) <= LONGEST_LETTER:
                text = compact(value).upper().rstrip("栏项")
                if len(text) == 1 and text in LETTERS:
                    found.setdefault(text, column)
        if len(found) >= FEWEST_LETTERS:
            return index, found
    return None


def find_table(rows: Sequence[Sequence[CellValue]], start: int = 0) -> Table | None:
    """The table from row index `start` on, by its letters and its headings; the letters have the last word."""
    lettered = _letter_row(rows, start)
    above: Sequence[Sequence[CellValue]] = rows[: lettered[0]] if lettered else rows
    named: Found[str] | None = find(above, _columns, lambda columns: len(columns) >= FEWEST_HEADINGS, start)
    if lettered is None and (named is None or len(set(named.columns) & set(LETTERS)) < FEWEST_HEADINGS):
        return None
    columns = dict(named.columns) if named else {}
    first = named.first if named else lettered[0] if lettered else 0
    last = named.last if named else 0
    remark, unit = columns.pop(REMARK, None), columns.pop(UNIT, None)
    if lettered:
        last = lettered[0]
        taken = set(lettered[1].values())
        columns = {letter: column for letter, column in columns.items() if column not in taken} | lettered[1]
    if remark is None and {"U", "V"} <= columns.keys() and columns["V"] - columns["U"] == 2:
        remark = columns["U"] + 1
    return Table(first, last, columns, remark, unit)


def read_statistics(file: str, sheet: Sheet, table: Table, preamble: tuple[str, ...] = ()) -> Sent:
    """The figures below the headings: one row, or one a unit where a column names units. Rows of 合计 are
    skipped with a notice; a table without any figure is taken as not filled in."""
    reader = _Reader(file, sheet, table, preamble)
    sent = Sent()
    unsaved = reader.uncalculated_rows()
    for index in sorted({*range(table.last + 1, len(sheet.rows)), *unsaved}):
        row = sheet.rows[index] if index < len(sheet.rows) else []
        unit = reader.unit(row)
        if index in unsaved and not _TOTAL.match(compact(unit[0])) and (unit[0] or not sent.statistics):
            place = Place(file, sheet.name, index + 1, f"{letters(min(table.columns.values()))}{index + 1}")
            sent.findings.append((place, _UNCALCULATED))
            return Sent(findings=sent.findings)
        # Below the figures a number or two are somebody's own reckoning, unless a unit's name stands before them.
        if not reader.holds_figures(row, FEWEST_MORE if sent.statistics and not unit[0] else 1):
            continue
        if _TOTAL.match(compact(unit[0])) or (sent.statistics and not unit[0]):
            why = "这一行是合计" if _TOTAL.match(compact(unit[0])) else "这一行没有写明党支部"
            finding = Finding(Code.SKIPPED, f"{why}，没有计入", "如果是某个党支部的数据，请在行首写上党支部名称")
            sent.findings.append((Place(file, sheet.name, index + 1), finding))
            continue
        sent.statistics.append(reader.read(index, unit))
    if not sent.statistics:
        finding = Finding(Code.SKIPPED, "附件2没有填写数字，按没有报送附件2处理", "没有流出党员的，请各栏填0后重报")
        sent.findings.append((Place(file, sheet.name, table.last + 1), finding))
    return sent


_UNCALCULATED = Finding(
    Code.FILE,
    "附件2各栏是公式，文件里没有计算结果，附件2没有读取",
    "请用 WPS 或 Excel 打开这个文件，保存一次后再交",
)


class _Reader:
    """Reads rows of one table."""

    def __init__(self, file: str, sheet: Sheet, table: Table, preamble: tuple[str, ...]) -> None:
        self.file, self.sheet, self.table = file, sheet, table
        above = [(index, sheet.rows[index]) for index in range(table.first)]
        self.head = read_head(above, preamble)
        below = sheet.rows[table.last + 1 : table.last + 1 + SEARCH_ROWS]
        self.as_of = as_of_day([*(row for _, row in above), *below], preamble)
        left = min(table.columns.values())
        self.unit_columns = [table.unit] if table.unit is not None else list(range(left))

    def holds_figures(self, row: Sequence[CellValue], fewest: int) -> bool:
        """Whether a row has `fewest` numbers at least, or many words, and is neither foot nor title nor headings."""
        first = next((value for value in row if not is_empty(value)), None)
        if first is None or _FOOT.match(compact(first)) or is_title(first, annex2.MARK, annex2.TITLE):
            return False
        values = {letter: row[c] for letter, c in self.table.columns.items() if c < len(row) and not is_empty(row[c])}
        if not values or all(normal(value) == letter.lower() for letter, value in values.items()):
            return False
        numbers = sum(1 for value in values.values() if read_figure(value) is not None)
        return numbers >= fewest or len(values) >= FEWEST_HEADINGS

    def uncalculated_rows(self) -> set[int]:
        """Indexes of the rows below the headings whose figures are formulas that nobody has calculated."""
        columns = set(self.table.columns.values())
        counted = Counter(row for row, column in self.sheet.uncalculated if row > self.table.last and column in columns)
        return {row for row, formulas in counted.items() if formulas >= FEWEST_LETTERS}

    def unit(self, row: Sequence[CellValue]) -> tuple[str, int]:
        """The unit's name in a row and its column; ("", 0) where the row names none."""
        for column in self.unit_columns:
            if (
                column < len(row)
                and isinstance(row[column], str)
                and not is_empty(row[column])
                and not is_error(row[column])
            ):
                text = as_text(row[column])
                named = self.table.unit is not None or _UNIT_NAME.search(text) or _TOTAL.match(compact(text))
                if named and read_figure(text) is None:
                    return text, column
        return "", 0

    def read(self, index: int, unit: tuple[str, int]) -> SentStatistics:
        """One row's figures."""
        figures: dict[str, int] = {}
        findings: list[tuple[Place, Finding]] = []
        for letter in LETTERS:
            figure, finding = self._figure(index, letter)
            if figure is not None:
                figures[letter] = figure
            if finding is not None:
                findings.append((self._place(index, letter), finding))
        remark, of_remark = self._remark(index)
        cells = {letter: self._place(index, letter).cell for letter in LETTERS if letter in self.table.columns}
        name, column = unit
        return SentStatistics(
            self.file,
            self.sheet.name,
            branch=name or self.head.branch,
            figures=figures,
            cells=cells,
            row=index + 1,
            remark=remark,
            as_of=self.as_of,
            branch_cell=f"{letters(column)}{index + 1}" if name else self.head.branch_cell,
            findings=(*findings, *self._blanks(index, cells), *of_remark),
        )

    def _figure(self, index: int, letter: str) -> tuple[int | None, Finding | None]:
        """One cell's figure, None where it cannot be read, and what is to be said of it. A blank one is 0."""
        column = self.table.columns.get(letter)
        if column is None:
            return None, _no_column(letter)
        value = self._cell(index, column)
        if (index, column) in self.sheet.uncalculated:
            return None, _no_result(letter)
        if is_empty(value):
            return 0, None
        if is_error(value):
            return None, error_value(value, annex2.HEADINGS[letter])
        figure = read_figure(value)
        if figure is None:
            return None, _unreadable(letter, value)
        if isinstance(value, str) and value != str(figure):
            return figure, read_as(value, str(figure)).at(annex2.HEADINGS[letter])
        return figure, None

    def _blanks(self, index: int, cells: dict[str, str]) -> list[tuple[Place, Finding]]:
        """One notice for all cells left blank."""
        columns = {letter: self.table.columns[letter] for letter in cells}
        blank = [
            letter
            for letter, column in columns.items()
            if is_empty(self._cell(index, column)) and (index, column) not in self.sheet.uncalculated
        ]
        if not blank:
            return []
        return [(self._place(index, blank[0]), _blank(blank, [cells[letter] for letter in blank]))]

    def _remark(self, index: int) -> tuple[str, list[tuple[Place, Finding]]]:
        column = self.table.remark
        value = self._cell(index, column) if column is not None else None
        if column is not None and is_error(value):
            place = Place(self.file, self.sheet.name, index + 1, f"{letters(column)}{index + 1}")
            return "", [(place, error_value(value, REMARK))]
        return "" if is_empty(value) else as_text(value), []

    def _cell(self, index: int, column: int) -> CellValue:
        row = self.sheet.rows[index]
        return row[column] if column < len(row) else None

    def _place(self, index: int, letter: str) -> Place:
        """A figure's cell; of a letter without a column, the row."""
        column = self.table.columns.get(letter)
        cell = f"{letters(column)}{index + 1}" if column is not None else ""
        return Place(self.file, self.sheet.name, index + 1, cell)


def read_figure(value: CellValue) -> int | None:
    """A whole number of people: 12, 12.0, "12人", full-width digits; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return int(value) if 0 <= value <= MOST_PEOPLE and value == int(value) else None
    match = _NUMBER.match(compact(value)) if isinstance(value, str) else None
    return int(match[1]) if match else None


def _unreadable(letter: str, value: CellValue) -> Finding:
    heading = annex2.HEADINGS[letter]
    return Finding(
        Code.UNREADABLE, f"{letter}栏“{heading}”写的{quote(value)}不是人数", "请填写整数，没有的填0", heading
    )


def _no_result(letter: str) -> Finding:
    heading = annex2.HEADINGS[letter]
    message = f"{letter}栏“{heading}”是公式，文件里没有计算结果"
    return Finding(Code.UNREADABLE, message, _UNCALCULATED.suggestion, heading)


def _no_column(letter: str) -> Finding:
    heading = annex2.HEADINGS[letter]
    return Finding(Code.UNREADABLE, f"表中没有{letter}栏“{heading}”", "请使用附件2原表，各栏齐全后重报", heading)


def _blank(blank: Sequence[str], cells: Sequence[str]) -> Finding:
    return Finding(
        Code.NORMALISED,
        f"{'、'.join(blank)}栏空白（{'、'.join(cells)}），按0计",
        "没有的请填0；如果这些格里是公式，请用 WPS 或 Excel 打开并保存一次再报",
    )
