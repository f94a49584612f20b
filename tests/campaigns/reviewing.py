"""What the tests of the review share: branches that hand in, mend and hand in again, and rounds before."""

from datetime import date
from typing import Any

from paicha.campaigns.checking.selectors import checked_of
from paicha.campaigns.checking.services import Decision, confirm_attending, decide
from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.deployment.services import deploy
from paicha.campaigns.reporting.models import Submission
from paicha.campaigns.review import services as review
from paicha.campaigns.review.models import What
from paicha.campaigns.review.services import Cell
from paicha.domain.vocabulary import Verdict
from paicha.organizations.models import Organization
from paicha.register.models import RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import revise_entry
from tests.campaigns.world import TERMS, member, reported, unit
from tests.college import RULES, TODAY, College
from tests.world import row


def checked(college: College, campaign: Campaign, branch: Organization) -> CampaignUnit:
    """A branch in which one member attends, and is confirmed."""
    member(college, branch, "在支部的")
    ours = unit(college, campaign, branch)
    everybody(college, ours)
    return ours


def everybody(college: College, ours: CampaignUnit) -> None:
    """Decide on whoever has no verdict yet: who stands on the register is away, the others attend."""
    office = college.people["office"]
    with college.at_work():
        for one in checked_of(ours):
            if one.verdict is None and one.listed.entry is None:
                confirm_attending(actor=office, unit_id=ours.id, member_ids=[one.listed.member.id])
            elif one.verdict is None:
                verdict = Decision(Verdict.OUTFLOW, rule="通知 一")
                decide(actor=office, unit_id=ours.id, member_id=one.listed.member.id, decision=verdict)


def away(college: College, ours: CampaignUnit, number: int = 6, **cells: Any) -> RegisterEntry:
    """Somebody of the branch who is away, with the verdict."""
    with college.at_work():
        branch = ours.organization
    entry = college.add(branch, number, **cells)
    everybody(college, ours)
    return entry


def revised(college: College, entry: RegisterEntry, number: int = 6, **cells: Any) -> None:
    """Other cells over the newest version of somebody."""
    with college.at_work():
        entry.refresh_from_db()
        revise_entry(
            actor=college.people["clerk"],
            entry_id=entry.id,
            base=entry.current_id,
            cells=row(number, **cells).values,
            recorder=Recorder(RULES),
            today=TODAY,
        )


def approved(college: College, submission: Submission) -> None:
    with college.at_work():
        review.decide(actor=college.people["office"], submission_id=submission.id, what=What.APPROVED)


def returned(college: College, submission: Submission, *cells: Cell, reason: str = "") -> None:
    with college.at_work():
        office = college.people["office"]
        review.decide(actor=office, submission_id=submission.id, what=What.RETURNED, reason=reason, cells=cells)


def earlier_round(college: College, people: int) -> Campaign:
    """The round of 2022, in which the survey branch reported so many people and was approved; they are still away."""
    terms = type(TERMS)(
        name="2022年集中排查",
        begins_on=date(2022, 11, 28),
        deploy_by=date(2022, 11, 30),
        check_by=date(2022, 12, 10),
        report_by=date(2023, 12, 31),
        as_of=date(2022, 12, 15),
        papers=TERMS.papers,
    )
    with college.at_work():
        campaign = deploy(actor=college.people["office"], terms=terms, notice=None, looked_before=[])
    ours = unit(college, campaign, college.survey)
    for number in range(20, 20 + people):
        away(college, ours, number)
    approved(college, reported(college, ours))
    return campaign
