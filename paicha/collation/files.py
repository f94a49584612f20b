"""From the paths that a person gives to the files to be read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

RESULT_MARK = "result.json"  # stands in every folder that a collation has written
SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


def find_files(paths: Iterable[str | Path], apart_from: Path | None = None) -> list[str]:
    """Every file under `paths`, as given and in order of name; folders are walked, but not into `apart_from` (where the
    results go), nor into any other folder of results. A file reached twice is read once.

    Left out in silence: hidden files, what an office program keeps beside an open file (`~$…`, `.~lock…`), and the
    operating system's own. A path that does not exist is kept: reading it gives its `file` finding."""
    own = apart_from.resolve() if apart_from else None
    found = {file.resolve(): str(file) for path in reversed(list(paths)) for file in _walk(Path(path), own)}
    return sorted(found.values())


def _walk(path: Path, own: Path | None) -> Iterator[Path]:
    if own is not None and path.resolve() == own:
        return
    if not path.is_dir():
        yield path
        return
    if (path / RESULT_MARK).is_file():  # an earlier run's results are no branch's forms
        return
    for child in sorted(path.iterdir()):
        if not child.name.startswith((".", "~$")) and child.name.lower() not in SYSTEM_FILES:
            yield from _walk(child, own)
