"""Writes of report-ins: each one transaction and one event, which names no organisation. The three cells are written by
the register's own write, so that its check, its figures and its event follow."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.domain.advice import Route
from paicha.domain.reporting_in import Place, day_fault
from paicha.organizations.models import User
from paicha.register.models import EntryVersion, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.selectors import current_of
from paicha.register.services import revise_entry
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.selectors import came_back_on, standing
from paicha.transfers.unfit import Unfit

NOWHERE = Place()


class Changed(Unfit):
    """Somebody changed the three cells since the page was opened."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is written down of a report-in; the place as domain.reporting_in reads it."""

    route: Route
    place: Place
    since: date
    evidence: str


@transaction.atomic
def record_report_in(
    *, actor: User, entry_id: UUID, said: Said, recorder: Recorder, seen: UUID, today: date, left: date | None = None
) -> ReportIn:
    """Somebody has reported in. The same organisation again mends what was recorded; another one ends the earlier on
    the day of the new. `seen` is the version that the page showed, `left` the day on which the person went away.

    Raises Unfit without a place or what shows it, for a day that cannot be (domain.reporting_in.day_fault), for
    somebody off the register; Changed where somebody changed the cells since."""
    entry = _locked(actor, entry_id)
    _check(entry, said, today, max(filter(None, (left, came_back_on(entry))), default=None))
    if not _same_cells(entry, seen):
        raise Changed("这期间登记表里的报到信息被别人改了，现在的写在上面；请核对后再记")
    before = standing(entry)
    version = _write(actor, entry, said.place, recorder, today)
    new = ReportIn(
        committee_id=actor.committee_id,
        entry=entry,
        version=version,
        route=said.route,
        since=said.since,
        evidence=said.evidence,
        recorded_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    if before:
        _give_way(actor, before, new, said.place)
    new.save(force_insert=True)
    _record(Event.REPORT_IN_RECORDED, actor, entry, day=said.since.isoformat(), route=Route(said.route).label)
    return new


@transaction.atomic
def end_report_in(
    *, actor: User, report_in_id: UUID, until: date, why: str, recorder: Recorder, today: date
) -> ReportIn:
    """A report-in is over from a day on, with the reason; the cells are emptied, unless they name another organisation
    by now. Raises Unfit for a day to come or before it began, without a reason, for one that is over or withdrawn
    already, for somebody off the register."""
    if not why:
        raise Unfit("请写明为什么终止")
    if until > today:
        raise Unfit("终止日期还没有到")
    found = _standing(actor, report_in_id)
    if until < found.since:
        raise Unfit(f"报到是从 {found.since.isoformat()} 开始的，终止不能更早")
    found.until, found.why_ended, found.ended_at, found.ended_by = until, why, timezone.now(), actor.name
    found.save(update_fields=["until", "why_ended", "ended_at", "ended_by"])
    _clear(actor, found, NOWHERE, recorder, today)
    _record(Event.REPORT_IN_ENDED, actor, found.entry, day=until.isoformat())
    return found


@transaction.atomic
def withdraw_report_in(*, actor: User, report_in_id: UUID, why: str, recorder: Recorder, today: date) -> ReportIn:
    """A report-in never was: it stays to be seen, with the reason. The one that it had ended holds again, in the cells
    too; else they are emptied. Raises Unfit without a reason, for one that is over or withdrawn already, for somebody
    off the register."""
    if not why:
        raise Unfit("请写明错在哪里")
    found = _standing(actor, report_in_id)
    _withdraw(actor, found, why)
    ended = ReportIn.objects.filter(committee_id=actor.committee_id, followed_by=found, withdrawn_at=None).first()
    if ended:
        ended.until = ended.why_ended = ended.ended_at = ended.followed_by = None
        ended.ended_by = ""
        ended.save()
    _clear(actor, found, ended.place if ended else NOWHERE, recorder, today)
    _record(Event.REPORT_IN_WITHDRAWN, actor, found.entry, day=found.since.isoformat())
    return found


def _check(entry: RegisterEntry, said: Said, today: date, left: date | None) -> None:
    if not said.place.organization:
        raise Unfit("请填写向哪个党组织报到")
    if not said.evidence:
        raise Unfit("请写明凭什么知道，如 电话向对方党支部核实")
    if fault := day_fault(said.since, today, left=left, joined=current_of(entry).joined):
        raise Unfit(fault)


def _give_way(actor: User, before: ReportIn, new: ReportIn, place: Place) -> None:
    """The report-in that stands makes room for a new one: mended where that is the same organisation or begins the same
    day, else over. What the mended one had ended stays ended by the new."""
    if before.place.same(place) or before.since == new.since:
        _withdraw(actor, before, "改正", new)
        ended = ReportIn.objects.filter(committee_id=actor.committee_id, followed_by=before, withdrawn_at=None)
        ended.update(followed_by=new.id)
        return
    if new.since < before.since:
        raise Unfit(f"原来的报到是从 {before.since.isoformat()} 开始的，新的不能更早；原来的记错了，请先撤回")
    before.until, before.why_ended, before.ended_by = new.since, "改向别的党组织报到", actor.name
    before.ended_at, before.followed_by = timezone.now(), new
    before.save()


def _withdraw(actor: User, found: ReportIn, why: str, followed_by: ReportIn | None = None) -> None:
    found.withdrawn_at, found.withdrawn_by, found.why_withdrawn = timezone.now(), actor.name, why
    found.followed_by = followed_by
    found.save()


def _clear(actor: User, found: ReportIn, place: Place, recorder: Recorder, today: date) -> None:
    """The cells say `place` where they still name what was recorded."""
    current = current_of(found.entry)
    if current.reported_in and found.place.same(Place.of(current.cells)):
        version = _write(actor, found.entry, place, recorder, today)
        now = standing(found.entry)
        if now:
            now.version = version
            now.save(update_fields=["version"])


def _write(actor: User, entry: RegisterEntry, place: Place, recorder: Recorder, today: date) -> EntryVersion:
    """The three cells as they are to be: a version, unless they say so already."""
    current = current_of(entry)
    cells = place.over(current.cells)
    written = revise_entry(actor=actor, entry_id=entry.id, base=current.id, cells=cells, recorder=recorder, today=today)
    entry.current = written.current
    return current_of(entry)


def _same_cells(entry: RegisterEntry, seen: UUID) -> bool:
    """Whether the three cells are as they were in the version `seen`."""
    current = current_of(entry)
    if current.id == seen:
        return True
    before = EntryVersion.objects.filter(committee_id=entry.committee_id, entry=entry, id=seen).first()
    return before is not None and Place.of(before.cells) == Place.of(current.cells)


def _standing(actor: User, report_in_id: UUID) -> ReportIn:
    """A report-in that is neither over nor withdrawn, its entry held."""
    found = ReportIn.objects.select_related("version").get(committee_id=actor.committee_id, id=report_in_id)
    found.entry = _locked(actor, found.entry_id)
    found.refresh_from_db(fields=["until", "withdrawn_at"])
    if not found.stands:
        raise Unfit("这次报到已经终止或撤回")
    return found


def _locked(actor: User, entry_id: UUID) -> RegisterEntry:
    entry = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    if entry.closed_on is not None:
        raise Unfit("这个人已经销册；要记报到，请先恢复")
    return entry


def _record(event: Event, actor: User, entry: RegisterEntry, **payload: str) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry",
        subject_id=entry.id,
        branch_id=entry.branch_id,
        **payload,
    )
