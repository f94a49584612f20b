"""A control character in a name, which a web form or a file name can bring, stops no writer and gets into no file."""

from datetime import date
from pathlib import Path
from typing import Any

import docx
from openpyxl import load_workbook

from paicha.domain.annex2 import LETTERS, Statistics
from paicha.domain.findings import Code, Finding, Located, Place
from paicha.formats.readers.source import Sheet
from paicha.formats.writers.annotated import write_annotated
from paicha.formats.writers.report import write_branch_report
from paicha.formats.writers.sheets import open_sheet, put

BRANCH = "测绘\x01\x0b支部\uffff"


def test_a_returned_file_is_written_without_them(tmp_path: Path) -> None:
    target = tmp_path / "退回.xlsx"
    finding = Finding(Code.REQUIRED, f"{BRANCH}有误。", f"请{BRANCH}改正。")
    located = [Located(Place("一.docx", "表1", 1, "A1"), finding)]
    sheets = [Sheet("表1", [["测\x01绘"]])]
    write_annotated(
        tmp_path / "一.docx", target, branch=BRANCH, located=located, sheets=sheets, message=f"请{BRANCH}改"
    )
    book: Any = load_workbook(target)
    words = [cell.value for row in book["请修改"] for cell in row if isinstance(cell.value, str)]
    assert "测绘支部" in words
    assert "测绘支部有误。" in words
    assert book["表1"]["A1"].value == "测绘"
    assert "请测绘支部改正。" in book["表1"]["A1"].comment.text


def test_a_workbook_is_written_without_them(tmp_path: Path) -> None:
    with open_sheet(tmp_path / "表.xlsx", "表") as (_, styles, sheet):
        put(sheet, 0, 0, BRANCH, styles.plain())
    book: Any = load_workbook(tmp_path / "表.xlsx")
    assert book["表"]["A1"].value == "测绘支部"


def test_a_report_is_written_without_them(tmp_path: Path) -> None:
    file = tmp_path / "报告.docx"
    nil = Statistics(dict.fromkeys(LETTERS, 0))
    write_branch_report(file, branch=BRANCH, statistics=nil, coverage=None, undecided=(), as_of=date(2023, 12, 15))
    assert any("测绘支部" in paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
