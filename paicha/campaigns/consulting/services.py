"""Writes of consultations: each one transaction and one audit event, which holds no word of what was asked."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.consulting.models import Consultation
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.domain.masking import mask_personal
from paicha.organizations.models import User
from paicha.register.naming import names_in


class Unfit(ValueError):
    """What is to be written cannot be so; the message says why, in Chinese."""


class Named(Unfit):
    """Names of members may stand in it: a person has to say that they are none."""


@transaction.atomic
def ask(*, actor: User, unit_id: UUID, member_id: UUID | None, question: str, major: bool) -> Consultation:
    """A branch asks before it decides. Raises Unfit without a question."""
    if not question:
        raise Unfit("请写明要请示什么")
    unit = CampaignUnit.objects.get(committee_id=actor.committee_id, id=unit_id)
    # The campaign is held, so that two who ask at once get two numbers.
    campaign = Campaign.objects.select_for_update().get(committee_id=actor.committee_id, id=unit.campaign_id)
    asked = Consultation.objects.filter(committee_id=actor.committee_id, campaign_id=campaign.id)
    consultation = Consultation(
        committee_id=actor.committee_id,
        campaign_id=campaign.id,
        unit=unit,
        member_id=member_id,
        n=(asked.aggregate(Max("n"))["n__max"] or 0) + 1,
        question=question,
        major=major,
        asked_at=timezone.now(),
        asker_id=actor.id,
        asker_name=actor.name,
    )
    consultation.save(force_insert=True)
    _record(Event.CONSULTATION_ASKED, actor, consultation, number=consultation.n, major=major)
    return consultation


@transaction.atomic
def answer(*, actor: User, consultation_id: UUID, text: str) -> Consultation:
    """The office answers, or answers anew. Raises Unfit without an answer, for a question that was withdrawn."""
    consultation = _locked(actor, consultation_id)
    if not text:
        raise Unfit("请写明答复")
    consultation.answer, consultation.answered_at = text, timezone.now()
    consultation.answerer_name = actor.name
    consultation.save(update_fields=["answer", "answered_at", "answerer_name"])
    _record(Event.CONSULTATION_ANSWERED, actor, consultation, number=consultation.n)
    return consultation


@transaction.atomic
def publish(*, actor: User, consultation_id: UUID, question: str, text: str, no_names: bool = False) -> Consultation:
    """Publish question and answer, written anew, to all branches (口径问答). Raises Unfit for empty words, before there
    is an answer, where whom it is about or a number of people stands in them; Named for words that are names of other
    members, unless `no_names` says that they are none."""
    consultation = _locked(actor, consultation_id)
    if consultation.answered_at is None:
        raise Unfit("先答复，再公布")
    if not question or not text:
        raise Unfit("公布的问和答都要写")
    _check_public(consultation, question, text, no_names)
    consultation.public_question, consultation.public_answer = question, text
    consultation.published_at = timezone.now()
    consultation.save(update_fields=["public_question", "public_answer", "published_at"])
    _record(Event.CONSULTATION_PUBLISHED, actor, consultation, number=consultation.n)
    return consultation


def _check_public(consultation: Consultation, question: str, text: str, no_names: bool) -> None:
    """Every branch reads it: nobody may stand in it (notice 四.3)."""
    about = consultation.member.name if consultation.member else ""
    if about and about in question + text:
        raise Unfit("公布的内容里有党员姓名，请去掉再公布")
    if any(mask_personal(words) != words for words in (question, text)):
        raise Unfit("公布的内容里像是有身份证号或电话，请去掉再公布")
    names = names_in(consultation.committee_id, (question, text))
    if names and not no_names:
        raise Named(f"公布的内容里有党员姓名：{'、'.join(names)}。去掉；确实不是指党员的，勾上确认再公布")


@transaction.atomic
def withdraw(*, actor: User, consultation_id: UUID) -> Consultation:
    """The branch needs no answer any more; the question stays to be seen. Raises Unfit once it is answered."""
    consultation = _locked(actor, consultation_id)
    if consultation.answered_at is not None:
        raise Unfit("已经答复，不能撤回")
    consultation.withdrawn_at = timezone.now()
    consultation.save(update_fields=["withdrawn_at"])
    _record(Event.CONSULTATION_WITHDRAWN, actor, consultation, number=consultation.n)
    return consultation


def _locked(actor: User, consultation_id: UUID) -> Consultation:
    mine = Consultation.objects.select_for_update(of=("self",)).select_related("unit")
    consultation = mine.get(committee_id=actor.committee_id, id=consultation_id)
    if consultation.withdrawn_at is not None:
        raise Unfit("这条请示已经撤回")
    return consultation


def _record(event: Event, actor: User, consultation: Consultation, **payload: bool | int) -> None:
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="consultation",
        subject_id=consultation.id,
        branch_id=consultation.unit.organization_id,
        **payload,
    )
