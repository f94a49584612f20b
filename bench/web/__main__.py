"""`make bench-web`: the site's imports beside their peers and its pages under load, and docs/benchmarks-web.md written
from it. `--minutes 1 --branches 200` for a short look; nothing is written then unless `--out` says where."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.web.site import MIX, THINK_SECONDS, USERS

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "bench/work"
FILES = 100  # an upload takes 200 at most
PEER_ROWS = 10_000  # django-import-export takes minutes beyond
PACKAGES = ("django", "psycopg", "granian", "cryptography")
OF_IMPORT = (*PACKAGES, "python-calamine", "django-import-export")  # the peer is installed by `make bench-web` alone
WORDS = {"register": "a branch's register", "entry": "a person", "annex2": "live 附件2", "overview": "all branches"}


def run(module: str, *arguments: str, on_postgresql: bool, keep: Path | None = None) -> Any:
    """What a module of ours prints, run in a process and on a database of its own, which stays in the folder `keep`."""
    beside = [str(ROOT / "scripts/with-postgresql")] if on_postgresql else []
    with tempfile.TemporaryDirectory(prefix="paicha-bench-") as data:
        command = [*beside, sys.executable, "-m", module, *arguments]
        environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
        environment["PAICHA_DATA"] = data
        if keep:
            environment["PAICHA_KEEP_POSTGRESQL"] = str(keep / "pg")
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def inputs(rows: int, files: int) -> Path:
    """The generator's forms of so many people, made once."""
    folder = WORK / f"{rows}x{files}"
    if not folder.exists():
        generate = [sys.executable, str(ROOT / "examples/generate.py"), "--rows", str(rows), "--files", str(files)]
        subprocess.run([*generate, "--out", str(folder)], check=True)
    return folder / "forms"


def measure_imports(rows: int) -> list[str]:
    forms = inputs(rows, FILES)
    lines = [
        f"## Import: {rows:,} people in {FILES} files",
        "",
        machine(OF_IMPORT),
        "",
        "From the bytes of the uploaded .xlsx files to the commit: kept encrypted, read in a process of its own,",
        "checked, collated, held against the register (plan); written with encryption, keyed hashes, counts and audit",
        "(apply). CPU seconds are those of Python, without PostgreSQL's own.",
        "",
        "| | seconds | rows/s | CPU s | plan s | apply s |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, on_postgresql, aim in (("PostgreSQL", True, "20,000"), ("SQLite", False, "10,000")):
        found = run("bench.web.importing", str(forms), on_postgresql=on_postgresql)
        stages = found["stages"]
        wall, cpu = (sum(stage[kind] for stage in stages.values()) for kind in ("wall", "cpu"))
        lines.append(
            f"| **paicha**, {name} (aim {aim} rows/s) | {wall:.1f} | {found['people'] / wall:,.0f} | {cpu:.1f} "
            f"| {stages['plan']['wall']:.1f} | {stages['apply']['wall']:.1f} |"
        )
    copied = run("bench.web.copying", str(forms), on_postgresql=True)
    seconds = copied["seconds"]
    lines.append(f"| bare COPY of rows read before | {seconds:.1f} | {copied['people'] / seconds:,.0f} | – | – | – |")
    peer = _peer_seconds(inputs(PEER_ROWS, 1))
    said = f"django-import-export, {PEER_ROWS:,} rows, SQLite, plain text"
    return [*lines, f"| {said} | {peer:.1f} | {PEER_ROWS / peer:,.0f} | – | – | – |", ""]


def _peer_seconds(forms: Path) -> float:
    """The whole process of the usual import (bench/peers.py), its start included."""
    out = WORK / "out/import-export"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    began = time.perf_counter()
    command = [sys.executable, "-m", "bench.peers", "django-import-export", str(forms), str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - began


def measure_pages(branches: int, people: int, minutes: float, keep: Path | None) -> list[str]:
    size = ["--branches", str(branches), "--people", str(people), "--seconds", str(minutes * 60)]
    kept = ["--keep", str(keep)] if keep else []
    found = run("bench.web.site", *size, *kept, on_postgresql=True, keep=keep)
    fill, busy, parts = found["fill"], found["busy"], sum(MIX.values())
    answered = ", ".join(f"{n:,} × {status}" for status, n in found["came"].items())
    lines = [
        f"## Pages: {found['people']:,} entries in {branches:,} branches, PostgreSQL",
        "",
        machine(PACKAGES),
        "",
        f"Made by a fixed seed through the site's own import in {fill['wall']:.0f} s ({fill['cpu']:.0f} s of Python).",
        f"Open loop for {minutes:g} minutes: {USERS} users with {THINK_SECONDS} s between pages, half of them branch",
        "clerks on their own register, half of the office on all; the loading process on the same machine; server:",
        f"`paicha serve`. Milliseconds from its log (aim: p95 < 100 each). Answers: {answered}.",
        f"Load of the machine as it began (1 minute; two cores are full at 2): {busy:.1f}.",
        "",
        "| page | share | n | p50 | p95 | max | p95 of Python's own work |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for route, part in MIX.items():
        took = found["pages"].get(route, {"n": 0, "p50": 0, "p95": 0, "max": 0, "cpu": 0})
        figures = f"{took['n']} | {took['p50']:.0f} | {took['p95']:.0f} | {took['max']:.0f} | {took['cpu']:.0f}"
        lines.append(f"| {WORDS[route]} (`{route}`) | {part / parts:.0%} | {figures} |")
    return [*lines, ""]


def _written(path: Path | None, part: str) -> list[str]:
    """A part of the file as it was written before; nothing where there is none."""
    text = path.read_text(encoding="utf-8") if path and path.exists() else ""
    return [f"## {kept.rstrip()}\n" for kept in text.split("\n## ") if kept.startswith(part)]


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.web")
    parser.add_argument("--rows", type=int, default=100_000, help="people to import")
    parser.add_argument("--branches", type=int, default=2000)
    parser.add_argument("--people", type=int, default=500, help="in each branch")
    parser.add_argument("--minutes", type=float, default=5, help="of load")
    parser.add_argument("--keep", type=Path, help="fill the site in this folder once, and go on with it the next time")
    parser.add_argument("--only", choices=("Import", "Pages"), help="the other part stays as `--out` has it")
    parser.add_argument("--out", type=Path, help="the file to write")
    options = parser.parse_args(given)
    measures = {
        "Import": lambda: measure_imports(options.rows),
        "Pages": lambda: measure_pages(options.branches, options.people, options.minutes, options.keep),
    }
    lines = ["# Benchmarks of the site", "", "Written by `make bench-web`.", ""]
    for part, measure in measures.items():
        lines += measure() if options.only in (None, part) else _written(options.out, part)
    text = "\n".join(lines)
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
