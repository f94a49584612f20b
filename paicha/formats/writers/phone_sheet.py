"""电话核实表: whom the office calls in an inspection, what the register says, and room for what is found. It holds
telephone numbers in full: it leaves with a password only (register.exporting)."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from paicha.formats.own import CONFIDENTIAL
from paicha.formats.writers.notes import Provenance, add_notes
from paicha.formats.writers.sheets import (
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

SHEET = "电话核实表"
HEADINGS = ("序号", "党支部", "姓名", "联系电话", "现居住地", "单位", "报到的党支部", "核实结果", "说明")
WIDTHS = (5, 18, 9, 14, 28, 22, 18, 16, 24)
RESULTS = "□属实\n□不属实\n□未接通"
FIRST = 4  # row of the first person, counted from 1


@dataclass(frozen=True, slots=True)
class Call:
    """One person as the register has them."""

    branch: str
    name: str
    phone: str
    residence: str
    employer: str
    reported_to: str


def write_phone_sheet(target: Target, *, title: str, calls: Sequence[Call], provenance: Provenance) -> None:
    """Write the sheet, a row a person, A4 landscape. Raises OSError where the path cannot be written."""
    with open_sheet(target, SHEET) as (book, styles, sheet):
        last = len(HEADINGS) - 1
        set_widths(sheet, WIDTHS)
        sheet.set_row(1, 34)
        draw(
            sheet,
            [
                Block(0, 0, 0, last, CONFIDENTIAL, styles.mark()),
                Block(1, 0, 1, last, f"{title}{SHEET}", styles.title()),
                *(Block(2, column, 2, column, heading, styles.heading()) for column, heading in enumerate(HEADINGS)),
            ],
        )
        for row, call in enumerate(calls, FIRST - 1):
            texts = (str(row - FIRST + 2), *astuple(call), RESULTS, "")
            lines = max(line_count(text, width) for text, width in zip(texts, WIDTHS, strict=True))
            sheet.set_row(row, fit_height(lines))
            for column, text in enumerate(texts):
                put(sheet, row, column, text, styles.cell(align="left" if column in (4, 5, 6, 7) else "center"))
        sheet.freeze_panes(FIRST - 1, 3)
        print_on_a4(sheet, repeat=(0, FIRST - 2))
        add_notes(book, styles, f"{title}{SHEET}", provenance, ("只核实台账上已有的情况，不问行踪，不打分排名。",))
