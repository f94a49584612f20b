"""The addresses around a transfer of somebody who stands on no register."""

from typing import NamedTuple


class Around(NamedTuple):
    """Where the page sends a step, a receipt and its taking back, and where a letter is issued."""

    move: str
    receipt: str
    back: str
    letter: str
