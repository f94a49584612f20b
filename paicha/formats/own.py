"""What our own files carry: the label of what names people, the colours of faults, and how a sheet of ours is known
when a file comes back (writers put it there, readers pass it over)."""

from paicha.domain.findings import Severity
from paicha.domain.readings import CellValue, compact

CONFIDENTIAL = "内部资料　不得公开"
# Red, green and blue; their three lowest bits are free (writers.marks hides a key there).
COLOURS = {Severity.ERROR: 0xF8B0B8, Severity.WARNING: 0xF8E0A8}
FILLS = {severity: f"#{colour:06X}" for severity, colour in COLOURS.items()}
REQUEST = "请修改"  # how cell A1 of a sheet begins that we put into a returned file


def is_request(first_cell: CellValue) -> bool:
    """Whether a sheet with this A1 is one that we put into a returned file."""
    return compact(first_cell).startswith(REQUEST)
