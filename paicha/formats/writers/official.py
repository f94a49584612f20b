"""The page of an official Chinese document (GB/T 9704-2012) as .docx: fonts, sizes, margins, header and page number.

A4 with margins 37 / 35 / 28 / 26 mm (top, bottom, left, right); title 方正小标宋 二号 (22 pt) centred; body 仿宋 三号
(16 pt), first line indented by two characters, lines 28 pt apart; headings of the first level 黑体. Where a font is not
installed, the reader's program puts its own in its place.
"""

from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from paicha.formats.own import CONFIDENTIAL
from paicha.formats.readers.parts import without_controls

MARK = CONFIDENTIAL
TITLE_FONT, BODY_FONT, HEADING_FONT = "方正小标宋简体", "仿宋", "黑体"
TITLE_SIZE, BODY_SIZE, SMALL_SIZE, TABLE_SIZE = 22, 16, 14, 10.5  # 二号, 三号, 四号, 五号
LINE = 28
SIX_WIDTHS = (22, 34, 13, 22, 52, 13)  # mm, together the width between the margins
Cells = Sequence[tuple[str, str, str]]


class OfficialDocument:
    """A document being drafted, top to bottom. `as_of` goes to the file's properties: a draft has no other date."""

    def __init__(self, title: Sequence[str], as_of: date) -> None:
        """`title` is given in lines: a title breaks between words (GB/T 9704, 7.3.1)."""
        self._document: Any = docx.Document()
        self._set_language()
        self._set_page()
        self._set_properties("".join(title), as_of)
        for line in title:
            self._line(line, TITLE_FONT, TITLE_SIZE, WD_ALIGN_PARAGRAPH.CENTER, spacing=36)
        self._line("", BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT)

    def number(self, text: str) -> None:
        """发文字号 or 编号, centred, in the line that the title leaves below itself."""
        blank = self._document.paragraphs[-1]
        blank._element.getparent().remove(blank._element)
        self._line(text, BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.CENTER, spacing=40)
        self._line("", BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT)

    def addressee(self, name: str) -> None:
        """主送机关, at the left margin."""
        self._line(f"{name}：", BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT)

    def heading(self, text: str) -> None:
        line = self._line(text, HEADING_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT)
        line.paragraph_format.keep_with_next = True
        _indent(line, 2)

    def paragraph(self, text: str) -> None:
        _indent(self._line(text, BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.JUSTIFY), 2)

    def signature(self, name: str, day: date | None = None) -> None:
        """署名 and 成文日期, right, four characters from the margin; without a `day` it is for the signer. The last
        words of the text go with them: no signature stands alone on a page."""
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        blank = self._line("", BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT)
        blank.paragraph_format.keep_with_next = True
        for text in (name, spoken_day(day) if day else "【请填写：日期】"):
            line = self._line(text, BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.RIGHT)
            line.paragraph_format.right_indent = Pt(4 * BODY_SIZE)
            line.paragraph_format.keep_with_next = text == name

    def table(self, headings: Sequence[str], left: Cells, right: Cells) -> None:
        """Two lists of (group, class, number) side by side under six headings; a group's cells are merged downward."""
        self._line("", BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT, spacing=10)
        table = self._document.add_table(rows=1 + max(len(left), len(right)), cols=len(headings), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, SIX_WIDTHS, strict=True):
            column.width = Mm(width)
        rows = [row.cells for row in table.rows]
        values = [tuple(headings), *(a + b for a, b in zip_longest(left, right, fillvalue=("", "", "")))]
        for cells, line in zip(rows, values, strict=True):
            for cell, value, width in zip(cells, line, SIX_WIDTHS, strict=True):
                cell.width = Mm(width)
                _fill(cell, value, HEADING_FONT if line is values[0] else BODY_FONT)
        for column, side in ((0, left), (3, right)):
            _merge_groups(rows, column, side)
        for row in table.rows:
            _keep_whole(row)
        self._line("", BODY_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT, spacing=14)

    def grid(
        self, caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """A list on a page of its own, with its heading on each page; `widths` in mm."""
        line = self._line(caption, HEADING_FONT, BODY_SIZE, WD_ALIGN_PARAGRAPH.LEFT)
        line.paragraph_format.page_break_before = True
        line.paragraph_format.space_after = Pt(8)
        table = self._document.add_table(rows=2, cols=len(headings), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        heading, line = table.rows
        for row, texts, font in ((heading, headings, HEADING_FONT), (line, [" "] * len(headings), BODY_FONT)):
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Mm(width)
                _fill(cell, text, font)
            _keep_whole(row)
        heading._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        _copy_rows(line._tr, rows)

    def save(self, path: Path | BytesIO) -> None:
        self._document.save(path if isinstance(path, BytesIO) else str(path))

    def _line(self, text: str, font: str, size: int, alignment: WD_ALIGN_PARAGRAPH, spacing: int = LINE) -> Any:
        paragraph = self._document.add_paragraph()
        _format(paragraph, alignment, spacing)
        _run(paragraph, text, font, size)
        return paragraph

    def _set_language(self) -> None:
        """Chinese: python-docx's own template says en-US of East Asian text too, so that Word would break lines and
        check spelling by English rules."""
        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")
        for part in self._document.part.package.iter_parts():  # a copy for Word 2010 that python-docx carries along
            if part.partname.endswith("/stylesWithEffects.xml"):
                part._blob = part.blob.replace(b'w:eastAsia="en-US"', b'w:eastAsia="zh-CN"')
        for theme in self._document.settings.element.iter(qn("w:themeFontLang")):
            theme.set(qn("w:eastAsia"), "zh-CN")
        self._document.core_properties.language = "zh-CN"

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.header_distance, section.footer_distance = Mm(20), Mm(25)
        header = section.header.paragraphs[0]
        _format(header, WD_ALIGN_PARAGRAPH.RIGHT, 20)
        _run(header, MARK, HEADING_FONT, SMALL_SIZE)
        footer = section.footer.paragraphs[0]
        _format(footer, WD_ALIGN_PARAGRAPH.CENTER, 20)
        _run(footer, "— ", "宋体", SMALL_SIZE)
        _page_number(_run(footer, "", "宋体", SMALL_SIZE))
        _run(footer, " —", "宋体", SMALL_SIZE)

    def _set_properties(self, title: str, as_of: date) -> None:
        properties = self._document.core_properties
        moment = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
        properties.author, properties.title, properties.comments = "", without_controls(title), MARK
        properties.created, properties.modified = moment, moment


def spoken_day(day: date) -> str:
    """2023年12月5日, as GB/T 9704 (7.3.5.4) writes days."""
    return f"{day.year}年{day.month}月{day.day}日"


def _format(paragraph: Any, alignment: WD_ALIGN_PARAGRAPH, spacing: int) -> None:
    form = paragraph.paragraph_format
    form.alignment = alignment
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)


def _run(paragraph: Any, text: str, font: str, size: float) -> Any:
    """A run in one font for Chinese and Latin alike: python-docx itself sets only the Latin one."""
    run = paragraph.add_run(without_controls(text))
    run.font.size, run.font.name = Pt(size), font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), font)
    return run


