"""Which rows of a register are shown, and in which order: by the query of the address, so that a view can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from paicha.domain.findings import Severity
from paicha.register.forms import COLUMNS, masked
from paicha.register.selectors import Row

SHOWS = {"": "全部", "errors": "有错误的", "warnings": "有提醒的"}
ORDERS = {"": "台账顺序", "pinyin": "姓名拼音", "strokes": "姓氏笔画"}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`show` and `order` are keys of `SHOWS` and `ORDERS`, `words` what a cell must hold as it is shown: whoever could
    search for masked digits would find them one by one."""

    show: str = ""
    words: str = ""
    order: str = ""

    def query(self) -> str:
        """As the query of an address, with its question mark; "" for everybody in the register's order."""
        said = {"show": self.show, "q": self.words, "order": self.order}
        asked = urlencode({key: value for key, value in said.items() if value})
        return f"?{asked}" if asked else ""

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that are shown, in order; their numbers stay the register's."""
        shown = [row for row in rows if self._keeps(row)]
        if self.order:
            shown.sort(key=lambda row: (getattr(row, self.order), row.number))
        return shown

    def _keeps(self, row: Row) -> bool:
        wanted = {"errors": Severity.ERROR, "warnings": Severity.WARNING}.get(self.show)
        if wanted is not None and all(finding.severity is not wanted for finding in row.findings):
            return False
        return not self.words or any(self.words in masked(c, row.cells[c]) for c in COLUMNS)


def arrangement_of(query: QueryDict) -> Arrangement:
    """What an address asks for; what it does not know is left out."""
    show, order = query.get("show", ""), query.get("order", "")
    return Arrangement(show if show in SHOWS else "", query.get("q", "").strip(), order if order in ORDERS else "")
