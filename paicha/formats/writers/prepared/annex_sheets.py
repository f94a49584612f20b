"""附件1 and 附件2 of a prepared workbook: views of 名册 by formulas, drawn as the notice draws them."""

from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex1 import HEAD_LABELS, NOTE, Column, Head
from paicha.domain.annex2 import FOOT_LABELS, NOTES, Dimension
from paicha.formats.writers import annex1, annex2
from paicha.formats.writers.prepared.calculation_sheet import Figures
from paicha.formats.writers.prepared.formats import Looks
from paicha.formats.writers.prepared.layout import ANNEX1, CALCULATION, ROSTER, Field
from paicha.formats.writers.prepared.roster_sheet import HEAD_VALUES
from paicha.formats.writers.sheets import put

MIN_ROWS = 12  # the printed form has at least so many lines
_FIELD_OF = {field.source: field for field in Field if field.source is not None}
_ROW_FINDER = annex1.LAST + 1  # hidden column of 附件1: the row of 名册 that this row shows, 0 for none
_HOME_MISSING = "未设定本单位所在市州，流向区域不能计算"
ADJUSTMENT_ROW = annex2.FIGURES_AT + len(NOTES) + 4  # zero-based: below the official foot
_KEY_OF = {
    Dimension.SEX: "sex_letter",
    Dimension.AGE: "age_letter",
    Dimension.EDUCATION: "education_letter",
    Dimension.REASON: "reason_letter",
    Dimension.DIRECTION: "direction_letter",
}


def write_annex1_view(sheet: Worksheet, looks: Looks, head: Head, figures: Figures) -> None:
    """附件1: row k finds the k-th outflow member; rows beyond the last show nothing and have no lines.

    The note stands below the last possible row, where it would be printed after pages of empty rows: the print area
    ends with the last person, and a footer prints the note."""
    annex1.draw_form(sheet, looks.styles, head)
    for label, value, place, (first, _) in zip(
        HEAD_LABELS, (head.branch, head.leader, head.phone), HEAD_VALUES, annex1.HEAD_AREAS, strict=True
    ):
        formula = f'="{label}："&{_absolute(place)}'
        sheet.write_formula(annex1.HEADINGS_AT - 1, first, formula, looks.styles.plain(), f"{label}：{value}")
    first_row, rows = annex1.FIRST_PERSON, figures.extent.rows
    for k in range(1, rows + 1):
        _write_view_row(sheet, looks, figures, k)
    place = f"A{first_row + MIN_ROWS + 1}:Q{first_row + rows}"
    finder = f"${chr(65 + _ROW_FINDER)}{first_row + MIN_ROWS + 1}"
    sheet.conditional_format(place, {"type": "formula", "criteria": f"={finder}>0", "format": looks["on_form_row"]})
    put(sheet, first_row + rows, 0, NOTE, looks.styles.get(font_size=11))
    sheet.set_column(_ROW_FINDER, _ROW_FINDER, None, None, {"hidden": True})
    sheet.set_footer(f"&L{NOTE}&R第 &P 页 共 &N 页")
    last = f"{first_row}+MAX({MIN_ROWS},{figures.total('outflow')})"
    looks.book.define_name(f"'{ANNEX1}'!_xlnm.Print_Area", f"='{ANNEX1}'!$A$1:INDEX('{ANNEX1}'!$Q:$Q,{last})")
    sheet.ignore_errors({"number_stored_as_text": f"A1:Q{first_row + rows}"})
    sheet.set_zoom(80)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _absolute(place: str) -> str:
    return f"{ROSTER}!${place[0]}${place[1:]}"


def _write_view_row(sheet: Worksheet, looks: Looks, figures: Figures, k: int) -> None:
    row = annex1.FIRST_PERSON + k - 1
    finder = f"${chr(65 + _ROW_FINDER)}{row + 1}"
    place = figures.letters["place"]
    sheet.write_formula(row, _ROW_FINDER, f"=IFERROR(MATCH({k},{CALCULATION}!${place}:${place},0),0)", None, 0)
    sheet.set_row(row, 32)
    for column in Column:
        look = looks[f"{'form' if k <= MIN_ROWS else 'bare'}_{'left' if column in annex1.LEFT_ALIGNED else 'center'}"]
        nobody = _nobody(figures) if k == 1 and column is Column.NAME else '""'
        formula = f"=IF({finder}=0,{nobody},{_shown(column, finder, figures, k)})"
        sheet.write_formula(row, column, formula, look, "")


