"""What the columns of a roster may be, and the uploaded file as members by the columns agreed on."""

from collections.abc import Mapping, Sequence

from paicha.domain.annex1 import Column
from paicha.formats.readers.columns import OUR_HEADINGS, Extra, our_heading, roster_columns
from paicha.formats.readers.headings import Heading
from paicha.formats.readers.roster import Roster, read_roster
from paicha.formats.readers.source import Source
from paicha.intake.columns import Wanted
from paicha.register.records import RECKONED

NOT_ASKED = (Extra.VERDICT, Extra.CATEGORY, Extra.FLOATING, Extra.FULL_SINCE, Extra.POST, Extra.HOME)
CHOICES = [ours for ours, target in OUR_HEADINGS.items() if target not in (*RECKONED, *NOT_ASKED)]


def _recognise(headings: Sequence[Heading], known: Mapping[str, str]) -> dict[str, int]:
    return {our_heading(target): column for target, column in roster_columns(headings, known).items()}


ROSTER = Wanted("roster", "名册", CHOICES, our_heading(Column.NAME), _recognise)


def members_of(source: Source, columns: Mapping[str, str]) -> Roster:
    """The members by the columns agreed on. Raises formats.readers.roster.RosterProblem."""
    return read_roster(source, columns)
