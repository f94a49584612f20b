"""Writes the office's working sheet 附件2-汇总: a row a branch, those that did not report included, and the sums.

Sums and checks are formulas whose values are kept, so that programs that do not calculate read them too. It is no form
that goes upward: that one is `annex2.write_annex2` with the committee's own figures.

It prints on A4 landscape, two pages wide: every office has A4, few have A3, and on one page of A4 the 38 columns come
out at six points. 序号 to A stand on both pages; the first has the people up to 备注, the second direction, Y, Z,
the checks and the problems. So the break is where nobody compares across it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex2 import LETTERS, MARK, NOTES, TITLE, Dimension, Statistics
from paicha.domain.findings import Severity
from paicha.formats.own import FILLS
from paicha.formats.writers import annex2
from paicha.formats.writers.annex2 import (
    FIGURE_WIDTH,
    FIGURES_AT,
    HEADINGS_AT,
    LETTERS_AT,
    OFFICIAL,
    REMARK,
    heading_blocks,
    write_figures,
)
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

RELATIONS = (
    *((f"A={'+'.join(d.letters) if len(d.letters) <= 3 else f'{d.letters[0]}+…+{d.letters[-1]}'}") for d in Dimension),
    "Z≤A",
)
HOLDS, BROKEN = "✓", "✗"


class Unit(NamedTuple):
    """A row of 附件2-汇总: a branch, its figures (None: 未报), where it stands, what is to be looked at, and how many
    of its people are counted in another place too."""

    branch: str
    statistics: Statistics | None
    status: str
    problems: Sequence[str] = ()
    duplicates: int = 0


# 附件2-汇总: before the official columns 序号, 党支部名称, 报送情况; beside A the duplicates; behind Z the checks.
FRONT = (("序号", 4.6), ("党支部名称", 18.0), ("报送情况", 6.4))
DUPLICATES = (len(FRONT) + 1, "其中身份证号重复", FIGURE_WIDTH)
SUMMARY = {name: len(FRONT) + column + (column > 0) for name, column in OFFICIAL.items()}
CHECKS_FROM = SUMMARY["Z"] + 1
CHECKS_HEADING, CHECK_WIDTH = "表间关系核对", 6.2
PROBLEMS = (CHECKS_FROM + len(RELATIONS), "需核对的问题", 49.0)
# The pages are equally wide, by less than 备注: fitted to two pages, Excel passes over a break that is set, and fills
# the first page up to where the second begins here. A test holds the widths to it.
WIDTHS = annex2.WIDTHS | {REMARK: 18.0, "G": 6.0, "L": 6.0, "M": 6.0}
HEIGHTS = (20, 32, 22, 22, 100, 18)  # points, from the first row to the letters
SECOND_PAGE = SUMMARY["V"]
REPEATED = SUMMARY["B"]  # this many columns stand on both pages: up to A and 其中身份证号重复


def write_annex2_summary(
    path: Target, *, committee: str, units: Iterable[Unit], total: Statistics, provenance: Provenance
) -> None:
    """Write the office's working sheet: a row a branch, those that did not report included, and the sums. Raises
    OSError where `path` cannot be written."""
    with open_sheet(path, "汇总") as (book, styles, sheet):
        _draw_summary_top(sheet, styles, committee)
        row, duplicates = FIGURES_AT, 0
        for unit in units:
            _write_unit(sheet, styles, row, unit)
            duplicates += unit.duplicates
            row += 1
        _write_total(sheet, styles, row, total, duplicates)
        broken = book.add_format({"bg_color": FILLS[Severity.ERROR], "font_color": "#9C0006"})
        checks = xl_range(FIGURES_AT, CHECKS_FROM, row, CHECKS_FROM + len(RELATIONS) - 1)
        sheet.conditional_format(checks, {"type": "cell", "criteria": "==", "value": f'"{BROKEN}"', "format": broken})
        notes = (*NOTES, f"核对列由公式得出：{HOLDS} 成立，{BROKEN} 不成立。", "未报的党支部不计入合计。")
        add_notes(book, styles, f"{MARK} {TITLE}（汇总）", provenance, notes)


def _draw_summary_top(sheet: Worksheet, styles: Styles, committee: str) -> None:
    column, heading, width = DUPLICATES
    set_widths(sheet, [width for _, width in FRONT])
    for name, at in SUMMARY.items():
        sheet.set_column(at, at, WIDTHS.get(name, FIGURE_WIDTH))
    sheet.set_column(column, column, width)
    sheet.set_column(CHECKS_FROM, PROBLEMS[0] - 1, CHECK_WIDTH)
    sheet.set_column(PROBLEMS[0], PROBLEMS[0], PROBLEMS[2])
    set_heights(sheet, HEIGHTS)
    singles = [(n, text) for n, (text, _) in enumerate(FRONT)] + [(column, heading), PROBLEMS[:2]]
    style, top = styles.heading(), HEADINGS_AT
    blocks = [
        Block(0, 0, 0, 1, MARK, styles.mark()),
        Block(1, 0, 1, SECOND_PAGE - 1, f"{TITLE}（汇总）", styles.title()),
        Block(2, 0, 2, SECOND_PAGE - 1, f"党委名称：{committee}", styles.plain()),
        Block(top, CHECKS_FROM, top, PROBLEMS[0] - 1, CHECKS_HEADING, style),
        *(Block(top, at, LETTERS_AT, at, text, style) for at, text in singles),
        *(Block(top + 1, at, LETTERS_AT, at, text, style) for at, text in enumerate(RELATIONS, CHECKS_FROM)),
    ]
    draw(sheet, blocks + heading_blocks(styles, SUMMARY, apart=True))
    sheet.freeze_panes(FIGURES_AT, REPEATED)
    _print_two_pages_wide(sheet)


def _print_two_pages_wide(sheet: Worksheet) -> None:
    print_on_a4(sheet, repeat=(HEADINGS_AT, LETTERS_AT), wide=2)
    sheet.set_v_pagebreaks([SECOND_PAGE])
    sheet.repeat_columns(0, REPEATED - 1)
    sheet.print_across()
    sheet.set_footer(f"&L{MARK} {TITLE}（汇总）&C{PAGE_NUMBERS}")


def _write_unit(sheet: Worksheet, styles: Styles, row: int, unit: Unit) -> None:
    remark = unit.statistics.remark if unit.statistics else ""
    problems = "\n".join(unit.problems)
    sheet.set_row(row, _height((unit.branch, FRONT[1][1]), (remark, WIDTHS[REMARK]), (problems, PROBLEMS[2])))
    sheet.write_number(row, 0, row - FIGURES_AT + 1, styles.number())
    put(sheet, row, 1, unit.branch, styles.cell(align="left"))
    put(sheet, row, 2, unit.status, styles.cell())
    write_figures(sheet, styles, row, SUMMARY, unit.statistics)
    if unit.statistics is None:
        put(sheet, row, DUPLICATES[0], "", styles.cell())
    else:
        sheet.write_number(row, DUPLICATES[0], unit.duplicates, styles.number())
    _write_checks(sheet, styles, row, unit.statistics)
    put(sheet, row, PROBLEMS[0], problems, styles.cell(align="left"))


def _height(*cells: tuple[str, float]) -> float:
    """The height of a row that holds these texts in columns so wide."""
    return fit_height(max(line_count(text, width) for text, width in cells))


def _write_total(sheet: Worksheet, styles: Styles, row: int, total: Statistics, duplicates: int) -> None:
    """The row 合计: sums as formulas, with their values kept for programs that do not calculate."""
    bold = styles.number(bold=True)
    sheet.set_row(row, _height((total.remark, WIDTHS[REMARK])))
    for column, text in enumerate(("", "合计", "")):
        put(sheet, row, column, text, styles.cell())
    sums = {SUMMARY[letter]: total[letter] for letter in LETTERS} | {DUPLICATES[0]: duplicates}
    for column, value in sums.items():
        area = xl_range(FIGURES_AT, column, row - 1, column)
        if row > FIGURES_AT:
            sheet.write_formula(row, column, f"=SUM({area})", bold, value)
        else:
            sheet.write_number(row, column, value, bold)
    put(sheet, row, SUMMARY[REMARK], total.remark, styles.cell(align="left"))
    _write_checks(sheet, styles, row, total)
    put(sheet, row, PROBLEMS[0], "", styles.cell())


def _write_checks(sheet: Worksheet, styles: Styles, row: int, statistics: Statistics | None) -> None:
    """The relations of one row as formulas giving ✓ or ✗, blank where the branch did not report."""
    a = xl_rowcol_to_cell(row, SUMMARY["A"])
    tests = [f"{a}=SUM({xl_range(row, SUMMARY[d.letters[0]], row, SUMMARY[d.letters[-1]])})" for d in Dimension]
    tests.append(f"{xl_rowcol_to_cell(row, SUMMARY['Z'])}<={a}")
    broken: list[bool] = []
    if statistics is not None:
        unbalanced = statistics.unbalanced()
        broken = [*(d in unbalanced for d in Dimension), statistics["Z"] > statistics["A"]]
    for n, test in enumerate(tests):
        value = (BROKEN if broken[n] else HOLDS) if broken else ""
        formula = f'=IF({a}="","",IF({test},"{HOLDS}","{BROKEN}"))'
        sheet.write_formula(row, CHECKS_FROM + n, formula, styles.cell(), value)
