"""`python -m bench.web.site` fills a site, starts it by `paicha serve`, loads it from another process and prints, as
JSON, what filling took and how long the server says that each page took. Run it beside a throw-away database."""

import argparse
import json
import math
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.web.load import Plan, Visitor
from bench.web.stages import Stages

USERS, THINK_SECONDS = 20, 5
# Of 100 pages; by the names of their addresses.
MIX = {"register": 40, "entry": 30, "annex2": 15, "overview": 15}
SAMPLE = 400  # branches, and people, whose pages an office user opens


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--branches", type=int, default=2000)
    parser.add_argument("--people", type=int, default=500, help="in each branch")
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--keep", type=Path, help="a folder: fill the site there once, then go on with it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="paicha-bench-") as passing:
        folder = (options.keep or Path(passing)).absolute()
        os.environ["PAICHA_DATA"] = str(folder / "data")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paicha.config.settings")
        import django

        django.setup()
        filled = _filled(folder / "filled.json", options.branches, options.people, options.users)
        visitors = [Visitor(**visitor) for visitor in filled.pop("visitors")]
        found = load(folder / "data", visitors, options.seconds)
    print(json.dumps({**filled, **found}, ensure_ascii=False))


def _filled(told: Path, branches: int, people_a_branch: int, users: int) -> dict[str, Any]:
    """Fill the site, or find it filled: its visitors, people and what filling took, which the file `told` keeps."""
    from paicha.config.database import migrate_all

    migrate_all()
    if not told.exists():
        stages = Stages()
        with stages.stage("fill"):
            visitors, people = make(branches, people_a_branch, users)
        filled = {"visitors": list(map(asdict, visitors)), "people": people, "fill": asdict(stages.took["fill"])}
        told.write_text(json.dumps(filled), encoding="utf-8")
    return dict(json.loads(told.read_text(encoding="utf-8")))


def make(branches: int, people_a_branch: int, users: int) -> tuple[list[Visitor], int]:
    """A filled college and its users, half of them branch clerks, half of the office; how many people are in it."""
    from django.utils import timezone

    from bench.web.college import account, found_college
    from bench.web.filling import fill
    from paicha.organizations.permissions import Role
    from paicha.organizations.services import set_password
    from paicha.tenancy.current import working_for

    root, made = found_college(f"第{n:04d}党支部" for n in range(1, branches + 1))
    office = account("office", Role.OFFICE_HEAD, root)
    people = fill(office, people_a_branch, timezone.localdate())
    _analyze()
    visitors, half = [], users // 2
    for n in range(users):
        place = root if n < half else made[n % len(made)]
        user = account(f"user{n}", Role.OFFICE_CLERK if place == root else Role.BRANCH_CLERK, place)
        password = secrets.token_urlsafe(12)
        with working_for(root.committee_id):
            set_password(user=user, password=password)
        mine = made[:: max(1, len(made) // SAMPLE)] if place == root else [place]
        visitors.append(Visitor(user.username, password, _pages(root.committee_id, mine, place == root)))
    return visitors, people


def _pages(committee_id: object, branches: list[object], office: bool) -> dict[str, list[str]]:
    from django.urls import reverse

    from paicha.register.models import RegisterEntry
    from paicha.tenancy.current import working_for

    ids = [branch.id for branch in branches]  # type: ignore[attr-defined]
    with working_for(committee_id):  # type: ignore[arg-type]
        found = RegisterEntry.objects.filter(committee_id=committee_id, branch_id__in=ids).order_by("rank", "id")
        entries = list(found.values_list("id", flat=True)[:SAMPLE])
    return {
        "register": [reverse("register", args=[id_]) for id_ in ids],
        "entry": [reverse("entry", args=[id_]) for id_ in entries],
        "annex2": [reverse("annex2", args=[id_]) for id_ in ids],
        "overview": [reverse("overview")] if office else [],
    }


def _analyze() -> None:
    """What PostgreSQL does by itself within minutes of a great import: look at what the tables now hold."""
    from django.db import connections

    if "owner" in connections:
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def load(data: Path, visitors: list[Visitor], seconds: float) -> dict[str, object]:
    """Serve what is in `data`, let the visitors come, and read the log."""
    from django.db import connections

    connections.close_all()
    busy = os.getloadavg()[0]
    with served(data) as base:
        plan = data / "plan.json"
        rate = len(visitors) / THINK_SECONDS
        plan.write_text(json.dumps(asdict(Plan(base, seconds, rate, MIX, visitors))), encoding="utf-8")
        command = [sys.executable, "-m", "bench.web.load", str(plan)]
        done = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {**done, "busy": busy, "pages": latencies(_requests(data / "log", done["began"]))}


@contextmanager
def served(data: Path) -> Iterator[str]:
    """`paicha serve` on a free port, its log in data/log; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("paicha")), "serve", "--port", str(port)]
    with (data / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
        try:
            _await(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError("the site did not start")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the site does not listen")


def _requests(log: Path, began: float) -> Iterator[tuple[str, float, float]]:
    """(name of the address, milliseconds, of them at work) of each request answered since `began`."""
    for line in log.read_text(encoding="utf-8").splitlines():
        told = json.loads(line) if line.startswith("{") else {}
        if told.get("message") == "request" and datetime.fromisoformat(told["time"]).timestamp() >= began:
            yield told["route"], told["ms"], told["cpu_ms"]


def latencies(requests: Iterable[tuple[str, float, float]]) -> dict[str, dict[str, float]]:
    """Count, p50, p95 and max (milliseconds) of each page, and p95 of the server's own work in it (`cpu`)."""
    by_route = defaultdict[str, list[tuple[float, float]]](list)
    for route, took, worked in requests:
        by_route[route].append((took, worked))
    return {route: _latency(*zip(*both, strict=True)) for route, both in by_route.items()}


def _latency(took: Sequence[float], worked: Sequence[float]) -> dict[str, float]:
    within = {"p50": _rank(took, 0.5), "p95": _rank(took, 0.95), "max": max(took)}
    return {"n": len(took), **within, "cpu": _rank(worked, 0.95)}


def _rank(values: Sequence[float], part: float) -> float:
    """The nearest-rank percentile."""
    return sorted(values)[math.ceil(part * len(values)) - 1]


if __name__ == "__main__":
    main()
