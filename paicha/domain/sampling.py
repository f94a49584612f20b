"""Who is inspected: a random list that can be drawn again by anybody who has the seed and the whole list.

>>> drawn("7f3a", ["a", "b", "c", "d"], 2) == drawn("7f3a", ["d", "c", "b", "a"], 2)
True
>>> size_of(7, share=10), size_of(7, number=20), size_of(0, share=50)
(1, 7, 0)
"""

from collections.abc import Iterable
from hashlib import sha256


def drawn(seed: str, whole: Iterable[str], size: int) -> list[str]:
    """The `size` ids whose SHA-256 of “seed|id” is smallest, in that order: whatever the order of the list, and with no
    random generator that a later version of the language might change."""
    return sorted(whole, key=lambda one: sha256(f"{seed}|{one}".encode()).digest())[:size]


def size_of(people: int, *, share: int | None = None, number: int | None = None) -> int:
    """How many of a branch are drawn: `share` percent, rounded up, or `number`, of which there may be fewer."""
    if share is not None:
        return -(-people * share // 100)
    return min(people, number or 0)
