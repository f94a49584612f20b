"""The second sheet 说明 and the file's properties: who exported, when, by which rules.

Official forms carry nothing that the notice does not draw (domain.md, `RuleSet`): what is ours stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook

from paicha.formats.readers.parts import without_controls
from paicha.formats.writers.sheets import Styles, put, set_widths

SHEET = "说明"
HANDLING = "内部资料，不得公开；不得在互联网发布，不得用微信、QQ等传送。"  # notice 四.3


@dataclass(frozen=True, slots=True)
class Provenance:
    """`exported_by` a person or an office, `exported_at` local time (aware or not), `rules` one line each: the day ages
    are counted by, the home 市州, versions."""

    exported_by: str
    exported_at: datetime
    rules: tuple[str, ...] = ()

    @property
    def time(self) -> str:
        return f"{self.exported_at:%Y-%m-%d %H:%M}"


def add_notes(book: Workbook, styles: Styles, title: str, provenance: Provenance, extra: Sequence[str] = ()) -> None:
    """Add the sheet 说明 and set the properties; call it after the form's own sheet. `extra` are further lines."""
    sheet = book.add_worksheet(SHEET)
    set_widths(sheet, (14, 90))
    lines = [("文件", title), ("导出人", provenance.exported_by), ("导出时间", provenance.time)]
    lines += [("" if n else "规则", line) for n, line in enumerate(provenance.rules)]
    lines += [("" if n else "注意", line) for n, line in enumerate((HANDLING, *extra))]
    for row, (label, text) in enumerate(lines):
        put(sheet, row, 0, label, styles.get(bold=True, valign="top"))
        put(sheet, row, 1, text, styles.get(text_wrap=True, num_format="@", valign="top"))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    at = provenance.exported_at
    book.set_properties(
        {
            "title": title,
            "author": without_controls(provenance.exported_by),
            "created": at.astimezone(UTC) if at.tzinfo else at,
            "comments": "\n".join((*provenance.rules, HANDLING)),
        }
    )
