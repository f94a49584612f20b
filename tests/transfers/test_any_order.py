"""No order of advice, calls, steps, receipts, takings back and moves leaves a member with two affiliations, or with
none and no receipt, or in Y and A."""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.campaigns.world import deployed, unit
from tests.college import College
from tests.transfers.machine import TransferMachine

EXAMPLES, STEPS = int(os.environ.get("PAICHA_TRANSFER_EXAMPLES", "60")), 50
SEED = int(os.environ.get("PAICHA_SEED", "20231128"))
PARTS = 4  # a part each, so that the suite's processes share them


@pytest.mark.parametrize("part", range(PARTS))
def test_transfers_in_any_order(college: College, part: int) -> None:
    print(f"PAICHA_SEED={SEED}, part {part}: {EXAMPLES // PARTS} examples of {STEPS} steps")  # noqa: T201  told on failure
    ours = unit(college, deployed(college), college.survey)
    machine = type("Machine", (TransferMachine,), {"college": college, "unit": ours})
    play = settings(
        max_examples=EXAMPLES // PARTS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(SEED + part)(machine), settings=play)
