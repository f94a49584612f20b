"""Writes 附件1《流出党员基本信息登记表》as the notice draws it, and the office's flat working sheet 附件1-汇总.

The official form is bare: 附件1, title, head line, 17 columns, the note. Months, ID numbers and telephones are text.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex1 import HEAD_LABELS, MARK, NOTE, TITLE, Column, Head
from paicha.domain.findings import Severity
from paicha.formats.own import FILLS
from paicha.formats.writers.notes import Provenance, add_notes
from paicha.formats.writers.sheets import (
    PAGE_NUMBERS,
    Block,
    Styles,
    Target,
    draw,
    fit_height,
    line_count,
    open_sheet,
    print_on_a4,
    put,
    set_heights,
    set_widths,
)

Marks = Mapping[tuple[int, Column], Severity]
RowMarks = Mapping[Column, Severity]

# Together they print at about three quarters of their size; a residence wraps to two or three lines.
WIDTHS = (4.6, 8, 4.6, 6.6, 8, 4.6, 8, 19.5, 7, 16, 7, 22, 12, 11, 16, 10, 12.5)
WHOLE = frozenset({Column.BIRTH, Column.AGE, Column.JOINED, Column.ID_NUMBER, Column.PHONE, Column.REPORT_PHONE})
WRAPPED = tuple((column, WIDTHS[column]) for column in Column if column not in WHOLE and column != Column.SEQUENCE)
LEFT_ALIGNED = frozenset({Column.EMPLOYER, Column.RESIDENCE, Column.REPORT_BRANCH})
LEGEND = "底色：浅红为错误，须改正；浅黄为提醒，请核对。"
HEAD_AREAS = ((0, Column.ID_NUMBER), (Column.EDUCATION, Column.RESIDENCE), (Column.PHONE, Column.REPORT_PHONE))
LAST = max(Column)
HEADINGS_AT = 3  # zero-based row of the first of the two heading rows
FIRST_PERSON = HEADINGS_AT + 2
BRANCH_HEADING = "所在党支部"
BRANCH_WIDTH = 20.0


class People(NamedTuple):
    """The people of one branch: 17 texts each, and the cells to be marked."""

    branch: str
    entries: Iterable[Sequence[str]]
    marks: Marks


def write_annex1(
    path: Target,
    *,
    head: Head,
    entries: Iterable[Sequence[str]],
    provenance: Provenance,
    marks: Marks | None = None,
) -> None:
    """Write one branch's 附件1. `entries` are 17 texts each, 序号 numbered anew; `marks` fills the cell of the n-th
    entry (from 0) in one column. Nobody at all is a nil return and says 无. Raises OSError where `path` cannot be
    written."""
    with open_sheet(path, MARK) as (book, styles, sheet):
        draw_form(sheet, styles, head)
        end = write_people(sheet, styles, FIRST_PERSON, People(head.branch, entries, marks or {}))
        if end == FIRST_PERSON:
            end = _write_nobody(sheet, styles)
        sheet.set_row(end, 24)
        draw(sheet, [Block(end, 0, end, LAST, NOTE, styles.plain())])
        _tell_text_is_meant(sheet, FIRST_PERSON, end, 0)
        add_notes(book, styles, f"{MARK} {TITLE}", provenance, (LEGEND,) if marks else ())


def write_annex1_summary(
    path: Target,
    *,
    committee: str,
    branches: Iterable[tuple[Head, Sequence[Sequence[str]], Marks]],
    provenance: Provenance,
) -> None:
    """Write the office's working sheet: everybody of every branch in one flat sheet with filters, the 17 columns of
    附件1 behind a column 所在党支部. No form that goes upward. Raises OSError if `path` cannot be written."""
    with open_sheet(path, "汇总") as (book, styles, sheet):
        _draw_summary_top(sheet, styles, committee)
        row = FIRST_PERSON
        for head, entries, marks in branches:
            row = write_people(sheet, styles, row, People(head.branch, entries, marks), named=True)
        sheet.autofilter(FIRST_PERSON - 1, 0, max(row, FIRST_PERSON + 1) - 1, LAST + 1)
        sheet.set_footer(f"&C{PAGE_NUMBERS}")
        _tell_text_is_meant(sheet, FIRST_PERSON, row, 1)
        add_notes(book, styles, f"{MARK} {TITLE}（汇总）", provenance, (LEGEND,))


def draw_form(sheet: Worksheet, styles: Styles, head: Head) -> None:
    """Everything of the form above its first person, with widths, frozen panes and print set-up."""
    set_widths(sheet, WIDTHS)
    set_heights(sheet, (20, 34, 34, 22, 46))
    values = (head.branch, head.leader, head.phone)
    blocks = [Block(0, 0, 0, 1, MARK, styles.mark()), Block(1, 0, 1, LAST, TITLE, styles.title())]
    blocks += [
        Block(2, first, 2, last, f"{label}：{value}", styles.plain())
        for (first, last), label, value in zip(HEAD_AREAS, HEAD_LABELS, values, strict=True)
    ]
    draw(sheet, blocks + heading_blocks(styles))
    sheet.freeze_panes(FIRST_PERSON, Column.NAME + 1)
    print_on_a4(sheet, repeat=(HEADINGS_AT, FIRST_PERSON - 1))


def heading_blocks(styles: Styles, shift: int = 0) -> list[Block]:
    """The two heading rows: 12 headings merged downward, two groups merged across; `shift` columns to the right."""
    style, top = styles.heading(), HEADINGS_AT
    blocks: list[Block] = []
    for group in dict.fromkeys(column.group for column in Column if column.group):
        members = [column + shift for column in Column if column.group == group]
        blocks.append(Block(top, members[0], top, members[-1], group, style))
    for column in Column:
        at = column + shift
        blocks.append(Block(top + bool(column.group), at, top + 1, at, column.heading, style))
    return blocks


def write_people(sheet: Worksheet, styles: Styles, row: int, people: People, *, named: bool = False) -> int:
    """Write people from `row` on, numbered on from the form's first row; the row after the last is given back. `named`
    puts the branch's name in a column before."""
    plain, left, by_row = _row_styles(styles, {}), styles.cell(align="left"), _by_row(people.marks)
    shift, least = int(named), line_count(people.branch, BRANCH_WIDTH) if named else 1
    for index, texts in enumerate(people.entries):
        row_styles = _row_styles(styles, by_row[index]) if index in by_row else plain
        sheet.set_row(row, fit_height(_lines(texts, least)))
        if named:
            put(sheet, row, 0, people.branch, left)
        sheet.write_number(row, shift, row - FIRST_PERSON + 1, row_styles[0])
        for column in range(1, LAST + 1):
            put(sheet, row, column + shift, texts[column], row_styles[column])
        row += 1
    return row


