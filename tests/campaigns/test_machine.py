"""No order of actions loses a record, approves an unbalanced sheet or changes a frozen one."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from paicha.campaigns.deployment.models import Paper
from tests.campaigns.machine import CampaignMachine
from tests.campaigns.world import deployed, unit
from tests.college import College
from tests.random_order import EXAMPLES, PARTS, SEED, STEPS

# On PostgreSQL the same services are held by tests of two at once; a few random orders show that they work there too.
FEW = 40
PLAYED = min(FEW, EXAMPLES) if connection.vendor == "postgresql" else EXAMPLES


@pytest.mark.parametrize("part", range(PARTS))
def test_a_campaign_in_any_order(college: College, part: int) -> None:
    ours = unit(college, deployed(college, papers=(Paper.ANNEX1, Paper.ANNEX2)), college.survey)
    machine = type("Machine", (CampaignMachine,), {"college": college, "unit": ours})
    play = settings(
        max_examples=PLAYED // PARTS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(SEED + part)(machine), settings=play)
