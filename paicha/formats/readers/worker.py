"""The reader process: answers its parent (guard.py) through a pipe until nothing more is asked.

Run as `python -m paicha.formats.readers.worker`. It imports nothing but the readers, so that it starts in no time.
"""

import gc
import sys
from contextlib import suppress
from itertools import chain
from typing import BinaryIO

from paicha.formats.readers import wire
from paicha.formats.readers.limits import FILE_SECONDS, MAX_SENT_BYTES, MEMORY_BYTES, FileProblem
from paicha.formats.readers.opening import explain_failure, open_file

if sys.platform != "win32":
    import resource
    import signal


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """The child's side: answer until nothing more is asked."""
    _bound_memory()
    gc.disable()  # rows hold no cycles, and a collection walks them all
    gc.freeze()  # nor need the one after each file walk our own modules
    for action, name in wire.messages(asked):
        _bound_time()
        try:
            if action == "explain":
                raise explain_failure(name)
            _send(name, answers)
        except FileProblem as problem:
            answers.write(wire.pack(("problem", problem.finding.message, problem.finding.suggestion)))
        answers.flush()
        gc.collect()


def _send(name: str, answers: BinaryIO) -> None:
    opened = open_file(name)
    sent = 0
    for part in opened.parts:
        head = wire.pack(("sheet", part.name, part.preamble, part.merged, part.uncalculated))
        for packed in chain((head,), map(wire.pack_rows, part.chunks)):
            sent += len(packed)
            if sent > MAX_SENT_BYTES:
                raise FileProblem("文件里的文字太多", "请清除表格以外的内容，或拆成几个文件后再交")
            answers.write(packed)
    answers.write(wire.pack(("done", opened.kind, opened.modified)))


def _bound_memory() -> None:
    """Bound the address space where the system can, and leave no memory image of a crash: it would hold personal
    data."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with suppress(ValueError, OSError):  # macOS knows the name and refuses the bound
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _bound_time() -> None:
    """End this process after a file's worth of computing, should the parent no longer be there to do it. Waiting on
    the pipe does not count."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 2 * FILE_SECONDS)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
