"""The office's list of branches from whatever file it is kept in."""

from pathlib import Path

from paicha.domain.branches import ListedBranch
from paicha.formats.readers.branches import ListProblem, read_branches, read_branches_text
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.source import Unreadable


def read_list(path: Path) -> list[ListedBranch]:
    """The branches listed in a workbook, a Word table, a .csv or a .txt. Raises ValueError with a Chinese message."""
    if path.suffix.lower() in (".csv", ".txt"):
        try:
            return read_branches_text(path.read_bytes(), str(path))
        except OSError:
            raise ListProblem(f"{path}：打不开，请检查文件名和权限") from None
    for source in read_files([str(path)]):
        if isinstance(source, Unreadable):
            raise ListProblem(f"{path}：{source.finding.message}。{source.finding.suggestion}")
        return read_branches(source)
    raise ListProblem(f"{path}：打不开")
