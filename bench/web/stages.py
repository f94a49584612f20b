"""What each stage of a run took: wall seconds, and CPU seconds of this process and of those it waited for, since both
cores may be busy with others."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds."""

    wall: float
    cpu: float


@dataclass(slots=True)
class Stages:
    """Stages by name, in the order they ran."""

    took: dict[str, Took] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), _cpu()
        yield
        self.took[name] = Took(time.perf_counter() - wall, _cpu() - cpu)

    @property
    def total(self) -> Took:
        return Took(sum(t.wall for t in self.took.values()), sum(t.cpu for t in self.took.values()))


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
