"""督办单 as files: one .docx each, several in a .zip."""

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO

from paicha.campaigns.supervision.chasing.models import Chasing
from paicha.formats.writers.chasing import Demand, write_chasing


def file_name(chasing: Chasing) -> str:
    return f"督办单第{chasing.n}号-{chasing.unit.name}.docx"


def paper_of(chasing: Chasing, committee: str) -> bytes:
    """The 督办单 as it was frozen: the same words whenever it is taken out."""
    demands = [
        Demand(said["words"], said["clause"], date.fromisoformat(said["last"]), said["late"])
        for said in chasing.lacking
    ]
    return write_chasing(
        committee=committee,
        branch=chasing.unit.name,
        number=chasing.n,
        turn=chasing.turn,
        demands=demands,
        answer_by=chasing.answer_by,
        issued_on=chasing.issued_on,
    )


def zip_of(chasings: Iterable[Chasing], committee: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for chasing in chasings:
            archive.writestr(file_name(chasing).replace("/", "／"), paper_of(chasing, committee))
    return out.getvalue()
