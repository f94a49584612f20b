"""One person's line of time: versions with what each changed, contacts, opening and closing, and where the person
belonged; newest first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from paicha.domain.readings import CellValue, as_text
from paicha.intake.models import Upload
from paicha.organizations.tree import Tree
from paicha.register.contacts.models import ContactRecord
from paicha.register.forms import COLUMNS, label, masked
from paicha.register.models import Affiliation, EntryVersion, RegisterEntry, Reopening
from paicha.register.unmasking.models import Unmasking


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that a version changed: its heading, what stood there and what stands there now, numbers masked."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened on `day`; `at` when it was written down, `last` what ended the day: a closing."""

    day: date
    what: str
    who: str = ""
    at: datetime | None = None
    differences: Sequence[Difference] = ()
    words: str = ""
    last: bool = False

    @property
    def on_its_day(self) -> bool:
        """Whether it was written down on its day: of what is told later the hour says nothing."""
        return self.at is not None and self.at.date() == self.day


Moments = Callable[[RegisterEntry], Iterable[Moment]]


def line_of(
    tree: Tree,
    entry: RegisterEntry,
    versions: Sequence[EntryVersion],
    contacts: Iterable[ContactRecord],
    unmaskings: Iterable[Unmasking] = (),
    others: Iterable[Moment] = (),
) -> list[Moment]:
    """Everything known of an entry in one line. `versions` newest first, as versions_of gives them; `unmaskings` where
    the reader may know of them; `others` is told by apps above. Three queries more: affiliations, the uploads that
    versions came with, reopenings."""
    moments = [
        *_versions(entry, versions),
        *map(_contact, contacts),
        *map(_unmasking, unmaskings),
        *_affiliations(tree, entry),
        *_ends(entry),
        *others,
    ]
    return sorted(moments, key=lambda moment: (moment.day, moment.last, moment.at is not None, moment.at), reverse=True)


def differences(old: Sequence[CellValue], new: Sequence[CellValue]) -> list[Difference]:
    """What the cells `new` say otherwise than `old`."""
    return [
        Difference(label(column), masked(column, as_text(old[column])), masked(column, as_text(new[column])))
        for column in COLUMNS
        if old[column] != new[column]
    ]


def _versions(entry: RegisterEntry, versions: Sequence[EntryVersion]) -> Iterator[Moment]:
    came_with = _uploads(entry.committee_id, {v.batch_id for v in versions if v.batch_id})
    for place, version in enumerate(versions):
        before = versions[place + 1] if place + 1 < len(versions) else None
        at = timezone.localtime(version.recorded_at)
        yield Moment(
            day=at.date(),
            what=f"第 {version.n} 版" if before else "登记",
            who=version.actor_name,
            at=at,
            differences=differences(before.cells, version.cells) if before else (),
            words=came_with.get(version.batch_id, "") if version.batch_id else "",
        )


def _uploads(committee_id: UUID, batches: set[UUID]) -> dict[UUID, str]:
    """What is said of the uploads that versions came with."""
    received = Upload.objects.filter(committee_id=committee_id, id__in=batches)
    return {
        upload.id: f"随 {timezone.localtime(upload.received_at):%Y-%m-%d %H:%M} 上传的表（{upload.actor_name}）"
        for upload in received
    }


def _contact(record: ContactRecord) -> Moment:
    state = "，已撤回" if record.withdrawn_at else "" if record.reached else "，没有联系上"
    served = "、".join(purpose.label for purpose in record.served)
    return Moment(record.happened_on, f"{record.get_way_display()}联系{state}", record.by, words=served)


def _affiliations(tree: Tree, entry: RegisterEntry) -> Iterator[Moment]:
    """Where the person's 正式组织关系 was; the first branch's beginning is when the register came to know of it."""
    known = Affiliation.objects.filter(committee_id=entry.committee_id, member_id=entry.member_id).order_by(
        "since", "id"
    )
    before: Affiliation | None = None
    for affiliation in known:
        name = tree[affiliation.branch_id].name
        goes_on = before and (before.branch_id, before.until) == (affiliation.branch_id, affiliation.since)
        if not goes_on:  # else a closing by mistake was taken back
            yield Moment(affiliation.since, f"组织关系转入{name}" if before else f"组织关系在{name}")
        before = affiliation


def _unmasking(seen: Unmasking) -> Moment:
    at = timezone.localtime(seen.shown_at)
    return Moment(at.date(), f"查看完整号码：{seen.get_why_display()}", seen.actor_name, at, words=seen.words)


def _ends(entry: RegisterEntry) -> Iterator[Moment]:
    """Closings, those that were taken back among them. One taken back the same day is told by its reopening alone: its
    hour is not known, and it would stand after it."""
    for taken_back in Reopening.objects.filter(committee_id=entry.committee_id, entry=entry):
        at, reason = timezone.localtime(taken_back.reopened_at), taken_back.get_closing_display()
        words = f"{taken_back.closed_on:%Y-%m-%d} 的销册（{reason}）销错了"
        yield Moment(at.date(), "恢复登记", taken_back.actor_name, at, words=words)
        if taken_back.closed_on != at.date():
            yield Moment(taken_back.closed_on, f"销册：{reason}", last=True)
    if entry.closed_on is not None:
        yield Moment(entry.closed_on, f"销册：{entry.get_closing_display()}", last=True)
