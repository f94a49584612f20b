"""What is typed of graduates, many in one table or one on their page; nothing typed is lost where it does not fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from paicha.domain.divisions import Direction
from paicha.domain.graduate_list import KEPT, Field, read_row
from paicha.domain.graduates import Destination
from paicha.domain.identity import read_month
from paicha.domain.masking import mask_personal, mask_phone
from paicha.domain.readings import compact
from paicha.transfers.graduating.selectors import Person, versions_seen

IN_TABLE = (Field.DESTINATION, Field.EMPLOYER, Field.ORGANIZATION, Field.RESPONSIBLE)
FOR_LETTER = (Field.TO, Field.ORGANIZATION, Field.DIRECTION, Field.STANDING, Field.DUES)
CHOICES: dict[Field, list[str]] = {
    Field.DESTINATION: [one.label for one in Destination],
    Field.DIRECTION: [one.label for one in Direction],
    Field.STANDING: ["正式", "预备"],
}
HINTS = {Field.MONTH: "如 202306", Field.DUES: "如 202306", Field.TO: "对方有权接收的党委或组织部"}
DIGITS = 6  # of a version's number, at most
EARLIEST, LATEST = 1990, 1  # years: of a month of graduation, and how many after today's


@dataclass(frozen=True, slots=True)
class Cell:
    """One field as it is shown: `name` as it is sent, its words, what is wrong with it; `contact`: who keeps in touch
    with them by the register, where nobody is named here."""

    field: Field
    name: str
    value: str
    fault: str
    contact: str = ""

    @property
    def heading(self) -> str:
        return self.field.heading

    @property
    def choices(self) -> list[str]:
        """A value that is none of them stands among them: it is shown, not lost."""
        known = CHOICES.get(self.field, [])
        return [*known, self.value] if known and self.value and self.value not in known else known

    @property
    def hint(self) -> str:
        return HINTS.get(self.field, "")

    @property
    def long(self) -> bool:
        return self.field in (Field.EMPLOYER, Field.TO, Field.ORGANIZATION)


@dataclass(slots=True)
class RowForm:
    """One graduate's fields, as known or as typed. `seen`: the version that was looked at; `theirs`: what somebody else
    has written since, in words."""

    person: Person
    fields: Sequence[Field]
    seen: int
    typed: dict[Field, str] = field(default_factory=dict)
    faults: dict[Field, str] = field(default_factory=dict)
    theirs: str = ""

    @property
    def key(self) -> UUID:
        return self.person.graduate.id

    @property
    def cells(self) -> list[Cell]:
        return [
            Cell(
                one,
                name_of(one, self.key),
                self.typed.get(one, self.known(one)),
                self.faults.get(one, ""),
                self.person.contact if one is Field.RESPONSIBLE else "",
            )
            for one in self.fields
        ]

    @property
    def unattended(self) -> bool:
        """Whether nobody is known who keeps in touch with them."""
        return not (self.known(Field.RESPONSIBLE) or self.person.contact)

    def known(self, field: Field) -> str:
        """What is known, as a page may show it."""
        return masked(field, self.person.text(field))

    def values(self) -> dict[str, str]:
        """Everything that is known, with what was typed; sets the faults of what cannot be read."""
        values = dict(self.person.version.values)
        for one, text in self.typed.items():
            if text == self.known(one):
                continue  # left alone, or the mask of a number that stands there
            row = read_row({one: text})
            if row.findings:
                self.faults[one] = f"{row.findings[0].message}。{row.findings[0].suggestion}"
            else:
                values[one.name] = row.values.get(one, "")
        if not values.get(Field.MONTH.name):
            values[Field.MONTH.name] = self.person.text(Field.MONTH)  # everybody has graduated some time
        return values


def rows_of(people: Iterable[Person], fields: Sequence[Field]) -> list[RowForm]:
    """The rows as known."""
    return [RowForm(person, fields, person.version.n) for person in people]


def typed_rows(posted: Mapping[str, str], people: Iterable[Person], fields: Sequence[Field]) -> list[RowForm]:
    """The rows that were sent; others are not there. A browser sends every cell of its page: in one that says what
    stood there when the page was made, nothing was typed, and what another has written since is kept."""
    sent = [(person, posted.get(f"n-{person.graduate.id}", "")) for person in people]
    forms = [RowForm(person, fields, int(n)) for person, n in sent if n.isdecimal() and len(n) < DIGITS]
    overtaken = {form.key: form.seen for form in forms if form.seen != form.person.version.n}
    before = versions_seen(forms[0].person.graduate.committee_id, overtaken) if overtaken else {}
    for form in forms:
        version = before.get(form.key, form.person.version)
        for one in fields:
            text = " ".join(posted.get(name_of(one, form.key), "").split())
            if name_of(one, form.key) in posted and text != masked(one, version.text(one)):
                form.typed[one] = text
    return forms


def over_what_stands(forms: Iterable[RowForm], people: Iterable[Person]) -> list[RowForm]:
    """Rows as typed, over what somebody else has written since they were looked at; `people` as they stand now."""
    now, found = {person.graduate.id: person for person in people}, []
    for form in forms:
        if form.key in now:
            form.person = now[form.key]
            form.seen = form.person.version.n
            said = "，".join(f"{one.heading}：{form.known(one) or '（空）'}" for one in form.fields)
            form.theirs = f"{form.person.version.actor_name} 改成了 {said}"
            found.append(form)
    return found


def masked(field: Field, text: str) -> str:
    """A value as a page may show it."""
    return mask_phone(text) if field is Field.PHONE else mask_personal(text)


def name_of(field: Field, graduate_id: UUID) -> str:
    """What a field is called when a page is sent."""
    return f"{field.name.lower()}-{graduate_id}"


ALL = tuple(KEPT)


@dataclass(slots=True)
class CohortForm:
    """A new cohort as typed."""

    name: str = ""
    month: str = ""
    fault: str = ""

    @classmethod
    def of(cls, posted: Mapping[str, str]) -> "CohortForm":
        return cls(compact(posted.get("name", ""))[:40], posted.get("month", "").strip()[:20])

    def read(self, today: date) -> int | None:
        """The month of graduation; None where something is wrong, which `fault` then tells."""
        month = read_month(self.month).value
        if not self.name:
            self.fault = "请填写届别的名称，如 2023届"
        elif month is None or not EARLIEST * 12 <= month < (today.year + LATEST + 1) * 12:
            self.fault = "请填写毕业年月，如 202306"
            return None
        return None if self.fault else month
