"""What the site does by itself beside its pages: sealing the audit, removing what nobody may keep any longer, counting
anew when ages count to another day.

One thread of the process that answers; a job that fails is told in the log and tried again."""

import logging
import time
from collections.abc import Callable
from importlib import import_module
from itertools import count
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from paicha.audit.services import seal_events
from paicha.intake.selectors import blobs
from paicha.intake.services import expire
from paicha.intake.services import sweep as sweep_uploads
from paicha.organizations.selectors import committees
from paicha.register.tallies.services import refresh
from paicha.tenancy.current import working_for
from paicha.vault.scratch import sweep

log = logging.getLogger("paicha.jobs")
SECONDS = 15  # between two rounds: an event is sealed within that time
ROUNDS = 240  # between two clearings: an hour


def run() -> None:
    """Run the jobs round by round as long as this process lives; each is one transaction, so that it may end at any
    moment."""
    for n in count():
        run_once()
        if n % ROUNDS == 0:
            clear()
        time.sleep(SECONDS)


def run_once() -> None:
    """One round of every job for every committee."""
    close_old_connections()
    for committee_id in committees():
        for job in (_seal, _expire, _refresh):
            _run(job, committee_id)


def clear() -> None:
    """Remove what nobody needs any more: sessions that ended, files in the clear that a killed process left behind,
    uploaded bytes that no committee knows of."""
    for job in (_clear_sessions, sweep, _clear_uploads):
        try:
            job()
        except Exception:
            log.exception("job failed")


def _clear_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def _clear_uploads() -> None:
    known = set[str]()
    for committee_id in committees():
        with working_for(committee_id):
            known |= blobs(committee_id)
    sweep_uploads(known)


def _run(job: Callable[[UUID], None], committee_id: UUID) -> None:
    try:
        with working_for(committee_id):
            job(committee_id)
    except Exception:
        log.exception("job failed")  # the others, and the next round, go on


def _seal(committee_id: UUID) -> None:
    while seal_events(committee_id):
        pass


def _expire(committee_id: UUID) -> None:
    expire(committee_id, timezone.now())


def _refresh(committee_id: UUID) -> None:
    refresh(committee_id, timezone.localdate())
