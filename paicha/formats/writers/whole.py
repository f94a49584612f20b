"""Files that are written whole or not at all: a full disk or a fault leaves neither half a file nor scratch."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `path` at the end. It stands in a folder of its own beside `path`
    (ID numbers stay in the user's folder), where other scratch may stand too; where anything is raised, all of it
    goes and what stood at `path` stays. Raises OSError."""
    with TemporaryDirectory(prefix=".", dir=path.resolve().parent) as scratch:
        beside = Path(scratch, path.name)
        yield beside
        beside.replace(path)
