"""What the columns of a graduates' list may be."""

from collections.abc import Mapping, Sequence

from paicha.domain.graduate_list import Field
from paicha.formats.readers.graduates import FIELDS
from paicha.formats.readers.headings import Heading
from paicha.intake.columns import Wanted


def _recognise(headings: Sequence[Heading], known: Mapping[str, str]) -> dict[str, int]:
    return FIELDS.columns(headings, known)


GRADUATES = Wanted("graduates", "毕业生名单", [field.heading for field in Field], Field.NAME.heading, _recognise)
