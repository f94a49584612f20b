"""What applying a list would do, before anything is written: for whom a transfer begins, goes on or ends with its
receipt, what is known already, whose row it cannot be told, who is nobody's here, and what is wrong, by cell."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from uuid import UUID

from paicha.domain.divisions import Division
from paicha.domain.exported import STATUS, Deed, Known, Said, Status, after, is_masked, reckon
from paicha.domain.findings import Code, Finding, Located, Place
from paicha.domain.identity import read_id_number
from paicha.domain.letters import Stage
from paicha.domain.masking import mask_personal
from paicha.domain.readings import is_empty
from paicha.formats.readers.exported import ExportedRow, Field
from paicha.formats.readers.headings import normal
from paicha.formats.readers.listed import Listed
from paicha.organizations.models import Organization
from paicha.organizations.tree import Tree
from paicha.transfers.exported.people import Candidate, People, Person
from paicha.transfers.exported.reading import said_by, text
from paicha.transfers.tracking.moving import Whom

OURS = "转入的是本党委的党组织，不是转出"
SOMEBODY_ELSE = "0"  # what a person says of a row: none of the candidates


class What(Enum):
    """What becomes of one row."""

    NEW = "开始转接"
    MOVED = "往前一步"
    RECEIVED = "收到回执"
    ENDED = "没有转成"
    UNCHANGED = "没有变化"
    ASKED = "认不出是谁"
    UNKNOWN = "这里没有这个人"
    FAULTY = "有问题"


@dataclass(frozen=True, slots=True)
class Change:
    """One row: whose it is (`whom`, None where that is not known), what is to be written down, or why nothing is, and
    in which cell (`about`, our heading). `masked`: the ID number as the list shows it."""

    what: What
    key: str
    place: Place
    name: str
    said: Said | None = None
    whom: Whom | None = None
    deeds: tuple[Deed, ...] = ()
    why: str = ""
    about: str = ""
    urged: bool = False
    candidates: tuple[Candidate, ...] = ()
    masked: str = ""

    @property
    def told(self) -> str:
        """What is written down, in words."""
        return "，".join(
            "补记系统的编号" if deed.note else f"{deed.day.isoformat()} {deed.stage.label}" for deed in self.deeds
        )


@dataclass(slots=True)
class Plan:
    """The whole list."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Located] = field(default_factory=list)

    def of(self, what: What) -> list[Change]:
        return [change for change in self.changes if change.what is what]

    @property
    def counts(self) -> dict[str, int]:
        return {what.name.lower(): len(self.of(what)) for what in What}

    @property
    def to_write(self) -> list[Change]:
        """In the order of the steps: a list may hold several rows of one person."""
        return [change for change in self.changes if change.deeds]

    @property
    def digest(self) -> str:
        """Changes whenever applying would do something else than what was looked at."""
        told = hashlib.sha256()
        for change in self.to_write:
            whom = change.whom and (change.whom.member.id, change.whom.branch_id)
            told.update(f"{change.key}|{whom}|{change.deeds}|{change.said}|{change.urged}\n".encode())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Asking:
    """By what a list is read: the branches that the uploader may write in, the words and persons that were told
    (`chosen`: row → member, or SOMEBODY_ELSE), the home that directions are reckoned from."""

    branches: Collection[UUID]
    words: Mapping[str, Status]
    chosen: Mapping[str, str]
    home: Division | None
    today: date


def plan_of(listed: Listed[Field], tree: Tree, committee_id: UUID, asking: Asking) -> Plan:
    """Hold a list against what is known. Rows are taken by the day on which their transfer began."""
    people, own = People(committee_id, asking.branches, listed.rows), _own(tree, committee_id)
    seen: dict[UUID, Known] = {}
    rows = [(f"{n}", row, said_by(row, asking.words, asking.home)) for n, row in enumerate(listed.rows)]
    changes = []
    for key, row, said in sorted(rows, key=lambda one: _day(one[2])):
        change, person = _whose(key, row, said, people, own, asking)
        if change.what is What.UNCHANGED and person is not None and said is not None:
            known = seen.get(person.member_id, person.known)
            change, seen[person.member_id] = _reckoned(change, person, said, known, asking.today)
        changes.append(change)
    plan = Plan(changes, list(listed.faults))
    plan.faults += [_located(change, listed.rows[int(change.key)]) for change in plan.of(What.FAULTY)]
    return plan


