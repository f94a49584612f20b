"""What a collation leaves behind, as one package: made in a folder of its own that goes with it."""

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.db import transaction

from paicha.audit.events import Event
from paicha.audit.services import record
from paicha.collation.output import write_all
from paicha.intake.models import Upload
from paicha.organizations.models import User
from paicha.register.importing.plan import Plan
from paicha.vault.scratch import scratch


def packed(plan: Plan, user: User, upload: Upload, now: datetime) -> bytes:
    """A .zip of every file of the collation; that it left the house is recorded."""
    with scratch() as folder:
        write_all(plan.result, plan.collected, folder, now)
        content = _zipped(folder)
    with transaction.atomic():
        record(
            Event.EXPORTED,
            actor=user,
            committee_id=user.committee_id,
            subject_kind="upload",
            subject_id=upload.id,
            branch_id=upload.branch_id,
            form="收表结果",
            people=sum(len(branch.changes) for branch in plan.branches),
        )
    return content


def _zipped(folder: Path) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                package.write(path, path.relative_to(folder).as_posix())
    return out.getvalue()
