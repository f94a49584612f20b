"""名册: the one sheet in which a branch types, with its faults shown live."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex1 import HEAD_LABELS
from paicha.formats.own import CONFIDENTIAL
from paicha.formats.writers.prepared.calculation_sheet import Figures, Member
from paicha.formats.writers.prepared.formats import Looks
from paicha.formats.writers.prepared.layout import (
    FAULTY_COLUMN,
    FIRST_ROW,
    HEAD_ROW,
    HEADING_ROW,
    OUTFLOW_ONLY,
    PROGRESS_ROW,
    STATE_COLUMN,
    Field,
)

HEAD_VALUES = (f"C{HEAD_ROW}", f"I{HEAD_ROW}", f"L{HEAD_ROW}")  # branch, leader, phone
_HEAD_PLACES = (("A{r}:B{r}", "C{r}:F{r}"), ("G{r}:H{r}", "I{r}:J{r}"), ("K{r}", "L{r}"))
_DROP_DOWNS = {  # with what a word that is not on the list is answered
    Field.SEX: ("list_sexes", "stop"),
    Field.ETHNIC_GROUP: ("list_ethnic_groups", "warning"),
    Field.EDUCATION: ("list_educations", "warning"),
    Field.VERDICT: ("list_verdicts", "stop"),
    Field.REASON: ("list_reasons", "warning"),
}
_YES_NO = (Field.IN_TRANSIT, Field.EMPLOYER_HAS_ORGANIZATION)
_LEFT = (Field.RESIDENCE, Field.EMPLOYER, Field.REPORT_BRANCH, Field.NOTE)
_DERIVED = (Field.SEQUENCE, Field.PROBLEM)
TITLE = f"流动党员集中排查名册（{CONFIDENTIAL}，不得用微信、QQ传送）"


def write_roster(
    sheet: Worksheet, looks: Looks, head: Sequence[str], members: Sequence[Member], figures: Figures
) -> None:
    """Write the head, the count, and a row for each member and each spare row."""
    sheet.write_string("A1", TITLE, looks["bar"])
    for label, value, (label_place, value_place) in zip(HEAD_LABELS, head, _HEAD_PLACES, strict=True):
        _write_at(sheet, label_place.format(r=HEAD_ROW), f"{label}：", looks["label"])
        _write_at(sheet, value_place.format(r=HEAD_ROW), value, looks["head_input"])
    _write_progress(sheet, looks, figures)
    for field in Field:
        sheet.set_column(field, field, field.width)
        sheet.write_string(HEADING_ROW - 1, field, field.heading, looks["heading"])
    for index in range(figures.extent.rows):
        _write_row(sheet, looks, figures, index, members[index] if index < len(members) else None)
    sheet.set_column(f"{STATE_COLUMN}:{FAULTY_COLUMN}", None, None, {"hidden": True})
    _add_drop_downs(sheet, figures.extent.last_row)
    _add_colours(sheet, looks, figures.extent.last_row)
    _set_up(sheet, figures.extent.last_row)


def _write_at(sheet: Worksheet, place: str, text: str, look: object) -> None:
    if ":" in place:
        sheet.merge_range(place, "", look)
        place = place.split(":", maxsplit=1)[0]
    sheet.write_string(place, text, look)


def _write_progress(sheet: Worksheet, looks: Looks, figures: Figures) -> None:
    """已定 n / 共 m: coverage is verdicts 1 to 4 ÷ (rostered + in transit) (domain.md, coverage)."""
    decided, everyone = figures.total("covered"), figures.total("present")
    formula = (
        f'="已定 "&{decided}&" / 共 "&{everyone}&" 人，覆盖率 "&TEXT(IF({everyone}=0,0,{decided}/{everyone}),"0.0%")'
        f'&"；流出党员 "&{figures.total("outflow")}&" 人；有问题 "&{figures.total("wrong")}&" 行（见“问题”列）"'
    )
    count, wrong = figures.started("present"), figures.started("wrong")
    start = f"已定 0 / 共 {count} 人，覆盖率 0.0%；流出党员 0 人；有问题 {wrong} 行（见“问题”列）"
    sheet.write_formula(PROGRESS_ROW - 1, 0, formula, looks["progress"], start)


def _write_row(sheet: Worksheet, looks: Looks, figures: Figures, index: int, member: Member | None) -> None:
    row, start = FIRST_ROW - 1 + index, figures.start[index]
    sheet.set_row(row, 27)
    for field in Field:
        if field not in _DERIVED:
            text = _text_of(field, member)
            look = looks["input" if field in _LEFT else "input_centred"]
            if text:
                sheet.write_string(row, field, text, look)
            else:
                sheet.write_blank(row, field, None, look)
    number = f'=IF({figures.beside("present")}=1,ROW()-{HEADING_ROW},"")'
    sheet.write_formula(row, Field.SEQUENCE, number, looks["derived_centred"], index + 1 if start["present"] else "")
    sheet.write_formula(row, Field.PROBLEM, f"={figures.beside('problem')}", looks["derived"], start["problem"])
    sheet.write_formula(f"{STATE_COLUMN}{row + 1}", f"={figures.beside('state')}", None, start["state"])
    sheet.write_formula(f"{FAULTY_COLUMN}{row + 1}", f"={figures.beside('faulty')}", None, start["faulty"])


def _text_of(field: Field, member: Member | None) -> str:
    """What the roster holds for a cell."""
    if member is None:
        return ""
    texts, in_transit = member
    if field is Field.IN_TRANSIT:
        return "是" if in_transit else "否"
    return texts[field.source] if field.source is not None else ""


def _add_drop_downs(sheet: Worksheet, last_row: int) -> None:
    for field, (name, answer) in _DROP_DOWNS.items():
        message = "请从下拉框中选。" if answer == "stop" else "不在下拉框中，确定要这样填吗？"
        rule = {"validate": "list", "source": f"={name}", "error_type": answer, "error_message": message}
        if field is Field.REASON:
            rule |= {"input_title": field.heading, "input_message": "选“其他”的，写明情形，如：其他（升学）"}
        sheet.data_validation(_column(field, last_row), rule | {"error_title": field.heading})
    for field in _YES_NO:
        title, choices = field.heading, ["是", "否"]
        rule_of_two = {"validate": "list", "source": choices, "error_title": title, "error_message": "请填是或否。"}
        sheet.data_validation(_column(field, last_row), rule_of_two)


def _column(field: Field, last_row: int) -> str:
    return f"{field.letter}{FIRST_ROW}:{field.letter}{last_row}"


def _add_colours(sheet: Worksheet, looks: Looks, last_row: int) -> None:
    """Faults first, then cells that need no typing, then rows still undecided and outflow rows."""
    for field in Field:
        faulty = f'=ISNUMBER(FIND(",{field.letter},",${FAULTY_COLUMN}{FIRST_ROW}))'
        if field not in _DERIVED:
            _add_colour(sheet, _column(field, last_row), faulty, looks["on_fault"])
    spare = f"{OUTFLOW_ONLY[0].letter}{FIRST_ROW}:{OUTFLOW_ONLY[-1].letter}{last_row}"
    _add_colour(sheet, spare, f"=${STATE_COLUMN}{FIRST_ROW}<>3", looks["on_spare"])
    everything = f"A{FIRST_ROW}:{Field.NOTE.letter}{last_row}"
    _add_colour(sheet, everything, f"=${STATE_COLUMN}{FIRST_ROW}=1", looks["on_undecided"])
    _add_colour(sheet, everything, f"=${STATE_COLUMN}{FIRST_ROW}=3", looks["on_outflow"])


def _add_colour(sheet: Worksheet, place: str, formula: str, look: object) -> None:
    sheet.conditional_format(place, {"type": "formula", "criteria": formula, "format": look, "stop_if_true": True})


def _set_up(sheet: Worksheet, last_row: int) -> None:
    """Frozen heading and names; a sheet locked without a password, so that formulas are not typed over by mistake."""
    sheet.set_row(0, 24)
    sheet.set_row(HEAD_ROW - 1, 21)
    sheet.set_row(PROGRESS_ROW - 1, 21)
    sheet.set_row(HEADING_ROW - 1, 30)
    sheet.freeze_panes(HEADING_ROW, Field.NAME + 1)
    sheet.autofilter(HEADING_ROW - 1, 0, last_row - 1, Field.NOTE)
    sheet.ignore_errors({"number_stored_as_text": f"A{HEAD_ROW}:{Field.NOTE.letter}{last_row}"})
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW - 1)
    sheet.print_area(f"A1:{Field.PROBLEM.letter}{last_row}")
    sheet.set_footer("&C第 &P 页 共 &N 页")
