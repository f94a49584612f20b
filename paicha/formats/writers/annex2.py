"""Writes 附件2《流出党员有关情况统计表》: the official single sheet as the notice draws it.

Figures are plain whole numbers, 0 where there is nobody; A4 landscape on one page. The office's working sheet over many
branches is in `annex2_summary`.
"""

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex2 import (
    FOOT_LABELS,
    HEADINGS,
    LETTERS,
    MARK,
    NOTES,
    REMARK_HEADING,
    TITLE,
    Dimension,
    Statistics,
)
from paicha.formats.writers.notes import Provenance, add_notes
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

REMARK = "备注"  # stands for the column without a letter, the last of the reasons
COLUMNS = (*LETTERS[: LETTERS.index("V")], REMARK, *LETTERS[LETTERS.index("V") :])
OFFICIAL = {name: column for column, name in enumerate(COLUMNS)}
# So narrow that long headings run downward, two or three characters a line (a column is as many pixels wide as the
# program's own font has it), and the whole sheet fills A4 at nearly its full size.
HEADING_SIZE = 11
FIGURE_WIDTH = 4.5
WIDTHS = {"A": 6.4, REMARK: 12.6, "Y": 8.4, "Z": 6.4}
HEIGHTS = (20, 36, 24, 24, 118, 20)  # points, from the first row to the letters
HEADINGS_AT = 3  # zero-based row of the first of the two heading rows
LETTERS_AT = HEADINGS_AT + 2
FIGURES_AT = LETTERS_AT + 1
FOOT_AREAS = ((0, 8), (9, 17), (18, len(COLUMNS) - 1))


def write_annex2(path: Target, *, branch: str, statistics: Statistics, provenance: Provenance) -> None:
    """Write one unit's 附件2; `branch` is the committee's name on its own copy. Raises OSError where `path` cannot be
    written."""
    with open_sheet(path, MARK) as (book, styles, sheet):
        draw_form(sheet, styles, branch)
        sheet.set_row(FIGURES_AT, fit_height(line_count(statistics.remark, WIDTHS[REMARK]), 48))
        write_figures(sheet, styles, FIGURES_AT, OFFICIAL, statistics)
        draw_foot(sheet, styles)
        add_notes(book, styles, f"{MARK} {TITLE}", provenance)


def draw_form(sheet: Worksheet, styles: Styles, branch: str) -> None:
    """Everything of the official sheet above its figures, with widths and print set-up."""
    set_widths(sheet, [WIDTHS.get(name, FIGURE_WIDTH) for name in COLUMNS])
    set_heights(sheet, HEIGHTS)
    last = len(COLUMNS) - 1
    blocks = [
        Block(0, 0, 0, 2, MARK, styles.mark()),
        Block(1, 0, 1, last, TITLE, styles.title()),
        Block(2, 0, 2, last, f"党支部名称:{branch}", styles.plain()),
    ]
    draw(sheet, blocks + heading_blocks(styles, OFFICIAL))
    print_on_a4(sheet, tall=1)


def draw_foot(sheet: Worksheet, styles: Styles) -> None:
    """Both notes, then 审核领导, 填表人, 联系电话 in one line."""
    last, row = len(COLUMNS) - 1, FIGURES_AT + 1
    notes = [Block(row + n, 0, row + n, last, note, styles.plain()) for n, note in enumerate(NOTES)]
    row += len(NOTES)
    foot = [
        Block(row, first, row, end, f"{label}:", styles.plain())
        for label, (first, end) in zip(FOOT_LABELS, FOOT_AREAS, strict=True)
    ]
    for at, height in ((row - 2, 22), (row - 1, 22), (row, 30)):
        sheet.set_row(at, height)
    draw(sheet, notes + foot)


def heading_blocks(styles: Styles, at: Mapping[str, int], *, apart: bool = False) -> list[Block]:
    """The two heading rows and the letter row; `at` is the column of each name of `COLUMNS`. `apart` puts what stands
    in brackets on lines of its own, which a narrow column would else break anywhere."""
    style, top = styles.heading(HEADING_SIZE), HEADINGS_AT
    blocks, grouped = [], set[str]()
    for dimension in Dimension:
        members = [*dimension.letters, *([REMARK] if dimension is Dimension.REASON else [])]
        blocks.append(Block(top, at[members[0]], top, at[members[-1]], dimension.heading, style))
        grouped.update(members)
    for name, column in at.items():
        heading = REMARK_HEADING if name == REMARK else HEADINGS[name]
        heading = heading.replace("（", "\n（").replace("）", "）\n").strip() if apart else heading
        blocks.append(Block(top + (name in grouped), column, top + 1, column, heading, style))
        blocks.append(Block(LETTERS_AT, column, LETTERS_AT, column, "" if name == REMARK else name, style))
    return blocks


def write_figures(
    sheet: Worksheet, styles: Styles, row: int, at: Mapping[str, int], statistics: Statistics | None
) -> None:
    """One unit's 26 figures and its remark; without statistics blank cells."""
    for name, column in at.items():
        if name == REMARK:
            put(sheet, row, column, statistics.remark if statistics else "", styles.cell(align="left"))
        elif statistics is None:
            put(sheet, row, column, "", styles.cell())
        else:
            sheet.write_number(row, column, statistics[name], styles.number())