def _lines(texts: Sequence[str], least: int) -> int:
    """Lines that a row needs. Programs other than Excel open a row without a height as one line high, so it is set."""
    for column, width in WRAPPED:
        text = texts[column]
        if 2 * len(text) >= least * (width - 1):  # all full-width it would need more: only then is it worth counting
            least = max(least, line_count(text, width))
    return least


def _row_styles(styles: Styles, marks: RowMarks) -> list[Format]:
    """The 17 formats of a row whose columns are marked so."""
    fills = [FILLS.get(marks[column], "") if column in marks else "" for column in Column]
    number = styles.number(bg_color=fills[0]) if fills[0] else styles.number()
    cells = [
        styles.cell(align="left" if column in LEFT_ALIGNED else "center", fill=fills[column], whole=column in WHOLE)
        for column in Column
        if column != Column.SEQUENCE
    ]
    return [number, *cells]


def _by_row(marks: Marks) -> dict[int, dict[Column, Severity]]:
    rows: dict[int, dict[Column, Severity]] = {}
    for (index, column), severity in marks.items():
        rows.setdefault(index, {})[column] = severity
    return rows


def _write_nobody(sheet: Worksheet, styles: Styles) -> int:
    """The row of a nil return (domain.md, 零报告)."""
    sheet.set_row(FIRST_PERSON, 24)
    for column in Column:
        put(sheet, FIRST_PERSON, column, "无" if column is Column.NAME else "", styles.cell())
    return FIRST_PERSON + 1


def _draw_summary_top(sheet: Worksheet, styles: Styles, committee: str) -> None:
    set_widths(sheet, (BRANCH_WIDTH, *WIDTHS))
    set_heights(sheet, (20, 34, 24, 22, 46))
    top, below = HEADINGS_AT, HEADINGS_AT + 1
    blocks = [
        Block(0, 0, 0, 0, MARK, styles.mark()),
        Block(1, 0, 1, LAST + 1, f"{TITLE}（汇总）", styles.title()),
        Block(2, 0, 2, LAST + 1, f"党委名称：{committee}", styles.plain()),
        Block(top, 0, below, 0, BRANCH_HEADING, styles.heading()),
    ]
    draw(sheet, blocks + heading_blocks(styles, shift=1))
    sheet.freeze_panes(FIRST_PERSON, Column.NAME + 2)
    print_on_a4(sheet, repeat=(top, below))


def _tell_text_is_meant(sheet: Worksheet, first: int, end: int, shift: int) -> None:
    """Keep Excel from flagging months, ID numbers and telephones with green corners as numbers stored as text."""
    area = xl_range(first, shift, max(first, end - 1), LAST + shift)
    sheet.ignore_errors({"number_stored_as_text": area})
