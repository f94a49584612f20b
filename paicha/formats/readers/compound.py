"""OLE compound files ([MS-CFB]): the container of .xls, .doc, old .et, and of encrypted .xlsx and .docx.

Only what tells the kind and the time of saving: the names of the streams, and the property "last saved" of the stream
\\x05SummaryInformation ([MS-OLEPS]). Every chain is bounded, for a hostile file may close one into a ring.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUMMARY = "\x05SummaryInformation"
_LAST_SAVED = 13  # PIDSI_LASTSAVE_DTM
_FILETIME = 64  # VT_FILETIME: 100 ns since 1601
_ENTRY_BYTES = 128
_END = 0xFFFFFFFA  # this and above: no sector
_MAX_ENTRIES = 4096
_HEAD_BYTES = 65536
_IN_MINI_STREAM_BELOW = 4096
_ROOT = "Root Entry"


@dataclass(frozen=True, slots=True)
class Stream:
    """One entry of the directory: first sector and size in bytes."""

    name: str
    start: int
    size: int


class Compound:
    """The directory of a compound file; raises ValueError or struct.error on bytes that are none."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE):
            raise ValueError("not a compound file")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._sector_bytes = 1 << shift
        self._table_sectors = self._table()
        directory = self._chain(struct.unpack_from("<I", data, 48)[0], _MAX_ENTRIES * _ENTRY_BYTES)
        entries = [directory[i : i + _ENTRY_BYTES] for i in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES)]
        self.streams = {stream.name: stream for entry in entries if (stream := _stream(entry))}

    def _table(self) -> list[int]:
        """The sectors of the allocation table: 109 in the header, those of files over 7 MB in a chain of their own."""
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        sector = struct.unpack_from("<I", self._data, 68)[0]
        for _ in range(len(self._data) // self._sector_bytes // 128 + 1):
            if sector >= _END:
                break
            *more, sector = struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(sector))
            numbers += more
        return [number for number in numbers if number < _END]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        return self._data[start : start + self._sector_bytes]

    def _next(self, sector: int) -> int:
        """The sector after `sector` by the allocation table."""
        per_sector = self._sector_bytes // 4
        index, offset = divmod(sector, per_sector)
        if index >= len(self._table_sectors):
            raise ValueError("beyond the table")
        return int(struct.unpack_from("<I", self._sector(self._table_sectors[index]), offset * 4)[0])

    def _chain(self, sector: int, limit: int) -> bytes:
        """At most `limit` bytes from `sector` on."""
        found = bytearray()
        while sector < _END and len(found) < limit:
            found += self._sector(sector)
            if len(found) > len(self._data):
                raise ValueError("a chain longer than its file")
            sector = self._next(sector)
        return bytes(found[:limit])

    def head(self, stream: Stream) -> bytes:
        """The first bytes of a stream, enough for its first records; none of a stream of under 4 KiB, which is kept
        elsewhere and which no office program writes."""
        return b"" if stream.size < _IN_MINI_STREAM_BELOW else self._chain(stream.start, _HEAD_BYTES)

    def content(self, stream: Stream, limit: int) -> bytes:
        """A whole stream; none of one that is longer than `limit`."""
        if stream.size > limit:
            return b""
        return self._chain(stream.start, stream.size) if stream.size >= _IN_MINI_STREAM_BELOW else self._mini(stream)

    def _mini(self, stream: Stream) -> bytes:
        """A short stream: sectors of 64 bytes within the root entry's own stream, with a table of their own."""
        root = self.streams[_ROOT]
        store = self._chain(root.start, root.size)
        table = self._chain(struct.unpack_from("<I", self._data, 60)[0], len(store) // 16 + self._sector_bytes)
        found, sector = b"", stream.start
        for _ in range(stream.size // 64 + 1):
            if sector >= _END:
                break
            found += store[sector * 64 : sector * 64 + 64]
            sector = struct.unpack_from("<I", table, sector * 4)[0]
        return found[: stream.size]

    def saved(self) -> datetime | None:
        """When the document says it was last saved; None if it does not say."""
        stream = self.streams.get(SUMMARY)
        if stream is None:
            return None
        try:
            return _last_saved(self.head(stream))
        except (struct.error, ValueError, OverflowError):
            return None


def _stream(entry: bytes) -> Stream | None:
    length = struct.unpack_from("<H", entry, 64)[0]
    if not 2 <= length <= 64 or entry[66] not in (1, 2, 5):
        return None
    name = entry[: length - 2].decode("utf-16-le", "replace")
    return Stream(name, *struct.unpack_from("<II", entry, 116))


def _last_saved(summary: bytes) -> datetime | None:
    section = struct.unpack_from("<I", summary, 44)[0]
    count = min(struct.unpack_from("<I", summary, section + 4)[0], 256)
    for i in range(count):
        key, offset = struct.unpack_from("<II", summary, section + 8 + 8 * i)
        if key == _LAST_SAVED:
            kind, ticks = struct.unpack_from("<IQ", summary, section + offset)
            if kind == _FILETIME and ticks:
                return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    return None
