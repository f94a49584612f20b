"""附件1 out of a sheet or a table: its head, which column is which, its people (domain.md, 附件1)."""

from collections.abc import Sequence
from dataclasses import replace

from paicha.domain.annex1 import REQUIRED, Column, Form, Head, RawRow
from paicha.domain.findings import Code, Finding, Place
from paicha.domain.readings import CellValue, as_text, is_empty
from paicha.formats.readers.columns import Extra, Target, register_columns
from paicha.formats.readers.dividers import divider
from paicha.formats.readers.doubles import notices
from paicha.formats.readers.head import head_fields, read_head
from paicha.formats.readers.headings import Found, find, letters
from paicha.formats.readers.limits import MAX_BRANCHES
from paicha.formats.readers.rows import read_people
from paicha.formats.readers.source import Sheet
from paicha.formats.readers.valueless import is_error

FEWEST_COLUMNS = 4
NEAR = 12  # rows from a head to its own headings
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
    """The forms of one sheet whose headings are `found`: one, or several where another head follows the table, or a
    branch's name alone in a row.

    The forms' heads are read from what stands above; `preamble` are the paragraphs before a Word table."""
    head = read_head(_numbered(sheet, 0, found.first), preamble)
    return _read_down(Form(file, sheet.name, head, (), {}, 0, modified), sheet, found, found.last + 1)


def continue_form(form: Form, sheet: Sheet, found: Found[Target]) -> list[Form]:
    """A Word table without headings of its own, read with the head and the columns of the table before it."""
    blank = replace(form, sheet=sheet.name, rows=(), findings=(), heading_row=0)
    return _read_down(blank, sheet, found, 0, own_headings=False)


def _read_down(form: Form, sheet: Sheet, found: Found[Target], start: int, *, own_headings: bool = True) -> list[Form]:
    """The forms from row index `start` on, the first of them under the head of `form`."""
    forms: list[Form] = []
    told: list[tuple[Place, Finding]] = []
    while True:
        people = read_people(form.file, sheet, found, start, form.head.branch)
        if own_headings:
            form = _under(found, form)
            place = Place(form.file, form.sheet, form.heading_row)
            told += [*_missing(place, found.columns), *notices(place, found)]
        form = replace(form, rows=tuple(people.rows))
        if not own_headings:
            told += _missing_again(form, found.columns)
        told += people.findings
        if people.next_head is None or not _is_only_a_head(sheet, start, people.next_head):
            forms += _by_own_branch(replace(form, findings=tuple(told)), sheet, found.columns)
            told = []
        if people.next_head is None:
            return forms
        if len(forms) >= MAX_BRANCHES:
            return [*forms[:-1], replace(forms[-1], findings=(*forms[-1].findings, _too_many(form, people.next_head)))]
        head, again, start = _next(sheet, people.next_head)
        form, found, own_headings = replace(form, head=head), again or found, again is not None


def _too_many(form: Form, index: int) -> tuple[Place, Finding]:
    message = f"一张表里的党支部超过 {MAX_BRANCHES} 个，从这一行起没有读取"
    return form.place(index + 1), Finding(Code.FILE, message, "请分成几张表或几个文件后再交")


def _under(found: Found[Target], form: Form) -> Form:
    """The form with the columns of its own headings."""
    places = {target: letters(index) for target, index in found.columns.items()}
    return replace(
        form,
        letters={target: text for target, text in places.items() if isinstance(target, Column)},
        heading_row=found.first + 1,
        verdict_letters=places.get(Extra.VERDICT, ""),
    )


def _is_only_a_head(sheet: Sheet, start: int, next_head: int) -> bool:
    """Whether nothing stands under a head, not even 无, before a branch's name divides the table: then it is the head
    of the whole joined list and no branch's nil return."""
    rows = sheet.rows[start:next_head]
    return bool(divider(next_head, sheet.rows[next_head])) and all(value is None for row in rows for value in row)


def _next(sheet: Sheet, top: int) -> tuple[Head, Found[Target] | None, int]:
    """The form that begins at row index `top`: its head, its headings if it has any (else it goes on under the ones
    before), and where its people begin."""
    branch = divider(top, sheet.rows[top])
    end = top + 1
    while end < len(sheet.rows) and head_fields(end, sheet.rows[end]):
        end += 1
    again = find_register(sheet.rows[: top + NEAR], top)
    if branch and again is not None and any(_is_row_of_table(row) for row in sheet.rows[end : again.first]):
        again = None  # the headings of a later form: people stand before them
    head = read_head(_numbered(sheet, top, again.first if again else end))
    if branch and not head.branch:
        column = next(column for column, value in enumerate(sheet.rows[top]) if not is_empty(value))
        head = replace(head, branch=branch, branch_cell=f"{letters(column)}{top + 1}")
    return head, again, again.last + 1 if again else end


def _is_row_of_table(row: Sequence[CellValue]) -> bool:
    return sum(1 for value in row if not is_empty(value)) >= FEWEST_COLUMNS


def _numbered(sheet: Sheet, start: int, end: int) -> list[tuple[int, Sequence[CellValue]]]:
    return [(index, sheet.rows[index]) for index in range(start, end)]


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
        cell = cells[own] if own < len(cells) else None
        written = "" if is_empty(cell) or is_error(cell) else as_text(cell)
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
