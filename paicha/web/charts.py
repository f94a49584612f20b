"""Charts: a plain table on the page, and a picture that a script draws from that table (design.md: figures open).

The table is the truth and always there: each number a link to who is behind it, a sentence says what it shows.
`static/web/charts.js` reads its cells and draws them; a page that uses charts includes `charts/head.html` in its block
`head` and, for each, `charts/chart.html` with `chart`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a chart is drawn: bars lie, one below the other, so that labels stand in full; a line goes by time."""

    BARS = "bars"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: `url` opens what is behind the number; what is not `known` (没有填) is drawn grey."""

    label: str
    number: int
    url: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Chart:
    """`title` names it, `heading` the column of labels (年龄), `unit` is what is counted (人); `says` is the sentence,
    made by `most_of` where rows add up to a whole."""

    title: str
    heading: str
    rows: Sequence[Row]
    says: str
    unit: str = "人"
    kind: Kind = Kind.BARS


def most_of(rows: Sequence[Row], unit: str = "人") -> str:
    """What bars that add up to a whole show: 42 人里，省外最多，20 人（48%）；2 人没有填。"""
    whole = sum(row.number for row in rows)
    known = [row for row in rows if row.known]
    most = max((row.number for row in known), default=0)
    if not whole:
        return f"现在是 0 {unit}。"
    unknown = whole - sum(row.number for row in known)
    missing = f"{unknown} {unit}没有填" if unknown else ""
    if not most:
        return f"{whole} {unit}里，{missing}。"
    first = [row.label for row in known if row.number == most]
    each = "各 " if len(first) > 1 else ""
    alike = len(first) > 1 and len(first) == sum(row.number > 0 for row in known)
    word = "一样多" if alike else "最多"
    share = f"{'、'.join(first)}{word}，{each}{most} {unit}（{most * 100 // whole}%）"
    return f"{whole} {unit}里，{'；'.join(filter(None, (share, missing)))}。"
