"""The office's list of branches: who must report, under which names they sign, whom to call."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedBranch:
    """A line of the office's list of branches."""

    name: str
    aliases: tuple[str, ...] = ()
    leader: str = ""
    phone: str = ""
