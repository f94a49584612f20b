"""How many random examples the state machines play, and the seed that gives the same ones again; told at the head of
each run. `make fuzz` plays more."""

import os

SEED = int(os.environ.get("PAICHA_SEED", "20231128"))
EXAMPLES = int(os.environ.get("PAICHA_EXAMPLES", "1000"))
STEPS = 50
PARTS = 8  # the examples are played in parts, so that the suite's processes share them
