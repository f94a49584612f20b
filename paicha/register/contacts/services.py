"""Writes of contacts: each one transaction and one audit event, which holds no name and no word that was said."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.organizations.models import User
from paicha.register.contacts.models import ContactPerson, ContactRecord, LastContact, Purpose, Way
from paicha.register.models import RegisterEntry


class Unfit(ValueError):
    """What is to be recorded cannot have been so; the message says why, in Chinese."""


@transaction.atomic
def record_contact(
    *,
    actor: User,
    entry_id: UUID,
    happened_on: date,
    way: Way,
    purposes: Collection[Purpose],
    reached: bool,
    said: str,
    by: str,
    today: date,
) -> ContactRecord:
    """Write down one contact, which serves all of `purposes`. Raises Unfit for a day to come,
    without a purpose, for somebody off the register."""
    if happened_on > today:
        raise Unfit("联系日期还没有到")
    if not purposes:
        raise Unfit("没有选联系的事由")
    entry = _locked(actor, entry_id)
    contact = ContactRecord(
        committee_id=actor.committee_id,
        entry=entry,
        happened_on=happened_on,
        way=way,
        purposes=sum(set(purposes)),
        reached=reached,
        said=said,
        by=by,
        recorded_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    contact.save(force_insert=True)
    if reached:
        _reckon(entry)
    served = [purpose.label for purpose in contact.served]
    _record(
        Event.CONTACT_RECORDED, actor, entry, day=happened_on.isoformat(), way=way.label, served=served, reached=reached
    )
    return contact


@transaction.atomic
def withdraw_contact(*, actor: User, contact_id: UUID) -> ContactRecord:
    """Take back a record made by mistake: it stays to be seen and counts for nothing. Raises Unfit for somebody off the
    register."""
    contact = ContactRecord.objects.get(committee_id=actor.committee_id, id=contact_id)
    entry = _locked(actor, contact.entry_id)
    contact.refresh_from_db()
    if contact.withdrawn_at is not None:
        return contact
    contact.withdrawn_at = timezone.now()
    contact.save(update_fields=["withdrawn_at"])
    _reckon(entry)
    _record(Event.CONTACT_WITHDRAWN, actor, entry, day=contact.happened_on.isoformat())
    return contact


@transaction.atomic
def set_contact_person(
    *, actor: User, entry_id: UUID, name: str, phone: str, since: date, today: date
) -> ContactPerson:
    """Name who keeps in touch with somebody from a day on; who did so before ends on that day. The same name and phone
    again change nothing.

    Raises Unfit without a name, for a day to come or before the present person began, for somebody off the register."""
    if not name:
        raise Unfit("没有填联系人姓名")
    if since > today:
        raise Unfit("开始日期还没有到")
    entry = _locked(actor, entry_id)
    before = ContactPerson.objects.filter(committee_id=actor.committee_id, entry=entry, until=None).first()
    if before and (before.name, before.phone) == (name, phone):
        return before
    if before:
        if since < before.since:
            raise Unfit(f"现在的联系人是从 {before.since.isoformat()} 开始的，新的不能更早")
        before.until = since
        before.save(update_fields=["until"])
    person = ContactPerson(committee_id=actor.committee_id, entry=entry, name=name, phone=phone, since=since)
    person.save(force_insert=True)
    _record(Event.CONTACT_PERSON_SET, actor, entry, since=since.isoformat())
    return person


def _locked(actor: User, entry_id: UUID) -> RegisterEntry:
    entry = RegisterEntry.objects.select_for_update().get(committee_id=actor.committee_id, id=entry_id)
    if entry.closed_on is not None:
        raise Unfit("这个人已经销册；要记联系，请先恢复")
    return entry


def _reckon(entry: RegisterEntry) -> None:
    """Reckon the last contact anew: records come and go in any order."""
    records = ContactRecord.objects.filter(
        committee_id=entry.committee_id, entry=entry, reached=True, withdrawn_at=None
    )
    last = LastContact.objects.filter(committee_id=entry.committee_id, entry=entry).first()
    last = last or LastContact(committee_id=entry.committee_id, entry=entry)
    last.happened_on = records.aggregate(last=Max("happened_on"))["last"]
    last.save()


def _record(event: Event, actor: User, entry: RegisterEntry, **payload: str | bool | list[str]) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="entry",
        subject_id=entry.id,
        branch_id=entry.branch_id,
        **payload,
    )
