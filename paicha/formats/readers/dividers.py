"""Rows that divide a joined list: a branch's name alone in a row, the people of that branch below it.

So a general branch's office puts its branches' lists into one table: 甲党支部, its people, 乙党支部, its people, all
under the same headings. A signature below a table looks the same; but nobody follows it.
"""

import re
from collections.abc import Sequence

from paicha.domain.readings import CellValue, as_text, compact
from paicha.formats.readers.head import head_fields

Row = Sequence[CellValue]
_NUMBERED = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．\s]\s*)?"
_NAME = r"([^\s:：、，。；,;]{1,40}?(?:党支部|支部|支部委员会|党总支|总支|总支部委员会|党委))"
_COUNT = r"(?:[（(]?共?\d{1,5}[人名][）)]?)?"
_DIVIDER = re.compile(rf"^\s*{_NUMBERED}{_NAME}\s*{_COUNT}\s*[:：]?\s*$")
_WITH_HEAD = re.compile(rf"^\s*{_NUMBERED}{_NAME}[\s　]+(?=\S)")
_NO_NAME = frozenset({"党支部", "党总支", "本支部", "各党支部", "所在党支部", "填报党支部", "填报支部", "报送党委"})


def divider(index: int, row: Row) -> str:
    """The branch named alone in a row, or with its own secretary and telephone behind it; "" in any other row."""
    filled = [value for value in row if value is not None and compact(value)]
    if not filled or not isinstance(filled[0], str) or (fields := head_fields(index, row)).get("branch"):
        return ""
    text = as_text(filled[0])
    match = _DIVIDER.match(text) if len(filled) == 1 else None
    if match is None and fields:
        match = _WITH_HEAD.match(text) or _DIVIDER.match(text)
    name = match[1] if match else ""
    return "" if name in _NO_NAME else name


def leads(index: int, rows: Sequence[Row]) -> bool:
    """Whether people, 无 or another divider follow the row at `index`: below a signature there is a date or nothing."""
    for below in range(index + 1, len(rows)):
        filled = [value for value in rows[below] if value is not None and compact(value)]
        if filled and not (len(filled) <= 2 and head_fields(below, rows[below])):
            return len(filled) > 2 or compact(filled[-1]) == "无" or bool(divider(below, rows[below]))
    return False
