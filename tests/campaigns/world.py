"""A campaign in the small college of tests/college.py."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from paicha.campaigns.checking.services import Decision, confirm_attending, decide
from paicha.campaigns.deployment.models import Campaign, CampaignUnit, Paper
from paicha.campaigns.deployment.selectors import unit_of
from paicha.campaigns.deployment.services import Terms, deploy
from paicha.campaigns.education.models import Channel, How, Participation, Sending
from paicha.campaigns.education.sending.services import send_material
from paicha.campaigns.education.services import record_participation
from paicha.campaigns.reporting.models import Submission
from paicha.campaigns.reporting.services import Signed, submit
from paicha.campaigns.supervision.chasing.models import Chasing
from paicha.campaigns.supervision.chasing.services import issue
from paicha.campaigns.supervision.circulating.models import Circular
from paicha.campaigns.supervision.circulating.services import begin, send
from paicha.campaigns.supervision.inspecting.models import Inspection, Whom
from paicha.campaigns.supervision.inspecting.services import Terms as Draw
from paicha.campaigns.supervision.inspecting.services import draw
from paicha.campaigns.supervision.visiting.models import Visit
from paicha.campaigns.supervision.visiting.services import note
from paicha.domain.vocabulary import Verdict
from paicha.formats.writers.report import Told
from paicha.organizations.models import Organization
from paicha.organizations.tree import tree_of
from paicha.register.models import Affiliation, Member, RegisterEntry
from tests.college import TODAY, College

HALF = Draw(Whom.REGISTER, share=50)
TOLD = Told("支部会议学习了通知，书记负责", "委员分片联系", "无", "年底前再联系一遍")
SUMMARY = {name: words for name, words in asdict(TOLD).items() if words}  # as the page sends it
SCAN = ("签字.pdf", b"%PDF-1.4 signed")
SIGNED = Signed("王书记", "李干事", "027-87650000", SCAN, nil_confirmed=True, told=TOLD)

TERMS = Terms(
    name="2023年集中排查",
    begins_on=date(2023, 11, 28),
    deploy_by=date(2023, 11, 30),
    check_by=date(2023, 12, 10),
    report_by=date(2023, 12, 15),
    as_of=date(2023, 12, 15),
    papers=list(Paper),
)


def deployed(
    college: College,
    *,
    notice: tuple[str, bytes] | None = None,
    looked: tuple[Organization, ...] = (),
    papers: Sequence[Paper] = tuple(Paper),
) -> Campaign:
    """The office deploys the round of 2023."""
    with college.at_work():
        return deploy(
            actor=college.people["office"],
            terms=replace(TERMS, papers=papers),
            notice=notice,
            looked_before=[branch.id for branch in looked],
        )


def last_round(college: College) -> Campaign:
    """The office deployed a round a year before."""
    first, *days = (date(2022, 12, day) for day in (1, 2, 9, 15, 15))
    terms = Terms("2022年集中排查", first, *days, papers=[Paper.ANNEX1, Paper.ANNEX2])
    with college.at_work():
        return deploy(actor=college.people["office"], terms=terms, notice=None, looked_before=[])


def unit(college: College, campaign: Campaign, branch: Organization) -> CampaignUnit:
    with college.at_work():
        found = unit_of(campaign, branch.id)
    assert found
    return found


def member(college: College, branch: Organization, name: str) -> Member:
    """A member of a branch who is not on its register."""
    with college.at_work():
        made = Member.objects.create(committee_id=college.root.id, name=name)
        Affiliation.objects.create(committee_id=college.root.id, member=made, branch=branch, since=TODAY)
    return made


def reported(college: College, ours: CampaignUnit, today: date = TODAY, signed: Signed = SIGNED) -> Submission:
    """The clerk hands in what stands there."""
    with college.at_work():
        return submit(
            actor=college.people["clerk"],
            tree=tree_of(college.root.committee_id),
            unit_id=ours.id,
            signed=signed,
            today=today,
        )


def chased(college: College, campaign: Campaign, branch: Organization, today: date = TODAY) -> Chasing:
    """The office sends a branch a 督办单."""
    with college.at_work():
        issued = issue(
            actor=college.people["office"],
            campaign_id=campaign.id,
            organization_ids=[branch.id],
            answer_by=today + timedelta(days=2),
            today=today,
        )
    return issued.chasings[0]


def inspected(college: College, campaign: Campaign, terms: Draw = HALF) -> Inspection:
    """The office draws a list from both branches."""
    branches = [college.survey.id, college.computing.id]
    with college.at_work():
        return draw(
            actor=college.people["office"],
            campaign_id=campaign.id,
            organization_ids=branches,
            terms=terms,
            today=TODAY,
        )


def visited(college: College, ours: CampaignUnit, follow_up: str = "会议记录补齐") -> Visit:
    """The office was at a branch."""
    with college.at_work():
        return note(
            actor=college.people["office"],
            unit_id=ours.id,
            visited_on=TODAY,
            who="李干事、周干事",
            seen="台账逐人有联系记录",
            follow_up=follow_up,
            today=TODAY,
        )


def circulated(college: College, campaign: Campaign, practice: str = "测绘支部每周例会逐人过一遍。") -> Circular:
    """A circular drafted from today's figures, its good practice typed, sent."""
    with college.at_work():
        office = college.people["office"]
        draft = begin(actor=office, campaign_id=campaign.id, today=TODAY)
        return send(
            actor=office,
            circular_id=draft.id,
            texts=draft.sections | {"practice": practice},
            revision=draft.revision,
            committee="中共楚云学院委员会",
            no_names=False,
            today=TODAY,
        )


def away(college: College, ours: CampaignUnit, number: int = 6, **cells: Any) -> RegisterEntry:
    """Somebody of the survey branch who is away, with the verdict."""
    entry = college.add(college.survey, number, **cells)
    with college.at_work():
        verdict = Decision(Verdict.OUTFLOW, rule="通知 一")
        decide(actor=college.people["clerk"], unit_id=ours.id, member_id=entry.member_id, decision=verdict)
    return entry


def checked(college: College, *, looked: tuple[Organization, ...] = ()) -> CampaignUnit:
    """The survey branch in a campaign; one member attends."""
    found = unit(college, deployed(college, looked=looked), college.survey)
    present = member(college, college.survey, "在支部的")
    with college.at_work():
        confirm_attending(actor=college.people["clerk"], unit_id=found.id, member_ids=[present.id])
    return found


def sent_material(college: College, ours: CampaignUnit, *entries: RegisterEntry, day: date = TODAY) -> list[Sending]:
    """The branch sent the same material to these people."""
    with college.at_work():
        send_material(
            actor=college.people["clerk"],
            unit_id=ours.id,
            member_ids=[entry.member_id for entry in entries],
            material="报告单行本",
            channel=Channel.POST,
            sent_on=day,
            today=TODAY,
        )
        return list(Sending.objects.order_by("id"))


def participation(college: College, ours: CampaignUnit) -> Participation:
    """Somebody who is away took part in theme education online."""
    entry = away(college, ours)
    with college.at_work():
        record_participation(
            actor=college.people["clerk"],
            unit_id=ours.id,
            member_ids=[entry.member_id],
            how=How.ONLINE,
            happened_on=TODAY,
            materials="",
            today=TODAY,
        )
        return Participation.objects.get()
