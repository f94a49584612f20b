"""From the paths that a person gives to the files to be read."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from paicha.collation.contract import RESULT_FILE, is_result

SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


def find_files(
    paths: Iterable[str | Path],
    apart_from: Path | None = None,
    passed_over: Callable[[Path], None] = lambda _: None,
) -> list[str]:
    """Every file under `paths`, as given and in order of name; folders are walked, but not into `apart_from` (where the
    results go), nor into any other folder of results: such a one is told to `passed_over`. A file reached twice is read
    once.

    Left out in silence: hidden files, what an office program keeps beside an open file (`~$…`, `.~lock…`), and the
    operating system's own. A path that does not exist is kept: reading it gives its `file` finding."""
    own = apart_from.resolve() if apart_from else None
    found = {
        file.resolve(): str(file) for path in reversed(list(paths)) for file in _walk(Path(path), own, passed_over)
    }
    return sorted(found.values())


def _walk(path: Path, own: Path | None, passed_over: Callable[[Path], None]) -> Iterator[Path]:
    if own is not None and path.resolve() == own:
        return
    if not path.is_dir():
        yield path
        return
    if is_result(path / RESULT_FILE):  # an earlier run's results are no branch's forms
        passed_over(path)
        return
    for child in sorted(path.iterdir()):
        if not child.name.startswith((".", "~$")) and child.name.lower() not in SYSTEM_FILES:
            yield from _walk(child, own, passed_over)
