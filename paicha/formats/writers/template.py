"""Writes the blanks that branches fill in: 附件1, 附件2 and 党员名册, with drop-downs and hints.

The lists are data validations that Excel 2010 and WPS take: long ones stand on the hidden sheet `_lists`. A list never
forbids: 其他（升学） and groups such as 穿青人 are right and stand on no list. Below the first page the cells are
already text but without borders, which come as a row is filled in, so that a blank prints on one page. The note of
附件1 stands in the foot of the printed page and on the sheet 填写说明: below 500 rows nobody would see it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from paicha.domain import annex1, annex2
from paicha.domain.annex1 import Column
from paicha.domain.vocabulary import Education, EthnicGroup, Reason, Sex
from paicha.formats.writers import annex1 as register
from paicha.formats.writers import annex2 as statistics
from paicha.formats.writers.notes import HANDLING
from paicha.formats.writers.sheets import (
    Block,
    PathText,
    Styles,
    draw,
    open_book,
    print_on_a4,
    put,
    set_heights,
    set_widths,
)

ROWS = 500
ROW_HEIGHT = 30  # points: printed at three quarters of its size there is still room for handwriting
ROWS_ON_PAGE = 15
LISTS_SHEET = "_lists"
HELP_SHEET = "填写说明"
GREY = "#808080"
# The notice prints this row in its blank; readers skip it.
SAMPLE = {Column.BIRTH: "197808", Column.JOINED: "200308", Column.RESIDENCE: "*省*市*县* 街道*社区"}
YES_NO = ("是", "否")


ROSTER_TITLE = "党员名册"
ROSTER_COLUMNS = {  # heading: width
    "所在党支部": 20.0,
    "姓名": 9.0,
    "性别": 5.5,
    "民族": 8.0,
    "出生年月": 9.0,
    "入党时间": 9.0,
    "身份证号": 20.5,
    "文化程度": 10.0,
    "联系电话": 13.5,
    "工作单位": 22.0,
    "现居住地": 26.0,
    "是否在途": 9.0,
}
ROSTER_HEADINGS_AT = 2

MONTH = "六位数字，年四位、月两位，如 197808。"
HINTS = {
    "出生年月": MONTH,
    "入党时间": f"成为预备党员的年月。{MONTH}",
    "身份证号": "18位，末位如为 X 请写大写。本列已设为文本，请勿改成数字，否则末几位会丢失。",
    "单位名称": "在流入地工作或学习的单位全称；没有单位的留空。",
    "是否建立党组织": "该单位是否已建立党组织，填“是”或“否”；没有单位的留空。",
    "现居住地（流入地）": "写到社区，如：湖北省武汉市洪山区关山街道某某社区。国（境）外写国家或地区名。",
    "现居住地": "写到社区，如：湖北省武汉市洪山区关山街道某某社区。",
    "本人联系电话": "11位手机号；座机请带区号；境外号码以 + 开头。",
    "联系电话": "11位手机号；座机请带区号。",
    "从事行业或流动原因": "从列表中选一项。选“其他”的请在括号内注明，如：其他（升学）。",
    "党支部名称": "已在流入地报到的，填流入地党支部全称；未报到的三栏都留空。",
    "联系人姓名及职务": "流入地党支部的联系人，如：李某某 书记。",
    "所在党支部": "正式组织关系所在党支部的全称，与党委名单一致。",
    "是否在途": "组织关系已转出、对方尚未接收的填“是”，其余填“否”。",
}
FIGURE_HINTS = {
    "A": "流出党员人数，等于男女之和，也等于各年龄段、各文化程度、各情形、各流向之和。没有的填 0。",
    "U": "选“其他”的人数；大于 0 时请在右侧备注写明，如：升学2人、参军1人。",
    "Y": "集中排查开始以来经督促已转出组织关系的人数，不计入流出党员人数。",
    "Z": "附件1中已填流入地报到党支部的人数，不大于流出党员人数。",
}
LISTS: Mapping[str, Sequence[str]] = {
    "民族": [group.label for group in EthnicGroup if group <= EthnicGroup.JINO],
    "文化程度": [level.label for level in Education],
    "从事行业或流动原因": [reason.label for reason in Reason],
}
SHORT_LISTS: Mapping[str, Sequence[str]] = {
    "性别": [sex.label for sex in Sex],
    "是否建立党组织": YES_NO,
    "是否在途": YES_NO,
}
LENGTHS = {"身份证号": 18, "出生年月": 6, "入党时间": 6}


def write_template(path: PathText, kind: str) -> None:
    """Write a blank; `kind` is one of `KINDS` (ValueError else). Raises OSError where `path` cannot be written."""
    if kind not in KINDS:
        raise ValueError(f"没有“{kind}”这种空白表，可选：{'、'.join(KINDS)}")
    with open_book(path) as book:
        styles = Styles(book)
        lines = KINDS[kind](book, styles)
        _write_help(book, styles, lines)
        if kind != annex2.MARK:
            _write_lists(book, styles)


def _annex1(book: Workbook, styles: Styles) -> list[str]:
    sheet = book.add_worksheet(annex1.MARK)
    register.draw_form(sheet, styles, annex1.Head())
    first = register.FIRST_PERSON
    grey = styles.cell(colour=GREY)
    sheet.set_row(first, ROW_HEIGHT)
    for column in Column:
        put(sheet, first, column, SAMPLE.get(column, ""), grey)
    headings = [column.heading for column in Column]
    _blank_rows(book, sheet, styles, first + 1, headings)
    sheet.set_footer(f"&L&9{annex1.NOTE}")
    sample = "表中灰色一行是通知中的样例，可以保留，汇总时不计入。"
    return [annex1.NOTE, sample, *_hint_lines(headings)]


def _annex2(book: Workbook, styles: Styles) -> list[str]:
    sheet = book.add_worksheet(annex2.MARK)
    statistics.draw_form(sheet, styles, "")
    row = statistics.FIGURES_AT
    sheet.set_row(row, 48)
    for name, column in statistics.OFFICIAL.items():
        if name == statistics.REMARK:
            put(sheet, row, column, "", styles.cell(align="left"))
            continue
        put(sheet, row, column, "", styles.number())
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_title": "请填整数"}
        rule |= {"error_message": "请填不小于 0 的整数，没有的填 0。"}
        if name in FIGURE_HINTS:
            rule |= {"input_title": f"{name} 栏", "input_message": FIGURE_HINTS[name]}
        sheet.data_validation(row, column, row, column, rule)
    statistics.draw_foot(sheet, styles)
    return [*annex2.NOTES, *(f"{name} 栏：{hint}" for name, hint in FIGURE_HINTS.items())]


def _roster(book: Workbook, styles: Styles) -> list[str]:
    sheet = book.add_worksheet(ROSTER_TITLE)
    headings, top = list(ROSTER_COLUMNS), ROSTER_HEADINGS_AT
    set_widths(sheet, list(ROSTER_COLUMNS.values()))
    set_heights(sheet, (34, 8, 30))
    blocks = [Block(0, 0, 0, len(headings) - 1, ROSTER_TITLE, styles.title())]
    blocks += [Block(top, at, top, at, heading, styles.heading()) for at, heading in enumerate(headings)]
    draw(sheet, blocks)
    _blank_rows(book, sheet, styles, top + 1, headings)
    sheet.freeze_panes(top + 1, headings.index("姓名") + 1)
    print_on_a4(sheet, repeat=(top, top))
    return ["名册包括正式组织关系在本支部的全部党员，以及已转出但对方尚未接收（在途）的党员。", *_hint_lines(headings)]


def _blank_rows(book: Workbook, sheet: Worksheet, styles: Styles, first: int, headings: Sequence[str]) -> None:
    """The rows to be filled in: text cells, validations, and borders (on the first page at once, then as rows fill)."""
    last, right = first + ROWS - 1, len(headings) - 1
    ruled, bare = styles.cell(), styles.get(num_format="@", align="center", text_wrap=True)
    for row in range(first, last + 1):
        style = ruled if row < first + ROWS_ON_PAGE else bare
        sheet.set_row(row, ROW_HEIGHT)
        for column in range(right + 1):
            put(sheet, row, column, "", style)
    filled = f"=COUNTA($A{first + 1}:{xl_rowcol_to_cell(first, right, col_abs=True)})>0"
    border = {"type": "formula", "criteria": filled, "format": book.add_format({"border": 1})}
    sheet.conditional_format(first, 0, last, right, border)
    sheet.ignore_errors({"number_stored_as_text": xl_range(first, 0, last, right)})
    for column, heading in enumerate(headings):
        rule = _rule(heading)
        if rule:
            sheet.data_validation(first, column, last, column, rule)


def _rule(heading: str) -> dict[str, Any]:
    """The validation of a column: its list or its length, always as a warning that can be passed, and its hint."""
    rule: dict[str, Any] = {"validate": "any"}
    if heading in SHORT_LISTS:
        rule = {"validate": "list", "source": list(SHORT_LISTS[heading])}
    elif heading in LISTS:
        source = f"={LISTS_SHEET}!{_list_area(heading)}"
        rule = {"validate": "list", "source": source}
    elif heading in LENGTHS:
        rule = {"validate": "length", "criteria": "==", "value": LENGTHS[heading]}
    if rule["validate"] == "list":
        rule |= {"error_title": "不在列表中", "error_message": f"“{heading}”不在列表中。确认无误可以保留。"}
    elif rule["validate"] == "length":
        rule |= {"error_title": "位数不对", "error_message": f"“{heading}”应为{LENGTHS[heading]}位，请核对。"}
    if heading in HINTS:
        rule |= {"input_title": heading, "input_message": HINTS[heading]}
    elif rule["validate"] == "any":
        return {}
    return rule | {"error_type": "warning"}


def _list_area(heading: str) -> str:
    column = list(LISTS).index(heading)
    return str(xl_range_abs(0, column, len(LISTS[heading]) - 1, column))


def _hint_lines(headings: Sequence[str]) -> list[str]:
    return [f"{heading}：{HINTS[heading]}" for heading in dict.fromkeys(headings) if heading in HINTS]


def _write_help(book: Workbook, styles: Styles, lines: Sequence[str]) -> None:
    sheet = book.add_worksheet(HELP_SHEET)
    set_widths(sheet, (100,))
    put(sheet, 0, 0, HELP_SHEET, styles.get(bold=True, font_size=12))
    for row, line in enumerate((*lines, HANDLING), 1):
        put(sheet, row, 0, line, styles.plain())
    print_on_a4(sheet)


def _write_lists(book: Workbook, styles: Styles) -> None:
    """The drop-downs' lists, side by side on a hidden sheet, row by row."""
    sheet = book.add_worksheet(LISTS_SHEET)
    for row in range(max(map(len, LISTS.values()))):
        for column, values in enumerate(LISTS.values()):
            if row < len(values):
                put(sheet, row, column, values[row], styles.plain())
    sheet.hide()


KINDS: Mapping[str, Callable[[Workbook, Styles], list[str]]] = {
    annex1.MARK: _annex1,
    annex2.MARK: _annex2,
    "名册": _roster,
}
