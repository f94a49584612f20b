"""Handing in: one transaction that freezes what was reported; nothing of it is made again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.campaigns.deployment.models import CampaignUnit, Paper
from paicha.campaigns.kept import is_scan, keep
from paicha.campaigns.reporting.drafting import Draft, draft_of
from paicha.campaigns.reporting.models import State, Submission, SubmissionFile, SubmissionLine
from paicha.campaigns.reporting.papers import canonical, papers_of
from paicha.domain.annex2 import LETTERS
from paicha.formats.writers.report import Told
from paicha.organizations.models import User
from paicha.organizations.tree import Tree
from paicha.register.holding import stand_still

OPEN = (State.RETURNED, State.REOPENED)  # after which a branch hands in again


class Unfit(ValueError):
    """What cannot be handed in; the message says why, in Chinese."""


NOTHING = Told("", "", "")


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed: 审核领导, 填表人 and their telephone; `scan` is the signed paper, (name, bytes); `told`
    goes into the summary."""

    reviewer: str
    filler: str
    phone: str = ""
    scan: tuple[str, bytes] | None = None
    nil_confirmed: bool = False
    told: Told = NOTHING


@transaction.atomic
def submit(*, actor: User, tree: Tree, unit_id: UUID, signed: Signed, today: date) -> Submission:
    """Hand in what stands on the register now. Raises Unfit where something hinders, while an earlier report waits for
    the office or is approved, without who signed, without the scan where it is asked for."""
    units = CampaignUnit.objects.select_for_update(of=("self",)).select_related("campaign")
    unit = units.get(committee_id=actor.committee_id, id=unit_id)
    stand_still(unit.organization_id)
    before = Submission.objects.filter(committee_id=actor.committee_id, unit=unit).order_by("-n").first()
    if before and before.state not in OPEN:
        raise Unfit("已经上报，等党委办公室审核" if before.state == State.SUBMITTED else "已经审核通过，不能再报")
    draft = draft_of(tree, unit, today)
    _check(unit, draft, signed, asked=before is not None and before.nil)
    submission = _write(actor, unit, draft, signed, before, today)
    record(
        Event.REPORT_SUBMITTED,
        actor=actor,
        committee_id=actor.committee_id,
        subject_kind="submission",
        subject_id=submission.id,
        branch_id=unit.organization_id,
        number=submission.n,
        people=len(draft.rows),
        late_days=submission.late_days,
        sha256=bytes(submission.canonical.sha256).hex(),
    )
    return submission


def _check(unit: CampaignUnit, draft: Draft, signed: Signed, *, asked: bool) -> None:
    """`asked`: the report before was a confirmed nil return, and nobody is asked twice."""
    if draft.hindrances:
        raise Unfit("还不能上报：" + "；".join(map(str, draft.hindrances)))
    if not signed.reviewer or not signed.filler:
        raise Unfit("请填写审核领导和填表人")
    if Paper.SIGNED in unit.campaign.papers and signed.scan is None:
        raise Unfit("请附上签字的扫描件：把附件2打印出来，审核领导和填表人签字，扫描或拍照")
    if signed.scan is not None and not is_scan(*signed.scan):
        raise Unfit(f"“{signed.scan[0]}”不是PDF或图片：扫描件请用 .pdf、.jpg 或 .png，改了后缀的别的文件不行")
    if draft.nil and not signed.nil_confirmed and not asked:
        raise Unfit("本支部没有流出党员，是零报告，请勾选确认")
    if Paper.SUMMARY in unit.campaign.papers and not signed.told.whole:
        raise Unfit("情况报告还没有写完：怎样安排部署的、怎样联系跟踪的、其他问题（没有的写“无”）")


def _write(
    actor: User, unit: CampaignUnit, draft: Draft, signed: Signed, before: Submission | None, today: date
) -> Submission:
    coverage, committee_id, now = draft.coverage, actor.committee_id, timezone.now()
    n = before.n + 1 if before else 1
    submission = Submission(
        committee_id=committee_id,
        unit=unit,
        n=n,
        submitted_at=now,
        submitted_on=today,
        report_by=unit.campaign.report_by,
        late_days=before.late_days if before else max(0, (today - unit.campaign.report_by).days),
        actor_id=actor.id,
        actor_name=actor.name,
        reviewer=signed.reviewer,
        filler=signed.filler,
        filler_phone=signed.phone,
        figures=[draft.statistics[letter] for letter in LETTERS],
        others=dict(draft.statistics.others),
        remark=draft.statistics.remark,
        coverage=[coverage.rostered, coverage.in_transit, coverage.decided],
        pending=draft.pending,
        nil=draft.nil,
        canonical=keep(committee_id, f"{unit.name}-{n}.json", canonical(unit, draft, signed.told, n)),
    )
    submission.save(force_insert=True)
    papers = list(papers_of(unit, draft, signed.told, actor, now))
    if signed.scan:
        papers.append((Paper.SIGNED, *signed.scan))
    for paper, name, content in papers:
        file = keep(committee_id, name, content)
        SubmissionFile(committee_id=committee_id, submission=submission, paper=paper, file=file).save(force_insert=True)
    lines = [
        SubmissionLine(committee_id=committee_id, submission=submission, version_id=row.version_id, number=number)
        for number, row in enumerate(draft.rows, 1)
    ]
    SubmissionLine.objects.bulk_create(lines, batch_size=500)
    return submission
