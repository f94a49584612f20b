"""What applying a cohort's list would do, before anything is written: who is new on it, who changes and in what, who
stays, and which rows come in nowhere. A list says where members go, never who is one (docs/decisions/0023)."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from paicha.domain.branches import branch_key
from paicha.domain.findings import Code, Finding, Located, Place, Severity
from paicha.domain.graduate_list import KEPT, Field, read_row
from paicha.domain.identity import read_id_number
from paicha.domain.masking import mask_personal, quote
from paicha.domain.readings import as_text, is_empty
from paicha.formats.readers.graduates import GraduateList, ListedGraduate
from paicha.register.models import Affiliation, Member
from paicha.register.roster.selectors import chunks, open_affiliations, standing_lines
from paicha.transfers.graduating.models import Cohort, Graduate
from paicha.vault.hashing import Hashed, hasher


class What(Enum):
    """What becomes of one row."""

    NEW = "新增"
    CHANGED = "有改动"
    UNCHANGED = "没有改动"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the list: whose, where they belong, and all that would be known then. `graduate` is who stands in the
    cohort already, with the current version."""

    what: What
    place: Place
    member: Member
    branch_id: UUID
    values: Mapping[str, str]
    graduate: Graduate | None = None

    def differences(self) -> list[tuple[Field, str, str]]:
        """(column, old, new) of each that differs."""
        old = _values(self.graduate)
        return [
            (field, old.get(field.name, ""), self.values.get(field.name, ""))
            for field in KEPT
            if old.get(field.name, "") != self.values.get(field.name, "")
        ]


@dataclass(slots=True)
class Plan:
    """The whole list. `lost` counts the rows that come in nowhere; their faults say why. `by_name`: who was found
    without an ID number."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Located] = field(default_factory=list)
    lost: int = 0
    by_name: int = 0

    def of(self, what: What) -> list[Change]:
        return [change for change in self.changes if change.what is what]

    @property
    def counts(self) -> dict[str, int]:
        return {what.name.lower(): len(self.of(what)) for what in What}

    @property
    def to_write(self) -> list[Change]:
        return [change for change in self.changes if change.what is not What.UNCHANGED]

    @property
    def digest(self) -> str:
        """Changes whenever applying would do something else than what was looked at."""
        told = hashlib.sha256()
        for change in self.changes:
            current = change.graduate and change.graduate.current_id
            said = sorted(change.values.items())
            told.update(f"{change.member.id}|{change.branch_id}|{current}|{said!r}\n".encode())
        return told.hexdigest()


def plan_of(found: GraduateList, cohort: Cohort, mine: Collection[UUID], names: Mapping[UUID, str]) -> Plan:
    """Hold a list against the roster and the cohort. `mine` are the branches whose members may be on it, `names` theirs
    as they are called."""
    plan = Plan(faults=[one for one in found.faults if one.finding.severity > Severity.NOTICE])
    people = _People(cohort.committee_id, found.rows, mine)
    standing = {
        graduate.member_id: graduate
        for graduate in Graduate.objects.filter(committee_id=cohort.committee_id, cohort=cohort).select_related(
            "current"
        )
    }
    first: dict[UUID, int] = {}
    for listed in found.rows:
        affiliation, fault = people.meant(listed)
        if affiliation is not None and affiliation.member_id in first:
            fault = _twice(first[affiliation.member_id])
        if affiliation is None or fault is not None:
            plan.lost += 1
            plan.faults.append(Located(listed.at(Field.ID_NUMBER), fault or _nobody(_name(listed))))
            continue
        first[affiliation.member_id] = listed.place.row
        plan.by_name += is_empty(listed.cells.get(Field.ID_NUMBER))
        plan.faults += _warnings(listed, affiliation, names)
        change, faults = _change(listed, cohort, affiliation, standing.get(affiliation.member_id))
        plan.changes.append(change)
        plan.faults += faults
    return plan


def _change(
    listed: ListedGraduate, cohort: Cohort, affiliation: Affiliation, known: Graduate | None
) -> tuple[Change, list[Located]]:
    row = read_row(listed.cells)
    faults = [Located(listed.at(_field(finding)), finding) for finding in row.findings]
    old = _values(known)
    said = {**old, **{field.name: text for field, text in row.values.items()}}
    values = {name: text for name, text in said.items() if text}  # 无 where nothing stood is no change
    month = f"{cohort.month // 12:04}{cohort.month % 12 + 1:02}"
    values.setdefault(Field.MONTH.name, old.get(Field.MONTH.name) or month)  # everybody has graduated some time
    if known is None or known.taken_off_at is not None:
        what = What.NEW
    else:
        what = What.UNCHANGED if values == old else What.CHANGED
    return Change(what, listed.place, affiliation.member, affiliation.branch_id, values, known), faults


class _People:
    """Who is meant by a row: by the ID number; without one, by the name where only one member has it. A name is the
    roster's, which may be newer, or the one under which the member was first known."""

    def __init__(self, committee_id: UUID, people: Sequence[ListedGraduate], mine: Collection[UUID]) -> None:
        self._mine, self._hash = frozenset(mine), hasher(Hashed.ID_NUMBER)
        readings = [read_id_number(listed.cells.get(Field.ID_NUMBER)).value for listed in people]
        hashes = {self._hash(number) for number in readings if number}
        names = {_name(one) for one, number in zip(people, readings, strict=True) if not number}
        said = standing_lines(committee_id).filter(member=OuterRef("member"))
        ours = open_affiliations(committee_id).select_related("member")
        ours = ours.annotate(called=Subquery(said.values("name")[:1]))
        self._by_hash: dict[bytes, Affiliation] = {}
        for some in chunks(hashes):
            lines = dict(standing_lines(committee_id).filter(id_hash__in=some).values_list("member_id", "id_hash"))
            for affiliation in ours.filter(member__id_hash__in=some) | ours.filter(member_id__in=list(lines)):
                hash_ = affiliation.member.id_hash or lines.get(affiliation.member_id) or b""
                self._by_hash[bytes(hash_)] = affiliation
        self._by_name: dict[str, list[Affiliation]] = {}
        for some_names in chunks(names):
            named = Q(member__name__in=some_names) | Q(called__in=some_names)
            for affiliation in ours.filter(named, branch_id__in=list(self._mine)):
                for name in _names(affiliation).intersection(some_names):
                    self._by_name.setdefault(name, []).append(affiliation)

    def meant(self, listed: ListedGraduate) -> tuple[Affiliation | None, Finding | None]:
        """The member's affiliation; or what is wrong."""
        raw, name = listed.cells.get(Field.ID_NUMBER), _name(listed)
        if is_empty(raw):
            return self._named(name)
        reading = read_id_number(raw)
        if reading.value is None:
            return None, next((one.at(Field.ID_NUMBER.heading) for one in reading.findings), None)
        found = self._by_hash.get(self._hash(reading.value))
        if found is None or found.branch_id not in self._mine:
            return None, None
        theirs = _names(found)
        if theirs and name and branch_key(name) not in map(branch_key, theirs):
            there = found.called or found.member.name  # type: ignore[attr-defined]
            message = f"名册里这个身份证号是{quote(there)}，名单里写的是{quote(name)}"
            advice = "请核实身份证号和姓名；是改了名的，先改党员名册"
            return None, Finding(Code.NOT_ROSTERED, message, advice, Field.NAME.heading)
        return found, None

    def _named(self, name: str) -> tuple[Affiliation | None, Finding | None]:
        found = self._by_name.get(name, [])
        if len(found) == 1:
            return found[0], None
        if not found:
            return None, None
        message = f"没有写身份证号，叫{quote(name)}的有 {len(found)} 人"
        return None, Finding(Code.REQUIRED, message, "请填写身份证号", Field.ID_NUMBER.heading)


