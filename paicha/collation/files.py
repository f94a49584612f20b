"""From the paths that a person gives to the files to be read."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paicha.collation.contract import RESULT_FILE, is_result

SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


def find_files(
    paths: Iterable[str | Path],
    apart_from: Path | None = None,
    passed_over: Callable[[Path], None] = lambda _: None,
    unopened: Callable[[Path, OSError], None] = lambda _, __: None,
) -> list[str]:
    """Every file under `paths`, as given and in order of name; folders are walked, but not into `apart_from` (where the
    results go), nor into any other folder of results: such a one is told to `passed_over`. A file reached twice is read
    once.

    Left out in silence: hidden files, what an office program keeps beside an open file (`~$…`, `.~lock…`), and the
    operating system's own. A path that does not exist is kept, and so is a folder that does not open, which is told to
    `unopened` besides: reading them gives their `file` finding."""
    walk = _Walk(os.path.realpath(apart_from) if apart_from else None, passed_over, unopened)
    found = {os.path.realpath(file): str(file) for path in reversed(list(paths)) for file in walk.files(Path(path))}
    return sorted(found.values())


@dataclass(frozen=True, slots=True)
class _Walk:
    apart_from: str | None
    passed_over: Callable[[Path], None]
    unopened: Callable[[Path, OSError], None]

    def files(self, path: Path, above: frozenset[str] = frozenset()) -> Iterator[Path]:
        """The files under `path`; `above` are the folders it was reached through, since a link may lead back to one."""
        real = os.path.realpath(path)
        if real == self.apart_from or real in above:
            return
        if not os.path.isdir(path):
            yield path
            return
        if is_result(path / RESULT_FILE):  # an earlier run's results are no branch's forms
            self.passed_over(path)
            return
        try:
            children = sorted(path.iterdir())
        except OSError as problem:
            self.unopened(path, problem)
            yield path
            return
        for child in children:
            if not child.name.startswith((".", "~$")) and child.name.lower() not in SYSTEM_FILES:
                yield from self.files(child, above | {real})
