"""Messages between the reader process and its parent: a length of 8 bytes, then a marshalled tuple.

marshal is the quickest way for rows of plain values, and both ends are the same Python. It knows no dates, so a date's
cell is sent as None and the date beside the rows, with its place.
"""

import marshal
import struct
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from paicha.domain.readings import CellValue
from paicha.formats.readers.parts import Rows

Message = tuple[Any, ...]
Stamp = tuple[int, int, str, tuple[int, ...]]  # row in the chunk, column, kind of date, its numbers

_LENGTH = struct.Struct("<Q")
_MADE_FROM: dict[str, Callable[..., CellValue]] = {"d": date, "dt": datetime, "t": time, "td": timedelta}


def pack(message: Message) -> bytes:
    """The bytes of one message; raises ValueError on values that marshal does not know."""
    body = marshal.dumps(message)
    return _LENGTH.pack(len(body)) + body


def messages(stream: BinaryIO, most: int | None = None) -> Iterator[Message]:
    """The messages until the other end is gone, be it in the middle of one; or until they come to more than `most`
    bytes: the parent believes no length that its child may not send."""
    taken = 0
    while len(head := stream.read(_LENGTH.size)) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        taken += _LENGTH.size + length
        if most is not None and taken > most:
            return
        body = stream.read(length)
        if len(body) < length:
            return
        yield marshal.loads(body)  # noqa: S302 - sent by our own child process


def pack_rows(rows: Rows) -> bytes:
    """The message ("rows", rows, stamps)."""
    try:
        return pack(("rows", rows, ()))
    except ValueError:  # a date among them
        stamps = _take_stamps(rows)
        return pack(("rows", rows, stamps))


def put_stamps(rows: Rows, stamps: tuple[Stamp, ...]) -> None:
    """Put the dates back into the rows received."""
    for i, j, kind, numbers in stamps:
        rows[i][j] = _MADE_FROM[kind](*numbers)


def _take_stamps(rows: Rows) -> tuple[Stamp, ...]:
    stamps: list[Stamp] = []
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            taken = _stamp(value)
            if taken:
                stamps.append((i, j, *taken))
                row[j] = None
    return tuple(stamps)


def _stamp(value: CellValue) -> tuple[str, tuple[int, ...]] | None:
    if isinstance(value, datetime):  # before date, of which it is one
        return "dt", (value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond)
    if isinstance(value, date):
        return "d", (value.year, value.month, value.day)
    if isinstance(value, time):
        return "t", (value.hour, value.minute, value.second, value.microsecond)
    if isinstance(value, timedelta):
        return "td", (value.days, value.seconds, value.microseconds)
    return None
