"""The form of theme education: as typed, and what is wrong with it in words."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import QueryDict

from paicha.campaigns.education.models import How
from paicha.register.contacts.forms import read_day

LONGEST = 200


@dataclass(slots=True)
class PartForm:
    """记下参加情况. `faults`: field → what is wrong and what to do."""

    happened_on: str
    how: str = ""
    materials: str = ""
    members: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> list[How]:
        return list(How)

    @property
    def chosen(self) -> How | None:
        return next((how for how in How if str(how.value) == self.how), None)

    @property
    def day(self) -> date | None:
        return read_day(self.happened_on)

    @property
    def member_ids(self) -> list[UUID]:
        """Raises ValueError for what is no key."""
        return [UUID(value) for value in self.members]


def part_form(posted: QueryDict) -> PartForm:
    form = PartForm(
        happened_on=posted.get("happened_on", "").strip(),
        how=posted.get("how", ""),
        materials=posted.get("materials", "").strip()[:LONGEST],
        members=posted.getlist("member"),
    )
    if form.day is None:
        form.faults["happened_on"] = "请填写日期，如 2023-12-15"
    if form.chosen is None:
        form.faults["how"] = "请选择怎样参加"
    if not form.members:
        form.faults["members"] = "请勾选参加的人"
    return form
