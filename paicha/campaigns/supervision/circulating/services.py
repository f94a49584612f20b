"""Writes of circulars: each one transaction and one audit event."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.selectors import branch_units
from paicha.campaigns.kept import keep
from paicha.campaigns.supervision.circulating.drafting import SECTIONS, TO_FILL, TYPED, draft
from paicha.campaigns.supervision.circulating.figures import common_faults, lines_of
from paicha.campaigns.supervision.circulating.models import Circular
from paicha.campaigns.supervision.circulating.papers import paper_of
from paicha.domain.masking import mask_personal
from paicha.organizations.models import User
from paicha.register.naming import names_in


class Unfit(ValueError):
    """What is to be written cannot be so; the message says why, in Chinese."""


class Named(Unfit):
    """Names of members may stand in it: a person has to say that they are none."""


@transaction.atomic
def begin(*, actor: User, campaign_id: UUID, today: date) -> Circular:
    """Draft a circular from the figures of today."""
    campaign = Campaign.objects.get(committee_id=actor.committee_id, id=campaign_id)
    circular = Circular(committee_id=campaign.committee_id, campaign=campaign, sections={}, lines=[])
    _fill(circular, actor, today)
    circular.save(force_insert=True)
    _record(Event.CIRCULAR_DRAFTED, actor, circular)
    return circular


@transaction.atomic
def redraft(*, actor: User, circular_id: UUID, today: date) -> Circular:
    """The same from the figures of today: what a person typed (TYPED) stays. Raises Unfit for one that was sent."""
    circular = _locked(actor, circular_id)
    typed = {name: circular.sections[name] for name in TYPED}
    _fill(circular, actor, today)
    circular.sections |= typed
    circular.revision += 1
    circular.save()
    _record(Event.CIRCULAR_DRAFTED, actor, circular)
    return circular


@transaction.atomic
def edit(*, actor: User, circular_id: UUID, texts: Mapping[str, str], revision: int) -> Circular:
    """Write the sections as edited; `revision` is that of the page. Raises Unfit for one that was sent, or that
    somebody else has written since."""
    circular = _locked(actor, circular_id)
    _write(circular, texts, revision)
    _record(Event.CIRCULAR_SAVED, actor, circular)
    return circular


@transaction.atomic
def send(
    *,
    actor: User,
    circular_id: UUID,
    texts: Mapping[str, str],
    revision: int,
    committee: str,
    no_names: bool,
    today: date,
) -> Circular:
    """Write the sections, number the circular and freeze it: all branches see it. Raises Unfit as `edit`, and for what
    is still to be filled in, for numbers of people; Named for names of members unless `no_names` says they are none."""
    circular = _locked(actor, circular_id)
    # The campaign is held, so that two that are sent at once get two numbers.
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=circular.campaign_id)
    _write(circular, texts, revision)
    _check(circular, no_names)
    sent = Circular.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    circular.n = (sent.aggregate(Max("n"))["n__max"] or 0) + 1
    circular.sent_on, circular.sent_at = today, timezone.now()
    circular.actor_id, circular.actor_name = actor.id, actor.name
    name = f"{campaign.name}-通报第{circular.n}号.docx"
    circular.file = keep(campaign.committee_id, name, paper_of(circular, committee))
    circular.save()
    _record(Event.CIRCULAR_SENT, actor, circular, number=circular.n, sha256=bytes(circular.file.sha256).hex())
    return circular


def _fill(circular: Circular, actor: User, today: date) -> None:
    campaign = circular.campaign
    everywhere = CampaignUnit.objects.filter(committee_id=campaign.committee_id, campaign=campaign)
    units = branch_units(campaign, set(everywhere.values_list("organization_id", flat=True)))
    lines = lines_of(campaign, units, today)
    circular.sections = draft(campaign, lines, common_faults(campaign), today)
    circular.lines = [line.cells for line in lines]
    circular.figures_on, circular.drafted_at, circular.drafter_name = today, timezone.now(), actor.name


def _write(circular: Circular, texts: Mapping[str, str], revision: int) -> None:
    if circular.revision != revision:
        raise Unfit("这份通报刚被别人改过，请打开新的一页看清再改；您改的还在下面")
    circular.sections = {name: texts[name] for name in SECTIONS}
    circular.revision += 1
    circular.save()


def _check(circular: Circular, no_names: bool) -> None:
    texts = list(circular.sections.values())
    if not any(texts):
        raise Unfit("通报是空的")
    for name, title in SECTIONS.items():
        if TO_FILL in circular.sections[name]:
            raise Unfit(f"“{title}”里还有【请填写】的地方，填好或清空再发")
        if mask_personal(circular.sections[name]) != circular.sections[name]:
            raise Unfit(f"“{title}”里像是有身份证号或电话，通报只写数字和党支部名称，请去掉")
    names = names_in(circular.committee_id, texts)
    if names and not no_names:
        raise Named(f"通报不写党员姓名，里面有：{'、'.join(names)}。去掉；确实不是指党员的，勾上确认再发")


def _locked(actor: User, circular_id: UUID) -> Circular:
    held = Circular.objects.select_for_update(of=("self",)).select_related("campaign")
    circular = held.get(committee_id=actor.committee_id, id=circular_id)
    if circular.sent_at is not None:
        raise Unfit(f"第{circular.n}号通报已经发出，不能再改")
    return circular


def _record(event: Event, actor: User, circular: Circular, **payload: int | str) -> None:
    record(
        event,
        actor=actor,
        committee_id=circular.committee_id,
        subject_kind="circular",
        subject_id=circular.id,
        branch_id=None,
        **payload,
    )
