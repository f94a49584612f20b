"""The hidden sheets `_lists` (drop-downs and tables that formulas look into) and `_paicha` (the workbook's mark)."""

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from paicha.domain.readings import EMPTY_WORDS
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Education, EthnicGroup, Reason, Sex, Verdict
from paicha.formats.writers.prepared.directions import beginnings
from paicha.formats.writers.prepared.layout import LISTS, MARK_VERSION, MARK_WORD

# What 其他 most often stands for among graduates; any other case is typed in the same form.
OTHER_CASES = ("升学", "参军", "出国（境）")


def write_lists(book: Workbook, sheet: Worksheet, rules: RuleSet) -> None:
    """Each list is a column of `_lists` under a defined name: Excel 2007's drop-downs cannot name another sheet."""
    sheet.hide()
    reasons = [reason.label for reason in Reason if reason is not Reason.OTHER]
    directions = beginnings(rules.home) or [("—", "")]
    columns: list[tuple[str, Sequence[str]]] = [
        ("list_empty", sorted(EMPTY_WORDS - {""})),
        ("list_verdicts", [verdict.label for verdict in Verdict]),
        ("list_outflow", [verdict.label for verdict in Verdict if verdict.outflow]),
        ("list_covered", [verdict.label for verdict in Verdict if verdict.covered]),
        ("list_sexes", [sex.label for sex in Sex]),
        ("list_ethnic_groups", [group.label for group in EthnicGroup]),
        ("list_educations", [education.label for education in Education]),
        ("list_reasons", [*reasons, *(f"其他（{case}）" for case in OTHER_CASES)]),
        ("list_beginnings", [text for text, _ in directions]),
        ("list_directions", [letter for _, letter in directions]),
    ]
    for column, (name, values) in enumerate(columns):
        for row, value in enumerate((name, *values)):
            sheet.write_string(row, column, value)
        letter = chr(65 + column)
        book.define_name(name, f"={LISTS}!${letter}$2:${letter}${len(values) + 1}")
    _write_pairs(book, sheet, len(columns), "list_education_letters", [(e.label, e.letter) for e in Education])
    _write_pairs(book, sheet, len(columns) + 3, "list_reason_letters", [(r.label, r.letter) for r in Reason])
    book.define_name("as_of", f"={rules.as_of_month}")


def _write_pairs(book: Workbook, sheet: Worksheet, column: int, name: str, pairs: Sequence[tuple[str, str]]) -> None:
    """A table of two columns for VLOOKUP."""
    sheet.write_string(0, column, name)
    for row, pair in enumerate(pairs, start=1):
        sheet.write_string(row, column, pair[0])
        sheet.write_string(row, column + 1, pair[1])
    first, last = chr(65 + column), chr(66 + column)
    book.define_name(name, f"={LISTS}!${first}$2:${last}${len(pairs) + 1}")


def write_mark(sheet: Worksheet, branch: str, rules: RuleSet) -> None:
    """`_paicha`: A1 the word that `collate` knows it by, A2 the version, A3 the branch, A4 as_of (ISO 8601)."""
    sheet.hide()
    sheet.write_string("A1", MARK_WORD)
    sheet.write_number("A2", MARK_VERSION)
    sheet.write_string("A3", branch)
    sheet.write_string("A4", rules.as_of.isoformat())
