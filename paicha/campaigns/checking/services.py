"""Writes of verdicts: each one transaction and one audit event. A person decides; nothing is decided wholesale but that
those who attend attend, their names before the secretary's eyes (notice 四.3: 不搞一刀切)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import PENDING, has_receipt
from paicha.campaigns.consulting.selectors import open_question
from paicha.campaigns.consulting.services import ask
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.domain.criteria import RECEIPT
from paicha.domain.readings import CellValue
from paicha.domain.vocabulary import Verdict
from paicha.organizations.models import User
from paicha.register.contacts.models import ContactRecord
from paicha.register.models import Affiliation, RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import add_entry
from paicha.tenancy.models import new_id
from paicha.transfers.models import Receipt
from paicha.transfers.services import record_receipt, take_back_receipt
from paicha.transfers.tracking.transit import in_transit


class Unfit(ValueError):
    """A verdict that cannot stand; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided for one member. `rule` is the clause, `reason` the branch's words; the days as in MemberVerdict;
    `contact_id` is the contact record that shows it."""

    verdict: Verdict
    rule: str = ""
    reason: str = ""
    proposed: Verdict | None = None
    changed_on: date | None = None
    attended_on: date | None = None
    contact_id: UUID | None = None

    def check(self) -> None:
        """Raises Unfit where the verdict needs words and has none."""
        if self.verdict is Verdict.OUTFLOW_DEEMED and not self.reason:
            raise Unfit("支部认定为流出党员的，要写明认定理由（通知 一）")
        if self.verdict in PENDING and not self.reason:
            raise Unfit("请写明查找或把握不准的情况，它会作为请示报给党委办公室（通知 四.3）")
        if self.proposed is not None and self.verdict is not self.proposed and not self.reason:
            raise Unfit("和建议的结论不同，请写明理由")


@transaction.atomic
def decide(*, actor: User, unit_id: UUID, member_id: UUID, decision: Decision) -> MemberVerdict:
    """Give one member a verdict; the one before stays to be seen; 失去联系 and 待定 open a consultation.

    Raises Unfit for somebody who is not to be checked here, without needed words, for 已转移 without a receipt, for
    流出 without an entry on the register."""
    return _give(actor, _locked(actor, unit_id), member_id, decision)


@transaction.atomic
def enter_and_decide(
    *,
    actor: User,
    unit_id: UUID,
    member_id: UUID,
    decision: Decision,
    cells: Sequence[CellValue],
    recorder: Recorder,
    today: date,
) -> MemberVerdict:
    """流出 of a member who is not on the register yet: the entry and the verdict, both or neither. Raises Unfit as
    `decide`, and where somebody put the member on the register meanwhile."""
    unit = _locked(actor, unit_id)
    if not decision.verdict.outflow:
        raise Unfit("结论是流出党员的才登记到台账")
    if not _is_member(unit, member_id):
        raise Unfit("这名党员的组织关系不在本支部")
    if _entry(unit, member_id) is not None:
        raise Unfit("这名党员刚刚已由别人登记到台账，请核对后再定")
    branch_id = unit.organization_id
    add_entry(actor=actor, branch_id=branch_id, cells=cells, recorder=recorder, today=today, member_id=member_id)
    return _give(actor, unit, member_id, decision)


@transaction.atomic
def confirm_attending(*, actor: User, unit_id: UUID, member_ids: Collection[UUID]) -> int:
    """Say of members who have no verdict yet that they attend, all at once; how many. Raises Unfit for somebody on the
    register (who is away is decided one by one), in transit or not a member."""
    unit = _locked(actor, unit_id)
    now = timezone.now()
    have = MemberVerdict.objects.filter(committee_id=unit.committee_id, unit=unit, superseded_at=None)
    decided = set(have.values_list("member_id", flat=True))
    members = Affiliation.objects.filter(
        committee_id=unit.committee_id, branch_id=unit.organization_id, until=None, member_id__in=list(member_ids)
    )
    ours = set(members.values_list("member_id", flat=True))
    if not set(member_ids) <= ours:
        raise Unfit("名单里有人的组织关系已经不在本支部，请刷新后再确认")
    away = RegisterEntry.objects.filter(committee_id=unit.committee_id, branch_id=unit.organization_id, closed_on=None)
    if away.filter(member_id__in=ours).exists():
        raise Unfit("名单里有人登记在流出党员台账上，要逐人作出结论")
    if in_transit(unit.committee_id, [unit.organization_id]).filter(member_id__in=ours).exists():
        raise Unfit("名单里有人的组织关系在途，要逐人作出结论")
    new = sorted(ours - decided)
    attending = Decision(Verdict.ATTENDING, rule="通知 一", proposed=Verdict.ATTENDING)
    rows = [_row(actor, unit, member_id, attending, None, now, together=True) for member_id in new]
    MemberVerdict.objects.bulk_create(rows)
    if rows:
        _record(Event.VERDICTS_CONFIRMED, actor, unit, None, people=len(rows))
    return len(rows)


@transaction.atomic
def receive(
    *,
    actor: User,
    unit_id: UUID,
    member_id: UUID,
    received_on: date,
    destination: str,
    number: str,
    urged: bool,
    today: date,
) -> MemberVerdict:
    """The receipt is in hand: recorded, and the verdict with it. Raises transfers.services.Unfit, Unfit."""
    unit = _locked(actor, unit_id)
    record_receipt(
        actor=actor,
        member_id=member_id,
        branch_id=unit.organization_id,
        received_on=received_on,
        destination=destination,
        number=number,
        urged=urged,
        today=today,
    )
    return _give(actor, unit, member_id, Decision(Verdict.TRANSFERRED, RECEIPT, proposed=Verdict.TRANSFERRED))


@transaction.atomic
def take_back(*, actor: User, unit_id: UUID, receipt_id: UUID, reason: str, today: date) -> Receipt:
    """A receipt of this branch was wrong: with it goes the verdict 已转移, and the one before is given again; who had
    none is to be decided on. Reports that were handed in stay as they were. Raises transfers.unfit.Unfit."""
    unit = _locked(actor, unit_id)
    receipt = take_back_receipt(actor=actor, receipt_id=receipt_id, reason=reason, today=today)
    verdicts = MemberVerdict.objects.filter(committee_id=unit.committee_id, unit=unit, member_id=receipt.member_id)
    now = timezone.now()
    if not verdicts.filter(superseded_at=None, verdict=Verdict.TRANSFERRED).update(superseded_at=now):
        return receipt
    before = verdicts.exclude(verdict=Verdict.TRANSFERRED).order_by("-decided_at", "-id").first()
    if before is not None:
        label = Verdict(before.verdict).label
        before.id, before.decided_at, before.superseded_at = new_id(), now, None
        before.actor_id, before.actor_name = actor.id, actor.name
        before.save(force_insert=True)
        _record(Event.VERDICT_GIVEN, actor, unit, receipt.member_id, verdict=label, rule=before.rule)
    return receipt


def _locked(actor: User, unit_id: UUID) -> CampaignUnit:
    """The unit, held until the transaction ends: verdicts and submissions of one branch follow each other."""
    return (
        CampaignUnit.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .get(committee_id=actor.committee_id, id=unit_id)
    )


def _give(actor: User, unit: CampaignUnit, member_id: UUID, decision: Decision) -> MemberVerdict:
    """The verdict and its event, in a unit that is held. Raises Unfit as `decide`."""
    decision.check()
    now = timezone.now()
    entry = _entry(unit, member_id)
    if decision.verdict is Verdict.TRANSFERRED:
        if not has_receipt(unit, member_id):
            raise Unfit("没有收到回执，不能定为已转移；收到回执前仍由本支部管理（通知 二.2）")
    elif not _is_member(unit, member_id):
        raise Unfit("这名党员的组织关系不在本支部")
    if decision.verdict.outflow and entry is None:
        raise Unfit("定为流出党员的，要先登记到台账（附件1）")
    verdict = _replace(actor, unit, member_id, decision, entry, now, together=False)
    _record(Event.VERDICT_GIVEN, actor, unit, member_id, verdict=decision.verdict.label, rule=decision.rule)
    if decision.verdict in PENDING and open_question(unit, member_id) is None:
        ask(actor=actor, unit_id=unit.id, member_id=member_id, question=decision.reason, major=False)
    return verdict


def _replace(
    actor: User,
    unit: CampaignUnit,
    member_id: UUID,
    decision: Decision,
    entry: RegisterEntry | None,
    now: datetime,
    *,
    together: bool,
) -> MemberVerdict:
    before = MemberVerdict.objects.filter(committee_id=unit.committee_id, unit=unit, member_id=member_id)
    before.filter(superseded_at=None).update(superseded_at=now)
    verdict = _row(actor, unit, member_id, decision, entry, now, together=together)
    verdict.save(force_insert=True)
    return verdict


def _row(
    actor: User,
    unit: CampaignUnit,
    member_id: UUID,
    decision: Decision,
    entry: RegisterEntry | None,
    now: datetime,
    *,
    together: bool,
) -> MemberVerdict:
    return MemberVerdict(
        committee_id=unit.committee_id,
        unit=unit,
        member_id=member_id,
        entry=entry,
        contact=_contact(unit, member_id, decision.contact_id) if decision.contact_id else None,
        verdict=decision.verdict,
        proposed=decision.proposed,
        rule=decision.rule,
        reason=decision.reason,
        changed_on=decision.changed_on,
        attended_on=decision.attended_on,
        together=together,
        decided_at=now,
        actor_id=actor.id,
        actor_name=actor.name,
    )


def _contact(unit: CampaignUnit, member_id: UUID, contact_id: UUID) -> ContactRecord:
    records = ContactRecord.objects.filter(committee_id=unit.committee_id, entry__member_id=member_id)
    found = records.filter(id=contact_id, withdrawn_at=None).first()
    if found is None:
        raise Unfit("这条联系记录不是这名党员的，或已经撤回")
    return found


def _entry(unit: CampaignUnit, member_id: UUID) -> RegisterEntry | None:
    entries = RegisterEntry.objects.filter(committee_id=unit.committee_id, branch_id=unit.organization_id)
    return entries.filter(member_id=member_id, closed_on=None).first()


def _is_member(unit: CampaignUnit, member_id: UUID) -> bool:
    members = Affiliation.objects.filter(committee_id=unit.committee_id, branch_id=unit.organization_id, until=None)
    return members.filter(member_id=member_id).exists()


def _record(event: Event, actor: User, unit: CampaignUnit, member_id: UUID | None, **payload: int | str) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="member" if member_id else "unit",
        subject_id=member_id or unit.id,
        branch_id=unit.organization_id,
        **payload,
    )
