"""介绍信签收单: whoever takes a letter signs for it. Numbers of letters and names; no ID number stands on it."""

from collections.abc import Sequence
from typing import NamedTuple

from paicha.formats.own import CONFIDENTIAL
from paicha.formats.writers.notes import Provenance, add_notes
from paicha.formats.writers.sheets import (
    PAGE_NUMBERS,
    Block,
    Target,
    draw,
    fit_height,
    line_count,
    open_sheet,
    print_on_a4,
    put,
    set_widths,
)

SHEET = "介绍信签收单"
HEADINGS = ("序号", "编号", "姓名", "党支部", "转往", "有效期至", "领取人签字", "领取日期")
WIDTHS = (6, 18, 10, 22, 40, 12, 18, 14)
FIRST, LEAST = 3, 26.0  # zero-based row of the first person; points of a row in which somebody signs


class Taken(NamedTuple):
    """A letter: its number, whose, of which branch, whither, the last day on which it holds."""

    number: str
    name: str
    branch: str
    destination: str
    last_day: str


def write_letter_list(target: Target, *, title: str, letters: Sequence[Taken], provenance: Provenance) -> None:
    """Write the list, a row a letter, A4 landscape. Raises OSError where the path cannot be written."""
    last = len(HEADINGS) - 1
    with open_sheet(target, SHEET) as (book, styles, sheet):
        set_widths(sheet, WIDTHS)
        sheet.set_row(1, 34)
        sheet.set_row(2, 26)
        draw(
            sheet,
            [
                Block(0, 0, 0, last, CONFIDENTIAL, styles.mark()),
                Block(1, 0, 1, last, f"{title}{SHEET}", styles.title()),
                *(Block(2, column, 2, column, heading, styles.heading()) for column, heading in enumerate(HEADINGS)),
            ],
        )
        for row, letter in enumerate(letters, FIRST):
            texts = (str(row - FIRST + 1), *letter, "", "")
            lines = max(line_count(text, width) for text, width in zip(texts, WIDTHS, strict=True))
            sheet.set_row(row, fit_height(lines, LEAST))
            for column, text in enumerate(texts):
                put(sheet, row, column, text, styles.cell(align="left" if column in (3, 4) else "center"))
        sheet.freeze_panes(FIRST, 3)
        print_on_a4(sheet, repeat=(0, FIRST - 1))
        sheet.set_footer(f"&C{PAGE_NUMBERS}")
        add_notes(book, styles, f"{title}{SHEET}", provenance)