def _nobody(figures: Figures) -> str:
    """无 once everybody is decided and nobody is outflow: a nil return (domain.md, 零报告)."""
    everyone, decided = figures.total("present"), figures.total("covered")
    return f'IF(AND({everyone}>0,{everyone}={decided}),"无","")'


def _shown(column: Column, finder: str, figures: Figures, k: int) -> str:
    """What a cell shows of the person in row `finder` of 名册."""
    if column is Column.SEQUENCE:
        return str(k)
    if column is Column.AGE:
        letter = figures.letters["age"]
        return f"INDEX({CALCULATION}!${letter}:${letter},{finder})"
    letter = _FIELD_OF[column].letter
    return f'INDEX({ROSTER}!${letter}:${letter},{finder})&""'


def write_annex2_view(sheet: Worksheet, looks: Looks, branch: str, figures: Figures, *, home_known: bool) -> None:
    """附件2: each figure one count over `_calc`; below the foot, outside the print area, the relations in words."""
    annex2.draw_form(sheet, looks.styles, branch)
    sheet.write_formula(
        2, 0, f'="党支部名称:"&{_absolute(HEAD_VALUES[0])}', looks.styles.plain(), f"党支部名称:{branch}"
    )
    row = annex2.FIGURES_AT
    sheet.set_row(row, 60)
    for column, name in enumerate(annex2.COLUMNS):
        if name == annex2.REMARK:
            sheet.write_formula(row, column, f"={figures.last('remark')}", looks.styles.cell(align="left"), "")
        else:
            sheet.write_formula(row, column, f"={figure(name, figures)}", looks.styles.number(), 0)
    annex2.draw_foot(sheet, looks.styles)
    foot = row + len(NOTES) + 1
    for label, (first, _) in zip(FOOT_LABELS, annex2.FOOT_AREAS, strict=True):
        sheet.write_string(foot, first, f"{label}:", looks["foot_input"])
    _write_checks(sheet, looks, home_known=home_known)
    sheet.print_area(0, 0, foot, len(annex2.COLUMNS) - 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def figure(letter: str, figures: Figures) -> str:
    """The formula, without its =, of one of the 26 figures."""
    if letter == "A":
        return figures.total("outflow")
    if letter == "Y":
        return f"MAX(0,{figures.total('transferred')}-N($A${ADJUSTMENT_ROW + 1}))"
    if letter == "Z":
        return figures.total("reported")
    dimension = next(d for d in Dimension if letter in d.letters)
    return figures.count(_KEY_OF[dimension], letter)


def cell_of(letter: str) -> str:
    """The cell of a figure in 附件2, absolute."""
    column = annex2.COLUMNS.index(letter)
    name = chr(65 + column) if column < 26 else f"A{chr(65 + column - 26)}"
    return f"${name}${annex2.FIGURES_AT + 1}"


def _write_checks(sheet: Worksheet, looks: Looks, *, home_known: bool) -> None:
    row = ADJUSTMENT_ROW
    words = "← 已转移组织关系的人中，不是经本次督促、自行转出的人数（没有填0；不计入Y）。本行及以下不打印。"
    sheet.write_number(row, 0, 0, looks["number_input"])
    sheet.write_string(row, 1, words, looks["check"])
    rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填0或正整数。"}
    sheet.data_validation(row, 0, row, 0, rule)
    sheet.write_string(row + 2, 0, "表间关系核对：", looks["progress"])
    for index, dimension in enumerate(Dimension, start=row + 3):
        total = "+".join(cell_of(letter) for letter in dimension.letters)
        named = "+".join(dimension.letters) if len(dimension.letters) < 4 else "J+…+U"
        label = f"A={named}（{dimension.heading}）："
        column = "出生年月" if dimension is Dimension.AGE else dimension.column.heading
        broken = f'不相符，差"&({cell_of("A")}-({total}))&"人：请在名册中补正“{column}”'
        if dimension is Dimension.DIRECTION and not home_known:
            broken = f"{_HOME_MISSING}"
        formula = f'="{label}"&IF({cell_of("A")}={total},"相符","{broken}")'
        sheet.write_formula(index, 0, formula, looks["check"], f"{label}相符")
    last = row + 3 + len(Dimension)
    formula = f'="Z≤A："&IF({cell_of("Z")}<={cell_of("A")},"相符","不相符")'
    sheet.write_formula(last, 0, formula, looks["check"], "Z≤A：相符")
    place = f"A{row + 4}:A{last + 1}"
    rule = {"type": "formula", "criteria": f'=ISNUMBER(FIND("不",$A{row + 4}))', "format": looks["on_wrong"]}
    sheet.conditional_format(place, rule)
