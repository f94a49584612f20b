"""Reads of organizations and accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from paicha.organizations.models import How, Invitation, Kind, Organization, Placement, Succession, User
from paicha.organizations.tokens import committee_of
from paicha.tenancy.current import working_for
from paicha.vault.hashing import Hashed, keyed_hash


def organization(committee_id: UUID, organization_id: UUID) -> Organization:
    """One organization of a committee. Raises Organization.DoesNotExist."""
    return Organization.objects.get(committee_id=committee_id, id=organization_id)


def organizations(committee_id: UUID, ids: Iterable[UUID]) -> dict[UUID, Organization]:
    """Organizations of a committee by id."""
    return Organization.objects.filter(committee_id=committee_id).in_bulk(list(ids))


def committees() -> list[UUID]:
    """Every committee of this installation: those that have an account, since that table alone is seen by all."""
    return list(User.objects.order_by("committee_id").values_list("committee_id", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Stage:
    """What an organization was from `since` until before `until` (None: today); `above` is whom it belonged to."""

    name: str
    kind: Kind
    above: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A merger or split on a day: `into` is who took over, by id and name as it is or last was."""

    how: How
    on: date
    of: tuple[UUID, str]
    into: tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class History:
    """What became of one organization: its stages, newest first, and its turns. `came_from` it took over; `went_to`
    took over from it: after a merger that is the one branch that its people belong to now."""

    stages: list[Stage]
    came_from: list[Turn]
    went_to: list[Turn]


def history(committee_id: UUID, organization_id: UUID) -> History:
    """The history of one organization, standing or former."""
    placements = list(
        Placement.objects.filter(committee_id=committee_id, organization_id=organization_id).order_by("-since", "-id")
    )
    turns = list(
        Succession.objects.filter(committee_id=committee_id)
        .filter(Q(predecessor_id=organization_id) | Q(successor_id=organization_id))
        .order_by("happened_on", "id")
    )
    named = {p.parent_id for p in placements} | {id_ for t in turns for id_ in (t.predecessor_id, t.successor_id)}
    names = _names(committee_id, {id_ for id_ in named if id_ is not None})
    stages = [
        Stage(p.name, Kind(p.kind), names.get(p.parent_id, "") if p.parent_id else "", p.since, p.until)
        for p in placements
    ]
    told = [
        Turn(
            How(turn.how),
            turn.happened_on,
            (turn.predecessor_id, names[turn.predecessor_id]),
            (turn.successor_id, names[turn.successor_id]),
        )
        for turn in turns
    ]
    return History(
        stages,
        [turn for turn in told if turn.into[0] == organization_id],
        [turn for turn in told if turn.of[0] == organization_id],
    )


def _names(committee_id: UUID, ids: set[UUID]) -> dict[UUID, str]:
    """The newest name of each."""
    rows = Placement.objects.filter(committee_id=committee_id, organization_id__in=ids).order_by("since", "id")
    return dict(rows.values_list("organization_id", "name"))


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a one-time link, with its account; None for a link that never was."""
    committee_id = committee_of(token)
    if committee_id is None:
        return None
    with working_for(committee_id):
        return (
            Invitation.objects.select_related("user")
            .filter(committee_id=committee_id, token_hash=keyed_hash(Hashed.TOKEN, token))
            .first()
        )
