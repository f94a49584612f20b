"""What a collation leaves behind, as one package: made in a folder of its own that goes with it."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

from paicha.collation.contract import RESULT_FILE
from paicha.collation.output import write_all
from paicha.register.importing.plan import Plan
from paicha.vault.scratch import scratch

FIGURES = "附件2"  # workbooks that begin so hold nobody's number


def packed(plan: Plan, now: datetime, protected: Callable[[bytes], bytes]) -> bytes:
    """A .zip of every file of the collation, each workbook with people in it through `protected`. Not the result for
    other programs: it names files by where they lay here."""
    with scratch() as folder:
        write_all(plan.result, plan.collected, folder, now)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.name != RESULT_FILE:
                    content = path.read_bytes()
                    named = path.relative_to(folder).as_posix()
                    package.writestr(named, protected(content) if _has_people(path) else content)
    return out.getvalue()


def _has_people(path: Path) -> bool:
    return path.suffix == ".xlsx" and not path.name.startswith(FIGURES)
