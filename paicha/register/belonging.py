"""Who is meant by an entry, and where members belong, as the register comes to know of it: who stands on a branch's
register belongs to it (notice 三.2), and whom nothing else names goes with the entry that was a mistake. Called inside
the transaction and event of what is done."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from paicha.register.models import Affiliation, Closing, EntryVersion, Member, RegisterEntry
from paicha.register.records import Record, Recorder
from paicha.register.roster.models import RosterLine
from paicha.register.roster.selectors import chunks


class NumberTaken(Exception):
    """Somebody wrote down the same new ID number at the same moment and was first; sent again, theirs is found."""

    def __init__(self) -> None:
        super().__init__("刚刚有人登记了同一个身份证号，这次没有保存")


def hold_members(committee_id: UUID, members: Iterable[UUID]) -> None:
    """Hold where each of these belongs until the transaction ends, in one order: two who write of many at once wait for
    each other, and neither for the other for ever."""
    open_ = Affiliation.objects.select_for_update().filter(committee_id=committee_id, until=None)
    for some in chunks(sorted(set(members))):
        list(open_.filter(member_id__in=some).order_by("member_id").values_list("id"))


def person_meant(
    committee_id: UUID, recorder: Recorder, read: Record, known: Member | None, of: UUID | None = None
) -> Member:
    """The person meant: found by the ID number; else the one known before, given the number; else a new one. A number
    that was known is corrected where nothing but the entry `of` names its person: two people do not become one. Raises
    NumberTaken."""
    probe = recorder.fill(EntryVersion(committee_id=committee_id), read)
    found = Member.objects.filter(committee_id=committee_id, id_hash=probe.id_hash).first() if probe.id_hash else None
    if found is not None:
        return found
    keeps = known is not None and (
        probe.id_hash is None or known.id_hash is None or not _is_named(committee_id, known.id, of)
    )
    member = known if known is not None and keeps else Member(committee_id=committee_id)
    member.name = probe.name
    if probe.id_hash is not None:
        member.id_number, member.id_hash = read.entry.id_number or "", probe.id_hash
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:
        raise NumberTaken from None
    return member


def affiliate(committee_id: UUID, member_id: UUID, branch_id: UUID, since: date) -> None:
    """A member belongs to this branch, unless to another already."""
    if belongs(committee_id, member_id):
        return
    try:
        with transaction.atomic():
            Affiliation(committee_id=committee_id, member_id=member_id, branch_id=branch_id, since=since).save()
    except IntegrityError:  # to another as of this moment: somebody was first
        return


def belongs_elsewhere(committee_id: UUID, member_id: UUID, branch_id: UUID) -> UUID | None:
    """The other branch that a member belongs to now; None for one of this branch or of none."""
    others = _open(committee_id).filter(member_id=member_id).exclude(branch_id=branch_id)
    return others.values_list("branch_id", flat=True).first()


def belongs(committee_id: UUID, member_id: UUID) -> bool:
    """Whether a member belongs to any branch now."""
    return _open(committee_id).filter(member_id=member_id).exists()


def leave(committee_id: UUID, member_id: UUID, branch_id: UUID, until: date) -> None:
    """A member belongs to this branch no more."""
    _open(committee_id).filter(member_id=member_id, branch_id=branch_id).update(until=until)


def forget(committee_id: UUID, members: Iterable[UUID]) -> None:
    """Those of these members whom nothing names any more never belonged anywhere."""
    for some in chunks(members):
        unnamed = Member.objects.filter(committee_id=committee_id, id__in=some).exclude(_named())
        _open(committee_id).filter(member__in=unnamed).update(until=F("since"))


def _is_named(committee_id: UUID, member_id: UUID, but: UUID | None) -> bool:
    """Whether anything names a member beside the entry `but`."""
    return Member.objects.filter(_named(but), committee_id=committee_id, id=member_id).exists()


def _named(but: UUID | None = None) -> Q:
    """A member whom the roster names, or an entry that was no mistake (another one than `but`)."""
    entries = RegisterEntry.objects.filter(~Q(closing=Closing.IMPORT_UNDONE) | Q(closing=None), member=OuterRef("pk"))
    lines = RosterLine.objects.filter(member=OuterRef("pk"), ended_by=None)
    return Q(Exists(entries.exclude(id=but) if but else entries)) | Q(Exists(lines))


def _open(committee_id: UUID) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(committee_id=committee_id, until=None)
