"""Formulas that look into other files: a returned file carries values in their place.

Such a link holds the path of somebody's disk and a copy of that other file's cells; neither belongs in a file that
travels. A formula without its link would be called damaged by Excel, so that its last result is put there.
"""

import re
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

LINKS = "xl/externalLinks/"
# [1]Sheet!A1, '[1]A sheet'!A1 or [1]!Name; a table's column, Table1[2023], has the table's name before the bracket
_LINKED = re.compile(r"(?<![\w\]])\[\d+\][^\[\],]*!")


def drop_links(workbook: Workbook, path: Path) -> str:
    """Put values in place of linked formulas, take out names, validations and conditional formats that need a link.
    Gives the sentence that tells of it."""
    values = load_workbook(path.open("rb"), data_only=True, keep_links=False)
    replaced = 0
    for sheet in workbook.worksheets:
        for cell in sheet._cells.values():
            if cell.data_type == "f" and _is_linked(cell.value):
                cell.value = values[sheet.title][cell.coordinate].value
                replaced += 1
        _drop_rules(sheet)
    for names in (workbook.defined_names, *(sheet.defined_names for sheet in workbook.worksheets)):
        for name in [name for name, defined in names.items() if _is_linked(defined.attr_text)]:
            del names[name]
    return f"原文件有引用其他文件的公式，已换成最后一次的计算结果（{replaced} 格）。"


def _is_linked(formula: object) -> bool:
    text = formula.text if isinstance(formula, ArrayFormula) else formula
    return bool(_LINKED.search(str(text or "")))


def _drop_rules(sheet: Worksheet) -> None:
    validations = sheet.data_validations
    validations.dataValidation = [
        rule for rule in validations.dataValidation if not (_is_linked(rule.formula1) or _is_linked(rule.formula2))
    ]
    for area in list(sheet.conditional_formatting):
        if any(_is_linked(formula) for rule in area.rules for formula in rule.formula):
            del sheet.conditional_formatting[str(area.sqref)]
