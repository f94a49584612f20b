"""工作方案: a branch's work plan for a campaign as an editable .docx (notice 三.1)."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from paicha.formats.writers.official import OfficialDocument

TITLE = ("流动党员组织关系集中排查", "工作方案")


def write_work_plan(*, branch: str, sections: Mapping[str, str], as_of: date) -> bytes:
    """The bytes of the .docx. `sections`: heading → text, a paragraph a line."""
    document = OfficialDocument((branch, *TITLE), as_of)
    for heading, text in sections.items():
        document.heading(heading)
        for paragraph in filter(None, (line.strip() for line in text.splitlines())):
            document.paragraph(paragraph)
    document.signature(branch)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
