"""The papers of a submission as bytes, made once from the rows that are reported."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from paicha.campaigns.deployment.models import CampaignUnit, Paper
from paicha.campaigns.deployment.selectors import heads_of
from paicha.campaigns.education.papers import learners_of
from paicha.campaigns.reporting.drafting import Draft
from paicha.domain.annex2 import LETTERS
from paicha.domain.gazetteer import EDITION
from paicha.formats.writers.annex1 import write_annex1
from paicha.formats.writers.annex2 import write_annex2
from paicha.formats.writers.education import write_education
from paicha.formats.writers.report import Told, write_branch_report
from paicha.organizations.models import User
from paicha.register.exports import provenance
from paicha.vault.scratch import scratch
from paicha.web.days import day_of

FORMAT = "paicha-submission-1"


def papers_of(
    unit: CampaignUnit, draft: Draft, told: Told, user: User, now: datetime
) -> Iterator[tuple[Paper, str, bytes]]:
    """(paper, file name, bytes) of what the campaign asks for; the signed paper comes from the branch."""
    said = provenance(draft.rules, user, now)
    asked = set(unit.campaign.papers)
    if Paper.ANNEX1 in asked:
        out = BytesIO()
        write_annex1(out, head=heads_of([unit])[unit.id], entries=[row.cells for row in draft.rows], provenance=said)
        yield Paper.ANNEX1, f"{unit.name}-附件1.xlsx", out.getvalue()
    if Paper.ANNEX2 in asked:
        out = BytesIO()
        write_annex2(out, branch=unit.name, statistics=draft.statistics, provenance=said)
        yield Paper.ANNEX2, f"{unit.name}-附件2.xlsx", out.getvalue()
    if Paper.SUMMARY in asked:
        yield Paper.SUMMARY, f"{unit.name}-排查情况报告.docx", summary(unit, draft, told, day_of(now))
    if Paper.EDUCATION in asked:
        out = BytesIO()
        write_education(out, branch=unit.name, learners=learners_of(draft.education), provenance=said)
        yield Paper.EDUCATION, f"{unit.name}-参加主题教育情况.xlsx", out.getvalue()


def summary(unit: CampaignUnit, draft: Draft, told: Told, day: date) -> bytes:
    """The branch's summary: its figures, and what only the branch knows (notice 三.3)."""
    coverage = draft.coverage
    with scratch() as folder:
        path = folder / "report.docx"
        write_branch_report(
            path,
            branch=unit.name,
            statistics=draft.statistics,
            coverage=(coverage.rostered, coverage.in_transit, coverage.decided),
            undecided=draft.pending,
            education=(draft.education.covered, draft.education.whole),
            as_of=draft.rules.as_of,
            told=replace(told, day=day),
        )
        return path.read_bytes()


def canonical(unit: CampaignUnit, draft: Draft, told: Told, n: int) -> bytes:
    """Everything that is reported as JSON (UTF-8, keys sorted), with the versions of the rules and of the table of
    divisions that it was made by."""
    home, head = draft.rules.home, heads_of([unit])[unit.id]
    said: dict[str, Any] = {
        "format": FORMAT,
        "campaign": str(unit.campaign_id),
        "unit": str(unit.id),
        "branch": unit.name,
        "head": [head.leader, head.phone],
        "n": n,
        "rules": {
            "version": draft.rules.version,
            "as_of": draft.rules.as_of.isoformat(),
            "home": home.code if home else "",
            "divisions": EDITION,
        },
        "figures": {letter: draft.statistics[letter] for letter in LETTERS},
        "remark": draft.statistics.remark,
        "coverage": [draft.coverage.rostered, draft.coverage.in_transit, draft.coverage.decided],
        "education": [draft.education.covered, draft.education.whole],
        "pending": draft.pending,
        "told": {name: words for name, words in asdict(told).items() if name != "day"},
        "transferred": [
            {
                "receipt": str(one.id),
                "name": one.member.name,
                "received_on": one.received_on.isoformat(),
                "destination": one.destination,
            }
            for one in draft.urged
        ],
        "people": [{"version": str(row.version_id), "cells": row.cells} for row in draft.rows],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