def _indent(paragraph: Any, characters: int) -> None:
    """Indent the first line in characters, which Word recounts when the size changes."""
    paragraph.paragraph_format.first_line_indent = Pt(characters * BODY_SIZE)
    paragraph._element.get_or_add_pPr().find(qn("w:ind")).set(qn("w:firstLineChars"), str(characters * 100))


def _page_number(run: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._element.append(part)


def _fill(cell: Any, text: str, font: str) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    _format(paragraph, WD_ALIGN_PARAGRAPH.CENTER, 18)
    _run(paragraph, text, font, TABLE_SIZE)


def _merge_groups(rows: Sequence[Any], column: int, cells: Cells) -> None:
    """Merge the first cells of rows of one group; the words of all but the first go, since merging joins them."""
    first = 1
    for _, same in groupby(group for group, _, _ in cells):
        last = first + len(list(same)) - 1
        for row in rows[first + 1 : last + 1]:
            row[column].paragraphs[0].clear()
        rows[first][column].merge(rows[last][column])
        first = last + 1


def _copy_rows(line: Any, rows: Sequence[Sequence[str]]) -> None:
    """A copy of a row for each of these, with their texts, in its place: cell by cell python-docx takes 20 seconds for
    500 rows."""
    for texts in rows:
        made = deepcopy(line)
        for part, text in zip(made.iter(qn("w:t")), texts, strict=True):
            part.text = without_controls(text)
        line.addprevious(made)
    line.getparent().remove(line)


def _keep_whole(row: Any) -> None:
    """A row does not break over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
