"""A circular as a .docx: a draft as it stands, or what is frozen when it is sent."""

from paicha.campaigns.supervision.circulating.drafting import headed
from paicha.campaigns.supervision.circulating.figures import HEADINGS
from paicha.campaigns.supervision.circulating.models import Circular
from paicha.formats.writers.circular import write_circular


def paper_of(circular: Circular, committee: str) -> bytes:
    return write_circular(
        committee=committee,
        number=circular.n,
        sections=headed(circular.sections),
        headings=HEADINGS,
        rows=circular.lines,
        figures_on=circular.figures_on,
        sent_on=circular.sent_on,
    )
