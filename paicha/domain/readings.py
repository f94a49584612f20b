"""What a cell can hold, and what reading one gives: the one small protocol that every column follows.

A reader takes the raw value of a cell and returns a `Reading`: the value, the text that the official form shows, and
the findings. It never raises on data. `EMPTY_WORDS` mean an empty cell (domain.md: 无, 未报到, 暂无, /, —).

>>> is_empty(" 无 "), is_empty("武汉"), is_empty(None)
(True, False, True)
"""

import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from paicha.domain.findings import Finding

CellValue = str | int | float | bool | date | datetime | time | timedelta | None
T = TypeVar("T")

EMPTY_WORDS = frozenset(
    {"", "无", "没有", "未报到", "暂无", "/", "\\", "-", "--", "—", "——", "－", "–", "／", "无。", "空"}
)
LONGEST_INTEGER = 1000  # bits: more than any float holds; beyond 4,300 digits Python refuses to write a number out
LONGEST_EMPTY = 16  # characters, inner spaces included, beyond which no text is worth comparing with them


class Reading(NamedTuple, Generic[T]):
    """`value` is None where the cell is empty or not readable; `text` is what the official form shows for it: the
    official spelling where it was read, else the words as written (nothing is lost)."""

    value: T | None
    text: str = ""
    findings: tuple[Finding, ...] = ()


def as_text(raw: CellValue) -> str:
    """The words of a cell as a person sees them: whole numbers without .0, dates as 2023-12-15, ends trimmed; a
    number of hundreds of places as 1.00E+500."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return f"{Decimal(raw):.2E}" if isinstance(raw, int) and is_endless(raw) else str(raw)


def is_endless(raw: CellValue) -> bool:
    """Whether a cell holds a whole number so long that no column can mean it, and no float can hold it."""
    return isinstance(raw, int) and raw.bit_length() > LONGEST_INTEGER


def compact(raw: CellValue) -> str:
    """`as_text` in half-width form (NFKC) without any white space, zero-width or control character: for matching."""
    text = unicodedata.normalize("NFKC", as_text(raw))
    if text.isalnum():  # the common case, without a second pass
        return text
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def is_empty(raw: CellValue) -> bool:
    """Whether a cell says nothing: blank, or one of `EMPTY_WORDS`."""
    if not isinstance(raw, str):
        return raw is None
    text = raw.strip()
    if text.isalnum():  # the common case: nothing in it that `compact` would take out
        return text in EMPTY_WORDS
    return len(text) <= LONGEST_EMPTY and compact(text) in EMPTY_WORDS
