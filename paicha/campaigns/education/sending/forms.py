"""The form of material that was sent: as typed, and what is wrong with it in words."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import QueryDict

from paicha.campaigns.education.models import Channel
from paicha.register.contacts.forms import read_day

LONGEST = 200


@dataclass(slots=True)
class SendForm:
    """送出学习材料. `faults`: field → what is wrong and what to do."""

    sent_on: str
    material: str = ""
    channel: str = ""
    members: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> list[Channel]:
        return list(Channel)

    @property
    def chosen(self) -> Channel | None:
        return next((channel for channel in Channel if str(channel.value) == self.channel), None)

    @property
    def day(self) -> date | None:
        return read_day(self.sent_on)

    @property
    def member_ids(self) -> list[UUID]:
        """Raises ValueError for what is no key."""
        return [UUID(value) for value in self.members]


def send_form(posted: QueryDict) -> SendForm:
    form = SendForm(
        sent_on=posted.get("sent_on", "").strip()[:20],
        material=posted.get("material", "").strip()[:LONGEST],
        channel=posted.get("channel", ""),
        members=posted.getlist("member"),
    )
    if form.day is None:
        form.faults["sent_on"] = "请填写日期，如 2023-12-15"
    if not form.material:
        form.faults["material"] = "请写送了什么材料，如 报告单行本"
    if form.chosen is None:
        form.faults["channel"] = "请选择怎样送的"
    if not form.members:
        form.faults["members"] = "请勾选送给谁"
    return form