def _names(affiliation: Affiliation) -> set[str]:
    """What a member is called: `affiliation` has `called`, the roster's name."""
    return {affiliation.member.name, affiliation.called} - {"", None}  # type: ignore[attr-defined]


def _warnings(listed: ListedGraduate, affiliation: Affiliation, names: Mapping[UUID, str]) -> Iterator[Located]:
    said, there = as_text(listed.cells.get(Field.BRANCH)), names.get(affiliation.branch_id, "")
    if said and there and branch_key(said) != branch_key(there) and not branch_key(said).endswith(branch_key(there)):
        message = f"名单里写的是{quote(said)}，名册里在{quote(there)}，按名册"
        finding = Finding(Code.BRANCH_UNKNOWN, message, "请核实；要调支部的，先改党员名册", Field.BRANCH.heading)
        yield Located(listed.at(Field.BRANCH), finding)


def _nobody(name: str) -> Finding:
    message = f"{quote(name)}不在党员名册里，没有读入" if name else "没有姓名，没有读入"
    advice = "请核实身份证号；新转来的党员，先传党员名册再传这份名单；不是党员的，从名单里去掉"
    return Finding(Code.NOT_ROSTERED, message, advice, Field.ID_NUMBER.heading)


def _twice(row: int) -> Finding:
    message = f"与第{row}行是同一个人，只读入前面一行"
    return Finding(Code.ID_DUPLICATE, message, "请去掉重复的一行，或改正身份证号", Field.ID_NUMBER.heading)


def _name(listed: ListedGraduate) -> str:
    return mask_personal("".join(as_text(listed.cells.get(Field.NAME)).split()))


def _values(known: Graduate | None) -> dict[str, str]:
    return dict(known.current.values) if known is not None and known.current is not None else {}


def _field(finding: Finding) -> Field:
    return next((one for one in KEPT if one.heading == finding.column), Field.NAME)