def _day(said: Said | None) -> date:
    return (said.begun or said.ended if said else None) or date.min


def _whose(
    key: str, row: ExportedRow, said: Said | None, people: People, own: frozenset[str], asking: Asking
) -> tuple[Change, Person | None]:
    """Whose a row is; UNCHANGED as long as nothing more is known."""
    change = Change(What.UNCHANGED, key, row.place, mask_personal(text(row, Field.NAME)) or "（没有姓名）", said)
    if said is None:
        word = mask_personal(text(row, Field.STATUS))
        why = f"状态“{word}”还没有对应" if word else "状态是空的"
        return replace(change, what=What.FAULTY, why=why, about=STATUS), None
    if normal(said.destination) in own:
        return replace(change, why=OURS), None
    fault = _unreadable(row)
    if fault:
        return replace(change, what=What.FAULTY, why=fault, about=Field.ID_NUMBER.heading), None
    person = people.person(row)
    if person is None and (candidates := people.candidates(row)):
        chosen = asking.chosen.get(key, "")
        person = next((people.member(c.member_id) for c in candidates if str(c.member_id) == chosen), None)
        if person is None and chosen != SOMEBODY_ELSE:
            masked = mask_personal(text(row, Field.ID_NUMBER))
            return replace(change, what=What.ASKED, candidates=tuple(candidates), masked=masked), None
    return (change, person) if person else (replace(change, what=What.UNKNOWN), None)


def _unreadable(row: ExportedRow) -> str:
    """What is wrong with an ID number that is neither right nor masked, nor made up for by the transfer's number."""
    raw = row.cells.get(Field.ID_NUMBER)
    reading = read_id_number(raw)
    if reading.value is not None or is_masked(raw):
        return ""
    if is_empty(raw):
        return "" if text(row, Field.NUMBER) else "没有身份证号，也没有编号"
    return next((finding.message for finding in reading.findings), "身份证号认不出")


def _reckoned(change: Change, person: Person, said: Said, known: Known, today: date) -> tuple[Change, Known]:
    done = reckon(said, known, today)
    what = What.FAULTY if done.about else _WHAT[len(done.deeds) > 0, known.stage is None]
    if done.deeds and done.deeds[-1].stage.over:
        what = What.RECEIVED if done.deeds[-1].stage is Stage.RECEIVED else What.ENDED
    found = replace(change, what=what, whom=person.whom, deeds=done.deeds, urged=person.urged)
    found = replace(found, why=done.why, about=done.about)
    return found, after(known, said, done)


_WHAT = {
    (True, True): What.NEW,
    (True, False): What.MOVED,
    (False, True): What.UNCHANGED,
    (False, False): What.UNCHANGED,
}


def _located(change: Change, row: ExportedRow) -> Located:
    column = next((field for field in Field if field.heading == change.about), Field.NAME)
    message, what = f"{change.name}：{change.why}", "改正后再传一次，已写入的不会重复"
    return Located(row.at(column), Finding(Code.UNREADABLE, message, what, column.heading))


def _own(tree: Tree, committee_id: UUID) -> frozenset[str]:
    """The names of the committee's own organizations: what comes in to them does not go out."""
    return frozenset(normal(name) for name in _names(tree, committee_id))


def _names(tree: Tree, committee_id: UUID) -> Iterator[str]:
    yield from (node.name for node in tree.nodes.values())
    for aliases in Organization.objects.filter(committee_id=committee_id).values_list("aliases", flat=True):
        yield from aliases
