"""问题清单.xlsx: every finding of one run, for the office. First sheet 汇总 (branch × severity), then 明细.

The branch with most errors stands first in 汇总; 明细 goes by branch, file, sheet, row and column. What belongs to no
known branch comes last in both. Each row names its person, for a clerk looks for a name and not for a cell.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from paicha.domain.findings import Located, Severity
from paicha.formats.own import CONFIDENTIAL, FILLS
from paicha.formats.writers.sheets import (
    HEI,
    PAGE_NUMBERS,
    Block,
    Names,
    Styles,
    draw,
    fit_height,
    line_count,
    open_book,
    print_on_a4,
    put,
    set_widths,
)

TITLE = "问题清单"
UNASSIGNED = "未能认定支部"
LEVELS = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
SUMMARY_WIDTHS = (6, 54, 12, 12, 12, 12)
DETAILS = (
    ("党支部", 19),
    ("文件", 20),
    ("工作表", 9),
    ("行", 6),
    ("单元格", 8),
    ("姓名", 9),
    ("栏目", 11),
    ("问题类别", 13),
    ("程度", 6),
    ("问题", 34),
    ("怎样改", 30),
)
LINES_PER_SHEET = 1_000_000  # a sheet has 1,048,576 rows
_LINE = 13.5  # points that a line of 10 point text takes
_FOOTER = f"&L{CONFIDENTIAL}&C{PAGE_NUMBERS}"
Line = tuple[str, Located]


def write_problems(
    path: Path, *, located: Sequence[Line], summary: Sequence[str] = (), names: Names | None = None
) -> None:
    """Write the list to `path`. `located` are pairs of a branch's name ("" where it is unknown) and a finding;
    `summary` are sentences for the office, below the counts; `names` are those of the people by their rows, as far as
    they are known. Raises OSError where the file cannot be written."""
    lines = sorted(located, key=_order)
    with open_book(path) as book:
        book.set_properties({"title": TITLE, "comments": CONFIDENTIAL})
        styles = Styles(book)
        _write_summary(book.add_worksheet("汇总"), styles, lines, summary)
        for start in range(0, max(len(lines), 1), LINES_PER_SHEET):
            name = f"明细{start // LINES_PER_SHEET + 1}" if start else "明细"
            _write_details(book.add_worksheet(name), styles, lines[start : start + LINES_PER_SHEET], names or {})


def _order(line: Line) -> tuple[bool, str, str, str, int, int, str]:
    branch, place = line[0], line[1].place
    letters = place.cell.rstrip("0123456789")
    return not branch, branch, place.file, place.sheet, place.row, len(letters), letters


def _write_summary(sheet: Worksheet, styles: Styles, lines: Sequence[Line], summary: Sequence[str]) -> None:
    """Branches by their errors, then warnings, then notices, the worst first, what is of no branch last; below the
    total, the sentences: above the heading, which stays in view, a hundred of them would leave no room to scroll in."""
    counts: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for branch, item in lines:
        counts[branch or UNASSIGNED][item.finding.severity] += 1
    set_widths(sheet, SUMMARY_WIDTHS)
    row = _write_across(sheet, 0, TITLE, styles.get(font_name=HEI, font_size=16, align="center"))
    row = _write_across(sheet, row, CONFIDENTIAL, styles.plain())
    headings = ("序号", "党支部", *(level.label for level in LEVELS), "合计")
    sheet.set_row(row, 24)
    for column, heading in enumerate(headings):
        put(sheet, row, column, heading, styles.heading())
    sheet.freeze_panes(row + 1, 0)
    print_on_a4(sheet, repeat=(row, row))
    sheet.set_footer(_FOOTER)
    worst_first = sorted(counts.items(), key=lambda pair: _rank(*pair))
    for number, (branch, by_level) in enumerate(worst_first, start=1):
        _write_counts(sheet, row + number, branch, by_level, styles.cell())
        sheet.write_number(row + number, 0, number, styles.cell())
        put(sheet, row + number, 1, branch, styles.cell(align="left"))
    total = sum(counts.values(), Counter[Severity]())
    _write_counts(sheet, row + len(counts) + 1, "合计", total, styles.heading())
    sheet.autofilter(row, 0, row + max(len(counts), 1), len(headings) - 1)  # the total stays outside of the filter
    row += len(counts) + 3
    for text in (f"需要留意的情况（{len(summary)} 条）", *summary) if summary else ():
        row = _write_across(sheet, row, text, styles.plain())


def _rank(branch: str, by_level: Counter[Severity]) -> tuple[bool, list[int], str]:
    return branch == UNASSIGNED, [-by_level[level] for level in LEVELS], branch


def _write_counts(sheet: Worksheet, row: int, label: str, by_level: Counter[Severity], style: Format) -> None:
    sheet.set_row(row, _height(line_count(label, SUMMARY_WIDTHS[1])))
    sheet.write_blank(row, 0, None, style)
    put(sheet, row, 1, label, style)
    for column, count in enumerate([*(by_level[level] for level in LEVELS), by_level.total()], start=2):
        sheet.write_number(row, column, count, style)


def _write_across(sheet: Worksheet, row: int, text: str, style: Format) -> int:
    """A line of text over all columns, as high as it needs; gives the next row."""
    lines = line_count(text, sum(SUMMARY_WIDTHS) * 10 / style.font_size)
    sheet.set_row(row, fit_height(lines, line=_LINE * style.font_size / 10, around=4))
    draw(sheet, [Block(row, 0, row, len(SUMMARY_WIDTHS) - 1, text, style)])
    return row + 1


def _write_details(sheet: Worksheet, styles: Styles, lines: Sequence[Line], names: Names) -> None:
    widths = [width for _, width in DETAILS]
    set_widths(sheet, widths)
    print_on_a4(sheet, repeat=(0, 0))
    sheet.set_footer(_FOOTER)
    sheet.set_row(0, 24)
    for column, (heading, _) in enumerate(DETAILS):
        put(sheet, 0, column, heading, styles.heading())
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(lines), 1), len(DETAILS) - 1)
    text, centred, heights = styles.cell(align="left"), styles.cell(), _Heights(widths)
    by_level = {
        level: (text, text, *[centred] * 6, styles.cell(fill=FILLS.get(level, "")), text, text) for level in LEVELS
    }
    for row, (branch, item) in enumerate(lines, start=1):
        place, finding = item.place, item.finding
        texts = (
            branch or UNASSIGNED,
            place.file,
            place.sheet,
            "",
            place.cell,
            names.get((place.file, place.sheet, place.row), ""),
            finding.column,
            finding.code.title,
            finding.severity.label,
            finding.message,
            finding.suggestion,
        )
        sheet.set_row(row, heights.of(texts))
        for column, (value, style) in enumerate(zip(texts, by_level[finding.severity], strict=True)):
            put(sheet, row, column, value, style)
        if place.row:
            sheet.write_number(row, 3, place.row, centred)


def _height(lines: int) -> float:
    return fit_height(lines, line=_LINE, around=6)


class _Heights:
    """Heights of rows. The same words come many times, so that each is measured once."""

    def __init__(self, widths: Sequence[float]) -> None:
        self._widths = widths
        self._known: list[dict[str, int]] = [{} for _ in widths]

    def of(self, texts: Sequence[str]) -> float:
        """Points that the row needs, for the longest of `texts` in its column."""
        lines = 1
        for text, width, known in zip(texts, self._widths, self._known, strict=True):
            count = known.get(text)
            if count is None:
                count = known[text] = line_count(text, width)
            lines = max(lines, count)
        return _height(lines)
