"""Who of a cohort is to be given a letter, what it would say, and what is lacking. Callers have passed access.py;
`committee_id` is named all the same."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.domain.annex1 import Column
from paicha.domain.divisions import Direction, Division, direction, parse_residence
from paicha.domain.graduate_list import Field
from paicha.domain.graduates import Next
from paicha.domain.identity import read_month
from paicha.domain.introduction import (
    OF_LETTER,
    Grounds,
    Standing,
    Wanted,
    missing,
    ready,
    wanted_to_replace,
)
from paicha.domain.letters import DEFAULT, Stage
from paicha.domain.readings import as_text
from paicha.register.models import RegisterEntry
from paicha.register.roster.models import RosterLine
from paicha.register.roster.selectors import Listed, chunks, standing_lines
from paicha.transfers.graduating.selectors import Person as Graduate
from paicha.transfers.lettering.listed import person_listed
from paicha.transfers.lettering.selectors import (
    first_of_line,
    letters_of,
    to_cite,
    void_before_it_expired,
)
from paicha.transfers.tracking.moving import Whom

LETTERS = (Next.SEND, Next.SEND_AGAIN, Next.NAME_ORGANIZATION)
PROBATION = 24  # months after joining, with the longest extension, from which a member is a full one


HEADINGS = {
    OF_LETTER[name]: field.heading
    for name, field in (
        ("to", Field.TO),
        ("destination", Field.ORGANIZATION),
        ("direction", Field.DIRECTION),
        ("dues", Field.DUES),
        ("standing", Field.STANDING),
    )
}
"""What a letter lacks, as the letter calls it → the column in which it is filled in."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One graduate with the letter that they would be given, and what it lacks, by its Chinese name. `proposed` are
    values that nobody has written down yet; `cites` the number of the letter that it would be given in place of."""

    person: Graduate
    whom: Whom
    wanted: Wanted
    lacking: tuple[str, ...]
    proposed: Mapping[Field, str]
    cites: str = ""

    @property
    def days(self) -> int:
        return DEFAULT.days(self.wanted.direction)

    @property
    def lacking_words(self) -> str:
        """What is lacking, by the headings of the table; what is proposed for it stands in its cell."""
        proposed = {field.heading for field in self.proposed}
        return "、".join(words for one in self.lacking if (words := HEADINGS.get(one, one)) not in proposed)

    @property
    def proposed_words(self) -> str:
        return "、".join(field.heading for field in self.proposed)

    @property
    def dues_words(self) -> str:
        """The month of the dues as pages have it: 2023-06."""
        dues = self.wanted.dues
        return "" if dues is None else f"{dues // 12}-{dues % 12 + 1:02}"


def candidates(
    people: Sequence[Graduate], names: Mapping[UUID, str], committee: str, home: Division | None, today: date
) -> list[Candidate]:
    """Everybody of these for whom a letter comes next, in their order: a few queries, and some more for each whose
    letter has expired."""
    chosen = [person for person in people if person.here and person.next in LETTERS]
    if not chosen:
        return []
    committee_id = chosen[0].graduate.committee_id
    members = [person.graduate.member_id for person in chosen]
    lines: dict[UUID, RosterLine] = {}
    for some in chunks(members):
        lines |= {line.member_id: line for line in standing_lines(committee_id).filter(member_id__in=some)}
    entries = RegisterEntry.objects.filter(committee_id=committee_id, closed_on=None, member_id__in=members)
    registered = {(entry.member_id, entry.branch_id): entry for entry in entries.select_related("current")}
    lettered = letters_of(committee_id, members)
    found = []
    for person in chosen:
        member = person.graduate.member
        listed = Listed(member, lines.get(member.id), registered.get((member.id, person.at)))
        wanted = _wanted(person, listed, f"{committee}{names.get(person.at, '')}", today)
        cites, lacks = _replaced(committee_id, member.id, today) if member.id in lettered else ("", ())
        if not cites and person.transfer is not None and person.transfer.stage == Stage.UNDERWAY:
            continue  # in the national system: no letter comes in its place
        lacking = (*missing(wanted), *_unfit(wanted, today), *lacks)
        whom, likely = Whom(member, person.at, listed.entry), _proposed(person, listed, home, today)
        found.append(Candidate(person, whom, wanted, lacking, likely, cites))
    return found


def digest_of(chosen: Sequence[Candidate], today: date) -> str:
    """Changes whenever other letters would be given than those that were looked at."""
    told = hashlib.sha256(today.isoformat().encode())
    for one in chosen:
        told.update(f"{one.person.graduate.id}|{one.whom.branch_id}|{one.wanted!r}|{one.cites}\n".encode())
    return told.hexdigest()


def _wanted(person: Graduate, listed: Listed, origin: str, today: date) -> Wanted:
    return Wanted(
        to=person.text(Field.TO),
        destination=person.text(Field.ORGANIZATION),
        origin=origin,
        direction=person.version.direction,
        dues=person.version.dues,
        standing=next((one for one in Standing if one.label == person.text(Field.STANDING)), None),
        person=person_listed(listed, person.text(Field.PHONE), today),
        grounds=Grounds(graduate=True),
    )


def _unfit(wanted: Wanted, today: date) -> tuple[str, ...]:
    """What cannot be, of a letter that lacks nothing."""
    if missing(wanted):
        return ()
    try:
        ready(wanted, today)
    except ValueError as wrong:
        return (str(wrong),)
    return ()


def _replaced(committee_id: UUID, member_id: UUID, today: date) -> tuple[str, tuple[str, ...]]:
    """The number of the letter in place of which another would be given, and what that wants beside."""
    cites = to_cite(committee_id, member_id, today)
    if cites is None:
        return "", ()
    void, first = void_before_it_expired(cites), first_of_line(cites).issued_on
    return cites.written, wanted_to_replace(void, first, today, Grounds(graduate=True))


def _proposed(person: Graduate, listed: Listed, home: Division | None, today: date) -> dict[Field, str]:
    """What the texts and the roster make likely, where nothing was written down."""
    found = {}
    if not person.text(Field.DIRECTION) and (way := _direction(person, home)):
        found[Field.DIRECTION] = way.label
    joined = read_month(as_text(listed.cells[Column.JOINED])).value
    is_full = joined is not None and today.year * 12 + today.month - 1 - joined >= PROBATION
    if is_full and not person.text(Field.STANDING):
        found[Field.STANDING] = Standing.FULL.label
    return found


def _direction(person: Graduate, home: Division | None) -> Direction | None:
    for field in (Field.TO, Field.ORGANIZATION, Field.EMPLOYER):
        text = person.text(field).removeprefix("中共")
        if home is not None and text and (found := direction(parse_residence(text), home)):
            return found
    return None
