"""Writes 流出党员参加主题教育情况: who takes part, how, when, by what material (notice 二.2). A list of names: no ID
number and no telephone stands on it."""

from collections.abc import Iterable
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

TITLE = "流出党员参加主题教育情况"
HEADINGS = (("序号", 7.0), ("姓名", 14.0), ("情况", 12.0), ("怎样参加", 44.0), ("时间", 24.0), ("材料", 44.0))
NOT_YET = "还没有参加"


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
        sheet.set_row(1, 36)
        blocks = [
            Block(0, 0, 0, last, CONFIDENTIAL, styles.mark()),
            Block(1, 0, 1, last, TITLE, styles.title()),
            Block(2, 0, 2, last, f"党支部名称:{branch}", styles.plain()),
            Block(3, 0, 3, last, f"应参加 {len(listed)} 人，已参加 {covered} 人。", styles.plain()),
            *(Block(4, column, 4, column, text, styles.heading()) for column, (text, _) in enumerate(HEADINGS)),
        ]
        draw(sheet, blocks)
        for row, (number, learner) in enumerate(enumerate(listed, 1), 5):
            parts = learner.parts or ((NOT_YET, "", ""),)
            texts = [
                str(number),
                learner.name,
                learner.status,
                *("\n".join(column) for column in zip(*parts, strict=True)),
            ]
            lines = max(line_count(text, width) for text, (_, width) in zip(texts, HEADINGS, strict=True))
            sheet.set_row(row, fit_height(lines, 22))
            for column, text in enumerate(texts):
                put(sheet, row, column, text, styles.cell())
        if not listed:
            draw(sheet, [Block(5, 0, 5, last, "无", styles.cell())])
        print_on_a4(sheet, repeat=(4, 4))
        sheet.set_footer(f"&C{PAGE_NUMBERS}")
        add_notes(book, styles, TITLE, provenance)
