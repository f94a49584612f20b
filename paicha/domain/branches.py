"""The office's list of branches: who must report, under which names they sign, whom to call.

A head is matched by name or alias in a normal form (width, white space and brackets do not count). A name that matches
none is never taken for a new branch: the nearest is only suggested.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paicha.domain.readings import compact

_IGNORED = str.maketrans("", "", "()（）[]【】<>《》“”\"'·、，,。.:：_-—")


_ABOVE = re.compile(r"^.*(?:委员会|总支部|党总支|党委)")


def branch_key(name: str) -> str:
    """The form in which names of branches are compared."""
    return compact(name).translate(_IGNORED).casefold()


@dataclass(frozen=True, slots=True)
class ListedBranch:
    """A line of the office's list of branches."""

    name: str
    aliases: tuple[str, ...] = ()
    leader: str = ""
    phone: str = ""


class BranchList:
    """The list, searchable by every name and alias."""

    def __init__(self, branches: Iterable[ListedBranch]) -> None:
        self.branches = tuple(branches)
        self._by_key = {branch_key(name): b for b in self.branches for name in (*b.aliases, b.name)}

    def __iter__(self) -> Iterator[ListedBranch]:
        return iter(self.branches)

    def match(self, name: str) -> ListedBranch | None:
        """The branch that signs as `name`; those of the bodies above it may stand before its own (中共…委员会)."""
        return self._by_key.get(branch_key(name)) or self._by_key.get(branch_key(_ABOVE.sub("", name)))

    def nearest(self, name: str) -> ListedBranch | None:
        """The branch most likely meant by a name that matches none."""
        keys = difflib.get_close_matches(branch_key(name), self._by_key, n=1, cutoff=0.5)
        return self._by_key[keys[0]] if keys else None
