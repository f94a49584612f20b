"""Grids of cells as branches draw them, and the five formats they send them in.

A `Grid` is one worksheet or one .docx table; rows and columns count from 0 here, expected findings from 1 as people
see them. Files are byte-stable: `freeze` gives every zip its date and order anew.
"""

import os
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import xlsxwriter
import xlwt
from docx.shared import Mm
from odf import dc
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from people import Cell, Person
from xlwt.CompoundDoc import XlsDoc

# key → official heading, group; in the notice's order
HEADINGS = {
    "seq": ("序号", ""),
    "name": ("姓名", ""),
    "sex": ("性别", ""),
    "ethnic": ("民族", ""),
    "birth": ("出生年月", ""),
    "age": ("年龄", ""),
    "joined": ("入党时间", ""),
    "id": ("身份证号", ""),
    "edu": ("文化程度", ""),
    "employer": ("单位名称", "现工作（学习）单位"),
    "has_org": ("是否建立党组织", "现工作（学习）单位"),
    "residence": ("现居住地（流入地）", ""),
    "phone": ("本人联系电话", ""),
    "reason": ("从事行业或流动原因", ""),
    "rb": ("党支部名称", "在流入地报到的党支部"),
    "rc": ("联系人姓名及职务", "在流入地报到的党支部"),
    "rp": ("联系电话", "在流入地报到的党支部"),
}
NOTE = "注：从事行业或流动原因参照附件 2《流出党员有关情况统计表》中的相关情形填写。"
EXAMPLE: dict[str, Cell] = {"birth": "197808", "joined": "200308", "residence": "*省*市*县* 街道*社区"}
ANNEX2_GROUPS = (
    ("BC", "性别"),
    ("DEF", "年龄"),
    ("GHI", "文化程度"),
    ("JKLMNOPQRSTU", "从事行业或流动原因"),
    ("VWX", "流向区域"),
)
ANNEX2_HEADINGS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            "流出党员人数",
            "男",
            "女",
            "35岁以下",
            "35岁至59岁",
            "60岁及以上",
            "高中(中专)以下",
            "大专",
            "本科及以上",
            "个体经商",
            "在工程、建筑行业务工",
            "两新组织员工(职工)",
            "单位(公司)派驻外地工作",
            "快递员",
            "外卖送餐员",
            "网约车司机",
            "货车司机",
            "照顾家庭或异地居住",
            "灵活就业",
            "已毕业但尚未就业",
            "其他",
            "市州内",
            "市外省内",
            "省外",
            "在集中排查中,经督促已转移正式组织关系的党员人数",
            "已向流入地党组织报到的党员人数",
        ],
        strict=True,
    )
)
REMARK = "备注(如存在U栏情况,请注明主要情形及相应人数)"


