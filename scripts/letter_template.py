"""The template that introduction letters are filled into, anew: paicha/formats/data/letter.docx. Its three parts are
those of the 《中国共产党党员组织关系介绍信》 in use since 2007 (存根, 介绍信, 回执), on one sheet with the number
across both perforations. An office edits a copy of it in WPS.

    .venv/bin/python scripts/letter_template.py
"""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).parents[1] / "paicha/formats/data/letter.docx"
TITLE, BODY = "宋体", "仿宋"
LEFT, CENTER, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BIG, TEXT, SMALL = 16, 13, 10.5
RED = RGBColor(0xA8, 0x20, 0x1A)
DAY = (1980, 1, 1, 0, 0, 0)  # of every part of the file: made again, it is the same


class Sheet:
    """One A4 page, top to bottom."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(24)
        section.top_margin, section.bottom_margin = Mm(14), Mm(10)

    def line(self, text: str, size: float = TEXT, align: Any = LEFT, *, spacing: int = 20, **how: Any) -> Any:
        """`how`: bold, red, font, indent (characters), before (points)."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(how.get("before", 0)), Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)
        form.first_line_indent = Pt(how.get("indent", 0) * size)
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), how.get("bold", False)
        run.font.name = font = how.get("font", BODY)
        run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
        if how.get("red"):
            run.font.color.rgb = RED
        return paragraph

    def head(self, title: str, part: str) -> None:
        paragraph = self.line("{{标记}}", 16, RIGHT, spacing=20, bold=True, red=True)
        number = paragraph.add_run(f"　第{part}联　{{{{编号}}}}")
        number.font.size, number.font.name = Pt(SMALL), BODY
        number._element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        self.line(title, BIG, CENTER, spacing=26, bold=True, font=TITLE)

    def seam(self) -> None:
        """The perforation, with the number across it."""
        paragraph = self.line("\t{{编号}}（骑缝章）\t", SMALL, spacing=20, before=12)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(81), WD_TAB_ALIGNMENT.CENTER, WD_TAB_LEADER.DASHES)
        stops.add_tab_stop(Mm(162), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DASHES)


def main() -> None:
    sheet = Sheet()
    sheet.head("中国共产党党员组织关系介绍信存根", "一")
    sheet.line(
        "{{姓名}}同志（{{性别}}，{{年龄}}岁，{{民族}}）系中共{{党员类别}}党员，身份证号码{{身份证号}}，组织关系由{{由}}转到{{去}}。",
        indent=2,
        before=6,
    )
    sheet.line("党费交至{{党费交至}}。有效期{{有效期}}天。{{换开}}", indent=2)
    sheet.line("{{开具日期}}", align=RIGHT)
    sheet.line("（贴回执联处）", SMALL, CENTER, spacing=18)
    sheet.seam()
    sheet.head("中国共产党党员组织关系介绍信", "二")
    sheet.line("{{抬头}}：", before=6)
    sheet.line(
        "{{姓名}}同志（{{性别}}，{{年龄}}岁，{{民族}}）系中共{{党员类别}}党员，身份证号码{{身份证号}}，由{{由}}去{{去}}，"
        "请转接组织关系。该同志党费已交至{{党费交至}}。",
        indent=2,
    )
    sheet.line("（有效期{{有效期}}天）　{{换开}}", indent=2)
    sheet.line("（盖章）　　　　", align=RIGHT, before=4)
    sheet.line("{{开具日期}}", align=RIGHT)
    for text in (
        "党员联系电话或其他联系方式：{{本人电话}}",
        "党员原所在基层党委通讯地址：{{通讯地址}}",
        "联系电话：{{联系电话}}　传真：{{传真}}　邮编：{{邮编}}",
    ):
        sheet.line(text, SMALL, spacing=18)
    sheet.seam()
    sheet.head("中国共产党党员组织关系介绍信回执联", "三")
    sheet.line("{{开具党委}}：", before=6)
    sheet.line("{{姓名}}同志的党员组织关系已转达我处，特此回复。", indent=2)
    sheet.line("（盖章）　　　　", align=RIGHT, before=4)
    sheet.line("年　　月　　日", align=RIGHT)
    sheet.line("经办人：　　　　　　　　联系电话：", SMALL, spacing=20)
    sheet.line(
        "注：回执联由接收党员组织关系的基层党委在接收党员后一个月内邮寄或传真至党员原所在基层党委。", 9, spacing=14
    )
    TARGET.write_bytes(_the_same_each_time(sheet.document))
    print(f"已生成 {TARGET}")


def _the_same_each_time(document: Any) -> bytes:
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "中国共产党党员组织关系介绍信", ""
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    made, out = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    main()
