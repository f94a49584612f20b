"""Everything that goes upward in one package: the committee's own forms and, byte for byte, what each approved branch
handed in. Whatever a password can protect (decision 0010) opens with it."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import PurePath

from paicha.campaigns.deployment.models import Campaign, CampaignUnit, Paper
from paicha.campaigns.deployment.selectors import heads_of, rules_of
from paicha.campaigns.kept import bytes_of
from paicha.campaigns.reporting.models import Submission, SubmissionFile
from paicha.campaigns.reporting.selectors import files_of, said_in, statistics_of
from paicha.campaigns.review.summing import Line
from paicha.collation.naming import Naming
from paicha.domain.annex1 import Head
from paicha.formats.writers.annex1 import Marks, write_annex1, write_annex1_summary
from paicha.formats.writers.annex2 import write_annex2
from paicha.formats.writers.annex2_summary import Unit, write_annex2_summary
from paicha.formats.writers.notes import Provenance
from paicha.organizations.models import User
from paicha.register.exporting.asking import Protect
from paicha.register.exports import provenance

Approved = Sequence[tuple[CampaignUnit, Submission]]


def package(
    campaign: Campaign, lines: list[Line], approved: Approved, user: User, now: datetime, protect: Protect
) -> bytes:
    """The .zip. Raises kept.Changed where something kept is no longer what it was."""
    out, naming = BytesIO(), Naming()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _own(campaign, lines, approved, provenance(rules_of(campaign), user, now)):
            archive.writestr(name, protect(content))
        for unit, submission in approved:
            folder = f"各党支部/{naming.of(unit.name)}"
            for one in files_of(submission):
                content = bytes_of(one.file)
                kept = content if one.paper == Paper.SIGNED else protect(content)
                archive.writestr(f"{folder}/{_name(unit, one)}", kept)
    return out.getvalue()


def _name(unit: CampaignUnit, one: SubmissionFile) -> str:
    """A scan comes under the name that a telephone gave it; upward it says whose it is and what."""
    if one.paper != Paper.SIGNED:
        return str(one.file.name)
    return f"{unit.name}-{Paper.SIGNED.label}{PurePath(one.file.name).suffix.lower()}"


def _own(campaign: Campaign, lines: list[Line], approved: Approved, said: Provenance) -> Iterator[tuple[str, bytes]]:
    """The committee's four: both forms as they go upward, both working sheets."""
    root, statistics = lines[0].unit, lines[0].statistics
    out = BytesIO()
    write_annex2(out, branch=root.name, statistics=statistics, provenance=said)
    yield "附件2-上报.xlsx", out.getvalue()
    people = [_reported(unit, submission) for unit, submission in approved]
    out = BytesIO()
    everybody = [cells for _, entries in people for cells in entries]
    write_annex1(out, head=heads_of([root])[root.id], entries=everybody, provenance=said)
    yield "附件1-上报.xlsx", out.getvalue()
    out = BytesIO()
    branches: list[tuple[Head, list[list[str]], Marks]] = [(head, entries, {}) for head, entries in people]
    write_annex1_summary(out, committee=root.name, branches=branches, provenance=said)
    yield "附件1-汇总.xlsx", out.getvalue()
    out = BytesIO()
    units = [_unit(line) for line in lines if line.is_branch]
    write_annex2_summary(out, committee=root.name, units=units, total=statistics, provenance=said)
    yield "附件2-汇总.xlsx", out.getvalue()


def _reported(unit: CampaignUnit, submission: Submission) -> tuple[Head, list[list[str]]]:
    """The head of a branch's 附件1 and the 17 cells of each person as they were reported, ages of that day."""
    said = said_in(submission)
    leader, phone = said.get("head", (unit.leader, unit.phone))  # none in reports of before it was kept
    return Head(unit.name, leader, phone), [person["cells"] for person in said["people"]]


def _unit(line: Line) -> Unit:
    if line.approved and line.submission:
        return Unit(line.unit.name, statistics_of(line.submission), "已审核")
    return Unit(line.unit.name, None, line.submission.get_state_display() if line.submission else "未报")
