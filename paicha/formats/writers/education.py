"""Writes 流出党员参加主题教育情况: who takes part, how, when, by what material (notice 二.2). A list of names: no ID
number and no telephone stands on it."""

from collections.abc import Iterable
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from paicha.formats.own import CONFIDENTIAL
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
    set_heights,
    set_widths,
)

TITLE = "流出党员参加主题教育情况"
HEADINGS = (("序号", 7.0), ("姓名", 14.0), ("情况", 12.0), ("怎样参加", 44.0), ("时间", 24.0), ("材料", 44.0))
NOT_YET = "还没有参加"
FIRST = 5  # zero-based row of the first person


class Learner(NamedTuple):
    """A row: `parts` are (how, day, material), one a time."""

    name: str
    status: str
    parts: tuple[tuple[str, str, str], ...]


def write_education(path: Target, *, branch: str, learners: Iterable[Learner], provenance: Provenance) -> None:
    """Write the list; nobody is a blank table that says 无. Raises OSError."""
    listed = list(learners)
    covered = sum(bool(learner.parts) for learner in listed)
    last = len(HEADINGS) - 1
    with open_sheet(path, "主题教育") as (book, styles, sheet):
        set_widths(sheet, [width for _, width in HEADINGS])
        set_heights(sheet, (20, 36, 22, 22, 24))
        blocks = [
            Block(0, 0, 0, last, CONFIDENTIAL, styles.mark()),
            Block(1, 0, 1, last, TITLE, styles.title()),
            Block(2, 0, 2, last, f"党支部名称:{branch}", styles.plain()),
            Block(3, 0, 3, last, f"应参加 {len(listed)} 人，已参加 {covered} 人。", styles.plain()),
            *(Block(4, column, 4, column, text, styles.heading()) for column, (text, _) in enumerate(HEADINGS)),
        ]
        draw(sheet, blocks)
        row = FIRST
        for number, learner in enumerate(listed, 1):
            row = _write_learner(sheet, styles, row, number, learner)
        if not listed:
            draw(sheet, [Block(FIRST, 0, FIRST, last, "无", styles.cell())])
        print_on_a4(sheet, repeat=(4, 4))
        sheet.set_footer(f"&C{PAGE_NUMBERS}")
        add_notes(book, styles, TITLE, provenance)


def _write_learner(sheet: Worksheet, styles: Styles, row: int, number: int, learner: Learner) -> int:
    """One person, a row a time, who it is merged downward; the row after them."""
    parts = learner.parts or ((NOT_YET, "", ""),)
    last = row + len(parts) - 1
    blocks = [
        Block(row, column, last, column, text, styles.cell())
        for column, text in enumerate((str(number), learner.name, learner.status))
    ]
    for at, part in enumerate(parts, row):
        lines = max(line_count(text, width) for text, (_, width) in zip(part, HEADINGS[3:], strict=True))
        sheet.set_row(at, fit_height(lines, 24))
        blocks += [Block(at, column, at, column, text, styles.cell()) for column, text in enumerate(part, 3)]
    draw(sheet, blocks)
    return last + 1
