"""The office's decisions on what was handed in: each one transaction and one audit event."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.reporting.models import State, Submission, SubmissionLine
from paicha.campaigns.reporting.selectors import statistics_of
from paicha.campaigns.review.models import CommonFault, Decision, ReturnedCell, What
from paicha.domain.annex1 import Column
from paicha.domain.masking import mask_personal
from paicha.organizations.models import User

STEPS = {
    What.RETURNED: (State.SUBMITTED, Event.REPORT_RETURNED),
    What.APPROVED: (State.SUBMITTED, Event.REPORT_APPROVED),
    What.REOPENED: (State.APPROVED, Event.REPORT_REOPENED),
}
LONGEST_FAULT = 200


class Unfit(ValueError):
    """A decision that cannot be taken; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is returned and why: a `column` of the row `number` of the reported 附件1, or a figure's `letter`."""

    said: str
    number: int = 0
    column: Column | None = None
    letter: str = ""


@transaction.atomic
def decide(*, actor: User, submission_id: UUID, what: What, reason: str = "", cells: Sequence[Cell] = ()) -> Decision:
    """Return with a reason or with cells that each have one, approve, or reopen with a reason. The unit is held, so
    that of a branch that hands in and an office that decides one comes first.

    Raises Unfit where it is no longer the newest, not in the state for it, without a needed reason, for an unbalanced
    sheet, for a cell that is not on it."""
    found = Submission.objects.get(committee_id=actor.committee_id, id=submission_id)
    CampaignUnit.objects.select_for_update().get(committee_id=actor.committee_id, id=found.unit_id)
    submission = Submission.objects.select_related("unit").get(committee_id=actor.committee_id, id=submission_id)
    _check(submission, what, reason, cells)
    _, event = STEPS[what]
    submission.state = what.after
    submission.save(update_fields=["state"])
    decision = Decision(
        committee_id=actor.committee_id,
        submission=submission,
        what=what,
        reason=reason,
        decided_at=timezone.now(),
        actor_id=actor.id,
        actor_name=actor.name,
    )
    decision.save(force_insert=True)
    _keep_cells(decision, cells)
    record(
        event,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="submission",
        subject_id=submission.id,
        branch_id=submission.unit.organization_id,
        number=submission.n,
        cells=len(cells),
    )
    return decision


def _check(submission: Submission, what: What, reason: str, cells: Sequence[Cell]) -> None:
    of_unit = Submission.objects.filter(committee_id=submission.committee_id, unit=submission.unit)
    if of_unit.filter(n__gt=submission.n).exists() or submission.state != STEPS[what][0]:
        raise Unfit(f"这一份现在是“{State(submission.state).label}”，不能{what.label}；请刷新后再看")
    if what is not What.APPROVED and not reason and not cells:
        raise Unfit(f"{what.label}要写明原因，党支部会看到")
    if what is What.APPROVED and not statistics_of(submission).balanced:
        raise Unfit("附件2不平衡，不能通过")


def _keep_cells(decision: Decision, cells: Sequence[Cell]) -> None:
    """Each cell with its reason, which comes from the list of common faults or is kept there as a new one."""
    if not cells:
        return
    lines = SubmissionLine.objects.filter(committee_id=decision.committee_id, submission_id=decision.submission_id)
    versions = {line.number: line.version for line in lines.select_related("version")}
    if any(not cell.letter and cell.number not in versions for cell in cells):
        raise Unfit("勾选的格子不在这份上报里，请刷新后再勾")
    for cell in cells:
        _check_words(cell.said, versions[cell.number].name if cell.number else "")
    faults = _used(decision.committee_id, [cell.said for cell in cells])
    for cell in cells:
        ReturnedCell(
            committee_id=decision.committee_id,
            decision=decision,
            version=versions[cell.number] if cell.number else None,
            column=cell.column,
            letter=cell.letter,
            fault=faults[cell.said],
            said=cell.said,
        ).save(force_insert=True)


def _check_words(said: str, name: str) -> None:
    """The list is read by every later return, so that nobody may stand in it (notice 四.3)."""
    if not said:
        raise Unfit("每个勾选的格子都要写原因")
    if len(said) > LONGEST_FAULT:
        raise Unfit(f"原因最多 {LONGEST_FAULT} 个字")
    if mask_personal(said) != said or (len(name) > 1 and name in said):
        raise Unfit("原因会留在常见问题里给以后用，不要写姓名、身份证号和电话：是谁的哪一栏已经标明")


def _used(committee_id: UUID, said: Sequence[str]) -> dict[str, CommonFault]:
    """The faults of these words, counted once a cell. In the order of their words: two returns at once wait for each
    other and never in a ring."""
    faults = {}
    for text in sorted(set(said)):
        fault, _ = CommonFault.objects.get_or_create(committee_id=committee_id, text=text)
        CommonFault.objects.filter(committee_id=committee_id, id=fault.id).update(used=F("used") + said.count(text))
        faults[text] = fault
    return faults
