"""Whole processes, timed and weighed by the operating system's own accounting, in turns: drift hits all alike."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Runs:
    """Wall seconds of each run, and the peak memory (MiB) of the largest single process of any run."""

    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def run_once(command: Sequence[str], runs: Runs) -> None:
    """Start `command`, wait for it, and note what it took. Exit code 1 (faults found) is an answer; others are not."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    runs.seconds.append(time.perf_counter() - start)
    runs.peak = max(runs.peak, usage.ru_maxrss / 1024)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"exit {process.returncode}: {' '.join(command)}")


def in_turns(commands: Mapping[str, Sequence[str]], times: int) -> dict[str, Runs]:
    """Run all commands one after the other, `times` over."""
    measured = {name: Runs() for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            run_once(command, measured[name])
    return measured


def ratio(a: Runs, b: Runs) -> float:
    """Median of the ratios of paired runs."""
    return statistics.median(x / y for x, y in zip(a.seconds, b.seconds, strict=True))
