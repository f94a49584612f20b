"""What keeps an organization from being closed. Apps above this one know more of it than the tree does: the register
knows its people. Each says so by a guard, added when it starts."""

from collections.abc import Callable
from uuid import UUID

Guard = Callable[[UUID, UUID], str]  # committee, organization → why it cannot be closed (Chinese), "" where it can
_guards: list[Guard] = []


def add_guard(guard: Guard) -> None:
    """Ask this guard too before an organization is closed. Adding it twice asks once."""
    if guard not in _guards:
        _guards.append(guard)


def remove_guard(guard: Guard) -> None:
    _guards.remove(guard)


def obstacle(committee_id: UUID, organization_id: UUID) -> str:
    """The first guard's reason, "" where none objects."""
    return next((reason for guard in _guards if (reason := guard(committee_id, organization_id))), "")
