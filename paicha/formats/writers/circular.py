"""通报: the office's circular to all branches as an official .docx (notice 四.2). Figures and branches' names only."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from paicha.formats.writers.official import OfficialDocument, spoken_day

TITLE = "关于流动党员组织关系集中排查情况的通报"
SIGNED = "党委办公室"
DRAFT = "（草稿）"
WIDTHS = (47, 16, 19, 19, 19, 19, 17)  # mm, together the width between the margins


def write_circular(
    *,
    committee: str,
    number: int | None,
    sections: Sequence[tuple[str, str]],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    figures_on: date,
    sent_on: date | None,
) -> bytes:
    """The bytes of the .docx. `number` and `sent_on` None: a draft; `sections`: (heading, text, a paragraph a line);
    `rows`: the table by branch, of `figures_on`."""
    document = OfficialDocument((committee, TITLE), sent_on or figures_on)
    document.number(f"第{number}号" if number else DRAFT)
    document.addressee("各党支部")
    for heading, text in sections:
        document.heading(heading)
        for paragraph in text.splitlines():
            document.paragraph(paragraph)
    document.signature(SIGNED, sent_on)
    document.grid(f"附：各党支部排查情况（截至{spoken_day(figures_on)}）", headings, rows, WIDTHS)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
