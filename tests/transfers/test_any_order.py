"""No order of advice, calls, letters, expiry, void and new ones, steps, receipts, takings back, moves and look-back
leaves a member with two affiliations, or with none and no receipt, or in Y and A, or a number used twice or left
out."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.campaigns.world import deployed, unit
from tests.college import College
from tests.random_order import EXAMPLES, PARTS, SEED, STEPS
from tests.transfers.machine import TransferMachine
from tests.transfers.world import ready_for_letters

# On PostgreSQL two at once are held by tests of their own; a few random orders show that they work there too.
FEW = 40
PLAYED = min(FEW, EXAMPLES) if connection.vendor == "postgresql" else EXAMPLES


@pytest.mark.parametrize("part", range(PARTS))
def test_transfers_in_any_order(college: College, part: int) -> None:
    ours = unit(college, deployed(college), college.survey)
    ready_for_letters(college)
    machine = type("Machine", (TransferMachine,), {"college": college, "unit": ours})
    play = settings(
        max_examples=PLAYED // PARTS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(SEED + part)(machine), settings=play)
