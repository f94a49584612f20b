"""What a measurement was made on: a figure without its machine says nothing."""

import os
import platform
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path


def machine(packages: Iterable[str]) -> str:
    """Time, processor, cores, memory, system, Python and the versions of packages, on one line."""
    about = Path("/proc/cpuinfo").read_text().splitlines()
    cpu = next((line.split(":")[1].strip() for line in about if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, {cpu}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}; "
        + ", ".join(f"{package} {version(package)}" for package in packages)
    )
