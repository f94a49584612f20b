"""A committee with a chain of events, and a data folder of its own for the anchor."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.audit.services import record, seal_events
from paicha.tenancy.current import working_for
from paicha.tenancy.models import new_id


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def committee() -> UUID:
    return new_id()


@pytest.fixture
def happen(committee: UUID) -> Callable[..., list[AuditEvent]]:
    """Let a number of events happen."""

    def happen(count: int, event: Event = Event.ENTRY_ADDED, **given: Any) -> list[AuditEvent]:
        with working_for(committee), transaction.atomic():
            given = {"actor": None, "committee_id": committee, "row": 7, **given}
            return [record(event, **given) for _ in range(count)]

    return happen


@pytest.fixture
def chain(committee: UUID, happen: Callable[..., list[AuditEvent]]) -> list[AuditEvent]:
    """Ten events, sealed as numbers 1 to 10."""
    events = happen(10)
    assert seal_events(committee) == 10
    return events
