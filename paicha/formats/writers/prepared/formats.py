"""The looks of a prepared workbook: cell formats, made once a workbook."""

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from paicha.formats.writers.sheets import HEI, TEXT, TITLE_FONT, WHOLE, Styles

FAULT, UNDECIDED, OUTFLOW, SPARE = "#F8B4B4", "#FFF7D6", "#DDEBF7", "#EDEDED"
_GRID = {"border": 1, "border_color": "#808080", "text_wrap": True}
_TYPED = {**_GRID, "num_format": TEXT, "locked": False}
_LOOKS: dict[str, dict[str, Any]] = {
    "bar": {"font_name": HEI, "font_size": 14},
    "progress": {"font_size": 12, "bold": True, "font_color": "#1F4E79"},
    "label": {"align": "right"},
    "head_input": {"bottom": 1, "num_format": TEXT, "locked": False},
    "heading": {**_GRID, "bold": True, "align": "center", "bg_color": "#E7E6E6"},
    "input": _TYPED,
    "input_centred": {**_TYPED, "align": "center"},
    "derived": {**_GRID, "font_color": "#C00000"},
    "derived_centred": {**_GRID, "align": "center"},
    "form_center": {"num_format": TEXT, "border": 1, "align": "center", "text_wrap": True},
    "form_left": {"num_format": TEXT, "border": 1, "align": "left", "text_wrap": True},
    "bare_center": {"text_wrap": True, "align": "center"},
    "bare_left": {"text_wrap": True},
    "number_input": {**_TYPED, "num_format": WHOLE, "align": "center", "bg_color": UNDECIDED},
    "check": {"font_size": 11},
    "foot_input": {"num_format": TEXT, "font_size": 11, "locked": False},
    "report": {"font_name": "仿宋", "font_size": 14, "text_wrap": True, "valign": "top", "locked": False},
    "report_title": {"font_name": TITLE_FONT, "font_size": 20, "align": "center", "text_wrap": True},
    "report_heading": {"font_name": HEI, "font_size": 14, "locked": False},
    "guide_heading": {"font_name": HEI, "font_size": 14},
    "guide": {"font_size": 12, "text_wrap": True},
    "on_fault": {"bg_color": FAULT},
    "on_undecided": {"bg_color": UNDECIDED},
    "on_outflow": {"bg_color": OUTFLOW},
    "on_spare": {"bg_color": SPARE},
    "on_wrong": {"font_color": "#C00000", "bold": True},
    "on_form_row": {"border": 1},
}


class Looks:
    """The formats of one workbook by name; `Looks(book)["label"]`. Those that a condition puts over a cell's own
    (`on_…`) set colours and borders only; `styles` makes further ones."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.styles = Styles(book)
        self._formats: dict[str, Format] = {
            name: book.add_format(look) if name.startswith("on_") else self.styles.get(**look)
            for name, look in _LOOKS.items()
        }

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]
