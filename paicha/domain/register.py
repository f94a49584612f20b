"""A whole register's check: numbers given twice, 序号, and which of a branch's files counts.

Findings about a person are added to that person's entry; both sides of a duplicate are marked and name each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from paicha.domain.annex1 import Column, Entry, Form, RawRow
from paicha.domain.findings import Code, Finding, Place

_WHOLE = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]")  # a masked number (420111********0012) tells nobody apart


class Person(NamedTuple):
    """One person's row of one form, read and checked; `entry.findings` are those of this row, duplicates included."""

    form: Form
    row: RawRow
    entry: Entry

    def place(self, column: Column | None = None) -> Place:
        return self.form.place(self.row.number, column)


def mark_duplicates(people: Iterable[Person]) -> list[Person]:
    """Mark every ID number given twice (`id-duplicate`) and every phone of two people (`phone-duplicate`).

    Returns the surplus rows: those whose number stood in an earlier one. A number that has lost its last digits is no
    number: it is left out."""
    by_id: dict[str, list[Person]] = defaultdict(list)
    by_phone: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if number := duplicate_key(person.entry):
            by_id[number].append(person)
        if phone := person.entry.phone:
            by_phone[phone].append(person)
    for group in by_id.values():
        if len(group) > 1:
            _mark(group, Column.ID_NUMBER, Code.ID_DUPLICATE, "请核实是否同一人；确属重复的，只保留一处")
    for group in by_phone.values():
        if len(group) > 1 and len({duplicate_key(person.entry) or id(person) for person in group}) > 1:
            _mark(group, Column.PHONE, Code.PHONE_DUPLICATE, "请核实各自的联系电话")
    return [person for group in by_id.values() for person in group[1:]]


def duplicate_key(entry: Entry) -> str:
    """The ID number by which a person is found twice: the right one, else a faulty one as long as it is whole."""
    if entry.id_number is not None:
        return entry.id_number
    text = entry.texts[Column.ID_NUMBER].upper()
    whole = _WHOLE.fullmatch(text) and all(finding.code is not Code.ID_PRECISION for finding in entry.findings)
    return text if whole else ""


def _mark(group: Sequence[Person], column: Column, code: Code, suggestion: str) -> None:
    places = [person.place(column) for person in group]
    for person, own in zip(group, places, strict=True):
        others = [place for place in places if place != own]
        more = f"等{len(others)}处" if len(others) > 1 else ""
        message = f"与{_seen_from(own, others[0])}{more}相同"
        person.entry.findings.append(Finding(code, message, suggestion, column.heading))


def _seen_from(own: Place, other: Place) -> str:
    """`other` as a reader of `own` needs it: the file and the sheet only where they differ."""
    if other.file != own.file:
        return str(other)
    return (
        f"本表{other.cell or other.row}"
        if other.sheet == own.sheet
        else f"工作表“{other.sheet}”{other.cell or other.row}"
    )


def check_sequence(form: Form, after: int = 0) -> tuple[Place, Finding] | None:
    """序号 must run 1, 2, 3 … (or go on from `after`, the last of the same branch's part before): the first break."""
    if Column.SEQUENCE not in form.letters or not form.rows:
        return None
    start = after + 1 if _number(form.rows[0]) == after + 1 else 1
    for expected, row in enumerate(form.rows, start):
        if _number(row) != expected:
            finding = Finding(
                Code.SEQUENCE, f"序号不连续，这里应为{expected}", "汇总时会重新编号", Column.SEQUENCE.heading
            )
            return form.place(row.number, Column.SEQUENCE), finding
    return None


LONGEST_SEQUENCE = 20  # Python refuses to read a number of more than 4,300 digits, and nobody counts so far


def _number(row: RawRow) -> int | None:
    value = row.values[Column.SEQUENCE]
    if isinstance(value, str):
        return int(value) if len(value) < LONGEST_SEQUENCE and value.strip().isdecimal() else None
    return int(value) if isinstance(value, int | float) and value == value // 1 else None


@dataclass(frozen=True, slots=True)
class Replaced:
    """An old version: the form that replaces it, and who stands in the old one only."""

    newer: Form
    left_out: list[Person]


def superseded(forms: Sequence[tuple[Form, Sequence[Person]]]) -> dict[int, Replaced]:
    """Which forms of one branch are old versions, by index.

    A form of another file that shares a person with a newer one is replaced; forms that share nobody are parts of one
    register. Of two with the same date the later given is the newer."""
    order = sorted(range(len(forms)), key=lambda i: (forms[i][0].modified, i))
    people = [_People.of(people) for _, people in forms]
    replaced: dict[int, Replaced] = {}
    for position, old in enumerate(order):
        for new in reversed(order[position + 1 :]):
            if forms[old][0].file != forms[new][0].file and people[old].shares(people[new]):
                left_out = [person for person in forms[old][1] if not people[new].holds(person)]
                replaced[old] = Replaced(forms[new][0], left_out)
                break
    return replaced


@dataclass(frozen=True, slots=True)
class _People:
    """What shows that two forms share a person: the ID number; or, where one of them has none that is right (a newer
    version may have mended it), name and birth month."""

    numbers: frozenset[str]
    names: frozenset[str]
    names_without_number: frozenset[str]

    @classmethod
    def of(cls, people: Sequence[Person]) -> "_People":
        named = [(p.entry.id_number, key) for p in people if (key := _name_key(p.entry))]
        return cls(
            frozenset(key for p in people if (key := duplicate_key(p.entry))),
            frozenset(name for _, name in named),
            frozenset(name for number, name in named if number is None),
        )

    def holds(self, person: Person) -> bool:
        """Whether a person of another form stands here too."""
        number, name = duplicate_key(person.entry), _name_key(person.entry)
        if number in self.numbers and number:
            return True
        return name in (self.names_without_number if person.entry.id_number else self.names)

    def shares(self, other: "_People") -> bool:
        return bool(
            self.numbers & other.numbers
            or self.names_without_number & other.names
            or self.names & other.names_without_number
        )


def _name_key(entry: Entry) -> str:
    """Name and month of birth, by which two forms may share a person; "" where either is not known."""
    return f"{entry.name} {entry.birth}" if entry.name and entry.birth is not None else ""
