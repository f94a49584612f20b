"""Files in the clear, for as long as a reader or a writer of files needs them: in the data folder, where only this
account can read them, and never in the system's own folder for such files."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings

# Longer than any request: 200 files of 20 seconds each.
LATEST = timedelta(hours=2)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of one's own, which goes with the block."""
    with tempfile.TemporaryDirectory(dir=settings.SCRATCH) as folder:
        yield Path(folder)


def sweep(older_than: timedelta = LATEST) -> int:
    """Remove what a process left behind that was killed or lost its power; how much."""
    before, found = time.time() - older_than.total_seconds(), 0
    for path in list(settings.SCRATCH.iterdir()):
        try:
            if path.lstat().st_mtime > before:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            found += 1
        except FileNotFoundError:
            continue  # its own process was just at it
    return found
