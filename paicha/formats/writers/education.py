"""Writes 流出党员参加主题教育情况: who takes part, how, when, by what material (notice 二.2). A list of names: no ID
number and no telephone stands on it."""

from collections.abc import Iterable
from datetime import date
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

COVERAGE_TITLE = "流出党员参加主题教育覆盖情况"
COVERAGE = (("党支部", 40.0), ("应参加", 10.0), ("已参加", 10.0), ("覆盖率", 10.0), ("还没有参加的人", 70.0))
TITLE = "流出党员参加主题教育情况"
HEADINGS = (("序号", 7.0), ("姓名", 14.0), ("情况", 12.0), ("怎样参加", 44.0), ("时间", 24.0), ("材料", 44.0))
NOT_YET = "还没有参加"
FIRST = 5  # zero-based row of the first person


class Learner(NamedTuple):
    """A row: `parts` are (how, day, material), one a time; `lacks` says how far it is with somebody who has none."""

    name: str
    status: str
    parts: tuple[tuple[str, str, str], ...]
    lacks: str = ""


class Line(NamedTuple):
    """A branch: how many are to take part, how many do, the names of those left out ((): none, or too many)."""

    branch: str
    whole: int
    covered: int
    left_out: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        left = self.whole - self.covered
        percent = f"{self.covered * 100 // self.whole}%" if self.whole else "—"
        who = "、".join(self.left_out) if self.left_out else (f"{left} 人" if left else "")
        return self.branch, str(self.whole), str(self.covered), percent, who


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
    not_yet = f"{NOT_YET}（{learner.lacks}）" if learner.lacks else NOT_YET
    parts = learner.parts or ((not_yet, "", ""),)
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


def write_education_coverage(
    path: Target, *, committee: str, lines: Iterable[Line], today: date, provenance: Provenance
) -> None:
    """Write coverage by branch as of `today`, with the names of those left out. Raises OSError."""
    listed = list(lines)
    whole, covered = sum(line.whole for line in listed), sum(line.covered for line in listed)
    last = len(COVERAGE) - 1
    told = f"截至 {today.isoformat()}，应参加 {whole} 人，已参加 {covered} 人，还没有 {whole - covered} 人。"
    with open_sheet(path, "主题教育覆盖") as (book, styles, sheet):
        set_widths(sheet, [width for _, width in COVERAGE])
        set_heights(sheet, (20, 36, 22, 22, 24))
        draw(
            sheet,
            [
                Block(0, 0, 0, last, CONFIDENTIAL, styles.mark()),
                Block(1, 0, 1, last, COVERAGE_TITLE, styles.title()),
                Block(2, 0, 2, last, committee, styles.plain()),
                Block(3, 0, 3, last, told, styles.plain()),
                *(Block(4, column, 4, column, text, styles.heading()) for column, (text, _) in enumerate(COVERAGE)),
            ],
        )
        for row, line in enumerate(listed, FIRST):
            sheet.set_row(row, fit_height(line_count(line.cells[-1], COVERAGE[-1][1]), 24))
            draw(sheet, [Block(row, at, row, at, text, styles.cell()) for at, text in enumerate(line.cells)])
        print_on_a4(sheet, repeat=(4, 4))
        sheet.set_footer(f"&C{PAGE_NUMBERS}")
        add_notes(book, styles, COVERAGE_TITLE, provenance)