@dataclass
class Grid:
    """One sheet: `merges` are (first row, first column, last row, last column); `above` and `below` are paragraphs,
    used by .docx only."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    @property
    def size(self) -> tuple[int, int]:
        rows = max([r for r, _ in self.cells] + [m[2] for m in self.merges])
        return rows + 1, max([c for _, c in self.cells] + [m[3] for m in self.merges]) + 1

    def put(self, row: int, column: int, value: Cell, to: tuple[int, int] | None = None) -> None:
        """Write a value; `to` is the last cell of the merged area that it heads."""
        if value is not None:
            self.cells[row, column] = value
        if to and to != (row, column):
            self.merges.append((row, column, *to))


@dataclass
class Layout:
    """How one branch draws 附件1: `keys` its columns in order, `renamed` headings of its own, `head` one of "cells"
    (each of the three in one cell), "split" (label and value apart), "line" (all in one cell), "paragraphs" (.docx);
    `numbers` its own 序号, `nil` the words of a 零报告."""

    keys: Sequence[str] = tuple(HEADINGS)
    renamed: dict[str, str] = field(default_factory=dict)
    head: str = "cells"
    top: int = 0
    left: int = 0
    example: bool = False
    blank_after: tuple[int, ...] = ()
    numbers: Sequence[int] = ()
    total: bool = False
    nil: str = ""


def annex1(name: str, head: tuple[str, str, str], people: Sequence[Person], layout: Layout) -> tuple[Grid, list[int]]:
    """The grid of a register and the 1-based row of each person."""
    grid, width = Grid(name), len(layout.keys)
    row = _title_and_head(grid, head, layout, width)
    _headings(grid, row, layout)
    row += 2
    if layout.example:
        _line(grid, row, layout, EXAMPLE)
        row += 1
    rows = []
    for n, person in enumerate(people):
        seq = layout.numbers[n] if layout.numbers else n + 1
        _line(grid, row, layout, {"seq": seq} | person.cells)
        rows.append(row + 1)
        row += 2 if n in layout.blank_after else 1
    if layout.nil:
        grid.put(row, layout.left, layout.nil, (row, layout.left + width - 1))
        row += 1
    if layout.total:
        grid.put(row, layout.left, "合计")
        grid.put(row, layout.left + 1, f"{len(people)}人")
        row += 1
    if layout.head == "paragraphs":
        grid.below.append(NOTE)
    else:
        grid.put(row, layout.left, NOTE, (row, layout.left + width - 1))
    return grid, rows


def _title_and_head(grid: Grid, head: tuple[str, str, str], layout: Layout, width: int) -> int:
    """Title and the three fields; gives the row of the headings."""
    labels = [
        f"{label}：{value}"
        for label, value in zip(("党支部名称", "党支部负责人姓名及职务", "联系电话"), head, strict=True)
    ]
    if layout.head == "paragraphs":
        grid.above += ["附件1", "流出党员基本信息登记表", *labels]
        return 0
    row, left = layout.top, layout.left
    grid.put(row, left, "附件1")
    grid.put(row + 1, left, "流出党员基本信息登记表", (row + 1, left + width - 1))
    row += 2
    if layout.head == "line":
        grid.put(row, left, "        ".join(labels), (row, left + width - 1))
    elif layout.head == "split":
        for n, label in enumerate(labels):
            grid.put(row, left + 5 * n, label.split("：")[0] + "：", (row, left + 5 * n + 1))
            grid.put(row, left + 5 * n + 2, head[n], (row, left + 5 * n + 3))
    else:
        for n, label in enumerate(labels):
            grid.put(row + n, left, label, (row + n, left + width - 1))
        row += 2
    return row + 1


def _headings(grid: Grid, row: int, layout: Layout) -> None:
    """Two heading rows: single headings merged downward, groups merged across."""
    column = layout.left
    groups: dict[str, list[int]] = {}
    for key in layout.keys:
        heading, group = HEADINGS[key]
        heading = layout.renamed.get(key, heading)
        if group:
            groups.setdefault(group, []).append(column)
            grid.put(row + 1, column, heading)
        else:
            grid.put(row, column, heading, (row + 1, column))
        column += 1
    for group, columns in groups.items():
        grid.put(row, columns[0], group, (row, columns[-1]))


def _line(grid: Grid, row: int, layout: Layout, values: dict[str, Cell]) -> None:
    for offset, key in enumerate(layout.keys):
        grid.put(row, layout.left + offset, values.get(key))


def annex2(name: str, branch: str, figures: dict[str, int], remark: str, paragraphs: bool = False) -> tuple[Grid, int]:
    """The grid of a statistics sheet (27 columns) and the 1-based row of its figures."""
    grid = Grid(name)
    if paragraphs:
        grid.above += ["附件2", "流出党员有关情况统计表", f"党支部名称：{branch}"]
    else:
        grid.put(0, 0, "附件2")
        grid.put(1, 0, "流出党员有关情况统计表", (1, 26))
        grid.put(2, 0, f"党支部名称：{branch}", (2, 26))
    top = 0 if paragraphs else 3
    order = [*"ABCDEFGHIJKLMNOPQRSTU", "", *"VWXYZ"]
    single = {"A", "Y", "Z"}
    for column, letter in enumerate(order):
        heading = ANNEX2_HEADINGS[letter] if letter else REMARK
        grid.put(top + (letter not in single), column, heading, (top + 1, column) if letter in single else None)
        grid.put(top + 2, column, letter or None)
        grid.put(top + 3, column, figures[letter] if letter else (remark or None))
    for letters, group in ANNEX2_GROUPS:
        first = order.index(letters[0])
        grid.put(top, first, group, (top, order.index(letters[-1]) + (letters[-1] == "U")))
    foot = ["审核领导：", "填表人：", "联系电话："]
    if paragraphs:
        grid.below += foot
    else:
        for n, label in enumerate(foot):
            grid.put(top + 5, 9 * n, label)
    return grid, top + 4


# ---- the formats -------------------------------------------------------------------------------------------------


def save(path: Path, grids: Sequence[Grid], modified: datetime, by: str = "xlsxwriter") -> None:
    """Write grids in the format that the path's ending names; `by` chooses between the two writers of .xlsx."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix in (".xls", ".et"):
        _save_biff(path, grids)
    elif path.suffix == ".ods":
        _save_ods(path, grids, modified)
    elif path.suffix == ".docx":
        _save_docx(path, grids)
    elif by == "openpyxl":
        _save_openpyxl(path, grids)
    else:
        _save_xlsxwriter(path, grids)
    if path.suffix not in (".xls", ".et"):
        freeze(path, modified)
    os.utime(path, (modified.timestamp(), modified.timestamp()))


