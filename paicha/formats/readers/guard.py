"""Reading files that may be hostile: in one other process, with bounds on its memory and on the time of each file.

A damaged or hostile workbook can abort, hang or bloat the process that parses it. So a child
(worker.py) reads them in the order asked and sends rows back through a pipe; it is one
file ahead while its parent works on the last. If it dies, the file that killed it is reported as unreadable and not
tried again, a new child goes on with the next.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import paicha
from paicha.domain.findings import Code, Finding
from paicha.formats.readers import wire
from paicha.formats.readers.limits import FILE_SECONDS, MAX_SENT_BYTES, MIB, FileProblem
from paicha.formats.readers.source import Sheet, Source, Unreadable

_MOST_BYTES = MAX_SENT_BYTES + MIB  # of one file: what the child may send, and its last word
_AHEAD = 2  # files asked for at a time: the one awaited and the next


def read_files(
    paths: Sequence[Path | str], seconds: float = FILE_SECONDS
) -> Generator[Source | Unreadable, None, None]:
    """Read files in the order given; a bad one gives Unreadable and never ends the others. `seconds`: what each may
    make the caller wait. The child process ends with the generator."""
    names = [os.fspath(path) for path in paths]
    reader: _Reader | None = None
    asked = 0
    try:
        for i, name in enumerate(names):
            if reader is None:
                reader, asked = _Reader(), i
            while asked < min(i + _AHEAD, len(names)):
                reader.ask("read", names[asked])
                asked += 1
            started = time.monotonic()
            result = reader.answer(name, seconds)
            if result is None:
                timed_out = reader.timed_out
                reader.close()
                reader = None
                result = _autopsy(name, timed_out, seconds - (time.monotonic() - started))
            elif reader.timed_out:  # the time ran out as the last byte came: the answer holds, the child is gone
                reader.close()
                reader = None
            yield result
    finally:
        if reader is not None:
            reader.close()


def _autopsy(name: str, timed_out: bool, seconds: float) -> Unreadable:
    """What to say of a file that ended its reader; asked of a new reader, since a look can be deadly too."""
    if timed_out:
        return _too_slow(name)
    reader = _Reader()
    try:
        reader.ask("explain", name)
        answer = reader.answer(name, max(seconds, 1.0))
    finally:
        reader.close()
    return answer if isinstance(answer, Unreadable) else _too_slow(name)


def _too_slow(name: str) -> Unreadable:
    problem = FileProblem(
        "文件内容异常，读得太久或占用内存太多，已停止", "请只把表格复制到新文件里，另存为 .xlsx 后再交"
    )
    return Unreadable(name, problem.finding)


def _harmless() -> dict[str, str]:
    """The environment without our own settings: what parses hostile files is to know no password of the database."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PAICHA_", "DATABASE_URL"))}


class _Reader:
    """The parent's side of one child process."""

    def __init__(self) -> None:
        root = str(Path(paicha.__file__).parent.parent)
        known = os.environ.get("PYTHONPATH")
        # -P: a stray zipfile.py in the folder of the forms must not be imported.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "paicha.formats.readers.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_harmless() | {"PYTHONPATH": os.pathsep.join([root, known] if known else [root])},
        )
        self._asked = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self.timed_out = False

    def ask(self, action: str, name: str) -> None:
        """Queue one file; a child that is gone shows when it is to answer."""
        with suppress(OSError):
            self._asked.write(wire.pack((action, name)))
            self._asked.flush()

    def answer(self, name: str, seconds: float) -> Source | Unreadable | None:
        """What the child says of the file first in its queue; None if it died or was killed after `seconds`."""
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            return self._collect(name)
        finally:
            timer.cancel()
            timer.join()  # if it has just gone off, `timed_out` must be true before anybody looks

    def _stop(self) -> None:
        self.timed_out = True
        self._process.kill()

    def _collect(self, name: str) -> Source | Unreadable | None:
        sheets: list[Sheet] = []
        for message in wire.messages(self._answers, _MOST_BYTES):
            match message:
                case "rows", rows, stamps:
                    wire.put_stamps(rows, stamps)
                    sheets[-1].rows.extend(rows)
                case "sheet", title, preamble, merged, uncalculated:
                    sheets.append(Sheet(title, [], preamble, merged, uncalculated))
                case "done", kind, modified:
                    return Source(name, kind, modified, sheets)
                case "problem", text, suggestion:
                    return Unreadable(name, Finding(Code.FILE, text, suggestion))
        return None

    def close(self) -> None:
        """End the child and leave nothing of it."""
        self._process.kill()
        for pipe in (self._asked, self._answers):
            with suppress(OSError):
                pipe.close()
        self._process.wait()
