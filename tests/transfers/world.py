"""Transfers in the small college of tests/college.py."""

from dataclasses import replace
from datetime import date
from typing import Any

from paicha.domain.advice import Route
from paicha.domain.divisions import Direction
from paicha.domain.introduction import Standing, Void, Wanted
from paicha.domain.letters import Stage
from paicha.domain.reporting_in import Place
from paicha.register.models import RegisterEntry
from paicha.register.records import Recorder
from paicha.transfers.lettering.models import IntroductionLetter
from paicha.transfers.lettering.selectors import person_of
from paicha.transfers.lettering.services import Origin, issue, set_origin, void
from paicha.transfers.models import Receipt
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.services import Said, record_report_in
from paicha.transfers.services import record_receipt
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.moving import Step
from paicha.transfers.tracking.services import move
from tests.college import RULES, TODAY, College

THERE = "关山社区党支部"
HERE = Place(THERE, "李书记", "13900001111")


def receive(college: College, entry: RegisterEntry, day: date = TODAY, today: date | None = None) -> Receipt:
    """The destination has received somebody of the register."""
    with college.at_work():
        return record_receipt(
            actor=college.people["clerk"],
            member_id=entry.member_id,
            branch_id=entry.branch_id,
            received_on=day,
            destination=THERE,
            urged=True,
            today=today or day,
        )


def reported_in(college: College, entry: RegisterEntry, day: date = TODAY, place: Place = HERE) -> ReportIn:
    """The clerk writes down that somebody has reported in."""
    with college.at_work():
        entry.refresh_from_db()
        assert entry.current_id
        return record_report_in(
            actor=college.people["clerk"],
            entry_id=entry.id,
            said=Said(Route.RESIDENCE, place, day, "电话向对方党支部核实"),
            recorder=Recorder(RULES),
            seen=entry.current_id,
            today=TODAY,
        )


def step(
    college: College, entry: RegisterEntry, stage: Stage, day: date = TODAY, today: date | None = None, words: str = ""
) -> Transfer:
    """The clerk takes a transfer a step on."""
    there = {"destination": THERE, "direction": Direction.WITHIN_PREFECTURE} if stage is Stage.UNDERWAY else {}
    with college.at_work():
        taken = Step(stage, day, words, **there)  # type: ignore[arg-type]
        return move(actor=college.people["clerk"], entry_id=entry.id, step=taken, today=today or TODAY)


ADDRESS = Origin("湖北省武汉市洪山区鲁磨路100号", "027-87650000", "430074", "027-87650001")
TO = "中共武汉市洪山区关山街道工作委员会"


def ready_for_letters(college: College, began_after: int | None = None) -> None:
    """The office has said what every letter bears."""
    with college.at_work():
        origin = replace(ADDRESS, began_after=began_after)
        set_origin(actor=college.people["office"], origin=origin, today=TODAY)


def wanted(college: College, entry: RegisterEntry, today: date = TODAY, **other: Any) -> Wanted:
    """A right letter for somebody of the register, `other` in place of its parts."""
    with college.at_work():
        person = person_of(entry, today)
    dues = today.year * 12 + today.month - 1
    right: dict[str, Any] = {"to": TO, "destination": THERE, "origin": "中共楚云学院委员会测绘支部", "dues": dues}
    right |= {"direction": Direction.WITHIN_PREFECTURE, "standing": Standing.FULL, "person": person}
    return Wanted(**(right | other))


def lettered(college: College, entry: RegisterEntry, today: date = TODAY, **other: Any) -> IntroductionLetter:
    """The office issues a letter for somebody of the register."""
    asked = wanted(college, entry, today, **other)
    with college.at_work():
        return issue(actor=college.people["office"], entry_id=entry.id, wanted=asked, today=today)


def voided(college: College, letter: IntroductionLetter, kind: Void, today: date = TODAY) -> IntroductionLetter:
    with college.at_work():
        return void(actor=college.people["office"], letter_id=letter.id, kind=kind, reason="写错了单位", today=today)


def posted_letter(**other: str) -> dict[str, str]:
    """A right form of 开介绍信 as a browser sends it."""
    right = {"to": TO, "destination": THERE, "origin": "中共楚云学院委员会测绘支部", "direction": "1"}
    return right | {"standing": "1", "dues": "2023-12"} | other
