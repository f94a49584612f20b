"""Names that the files of a run get from branches: fit for every system, and no two alike."""

import re

MOST_CHARACTERS, MOST_BYTES = 80, 230  # 255 bytes are a name's limit on Linux: room for a number and an extension


def file_name(name: str) -> str:
    """A branch's name as a file's: without the characters that Windows or Linux refuse, 80 characters at most."""
    fit = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", name).strip(" .")[:MOST_CHARACTERS]
    return fit.encode("utf-8", "replace")[:MOST_BYTES].decode("utf-8", "ignore").strip(" .") or "_"


class Naming:
    """The names given in one run: a branch keeps its name, and one that would get a name already given is numbered,
    since 甲/乙支部 and 甲?乙支部 are two branches and both become 甲_乙支部."""

    def __init__(self) -> None:
        self._of_branch: dict[str, str] = {}
        self._given = set[str]()

    def of(self, branch: str, blank: str = "_") -> str:
        """The name of `branch`, the same each time; that of the branch "" is made from `blank`."""
        if branch not in self._of_branch:
            self._of_branch[branch] = self.free(file_name(branch or blank))
        return self._of_branch[branch]

    def free(self, name: str) -> str:
        """`name`, numbered where it was given before; Windows and macOS do not tell capitals from small letters."""
        free, number = name, 1
        while free.casefold() in self._given:
            number += 1
            free = f"{name}（{number}）"
        self._given.add(free.casefold())
        return free
