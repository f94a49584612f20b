"""Sheets of a small made-up college, as lists of cells: what the readers' tests read."""

from collections.abc import Sequence

from paicha.domain.annex1 import Column
from paicha.domain.annex2 import HEADINGS, LETTERS, REMARK_HEADING
from paicha.domain.readings import CellValue
from paicha.formats.readers.source import Sheet, Source

Row = list[CellValue]
TOP: Row = [c.group or c.heading for c in Column]
TOP[10] = TOP[15] = TOP[16] = None
LEAVES: Row = [c.heading if c.group else None for c in Column]
HEAD: list[Row] = [
    ["附件1"],
    ["流出党员基本信息登记表"],
    ["党支部名称：测绘系党支部", None, "党支部负责人姓名及职务：李明 支部书记", None, None, "联系电话：027-81234567"],
]


def id_number(born: str = "20030805", order: int = 1) -> str:
    """A made-up number in the unused area 990000, with its check digit (GB 11643-1999)."""
    body = f"990000{born}{order:03d}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def person(number: CellValue = 1, name: str = "王小雨", order: int = 1) -> Row:
    return [
        *(number, name, "女", "汉族", "200308", 20, "202206", id_number(order=order), "大专", "青禾测绘公司", "否"),
        *(
            "湖北省宜昌市夷陵区小溪塔街道长江社区",
            f"138000{order:05d}",
            "两新组织员工（职工）",
            "长江社区党支部",
            "赵立 书记",
        ),
        "0717-7654321",
    ]


def register(*people: Row) -> list[Row]:
    """A whole 附件1 with these people; the first stands in row 6."""
    return [*HEAD, list(TOP), list(LEAVES), *people]


def statistics(*figures: Row, branch: str = "测绘系党支部") -> list[Row]:
    """A whole 附件2 with these rows under the letters in row 5."""
    flat: Row = [HEADINGS[letter] for letter in LETTERS]
    flat.insert(21, REMARK_HEADING)
    letters: Row = list(LETTERS)
    letters.insert(21, None)
    top: Row = [flat[0], "性别", None, "年龄", None, None, "文化程度", None, None, "从事行业或流动原因"]
    top += [None] * 12 + ["流向区域", None, None, flat[25], flat[26]]
    leaves: Row = [None, *flat[1:25], None, None]
    head: list[Row] = [["流出党员有关情况统计表"], [f"党支部名称：{branch}"]]
    return [*head, top, leaves, letters, *figures]


def filled(**figures: CellValue) -> Row:
    """A row of 附件2: 0 but for the figures named; `remark` stands between U and V."""
    row: Row = [figures.get(letter, 0) for letter in LETTERS]
    row.insert(21, figures.get("remark"))
    return row


def source(*sheets: Sequence[Row], kind: str = "xlsx") -> Source:
    """A file of these sheets, named Sheet1, Sheet2 …"""
    named = [Sheet(f"Sheet{number}", [list(row) for row in rows]) for number, rows in enumerate(sheets, 1)]
    return Source("测绘系.xlsx", kind, "2023-12-01T08:00:00Z", named)
