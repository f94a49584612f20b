"""Writes of deployment: each one transaction and one audit event."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.copying import copy_units, lines_to
from paicha.campaigns.deployment.drafting import SECTIONS
from paicha.campaigns.deployment.models import (
    Campaign,
    CampaignUnit,
    LookBack,
    Paper,
    Phase,
    PhaseMove,
    WorkPlan,
)
from paicha.campaigns.deployment.selectors import missing_branches
from paicha.campaigns.kept import keep
from paicha.domain.settings import RULES_VERSION
from paicha.organizations.models import Organization, User
from paicha.organizations.tree import tree_of

DAY_OF = {Phase.DEPLOY: "deploy_by", Phase.CHECK: "check_by", Phase.REPORT: "report_by"}


CHECKED_BEFORE = "通知以前已经排查过，查缺补漏"  # why a look-back is asked for at deployment


class Unfit(ValueError):
    """What is to be written cannot be so; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a campaign sets: the fields of Campaign by their names."""

    name: str
    begins_on: date
    deploy_by: date
    check_by: date
    report_by: date
    as_of: date
    papers: Collection[Paper]

    def check(self) -> None:
        """Raises Unfit where the days do not follow each other, or nothing is to be handed in."""
        if not self.begins_on <= self.deploy_by <= self.check_by <= self.report_by:
            raise Unfit("日期要按先后：开始、安排部署、开展排查、报告情况")
        if not {Paper.ANNEX1, Paper.ANNEX2} <= set(self.papers):
            raise Unfit("附件1和附件2必须上报")


@transaction.atomic
def deploy(
    *,
    actor: User,
    terms: Terms,
    notice: tuple[str, bytes] | None,
    looked_before: Collection[UUID] = (),
) -> Campaign:
    """Begin a campaign: the tree is copied as it stands, each branch gets a drafted work plan. `notice`: name and bytes
    of the notice; `looked_before`: branches that checked before it. Raises Unfit."""
    terms.check()
    # The committee is held, so that of two who deploy at once the second is told.
    root = Organization.objects.select_for_update().get(committee_id=actor.committee_id, id=actor.committee_id)
    if Campaign.objects.filter(committee_id=actor.committee_id, name=terms.name).exists():
        raise Unfit(f"已经有一次排查叫“{terms.name}”，请换个名称")
    campaign = Campaign(
        committee_id=actor.committee_id,
        name=terms.name,
        begins_on=terms.begins_on,
        deploy_by=terms.deploy_by,
        check_by=terms.check_by,
        report_by=terms.report_by,
        as_of=terms.as_of,
        home_code=root.home_code,
        rules_version=RULES_VERSION,
        papers=sorted(terms.papers),
        notice=keep(actor.committee_id, *notice) if notice else None,
        deployed_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    campaign.save(force_insert=True)
    tree = tree_of(campaign.committee_id)
    if tree.root is None:
        raise Unfit("还没有组织，请先建立党支部")
    branches = copy_units(campaign, list(tree.walk(tree.root.id)), looked_before)
    for unit in branches:
        if unit.looked_before:
            _ask_look_back(actor, unit, CHECKED_BEFORE, campaign.deployed_at)
    _record(Event.CAMPAIGN_DEPLOYED, actor, campaign, units=len(branches), report_by=terms.report_by.isoformat())
    return campaign


@transaction.atomic
def move_phase(*, actor: User, campaign_id: UUID, phase: Phase, to: date, reason: str) -> Campaign:
    """Move the last day of a phase, which every branch is told. Raises Unfit without a reason, where the days would no
    longer follow each other, for the same day."""
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=campaign_id)
    before = getattr(campaign, DAY_OF[phase])
    if not reason:
        raise Unfit("请写明为什么调整")
    if to == before:
        raise Unfit("日期没有变")
    setattr(campaign, DAY_OF[phase], to)
    if not campaign.begins_on <= campaign.deploy_by <= campaign.check_by <= campaign.report_by:
        raise Unfit("日期要按先后：开始、安排部署、开展排查、报告情况")
    campaign.save(update_fields=[DAY_OF[phase]])
    PhaseMove(
        committee_id=actor.committee_id,
        campaign=campaign,
        phase=phase,
        before=before,
        after=to,
        reason=reason,
        moved_at=timezone.now(),
        actor_name=actor.name,
    ).save(force_insert=True)
    _record(Event.PHASE_MOVED, actor, campaign, phase=phase.label, before=before.isoformat(), after=to.isoformat())
    return campaign


@transaction.atomic
def attach_notice(*, actor: User, campaign_id: UUID, name: str, content: bytes) -> Campaign:
    """The notice, where it came after deployment or was the wrong file; the one before stays kept."""
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=campaign_id)
    campaign.notice = keep(campaign.committee_id, name, content)
    campaign.save(update_fields=["notice"])
    _record(Event.NOTICE_ATTACHED, actor, campaign, sha256=bytes(campaign.notice.sha256).hex())
    return campaign


@transaction.atomic
def take_in(*, actor: User, campaign_id: UUID, branch_ids: Collection[UUID]) -> list[CampaignUnit]:
    """Branches that were founded, or split off, after deployment take part as well, each with its drafted work plan.
    Raises Unfit without any, for one that is in the campaign already or is none of the tree."""
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=campaign_id)
    tree = tree_of(campaign.committee_id)
    known = {node.id for node in missing_branches(campaign, tree)}
    if not branch_ids:
        raise Unfit("请选要补入的党支部")
    if not set(branch_ids) <= known:
        raise Unfit("选的党支部里有已经在这次排查里的，或者已经撤并的，请刷新后再选")
    branches = copy_units(campaign, lines_to(tree, branch_ids))
    _record(Event.BRANCHES_TAKEN_IN, actor, campaign, units=len(branches))
    return branches


@transaction.atomic
def close(*, actor: User, campaign_id: UUID, today: date) -> Campaign:
    """A campaign is over: nothing of it is to be done any more. What was handed in stays; the register goes on."""
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=campaign_id)
    if campaign.closed_on is None:
        campaign.closed_on = today
        campaign.save(update_fields=["closed_on"])
        _record(Event.CAMPAIGN_CLOSED, actor, campaign, day=today.isoformat())
    return campaign


@transaction.atomic
def go_on(*, actor: User, campaign_id: UUID) -> Campaign:
    """A campaign that was closed too early runs again."""
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=campaign_id)
    if campaign.closed_on is not None:
        campaign.closed_on = None
        campaign.save(update_fields=["closed_on"])
        _record(Event.CAMPAIGN_CONTINUED, actor, campaign)
    return campaign


@transaction.atomic
def save_plan(*, actor: User, unit_id: UUID, texts: Mapping[str, str], confirm: bool) -> WorkPlan:
    """Write the four sections of a branch's work plan, and confirm it. Raises Unfit for an empty section, for one that
    still says 【请填写 when it is confirmed."""
    unit = CampaignUnit.objects.get(committee_id=actor.committee_id, id=unit_id)
    plan = WorkPlan.objects.select_for_update().get(committee_id=actor.committee_id, unit=unit)
    for name, heading in SECTIONS.items():
        if not texts[name]:
            raise Unfit(f"“{heading}”是空的")
        if confirm and "【请填写" in texts[name]:
            raise Unfit(f"“{heading}”里还有【请填写】的地方，填好再确认")
        setattr(plan, name, texts[name])
    plan.confirmed_at = timezone.now() if confirm else None
    plan.first_confirmed_at = plan.first_confirmed_at or plan.confirmed_at
    plan.actor_id, plan.actor_name = actor.id, actor.name
    plan.save()
    _record_unit(Event.PLAN_CONFIRMED if confirm else Event.PLAN_SAVED, actor, unit)
    return plan


@transaction.atomic
def ask_look_back(*, actor: User, unit_id: UUID, reason: str) -> LookBack:
    """Ask a branch to go over each entry again from now on, also after its report was approved: what it mends reaches
    the office as updates. Raises Unfit without a reason."""
    if not reason:
        raise Unfit("请写明为什么要回头看，党支部会看到")
    unit = CampaignUnit.objects.select_for_update().get(committee_id=actor.committee_id, id=unit_id)
    asked = _ask_look_back(actor, unit, reason, timezone.now())
    _record_unit(Event.LOOK_BACK_SET, actor, unit, looked=True)
    return asked


@transaction.atomic
def withdraw_look_back(*, actor: User, unit_id: UUID) -> None:
    """A branch need not look back: what was asked is withdrawn, and stays to be seen."""
    unit = CampaignUnit.objects.select_for_update().get(committee_id=actor.committee_id, id=unit_id)
    asked = LookBack.objects.filter(committee_id=actor.committee_id, unit=unit, withdrawn_at=None)
    if asked.update(withdrawn_at=timezone.now()):
        _record_unit(Event.LOOK_BACK_SET, actor, unit, looked=False)


def _ask_look_back(actor: User, unit: CampaignUnit, reason: str, at: datetime) -> LookBack:
    asked = LookBack(
        committee_id=unit.committee_id,
        unit=unit,
        reason=reason,
        asked_at=at,
        actor_id=actor.id,
        actor_name=actor.name,
    )
    asked.save(force_insert=True)
    return asked


def _record(event: Event, actor: User, campaign: Campaign, **payload: int | str) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="campaign",
        subject_id=campaign.id,
        branch_id=None,
        **payload,
    )


def _record_unit(event: Event, actor: User, unit: CampaignUnit, **payload: bool | int | str) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="unit",
        subject_id=unit.id,
        branch_id=unit.organization_id,
        **payload,
    )
