"""附件1 out of a sheet or a table: its head, which column is which, its people (domain.md, 附件1)."""

from collections.abc import Sequence
from dataclasses import replace

from paicha.domain.annex1 import REQUIRED, Column, Form, Head, RawRow
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.readings import CellValue, as_text, is_empty
from paicha.formats.readers.columns import Extra, Target, register_columns
from paicha.formats.readers.head import head_fields, read_head
from paicha.formats.readers.headings import Found, find, letters
from paicha.formats.readers.rows import read_people
from paicha.formats.readers.source import Sheet

FEWEST_COLUMNS = 4
# What only the register has: without one of these a list of people with ID numbers is a roster.
_OF_REGISTER = {Column.RESIDENCE, Column.REASON, Column.EMPLOYER, Column.REPORT_BRANCH, Column.REPORT_CONTACT}


def find_register(rows: Sequence[Sequence[CellValue]], start: int = 0) -> Found[Target] | None:
    """The headings of an 附件1 from row index `start` on; None where there are none."""
    return find(rows, register_columns, _are_enough, start)


def _are_enough(columns: dict[Target, int]) -> bool:
    known = sum(1 for target in columns if isinstance(target, Column))
    return known >= FEWEST_COLUMNS and (Column.NAME in columns or Column.ID_NUMBER in columns)


def is_register(found: Found[Target]) -> bool:
    """Whether the columns found are those of a register rather than of a plain roster."""
    return any(target in _OF_REGISTER for target in found.columns)


def reports_outflow(found: Found[Target]) -> bool:
    """Whether there is a column that no roster has: why a member left, or where they report in."""
    return any(column in found.columns for column in (Column.REASON, Column.REPORT_BRANCH, Column.REPORT_CONTACT))


def read_forms(
    file: str, modified: str, sheet: Sheet, found: Found[Target], preamble: tuple[str, ...] = ()
) -> list[Form]:
    """The forms of one sheet whose headings are `found`: one, or several where another head follows the table.

    The forms' heads are read from what stands above; `preamble` are the paragraphs before a Word table."""
    forms: list[Form] = []
    top, head_end, start = 0, found.first, found.last + 1
    while True:
        above = [(index, sheet.rows[index]) for index in range(top, head_end)]
        head = read_head(above, preamble if not forms else ())
        people = read_people(file, sheet, found, start, head.branch)
        places = {target: letters(index) for target, index in found.columns.items()}
        form = Form(
            file,
            sheet.name,
            head,
            tuple(people.rows),
            {target: text for target, text in places.items() if isinstance(target, Column)},
            found.first + 1,
            modified,
            (*_missing(Place(file, sheet.name, found.first + 1), found.columns), *people.findings),
            places.get(Extra.VERDICT, ""),
        )
        forms += _by_own_branch(form, sheet, found.columns)
        if people.next_head is None:
            return forms
        top = people.next_head
        again = find_register(sheet.rows[: top + 12], top)
        if again is not None:
            found, head_end, start = again, again.first, again.last + 1
        else:  # the next branch goes on under the same headings
            head_end = top
            while head_end < len(sheet.rows) and head_fields(head_end, sheet.rows[head_end]):
                head_end += 1
            start = head_end


def continue_form(form: Form, sheet: Sheet, found: Found[Target]) -> Form:
    """A Word table without headings of its own, read with the head and the columns of the table before it."""
    people = read_people(form.file, sheet, found, 0, form.head.branch)
    form = replace(form, sheet=sheet.name, rows=tuple(people.rows), heading_row=0)
    return replace(form, findings=(*_missing_again(form, found.columns), *people.findings))


def _missing(place: Place, columns: dict[Target, int]) -> list[tuple[Place, Finding]]:
    """What the sheet has no column for: an error for a required column, a notice for another."""
    found: list[tuple[Place, Finding]] = []
    for column in Column:
        if column in columns or column is Column.SEQUENCE:
            continue
        name = f"{column.group}”下的“{column.heading}" if column.group else column.heading
        if column in REQUIRED:
            suggestion = "请在表中补上这一列并逐人填写；如果有这一列，请把表头改成附件1的原文"
            found.append((place, Finding(Code.REQUIRED, f"表中没有“{name}”一列", suggestion, column.heading)))
        else:
            found.append((place, Finding(Code.NORMALISED, f"表中没有“{name}”一列，按空白处理", "", column.heading)))
    return found


def _missing_again(form: Form, columns: dict[Target, int]) -> list[tuple[Place, Finding]]:
    """The required columns that are missing, said at a form's first person: it has no headings of its own, and of its
    people nothing is said one by one."""
    if not form.rows:
        return []
    place = Place(form.file, form.sheet, form.rows[0].number)
    return [(place, finding) for place, finding in _missing(place, columns) if finding.code is Code.REQUIRED]


def _by_own_branch(form: Form, sheet: Sheet, columns: dict[Target, int]) -> list[Form]:
    """A joined list with a column 所在党支部 is one form a branch, where no head says otherwise; any other form stays.

    A blank cell there belongs to the branch above it, as in a merged area. The sheet's findings stay with the first."""
    own = columns.get(Extra.BRANCH)
    if own is None:
        return [form]
    members: dict[str, list[RawRow]] = {}
    branch, blanks = "", []
    for row in form.rows:
        cells = sheet.rows[row.number - 1]
        written = as_text(cells[own]) if own < len(cells) and not is_empty(cells[own]) else ""
        if not written:
            blanks.append(row.number)
        branch = written or branch
        members.setdefault(branch, []).append(row)
    if not any(members) or (form.head.branch and len(members) == 1):
        return [form]
    parts = [
        replace(form, head=Head(name, branch_cell=f"{letters(own)}{rows[0].number}"), rows=tuple(rows))
        for name, rows in members.items()
    ]
    first = replace(parts[0], findings=(*form.findings, *_blanks(form, own, blanks)))
    return [first, *(replace(part, findings=tuple(_missing_again(part, columns))) for part in parts[1:])]


def _blanks(form: Form, own: int, blanks: list[int]) -> list[tuple[Place, Finding]]:
    if not blanks:
        return []
    message = f"“所在党支部”有{len(blanks)}行空白，按上一行的党支部计"
    place = Place(form.file, form.sheet, blanks[0], f"{letters(own)}{blanks[0]}")
    return [(place, Finding(Code.NORMALISED, message, "如果不是合并单元格，请逐行填写党支部名称"))]
