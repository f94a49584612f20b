"""Writes a branch's prepared workbook: `paicha prepare` makes one a branch from the office's roster.

Sheets: 名册 (the only one to type in), 附件1, 附件2, 情况报告, 说明; hidden: `_calc`, `_lists`, `_paicha`.

Why 附件1 is a pure view. If 附件1 listed the outflow members by formula and the branch typed residence and reason
beside them, each change of a verdict further up would move the names and leave the typed cells where they are: beside
another person, and nobody would notice. So all that is typed stands in 名册 in the person's own row, and 附件1 and
附件2 hold formulas only. `_calc` reads 名册 by row number, so that sorting, inserting, deleting or cutting and pasting
there cannot mix up people either. Only functions of Excel 2010 (and WPS) are used, and every formula has its value
written beside it.
"""

from collections.abc import Sequence

from paicha.domain.annex1 import Head
from paicha.domain.settings import RuleSet
from paicha.formats.own import CONFIDENTIAL
from paicha.formats.readers.parts import without_controls
from paicha.formats.writers.prepared.annex_sheets import write_annex1_view, write_annex2_view
from paicha.formats.writers.prepared.calculation_sheet import Member, write_calculation
from paicha.formats.writers.prepared.formats import Looks
from paicha.formats.writers.prepared.layout import ANNEX1, ANNEX2, CALCULATION, GUIDE, LISTS, MARK, REPORT, ROSTER
from paicha.formats.writers.prepared.lists import write_lists, write_mark
from paicha.formats.writers.prepared.plain_sheet import PlainSheet
from paicha.formats.writers.prepared.report_sheet import write_guide, write_report
from paicha.formats.writers.prepared.roster_sheet import write_roster
from paicha.formats.writers.sheets import Target, open_book


def write_prepared(
    path: Target,
    *,
    branch: str,
    leader: str,
    phone: str,
    members: Sequence[Member],
    rules: RuleSet,
    committee: str,
) -> None:
    """Write the workbook of one branch. `members`: 17 texts in `annex1.Column` order ("" where the roster does not hold
    one), and whether the affiliation is in transit. Raises OSError where `path` (or a file
    object) cannot be written."""
    with open_book(path, constant_memory=False) as book:
        looks = Looks(book)
        names = (ROSTER, ANNEX1, ANNEX2, REPORT, GUIDE, CALCULATION, LISTS, MARK)
        sheets = {name: book.add_worksheet(name, PlainSheet) for name in names}
        figures = write_calculation(sheets[CALCULATION], members, rules.as_of_month)
        head = Head(branch, leader, phone)
        write_roster(sheets[ROSTER], looks, (branch, leader, phone), members, figures)
        write_annex1_view(sheets[ANNEX1], looks, head, figures)
        home_known = rules.home is not None
        write_annex2_view(sheets[ANNEX2], looks, branch, figures, home_known=home_known)
        write_report(sheets[REPORT], looks, branch, figures)
        write_guide(sheets[GUIDE], looks, committee, rules)
        write_lists(book, sheets[LISTS], rules)
        write_mark(sheets[MARK], branch, rules)
        book.set_properties({"title": f"{without_controls(branch)} 流动党员集中排查", "comments": CONFIDENTIAL})
