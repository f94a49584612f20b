"""Transfers in the small college of tests/college.py."""

from datetime import date

from paicha.domain.divisions import Direction
from paicha.domain.letters import Stage
from paicha.register.models import RegisterEntry
from paicha.transfers.models import Receipt
from paicha.transfers.services import record_receipt
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.moving import Step
from paicha.transfers.tracking.services import move
from tests.college import TODAY, College

THERE = "关山社区党支部"


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


def step(
    college: College, entry: RegisterEntry, stage: Stage, day: date = TODAY, today: date | None = None, words: str = ""
) -> Transfer:
    """The clerk takes a transfer a step on."""
    there = {"destination": THERE, "direction": Direction.WITHIN_PREFECTURE} if stage is Stage.UNDERWAY else {}
    with college.at_work():
        taken = Step(stage, day, words, **there)  # type: ignore[arg-type]
        return move(actor=college.people["clerk"], entry_id=entry.id, step=taken, today=today or TODAY)
