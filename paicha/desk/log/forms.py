"""What the log is filtered by, all of it in the address, so that a view of it can be kept and passed on."""

from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from paicha.audit.events import Event, Group

GROUPS = {group.value: group for group in Group}
EVENTS = {event.value: event for event in Event}


@dataclass(frozen=True, slots=True)
class Filter:
    """`kind` is a group's or an event's code; `after` stands for the page: (time, id) of the last line before it.
    What cannot be read is left out and named in `faults` by its field."""

    actor: UUID | None = None
    branch: UUID | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    after: tuple[datetime, UUID] | None = None
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def group(self) -> Group | None:
        return GROUPS.get(self.kind)

    @property
    def event(self) -> Event | None:
        return EVENTS.get(self.kind)

    def address(self) -> str:
        """The filter as the query of an address, without the page."""
        said = {"actor": self.actor, "branch": self.branch, "kind": self.kind, "since": self.since, "until": self.until}
        return urlencode({key: value for key, value in said.items() if value})


def read(query: QueryDict) -> Filter:
    """The filter of an address."""
    faults: dict[str, str] = {}

    def day(key: str) -> date | None:
        text = query.get(key, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            faults[key] = "日期写成 2023-12-15 这样"
            return None

    since, until = day("since"), day("until")
    if since and until and until < since:
        faults["until"] = "结束的日期早于开始的日期"
    kind = query.get("kind", "")
    return Filter(
        actor=_uuid(query.get("actor", "")),
        branch=_uuid(query.get("branch", "")),
        kind=kind if kind in GROUPS or kind in EVENTS else "",
        since=since,
        until=until,
        after=_place(query.get("after", "")),
        faults=faults,
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _place(text: str) -> tuple[datetime, UUID] | None:
    """The place of a page, <time>_<id> as `place` writes it."""
    at, _, id_ = text.partition("_")
    try:
        return datetime.fromisoformat(at), UUID(id_)
    except ValueError:
        return None


def place(at: datetime, id_: UUID) -> str:
    return f"{at.isoformat()}_{id_}"
