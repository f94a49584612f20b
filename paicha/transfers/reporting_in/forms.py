"""The form of a report-in as it is typed: nothing typed is lost where it does not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from paicha.domain.advice import Route, Way
from paicha.domain.reporting_in import CELLS, Place, read_place
from paicha.register.contacts.forms import read_day
from paicha.register.forms import masked
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.selectors import Earlier
from paicha.transfers.reporting_in.services import Said

LONGEST = {"evidence": 500, "why": 500}
LONGEST_CELL = 500  # as on the person's own page


@dataclass(slots=True)
class ReportInForm:
    """As typed. `like`: the version of an earlier one whose contact and phone were taken over; `faults`: field → what
    is wrong and what to do."""

    since: str
    seen: str
    route: str = ""
    organization: str = ""
    contact: str = ""
    phone: str = ""
    evidence: str = ""
    like: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def said(self, known: Sequence[Place]) -> Said | None:
        """What was typed, None where it does not fit, which `faults` then tells. `known`: places whose numbers may
        stand in the form as their masks."""
        read = read_place(*_meant(Place(self.organization, self.contact, self.phone), known))
        self.faults |= read.faults
        route, day = next((one for one in Route if str(one.value) == self.route), None), read_day(self.since)
        if route is None:
            self.faults["route"] = "请选择是哪一种情形"
        if day is None:
            self.faults["since"] = "请填写日期，如 2023-12-08"
        if not self.evidence:
            self.faults["evidence"] = "请写明凭什么知道，如 电话向对方党支部核实"
        if self.faults or route is None or day is None:
            return None
        return Said(route, read.place, day, self.evidence)

    def take_over(self, earlier: Earlier) -> None:
        """The organisation of an earlier one with its contact and phone; the rest stays as it was typed."""
        self.like = str(earlier.version_id)
        self.organization, self.contact, self.phone = shown(earlier.place)


@dataclass(slots=True)
class EndForm:
    """The day and the reason of an end, or the reason of a withdrawal, as typed."""

    day: str = ""
    why: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A route as the form offers it, with the words of the case that opens it ("" where the facts name none)."""

    route: Route
    reason: str


def choices(ways: Sequence[Way]) -> list[Choice]:
    """The routes that the advice offers, with their cases, before the others, since people report in where they do.
    That which is open to all comes last: first it would look like the advised one."""
    offered = {way.route: way.reason for way in ways}
    order = sorted(Route, key=lambda route: (route is Route.MOBILE, route not in offered))
    return [Choice(route, offered.get(route, "")) for route in order]


def report_in_form(posted: Mapping[str, str]) -> ReportInForm:
    def text(name: str, longest: int = 40) -> str:
        return posted.get(name, "").strip()[:longest]

    return ReportInForm(
        since=text("since"),
        seen=text("seen"),
        route=text("route"),
        organization=text("organization", LONGEST_CELL),
        contact=text("contact", LONGEST_CELL),
        phone=text("phone", LONGEST_CELL),
        evidence=text("evidence", LONGEST["evidence"]),
        like=text("like"),
    )


def filled_form(place: Place | None, record: ReportIn | None, seen: UUID) -> ReportInForm:
    """The form with what is known: the cells, and what stands recorded of the same organisation."""
    form = ReportInForm("", str(seen))
    if place:
        form.organization, form.contact, form.phone = shown(place)
    if place and record and record.place.same(place):
        form.since, form.route, form.evidence = record.since.isoformat(), str(record.route), record.evidence
    return form


def end_form(posted: Mapping[str, str]) -> EndForm:
    return EndForm(posted.get("day", "").strip()[:20], posted.get("why", "").strip()[: LONGEST["why"]])


def shown(place: Place) -> Place:
    """A place as a page may show it: numbers masked, in whatever cell they stand."""
    return Place(*(masked(column, text) for column, text in zip(CELLS, place, strict=True)))


def _meant(typed: Place, known: Sequence[Place]) -> Place:
    """A number left as its mask is the one that it hides."""
    return Place(*(_unmasked(n, text, known) for n, text in enumerate(typed)))


def _unmasked(n: int, text: str, known: Sequence[Place]) -> str:
    return next((place[n] for place in known if text and text == shown(place)[n]), text)
