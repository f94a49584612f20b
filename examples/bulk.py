"""Big inputs for the benchmark: many branches' registers, values realistic and mostly distinct, one row in a
hundred with one fault. Written by XlsxWriter in constant memory, so no cell is merged downward."""

from collections.abc import Iterator
from pathlib import Path

import xlsxwriter
from people import Cell, Maker
from sheets import HEADINGS

KINDS = ("学生", "学生", "教工", "离退休")
FAULTS: tuple[tuple[str, Cell], ...] = (
    ("id", "42010619990101123"),
    ("phone", None),  # cut short, each its own
    ("residence", "广东省深圳市"),
    ("birth", "199913"),
    ("reason", "快递员、外卖送餐员"),
    ("sex", "未知"),
    ("joined", "202401"),
    ("name", None),
)


def write_bulk(out: Path, rows: int, files: int, seed: int) -> None:
    """`rows` people in `files` registers out/forms/0001.xlsx …, and the list of branches out/branches.xlsx."""
    maker = Maker(seed)
    (out / "forms").mkdir(parents=True, exist_ok=True)
    heads = [(f"第{n:04d}党支部", f"{maker.name()} 书记", maker.phone()) for n in range(1, files + 1)]
    done = 0
    for n, head in enumerate(heads, 1):
        share = rows * n // files - done
        _write_register(out / "forms" / f"{n:04d}.xlsx", head, _people(maker, share, done))
        done += share
    with xlsxwriter.Workbook(out / "branches.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("党支部名单")
        sheet.write_row(0, 0, ("党支部名称", "别名", "负责人", "联系电话"))
        for n, (branch, leader, phone) in enumerate(heads, 1):
            sheet.write_row(n, 0, (branch, "", leader, phone))


def _people(maker: Maker, count: int, before: int) -> Iterator[dict[str, Cell]]:
    """Rows of people; each hundredth, counted over all files, carries one fault."""
    for n in range(before, before + count):
        cells = maker.person(KINDS[n % len(KINDS)]).cells
        cells["residence"] = f"{cells['residence']}{maker.random.randint(1, 400)}号"
        if n % 100 == 99:
            key, value = FAULTS[n // 100 % len(FAULTS)]
            cells[key] = str(cells[key])[:10] if key == "phone" else value
        yield cells


def _write_register(path: Path, head: tuple[str, str, str], people: Iterator[dict[str, Cell]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("附件1")
        sheet.write_string(0, 0, "附件1")
        sheet.write_string(1, 0, "流出党员基本信息登记表")
        for row, text in enumerate(
            zip(("党支部名称：", "党支部负责人姓名及职务：", "联系电话："), head, strict=True), 2
        ):
            sheet.write_string(row, 0, "".join(text))
        groups: set[str] = set()
        for column, (heading, group) in enumerate(HEADINGS.values()):
            if not group or group not in groups:
                sheet.write_string(5, column, group or heading)
            groups.add(group)
        for column, (heading, group) in enumerate(HEADINGS.values()):
            if group:
                sheet.write_string(6, column, heading)
        for n, cells in enumerate(people, 1):
            sheet.write_number(6 + n, 0, n)
            for column, key in enumerate(HEADINGS):
                value = cells.get(key)
                if isinstance(value, str):
                    sheet.write_string(6 + n, column, value)
                elif isinstance(value, int):
                    sheet.write_number(6 + n, column, value)
