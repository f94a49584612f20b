"""From the paths that a person gives to the files to be read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


def find_files(paths: Iterable[str | Path]) -> list[str]:
    """Every file under `paths`, as given and in order of name; folders are walked.

    Left out in silence: hidden files, what an office program keeps beside an open file (`~$…`, `.~lock…`), and the
    operating system's own. A path that does not exist is kept: reading it gives its `file` finding."""
    return [str(file) for path in paths for file in _walk(Path(path))]


def _walk(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for child in sorted(path.iterdir()):
        if not child.name.startswith((".", "~$")) and child.name.lower() not in SYSTEM_FILES:
            yield from _walk(child)
