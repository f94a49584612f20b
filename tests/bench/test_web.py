"""The parts of `make bench-web` on a small college, so that they do not rot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.web.site import MIX, latencies

ROOT = Path(__file__).resolve().parents[2]


def told_by(tmp_path: Path, *command: str) -> dict[str, object]:
    """What a part prints, run with data of its own."""
    environment = os.environ | {
        "PAICHA_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "paicha.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_filled_site_answers_every_page_of_the_mix_under_load(tmp_path: Path) -> None:
    small = ("--branches", "2", "--people", "100", "--users", "4", "--seconds", "4")
    found = told_by(tmp_path, "bench.web.site", *small)
    assert found["people"] == 200
    assert set(found["came"]) == {"200"}  # type: ignore[call-overload]
    assert set(found["pages"]) <= {*MIX}  # type: ignore[call-overload]


def test_forms_are_imported_from_their_bytes(tmp_path: Path) -> None:
    made = [sys.executable, "examples/generate.py", "--rows", "200", "--files", "2", "--out", str(tmp_path)]
    subprocess.run(made, cwd=ROOT, check=True)
    found = told_by(tmp_path, "bench.web.importing", str(tmp_path / "forms"))
    assert found["people"] == 200
    assert set(found["stages"]) == {"receive", "plan", "apply"}  # type: ignore[call-overload]


@pytest.mark.parametrize(("part", "took"), [("p50", 50.0), ("p95", 95.0), ("max", 100.0), ("cpu", 47.5)])
def test_a_percentile_is_the_time_that_so_many_stay_within(part: str, took: float) -> None:
    assert latencies(("register", float(n), n / 2) for n in range(100, 0, -1))["register"][part] == took
