"""The fields above a form's table: branch, its secretary, telephone; and the day that a form says it counts by.

Label and value stand in one cell (党支部名称：测绘系党支部), in two neighbouring cells, or all labels in one long
line with spaces between, as in a Word paragraph.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from paicha.domain.annex1 import Head
from paicha.domain.readings import CellValue, as_text, compact, is_empty
from paicha.formats.readers.headings import letters, normal
from paicha.formats.readers.valueless import is_error

_LABELS = {
    "branch": (
        "党支部名称 支部名称 党组织名称 填报党支部 填报支部 填报单位 报送单位 上报单位 所在党支部 所属党支部 "
        "单位名称 党支部"
    ),
    "leader": (
        "党支部负责人姓名及职务 支部负责人姓名及职务 负责人姓名及职务 党支部负责人姓名 党支部负责人 "
        "支部负责人 党支部书记 支部书记 负责人姓名 党支部负责人姓名、职务 负责人姓名、职务 负责人及职务 "
        "党支部书记姓名及职务 书记姓名及职务 书记姓名 负责人 书记"
    ),
    "phone": "联系电话 联系方式 负责人联系电话 负责人电话 党支部联系电话 电话号码 电话",
}
_FIELD = {label: field for field, labels in _LABELS.items() for label in labels.split()}
_SPACED = {label: r"\s*".join(label) for label in _FIELD}
_SPACED["党支部联系电话"] = r"(?<![\u4e00-\u9fff])党支部联系电话"  # 测绘系党支部联系电话： ends a branch's name
_ANY = "|".join(_SPACED[label] for label in sorted(_FIELD, key=len, reverse=True))
_POSTS = {"书记", "支部书记", "党支部书记", "负责人", "党支部负责人", "支部负责人"}  # values, too: 李明 支部书记
_CLEAR = "|".join(_SPACED[label] for label in sorted(_FIELD.keys() - _POSTS, key=len, reverse=True) if len(label) > 3)
_BRACKET = r"(?:\s*[（(][^（()）]{1,8}[）)])?"  # 填报单位（盖章）：
# With a colon a label may follow a value directly; without one it must stand apart.
_LABEL = re.compile(
    rf"({_ANY}){_BRACKET}\s*[:：]|(?:(?<=[\s_＿　])|^)({_CLEAR}){_BRACKET}(?=[\s_＿　]|$)|^\s*({_ANY}){_BRACKET}\s*$"
)
_OTHER_LABEL = re.compile(r"[\s　]+[^\s　:：]{2,8}[:：]")  # 填报日期：…, which ends a value
_LONGEST = 1000  # a head in one line; the patterns below take square time on a cell of thousands of spaces
_TRIM = " \t\r\n　_＿:：;；,，、.。"
_STAMP = re.compile(r"[（(](盖章|公章|签章|章)[）)]$")
_TITLE = re.compile(
    r"^(?:中共)?(.{2,30}?(?:党支部|支部委员会|党总支|支部))[^党]{0,16}流[出动]党员(基本信息登记表|有关情况统计表|登记表|统计表)"
)
_DAY = re.compile(
    r"(?:截至|截止|统计时间|统计日期|统计截止|计算至|年龄计算|时点)[^\d]{0,12}?(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})"
)


@dataclass(slots=True)
class _Piece:
    field: str
    value: str
    cell: str


def read_head(rows: Iterable[tuple[int, Sequence[CellValue]]], preamble: Iterable[str] = ()) -> Head:
    """The head in `rows` (index, cells) above a table and in the paragraphs before it. What is not there is "". Of
    several values for one label the first that is not blank counts; failing a label, a title that begins with a
    branch's name gives the branch. A branch left blank keeps the cell of its label, where it must be filled in."""
    rows = list(rows)
    paragraphs = [text[:_LONGEST] for text in preamble]
    pieces = [piece for text in paragraphs for piece in _pieces([(text, "")])]
    for index, row in rows:
        pieces += _pieces(_texts(index, row))
    values: dict[str, _Piece] = {}
    for piece in pieces:
        if piece.value:
            values.setdefault(piece.field, piece)
    if "branch" not in values:
        titles = [(text, "") for text in paragraphs] + [text for index, row in rows for text in _texts(index, row)]
        named = (_Piece("branch", match[1], cell) for text, cell in titles if (match := _TITLE.match(compact(text))))
        values |= {piece.field: piece for piece in named}
    none = _Piece("", "", "")
    blank = next((piece for piece in pieces if piece.field == "branch" and piece.cell), none)
    branch = values.get("branch", blank)
    leader, phone = (values.get(field, none) for field in ("leader", "phone"))
    return Head(branch.value, leader.value, phone.value, branch.cell)


def head_fields(index: int, row: Sequence[CellValue]) -> dict[str, str]:
    """The labels in one row with their values ("" where blank): whether a row below a table is another form's head."""
    return {piece.field: piece.value for piece in _pieces(_texts(index, row))}


def _texts(index: int, row: Sequence[CellValue]) -> list[tuple[str, str]]:
    return [
        (text[:_LONGEST], f"{letters(column)}{index + 1}")
        for column, value in enumerate(row)
        if not is_error(value) and (text := as_text(value))
    ]


def _pieces(texts: list[tuple[str, str]]) -> list[_Piece]:
    """The labelled values in one row's texts: a label at a cell's end takes the next cell, if that has no label."""
    found: list[_Piece] = []
    waiting: _Piece | None = None
    for text, cell in texts:
        matches = list(_LABEL.finditer(text))
        if waiting is not None and not matches:
            waiting.value, waiting.cell = _value(text), cell
        waiting = None
        for position, match in enumerate(matches):
            end = matches[position + 1].start() if position + 1 < len(matches) else len(text)
            label = re.sub(r"\s", "", match[1] or match[2] or match[3])
            piece = _Piece(_FIELD[label], _value(text[match.end() : end]), cell)
            found.append(piece)
            waiting = None if piece.value or position + 1 < len(matches) else piece
    return found


def _value(text: str) -> str:
    """A value without the signs that a form prints around it: colons, underscores, （盖章）, the next field's label."""
    ending = _OTHER_LABEL.search(text)
    text = (text[: ending.start()] if ending else text).strip(_TRIM)
    text = _STAMP.sub("", text).strip(_TRIM)
    return "" if is_empty(text) else re.sub(r"[\s　]*\n[\s　]*", "", text)


def as_of_day(rows: Iterable[Sequence[CellValue]], preamble: Iterable[str] = ()) -> str:
    """The day of words such as 截至2023年12月15日 or 统计时间：2023.12.15 in ISO form; "" if there are none."""
    for line in [*preamble, *("".join(as_text(value) for value in row) for row in rows)]:
        match = _DAY.search(compact(line))
        if match:
            try:
                return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            except ValueError:
                continue
    return ""


def is_title(value: CellValue, *titles: str) -> bool:
    """Whether a cell is one of the forms' titles or marks, alone or within a longer title."""
    text = normal(value)
    return any(text == title or (len(title) > 4 and title in text and len(text) < 60) for title in map(normal, titles))
