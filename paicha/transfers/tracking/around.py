"""The addresses around somebody's transfer."""

from typing import NamedTuple
from uuid import UUID

from django.urls import reverse


class Around(NamedTuple):
    """Where the page sends a step, a receipt and its taking back, and where a letter is issued."""

    move: str
    receipt: str
    back: str
    letter: str

    @classmethod
    def of(cls, whose: str, *ids: UUID, move: str = "move") -> "Around":
        """Of an entry, a graduate or a member: `whose` begins the names of the routes."""
        return cls(*(reverse(f"{whose}-{what}", args=ids) for what in (move, "receipt", "receipt-back", "letter")))
