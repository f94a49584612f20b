"""Writes how a unit's 附件2 changed since it was reported: as reported, as it stands now, and the difference, each a
row in the official columns. A working sheet: it is signed by nobody and goes nowhere upward."""

from datetime import date

from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex2 import LETTERS, MARK, TITLE, Statistics
from paicha.formats.writers.annex2 import (
    FIGURE_WIDTH,
    FIGURES_AT,
    HEADINGS_AT,
    HEIGHTS,
    LETTERS_AT,
    OFFICIAL,
    REMARK,
    WIDTHS,
    heading_blocks,
    write_figures,
)
from paicha.formats.writers.notes import HANDLING, Provenance, add_notes
from paicha.formats.writers.sheets import (
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

LABEL_WIDTH = 12.0
COLUMNS = {name: column + 1 for name, column in OFFICIAL.items()}  # one to the right: each row says first what it is
SIGNED = "+0;-0;0"


def write_annex2_change(
    path: Target,
    *,
    branch: str,
    reported: Statistics,
    reported_on: date,
    now: Statistics,
    on: date,
    provenance: Provenance,
) -> None:
    """Write the three rows; `reported_on` and `on` are the days of the first two. Raises OSError."""
    last = len(COLUMNS)
    with open_sheet(path, MARK) as (book, styles, sheet):
        set_widths(sheet, [LABEL_WIDTH, *(WIDTHS.get(name, FIGURE_WIDTH) for name in COLUMNS)])
        set_heights(sheet, HEIGHTS)
        blocks = [
            Block(0, 0, 0, 2, MARK, styles.mark()),
            Block(1, 0, 1, last, f"{TITLE}（上报后变化）", styles.title()),
            Block(2, 0, 2, last, f"党支部名称:{branch}", styles.plain()),
            Block(HEADINGS_AT, 0, LETTERS_AT, 0, "", styles.heading()),
        ]
        draw(sheet, blocks + heading_blocks(styles, COLUMNS))
        rows = ((f"上报时\n{reported_on:%Y-%m-%d}", reported), (f"现在\n{on:%Y-%m-%d}", now))
        for row, (label, statistics) in enumerate(rows, FIGURES_AT):
            sheet.set_row(row, fit_height(line_count(statistics.remark, WIDTHS[REMARK]), 40))
            put(sheet, row, 0, label, styles.cell())
            write_figures(sheet, styles, row, COLUMNS, statistics)
        _write_difference(sheet, styles, FIGURES_AT + 2, reported, now)
        draw(sheet, [Block(FIGURES_AT + 3, 0, FIGURES_AT + 3, last, HANDLING, styles.plain())])
        print_on_a4(sheet, tall=1)
        add_notes(book, styles, f"{MARK} {TITLE}（上报后变化）", provenance)


def _write_difference(sheet: Worksheet, styles: Styles, row: int, reported: Statistics, now: Statistics) -> None:
    style = styles.get(num_format=SIGNED, border=1, align="center", shrink=True, bold=True)
    sheet.set_row(row, 40)
    put(sheet, row, 0, "增减", styles.cell())
    for name, column in COLUMNS.items():
        if name in LETTERS:
            sheet.write_number(row, column, now[name] - reported[name], style)
        else:
            put(sheet, row, column, "", styles.cell())