def _save_xlsxwriter(path: Path, grids: Sequence[Grid]) -> None:
    book = xlsxwriter.Workbook(path)
    month, plain = book.add_format({"num_format": "yyyy-mm"}), book.add_format({"border": 1, "text_wrap": True})
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        for r1, c1, r2, c2 in grid.merges:
            sheet.merge_range(r1, c1, r2, c2, "", plain)
        for (row, column), value in grid.cells.items():
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, month)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, plain)
            else:
                sheet.write(row, column, value, plain)
        sheet.set_column(0, 26, 11)
    book.close()


def _save_openpyxl(path: Path, grids: Sequence[Grid]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for (row, column), value in grid.cells.items():
            sheet.cell(row + 1, column + 1, value)
        for r1, c1, r2, c2 in grid.merges:
            sheet.merge_cells(start_row=r1 + 1, start_column=c1 + 1, end_row=r2 + 1, end_column=c2 + 1)
    book.save(path)


def _save_biff(path: Path, grids: Sequence[Grid]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    month = xlwt.easyxf(num_format_str="yyyy-mm")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        for r1, c1, r2, c2 in grid.merges:
            sheet.merge(r1, r2, c1, c2)
        for (row, column), value in grid.cells.items():
            sheet.write(row, column, value, month if isinstance(value, date) else xlwt.Style.default_style)
    book.save(str(path))


def _save_ods(path: Path, grids: Sequence[Grid], modified: datetime) -> None:
    book = OpenDocumentSpreadsheet()
    book.meta.addElement(dc.Date(text=modified.isoformat()))
    book.automaticstyles.addElement(Style(name="ce1", family="table-cell"))
    for grid in grids:
        table = Table(name=grid.name)
        spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in grid.merges}
        covered = {(r, c) for r1, c1, r2, c2 in grid.merges for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)}
        for row in range(grid.size[0]):
            line = TableRow()
            for column in range(grid.size[1]):
                at = (row, column)
                line.addElement(
                    CoveredTableCell() if at in covered - spans.keys() else _ods_cell(grid.cells.get(at), spans.get(at))
                )
            table.addElement(line)
        book.spreadsheet.addElement(table)
    book.save(str(path))


def _ods_cell(value: Cell, span: tuple[int, int] | None) -> TableCell:
    merged = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if value is None:
        return TableCell(**merged)
    if isinstance(value, (int, float)):
        cell = TableCell(valuetype="float", value=value, **merged)
    elif isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat(), **merged)
    else:
        cell = TableCell(valuetype="string", **merged)
    for text in str(value).split("\n"):
        cell.addElement(P(text=text))
    return cell


def _save_docx(path: Path, grids: Sequence[Grid]) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    for grid in grids:
        for text in grid.above:
            document.add_paragraph(text)
        table = document.add_table(*grid.size, style="Table Grid")
        lines = [row.cells for row in table.rows]
        for (row, column), value in grid.cells.items():
            lines[row][column].text = str(value)
        for r1, c1, r2, c2 in grid.merges:
            text = lines[r1][c1].text
            lines[r1][c1].merge(lines[r2][c2]).text = text
        for text in grid.below:
            document.add_paragraph(text)
    document.save(str(path))


def freeze(path: Path, modified: datetime) -> None:
    """Write a zip again with one fixed date on each part, and `modified` as its own date of modification."""
    stamp = f"{modified:%Y-%m-%dT%H:%M:%S}Z".encode()
    with zipfile.ZipFile(path) as old:
        parts = {info.filename: old.read(info) for info in old.infolist()}
    if core := parts.get("docProps/core.xml"):
        dates = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
        parts["docProps/core.xml"] = re.sub(dates, rb"\g<1>" + stamp, core)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2023, 12, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(info, data)


def save_ole(path: Path, stream: str) -> None:
    """An OLE container of one stream: "WordDocument" as a .doc has, "EncryptedPackage" as a locked workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    XlsDoc().save(str(path), b"\x00" * 4096)
    data = path.read_bytes()
    old = "Workbook".encode("utf-16-le").ljust(64, b"\0") + (18).to_bytes(2, "little")
    new = stream.encode("utf-16-le").ljust(64, b"\0") + (2 * len(stream) + 2).to_bytes(2, "little")
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))


def damage(path: Path) -> None:
    """Cut a file in half, as an upload that broke off leaves it."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
