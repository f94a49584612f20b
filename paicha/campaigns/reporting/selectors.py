"""Reads of submissions. Callers have passed access.py; `committee_id` is named all the same."""

import json
from typing import Any
from uuid import UUID

from paicha.campaigns.deployment.models import Campaign, CampaignUnit
from paicha.campaigns.kept import bytes_of
from paicha.campaigns.reporting.models import State, Submission, SubmissionFile
from paicha.domain.annex2 import LETTERS, Statistics, total

SIGNED = ("reviewer", "filler", "filler_phone", "pending")  # sealed, asked of one report at a time


def submissions_of(unit: CampaignUnit) -> list[Submission]:
    """What a branch handed in, the newest first."""
    return list(Submission.objects.filter(committee_id=unit.committee_id, unit=unit).order_by("-n"))


def newest(unit: CampaignUnit) -> Submission | None:
    return Submission.objects.filter(committee_id=unit.committee_id, unit=unit).order_by("-n").first()


def newest_of(campaign: Campaign) -> dict[UUID, Submission]:
    """Unit → its newest submission, without who signed: opening these takes as long as all the rest."""
    found = Submission.objects.filter(committee_id=campaign.committee_id, unit__campaign=campaign).order_by("n")
    return {submission.unit_id: submission for submission in found.defer(*SIGNED)}


def told_in(submission: Submission) -> dict[str, str]:
    """What the branch wrote for its summary; nothing in reports of before it was asked. Raises kept.Changed."""
    return dict(said_in(submission).get("told", {}))


def files_of(submission: Submission) -> list[SubmissionFile]:
    """The papers of a submission without their bytes."""
    found = SubmissionFile.objects.filter(committee_id=submission.committee_id, submission=submission)
    return list(found.select_related("file").defer("file__content").order_by("paper"))


def statistics_of(submission: Submission) -> Statistics:
    """The 附件2 that was reported."""
    figures = dict(zip(LETTERS, submission.figures, strict=True))
    return Statistics(figures, submission.remark, submission.others)


def said_in(submission: Submission) -> dict[str, Any]:
    """The canonical JSON (reporting.papers). Raises kept.Changed."""
    said: dict[str, Any] = json.loads(bytes_of(submission.canonical))
    return said


def approved_sum(campaign: Campaign) -> tuple[Statistics, int]:
    """The committee's 附件2: the sum of what was approved, and of how many branches."""
    approved = [one for one in newest_of(campaign).values() if one.state == State.APPROVED]
    return total(statistics_of(one) for one in approved), len(approved)
