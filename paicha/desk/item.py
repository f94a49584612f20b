"""One line of what is to be done today."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: `state` as a class of the style sheet, what it is, and where it is done."""

    state: str
    words: str
    url: str
