"""The two forms of the section 联系: as typed, and what is wrong with it in words; nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from paicha.register.contacts.models import Purpose, Way

LONGEST_SAID, LONGEST_NAME, LONGEST_PHONE = 2000, 60, 40


@dataclass(slots=True)
class ContactForm:
    """记一次联系. `faults`: field → what is wrong and what to do."""

    happened_on: str
    way: str = ""
    purposes: list[str] = field(default_factory=lambda: [str(Purpose.FOLLOW_UP.value)])
    reached: str = "yes"
    said: str = ""
    by: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def ways(self) -> list[Way]:
        return list(Way)

    @property
    def choices(self) -> list[tuple[Purpose, bool]]:
        return [(purpose, str(purpose.value) in self.purposes) for purpose in Purpose]

    @property
    def chosen_way(self) -> Way | None:
        return next((way for way in Way if str(way.value) == self.way), None)

    @property
    def chosen_purposes(self) -> list[Purpose]:
        return [purpose for purpose, chosen in self.choices if chosen]

    @property
    def day(self) -> date | None:
        return read_day(self.happened_on)


@dataclass(slots=True)
class PersonForm:
    """指定联系人."""

    since: str
    name: str = ""
    phone: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        return read_day(self.since)


def read_day(text: str) -> date | None:
    """A day as a browser sends it, 2023-12-15; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2023-12-15") else None
    except ValueError:
        return None


def contact_form(posted: QueryDict, today: date) -> ContactForm:
    form = ContactForm(
        happened_on=_text(posted, "happened_on"),
        way=_text(posted, "way"),
        purposes=posted.getlist("purposes"),
        reached=_text(posted, "reached"),
        said=_text(posted, "said", LONGEST_SAID),
        by=_text(posted, "by", LONGEST_NAME),
    )
    if fault := _day_fault(form.day, today):
        form.faults["happened_on"] = fault
    if form.chosen_way is None:
        form.faults["way"] = "请选择联系方式"
    if not form.chosen_purposes:
        form.faults["purposes"] = "请至少选一个事由；一次联系可以选几个"
    if form.reached not in ("yes", "no"):
        form.faults["reached"] = "请选择是否联系上了"
    elif form.reached == "yes" and not form.said:
        form.faults["said"] = "请简要写下谈了什么，如 身体好，仍在原单位，已知晓报到要求"
    return form


def person_form(posted: Mapping[str, str], today: date) -> PersonForm:
    form = PersonForm(
        since=_text(posted, "since"),
        name=_text(posted, "name", LONGEST_NAME),
        phone=_text(posted, "phone", LONGEST_PHONE),
    )
    if not form.name:
        form.faults["name"] = "请填写联系人姓名"
    if fault := _day_fault(form.day, today):
        form.faults["since"] = fault
    return form


def _text(posted: Mapping[str, str], name: str, longest: int = 20) -> str:
    return posted.get(name, "").strip()[:longest]


def _day_fault(day: date | None, today: date) -> str:
    if day is None:
        return "请填写日期，如 2023-12-15"
    return "日期还没有到，请填写今天或以前的日期" if day > today else ""
