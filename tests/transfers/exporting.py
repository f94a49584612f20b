"""A list of transfers as the national Party system exports it, of the people of tests/world.py."""

from io import BytesIO

from xlsxwriter import Workbook

from tests.transfers.world import THERE
from tests.world import id_number

HEADINGS = (
    *("姓名", "公民身份号码", "转出党支部", "转入组织"),
    *("转接编号", "发起时间", "办理状态", "完成时间", "转接类型"),
)


OURS = ("姓名", "身份证号", "转出党组织", "转入党组织", "编号", "转出时间", "状态", "接收时间", "转接类型")
COLUMNS = dict(zip(HEADINGS, OURS, strict=True))  # as a person said of them


def line(
    number: int,
    state: str = "转接中",
    *,
    name: str = "张三",
    no: str = "",
    sent: str = "2023-11-20 09:30:00",
    **more: str,
) -> tuple[str, ...]:
    """One transfer of the list; `number` makes the ID number of tests.world.row."""
    id_ = more.get("id", id_number(sequence=2 * number + 1))
    done = more.get("done", "2023-11-28 10:00:00" if state in ("已接收", "退回", "撤销") else "")
    return (name, id_, "测绘支部", more.get("to", THERE), no or f"N{number}", sent, state, done, "省内转接")


def masked(number: int) -> str:
    whole = id_number(sequence=2 * number + 1)
    return f"{whole[:6]}********{whole[14:]}"


def list_bytes(*lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("转接")
    for index, cells in enumerate((headings, *lines)):
        for column, text in enumerate(cells):
            sheet.write_string(index, column, text)
    book.close()
    return out.getvalue()
