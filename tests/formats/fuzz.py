"""Mutation fuzz of the readers: `python -m tests.formats.fuzz --count 2000 --seed 1`.

Whole files are bent in every way a bad disk or a bad mind can: bytes, numbers and tags, in the package or inside one of
its members. Each must be read or answered in words; none may raise, hang, or end the caller. The same seed makes the
same files.
"""

import argparse
import io
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from paicha.formats.readers.guard import read_files
from paicha.formats.readers.source import Source
from tests.formats import hostile

_NUMBERS = (b"-1", b"0", b"65535", b"1048576", b"4294967295", b"99999999999999999999", b"1e999", b"NaN")
_FILES_AT_A_TIME = 200


def originals() -> list[bytes]:
    """One whole file of each kind."""
    table = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr><w:p><w:r><w:t>姓名</w:t></w:r></w:p>"
    )
    return [
        hostile.xlsx({"B2": "姓名", "C2": "入党时间", "B3": "张三", "C3": 200308, "D4": 1.5}),
        hostile.xls({(1, 1): "姓名", (1, 2): "入党时间", (2, 1): "张三", (2, 2): 200308, (3, 3): 1.5}),
        hostile.ods([(3, 0, ""), (1, 2, "姓名"), (2, 1, "张三")]),
        hostile.word(f"<w:p/>{table}</w:tc></w:tr></w:tbl>"),
        hostile.compound("Workbook", summary=hostile.summary(133_467_000_000_000_000)),
    ]


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """`count` bent files."""
    chance = random.Random(seed)
    whole = originals()
    for _ in range(count):
        data = chance.choice(whole)
        inside = data.startswith(b"PK") and chance.random() < 0.7
        yield _bend_member(data, chance) if inside else _bend(data, chance)


def _bend_member(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        name = chance.choice([n for n in names if n.endswith(".xml")])
        if chance.random() < 0.05:
            return hostile.repacked(data, {}, without=name)
        return hostile.repacked(data, {name: _bend(package.read(name), chance)})


def _bend(data: bytes, chance: random.Random) -> bytes:
    bent = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(bent) or 1)
        match chance.randrange(6):
            case 0:
                bent[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                bent[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\xfe\xff\xff\xff", b"\x00\x00\x00\x80"))
            case 2:
                del bent[at : at + chance.randrange(1, 200)]
            case 3:
                bent[at:at] = bent[at : at + chance.randrange(1, 200)]
            case 4:
                _bend_number(bent, at, chance)
            case 5:
                del bent[at if chance.random() < 0.1 else len(bent) :]
    return bytes(bent)


def _bend_number(bent: bytearray, at: int, chance: random.Random) -> None:
    """Another number for the first digits from `at` on."""
    start = next((i for i in range(at, len(bent)) if 48 <= bent[i] <= 57), None)
    if start is not None:
        end = next((i for i in range(start, len(bent)) if not 48 <= bent[i] <= 57), len(bent))
        bent[start:end] = chance.choice(_NUMBERS)


def run(folder: Path, count: int, seed: int) -> dict[str, int]:
    """How many mutants were read, and how many answered with which words; raises AssertionError on a bad answer."""
    tally: dict[str, int] = {}
    files = mutants(count, seed)
    for first in range(0, count, _FILES_AT_A_TIME):
        numbers = range(first, min(first + _FILES_AT_A_TIME, count))
        paths = [hostile.saved(folder, f"{number}.bin", next(files)) for number in numbers]
        started = time.monotonic()
        for path, answer in zip(paths, read_files(paths), strict=True):
            assert answer.file == str(path)
            assert time.monotonic() - started < 21, f"{path.name} of seed {seed} was too slow"
            assert isinstance(answer, Source) or answer.finding.suggestion, answer
            words = "read" if isinstance(answer, Source) else answer.finding.message
            tally[words] = tally.get(words, 0) + 1
            path.unlink()
            started = time.monotonic()
    return tally


def main() -> None:
    """Run from the command line and print the tally."""
    parser = argparse.ArgumentParser(description="bend files and read them")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), arguments.count, arguments.seed)
    for words, times in sorted(tally.items(), key=lambda pair: -pair[1]):
        sys.stdout.write(f"{times:7}  {words}\n")


if __name__ == "__main__":
    main()
