"""A college of a million: made-up people of a fixed seed, written by the site's own import (checked, encrypted, hashed,
counted, recorded) some branches at a time."""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path

from bench.web.college import TODAY

sys.path.append(str(Path(__file__).parents[2] / "examples"))

from django.db import connections
from people import Maker
from sheets import HEADINGS

from paicha.collation.collect import Collected
from paicha.collation.result import Result
from paicha.domain.annex2 import NIL
from paicha.domain.findings import Place
from paicha.domain.readings import CellValue
from paicha.intake.services import receive
from paicha.organizations.models import User
from paicha.organizations.tree import Node, tree_of
from paicha.register.importing.apply import apply_plan
from paicha.register.importing.plan import BranchPlan, Change, Plan, What
from paicha.register.importing.views import KIND
from paicha.register.records import Recorder
from paicha.register.rules import rules_of
from paicha.tenancy.current import working_for
from paicha.vault.hashing import Hashed, hasher

SEED = 20231128
KINDS = ("学生", "学生", "教工", "离退休")
AT_ONCE = 25_000  # people in one transaction


def fill(office: User, people_a_branch: int, today: date = TODAY) -> int:
    """Put so many people on the register of every branch; how many they are in all. While some are being written, which
    is waiting for the database for the most part, the next are made."""
    with working_for(office.committee_id):
        tree = tree_of(office.committee_id)
        rules = rules_of(tree, office.committee_id, today)
    maker, branches = Maker(SEED), tree.branches()
    step = max(1, AT_ONCE // people_a_branch)
    with ThreadPoolExecutor(1) as writer:
        written: Future[None] | None = None
        for start in range(0, len(branches), step):
            plan = _plan(branches[start : start + step], people_a_branch, maker, Recorder(rules))
            if written:
                written.result()
            written = writer.submit(_write, office, plan, today)
        if written:
            written.result()
        writer.submit(connections.close_all).result()  # of that thread
    return len(branches) * people_a_branch


def _plan(branches: Sequence[Node], people: int, maker: Maker, recorder: Recorder) -> Plan:
    plans = [BranchPlan(branch, list(_newcomers(maker, people, recorder)), [], frozenset()) for branch in branches]
    return Plan(plans, Result(recorder.rules, "", [], NIL), Collected())


def _write(office: User, plan: Plan, today: date) -> None:
    recorder = Recorder(plan.result.rules)
    recorders = {branch.branch.id: recorder for branch in plan.branches}
    with working_for(office.committee_id):
        upload = receive(actor=office, kind=KIND, branch_id=None, files=[])
        apply_plan(actor=office, upload=upload, plan=plan, digest=plan.digest, recorders=recorders, today=today)


def _newcomers(maker: Maker, count: int, recorder: Recorder) -> Iterator[Change]:
    hash_number = hasher(Hashed.ID_NUMBER)
    for n in range(count):
        record = recorder.read(_cells(maker, n))
        number = record.entry.id_number
        yield Change(What.NEW, Place(""), record, hash_number(number) if number else None)


def _cells(maker: Maker, n: int) -> list[CellValue]:
    """The 17 cells of the next person; each hundredth lacks the residence."""
    cells = maker.person(KINDS[n % len(KINDS)]).cells
    cells["residence"] = "" if n % 100 == 99 else f"{cells['residence']}{maker.random.randint(1, 400)}号"
    return [cells.get(key, "") for key in HEADINGS]
